"""Train the relation encoder: from MiniLM and the data folder to a weights folder with its card.

    python -m summarizer.training relation --data DIR --out DIR --time-budget 60m

Every step reads a batch of stories of one source and adds up what is known of them: type of a
sentence, side of two sentences, stance to the statement in front. Every sixth step pulls texts that
make the same point together (in-batch negatives, Henderson et al. 2017), so that plain embeddings
keep their topical meaning.
"""

from __future__ import annotations

import itertools
import logging
import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from summarizer.errors import ModelError
from summarizer.models.network import RelationNetwork
from summarizer.training.draws import Draw, batches
from summarizer.training.folders import bundled_base, replaced
from summarizer.training.heads import HeadsRecipe, train_heads
from summarizer.training.losses import story_losses
from summarizer.training.measure import measure_news, measure_stance
from summarizer.training.points import load_same_points
from summarizer.training.relation_export import RunFacts, export_relation
from summarizer.training.stories import Story, load_stories

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What steers a run; `tokens` a step and the rates are what differs between machines."""

    time_budget_s: float
    seed: int = 0
    device: str = "cpu"
    tokens: int = 1024
    encoder_rate: float = 1e-4
    heads_rate: float = 2e-4
    warm_up: float = 0.05
    same_point_every: int = 6
    checkpoint_s: float = 600.0
    held_out: int = 10  # one newsroom article in ten is kept for measuring


def train_relation(data: Path, out: Path, recipe: Recipe) -> None:
    """Train until the time budget is spent and write `out`; goes on from `out`.run if it exists.

    Raises:
        DataError: a data set is missing or broken.
        ModelError: the loss is not a number any more.
    """
    torch.manual_seed(recipe.seed)
    stories, report = load_stories(data)
    held_out = [s for i, s in enumerate(_newsroom(stories)) if i % recipe.held_out == 0]
    kept = set(map(id, held_out))
    training = [story for story in stories if id(story) not in kept]
    points = load_same_points(data)
    run = out.with_name(out.name + ".run")
    network = RelationNetwork.start(bundled_base()).to(recipe.device)
    loop = _Loop(network, recipe, run)
    loop.resume()
    rng = np.random.default_rng([recipe.seed, loop.step])
    history = loop.history
    saved = time.monotonic()
    for batch in batches(training, tokens=recipe.tokens, progress=loop.clock(), rng=rng):
        loop.step_on(batch)
        if loop.step % recipe.same_point_every == 0:
            loop.step_on_points(points, rng)
        if time.monotonic() - saved > recipe.checkpoint_s:
            history.append(loop.measure(held_out, data))
            loop.save()
            saved = time.monotonic()
    history.append(loop.measure(held_out, data))
    loop.save()
    heads = train_heads(network, training, held_out, HeadsRecipe(seed=recipe.seed))
    news = max(heads, key=lambda scores: scores["side_auc"] + scores["type_f1"])
    facts = RunFacts(
        seconds=loop.spent,
        steps=loop.step,
        seed=recipe.seed,
        device=recipe.device,
        passes=len(heads),
        articles=len(held_out),
        rows=report.rows,
        scores={
            "type, macro-F1": news["type_f1"],
            "same side, AUC within an article": news["side_auc"],
            "same side, balanced accuracy": news["side_accuracy"],
            "Perspectrum dev stance, macro-F1": history[-1]["stance_f1"],
        },
    )
    export_relation(network, out, facts)


def _newsroom(stories: Sequence[Story]) -> list[Story]:
    return [story for story in stories if story.source == "newsroom"]


class _Loop:
    """Optimiser state, clock and checkpoints of one run."""

    def __init__(self, network: RelationNetwork, recipe: Recipe, run: Path) -> None:
        self.network, self.recipe, self.run = network, recipe, run
        # Word vectors stay as they are: half of the weights, and next to nothing to learn.
        network.encoder.embeddings.word_embeddings.requires_grad_(False)  # type: ignore[union-attr]
        layers = [p for p in network.encoder.parameters() if p.requires_grad]
        heads = [p for n, p in network.named_parameters() if not n.startswith("encoder.")]
        self.optimizer = torch.optim.AdamW(
            [
                {"params": layers, "lr": recipe.encoder_rate},
                {"params": heads, "lr": recipe.heads_rate},
            ],
            weight_decay=0.01,
            fused=True,
        )
        self.rates = [recipe.encoder_rate, recipe.heads_rate]
        self.step = 0
        self.spent = 0.0
        self.history: list[dict[str, float]] = []
        self.losses: dict[str, list[float]] = {}

    def clock(self) -> Iterator[float]:
        """Yield the share of the time budget that is spent, until it is; time measuring is free."""
        for _ in itertools.count():
            if self.spent >= self.recipe.time_budget_s:
                return
            began = time.monotonic()
            yield min(1.0, self.spent / self.recipe.time_budget_s)
            self.spent += min(time.monotonic() - began, 60.0)

    def step_on(self, batch: Sequence[Draw]) -> None:
        """Take one optimiser step on what is known of the stories of `batch`."""
        with torch.autocast(
            self.recipe.device, torch.bfloat16, enabled=self.recipe.device != "cpu"
        ):
            losses = story_losses(self.network, batch)
        if losses:
            self._descend(losses)

    def step_on_points(
        self, debates: Sequence[list[tuple[str, ...]]], rng: np.random.Generator
    ) -> None:
        """Take one step that pulls together texts which make the same point."""
        left, right = same_point_pairs(debates, rng, size=self.recipe.tokens // 50)
        with torch.autocast(
            self.recipe.device, torch.bfloat16, enabled=self.recipe.device != "cpu"
        ):
            scores = (
                self.network.embed(left, max_tokens=64) @ self.network.embed(right, max_tokens=64).T
            )
        target = torch.arange(len(left), device=scores.device)
        scores = scores.float() * 20
        self._descend(
            {
                "point": (
                    functional.cross_entropy(scores, target)
                    + functional.cross_entropy(scores.T, target)
                )
                / 2
            }
        )

    def _descend(self, losses: dict[str, Tensor]) -> None:
        loss = torch.stack(list(losses.values())).sum()
        if not math.isfinite(loss.item()):
            raise ModelError(f"loss is {loss.item()} at step {self.step}; lower the rates")
        done = min(1.0, self.spent / self.recipe.time_budget_s)
        pace = min(1.0, (done + 1e-3) / self.recipe.warm_up) * (1 - 0.95 * done)
        for group, rate in zip(self.optimizer.param_groups, self.rates, strict=True):
            group["lr"] = rate * pace
        self.optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimizer.step()
        self.step += 1
        for name, value in losses.items():
            self.losses.setdefault(name, []).append(value.item())
        if self.step % 25 == 0:
            log.info("step %d, %.0f s: %s", self.step, self.spent, self._means())

    def _means(self) -> dict[str, float]:
        return {k: round(float(np.mean(v[-60:])), 4) for k, v in sorted(self.losses.items())}

    def measure(self, held_out: Sequence[Story], data: Path) -> dict[str, float]:
        """Return step, losses and scores on held-out articles and Perspectrum dev."""
        self.network.eval()
        with torch.no_grad():
            scores = {
                **measure_news(self.network, held_out[:40]),
                **measure_stance(self.network, data, limit=250),
            }
        self.network.train()
        entry = {"step": float(self.step), "seconds": round(self.spent), **self._means(), **scores}
        log.info("%s", entry)
        return entry

    def save(self) -> None:
        """Write a checkpoint from which the run goes on."""
        state = {
            "network": self.network.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "step": self.step,
            "spent": self.spent,
            "history": self.history,
        }
        with replaced(self.run) as folder:
            torch.save(state, folder / "state.pt")

    def resume(self) -> None:
        """Go on from the checkpoint of an earlier, interrupted run, if there is one."""
        self.network.train()
        path = self.run / "state.pt"
        if not path.exists():
            return
        state = torch.load(path, map_location=self.recipe.device, weights_only=True)
        self.network.load_state_dict(state["network"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.step, self.spent = state["step"], state["spent"]
        self.history.extend(state["history"])
        log.info("resumed at step %d, %.0f s", self.step, self.spent)


def same_point_pairs(
    debates: Sequence[list[tuple[str, ...]]], rng: np.random.Generator, *, size: int
) -> tuple[list[str], list[str]]:
    """Return `size` pairs of texts, a point used once: left[i] and right[i] say the same."""
    left: list[str] = []
    right: list[str] = []
    while len(left) < size:
        debate = debates[int(rng.integers(len(debates)))]
        for i in rng.permutation(len(debate))[:8]:
            group = debate[int(i)]
            a, b = rng.choice(len(group), 2, replace=False)
            left.append(group[int(a)])
            right.append(group[int(b)])
    return left[:size], right[:size]
