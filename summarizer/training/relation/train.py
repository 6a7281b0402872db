"""Train the relation encoder: from MiniLM and the data folder to a weights folder with its card.

    python -m summarizer.training relation --data DIR --out DIR --time-budget 60m
    python -m summarizer.training relation --data DIR --out DIR --start EARLIER
    python -m summarizer.training fine-tune --rows FILE.jsonl --out DIR --time-budget 10m

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
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from summarizer.errors import ModelError
from summarizer.models.network import RelationNetwork
from summarizer.training.averaging import average
from summarizer.training.folders import bundled_base, replaced, save_run
from summarizer.training.relation.calibrate import calibrate
from summarizer.training.relation.corpus import Corpus, load_corpus
from summarizer.training.relation.draws import Draw, batches
from summarizer.training.relation.export import RunFacts, export_relation, final_scores
from summarizer.training.relation.heads import HeadsRecipe, train_heads
from summarizer.training.relation.losses import story_losses
from summarizer.training.relation.measure import measure_news, measure_stance
from summarizer.training.relation.model import SIZES, build_relation, freeze, set_dropout
from summarizer.training.relation.own import load_own
from summarizer.training.relation.points import Debates
from summarizer.weights import digest

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What steers a run; `tokens` a step and the rates are what differs between machines."""

    time_budget_s: float
    size: str = "small"
    seed: int = 0
    device: str = "cpu"
    tokens: int = 1536
    encoder_rate: float = 1e-4
    heads_rate: float = 2e-4
    frozen_layers: int = 0  # lowest; freezing two saves a fifth of the time and lost (eval/LOG.md)
    start: str = ""  # digest of the weights that the run went on from
    mix_from: float = 0.0  # where on the way from the early to the late mix of sources it begins
    warm_up: float = 0.05
    dropout: float = 0.1  # of hidden states: the news articles are seen many times
    hidden: float = 0.1  # share of an article's tokens that is masked, for the same reason
    same_point_every: int = 6
    checkpoint_s: float = 600.0


def train_relation(
    data: Path,
    out: Path,
    recipe: Recipe,
    *,
    base: Path | None = None,
    start: Path | None = None,
    resume: bool = False,
) -> None:
    """Train on a data folder until the time budget is spent and write `out`.

    `start` names weights of an earlier run to go on from, halfway to the late mix of sources.
    Checkpoints and the report lie in `out`.run, from where `resume` goes on.

    Raises:
        DataError: a data set is missing or broken.
        ModelError: the loss is not a number any more, or there is nothing to resume.
    """
    torch.manual_seed(recipe.seed)
    corpus = load_corpus(data)
    if start:
        recipe = replace(recipe, start=digest(start), mix_from=0.5)
        _train(RelationNetwork.load(start).train(), corpus, out, recipe, resume=resume)
        return
    texts = (sentence for story in corpus.training for sentence in story.sentences)
    network = build_relation(base or bundled_base(), SIZES[recipe.size], texts=texts)
    _train(network, corpus, out, recipe, resume=resume)


def fine_tune(rows: Path, out: Path, recipe: Recipe, *, start: Path, resume: bool = False) -> None:
    """Go on from the weights in `start` on a user's own rows (`own.load_own`) and write `out`.

    Raises as `train_relation` does.
    """
    torch.manual_seed(recipe.seed)
    _train(RelationNetwork.load(start).train(), load_own(rows), out, recipe, resume=resume)


