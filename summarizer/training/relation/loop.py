"""One training run of the relation encoder against the clock: steps, measuring, checkpoints."""

from __future__ import annotations

import itertools
import logging
import math
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from summarizer.errors import ModelError
from summarizer.models.network import RelationNetwork
from summarizer.training.folders import replaced
from summarizer.training.relation.corpus import Corpus
from summarizer.training.relation.draws import Draw, batches
from summarizer.training.relation.losses import point_loss, story_losses
from summarizer.training.relation.measure import measure_news, measure_stance
from summarizer.training.relation.model import freeze, set_dropout
from summarizer.training.relation.points import Debates, same_point_pairs
from summarizer.training.relation.recipe import Recipe

log = logging.getLogger(__name__)


class Loop:
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
        with self._precision():
            losses = story_losses(self.network, batch, hidden=self.recipe.hidden)
        if losses:
            self._descend(losses)

    def step_on_points(self, debates: Debates, rng: np.random.Generator) -> None:
        """Take one step that pulls together texts which make the same point."""
        left, right = same_point_pairs(debates, rng, size=self.recipe.tokens // 50)
        with self._precision():
            loss = point_loss(self.network, left, right)
        self._descend({"point": loss})

    def _precision(self) -> torch.autocast:
        """Return bfloat16 arithmetic where there is an accelerator."""
        device = self.recipe.device
        return torch.autocast(device, torch.bfloat16, enabled=device != "cpu")

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