def _train(
    network: RelationNetwork, corpus: Corpus, out: Path, recipe: Recipe, *, resume: bool
) -> None:
    def score() -> dict[str, float]:
        news = measure_news(network, corpus.held_out)
        return {**news, **measure_stance(network, corpus.stance_dev)}

    began = {name: value.clone() for name, value in network.state_dict().items()}
    loop = _Loop(network.to(recipe.device), recipe, out.with_name(out.name + ".run"))
    if resume:
        loop.resume()
    loop.run_on(corpus)
    network.cpu()
    between = average(network, began, score) if recipe.start and corpus.held_out else []
    passes: list[dict[str, float]] = []
    if corpus.held_out:
        passes = train_heads(
            network, corpus.training, corpus.held_out, HeadsRecipe(seed=recipe.seed)
        )
    network.half().float()  # what is measured is what is written
    calibrate(network, corpus.held_out, corpus.stance_dev)
    facts = RunFacts(
        recipe=asdict(recipe),
        seconds=loop.spent,
        steps=loop.step,
        passes=max(0, len(passes) - 1),
        digest=corpus.digest,
        corpus=corpus.report.to_dict(),
        scores=final_scores(network, corpus),
    )
    save_run(
        loop.run,
        report={**asdict(facts), "curve": loop.history, "between": between, "heads": passes},
    )
    export_relation(network, out, facts)


class _Loop:
    """Optimiser state, clock and checkpoints of one run."""

    def __init__(self, network: RelationNetwork, recipe: Recipe, run: Path) -> None:
        self.network, self.recipe, self.run = network, recipe, run
        freeze(network, recipe.frozen_layers)
        set_dropout(network, recipe.dropout)
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
        network.train()

    def clock(self) -> Iterator[float]:
        """Yield how far the mix of sources is, until the budget is spent; measuring is free."""
        for _ in itertools.count():
            if self.spent >= self.recipe.time_budget_s:
                return
            began = time.monotonic()
            done = min(1.0, self.spent / self.recipe.time_budget_s)
            yield self.recipe.mix_from + (1 - self.recipe.mix_from) * done
            self.spent += min(time.monotonic() - began, 60.0)

    def run_on(self, corpus: Corpus) -> None:
        """Train until the time budget is spent; measure and save on the way and at the end."""
        rng = np.random.default_rng([self.recipe.seed, self.step])
        saved = time.monotonic()
        drawn = batches(corpus.training, tokens=self.recipe.tokens, progress=self.clock(), rng=rng)
        for batch in drawn:
            self.step_on(batch)
            if corpus.points and self.step % self.recipe.same_point_every == 0:
                self.step_on_points(corpus.points, rng)
            if time.monotonic() - saved > self.recipe.checkpoint_s:
                self.measure(corpus)
                self.save()
                saved = time.monotonic()
        self.measure(corpus)
        self.save()

    def step_on(self, batch: Sequence[Draw]) -> None:
        """Take one optimiser step on what is known of the stories of `batch`."""
        with torch.autocast(
            self.recipe.device, torch.bfloat16, enabled=self.recipe.device != "cpu"
        ):
            losses = story_losses(self.network, batch, hidden=self.recipe.hidden)
        if losses:
            self._descend(losses)

    def step_on_points(self, debates: Debates, rng: np.random.Generator) -> None:
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

    def measure(self, corpus: Corpus) -> None:
        """Note losses so far and scores on some held-out articles and stance pairs."""
        self.network.eval()
        pairs = corpus.stance_dev[:: 1 + len(corpus.stance_dev) // 400]
        scores = {
            **measure_news(self.network, corpus.held_out[:40]),
            **measure_stance(self.network, pairs),
        }
        self.network.train()
        entry = {"step": float(self.step), "seconds": round(self.spent), **self._means(), **scores}
        log.info("%s", entry)
        self.history.append(entry)

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
        """Go on from the checkpoint of an earlier, interrupted run; raises ModelError."""
        path = self.run / "state.pt"
        if not path.exists():
            raise ModelError(f"{path}: no checkpoint to resume; start without --resume")
        state = torch.load(path, map_location=self.recipe.device, weights_only=True)
        self.network.load_state_dict(state["network"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.step, self.spent = state["step"], state["spent"]
        self.history.extend(state["history"])
        log.info("resumed at step %d, %.0f s", self.step, self.spent)


def same_point_pairs(
    debates: Debates, rng: np.random.Generator, *, size: int
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
