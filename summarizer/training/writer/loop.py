"""One training run of the writer against the clock: steps, measuring, checkpoints."""

from __future__ import annotations

import json
import logging
import math
import random
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch
from transformers import BartForConditionalGeneration, PreTrainedTokenizerFast

from summarizer.errors import ModelError
from summarizer.training.folders import replaced
from summarizer.training.writer.batches import Batch, Batcher, Mixture
from summarizer.training.writer.held_out import HeldOut
from summarizer.training.writer.losses import losses
from summarizer.training.writer.recipe import Recipe, schedule
from summarizer.training.writer.scores import Scores, measure

_log = logging.getLogger(__name__)

AVERAGED_FROM = 0.8
"""Where on the way the moving average of the weights begins."""

Loss = tuple[float, float]


@dataclass(slots=True, kw_only=True)
class State:
    """Where a run stands; what a checkpoint holds beside the weights."""

    step: int = 0
    examples: int = 0
    seconds: float = 0.0
    curve: list[dict[str, Any]] = field(default_factory=list)


class Loop:
    """Holds model, optimiser and clock of one run."""

    def __init__(
        self,
        model: BartForConditionalGeneration,
        tokenizer: PreTrainedTokenizerFast,
        *,
        recipe: Recipe,
        budget: float,
        clock: Callable[[], float],
    ) -> None:
        self.model, self.tokenizer, self.recipe = model, tokenizer, recipe
        self.state = State()
        self.batcher = Batcher(tokenizer, tokens=recipe.batch_tokens)
        self._budget, self._clock = budget, clock
        model.to("cuda" if torch.cuda.is_available() else "cpu")  # type: ignore[arg-type]
        _freeze(model, recipe.frozen_encoder_layers)
        self._trained = [p for p in model.parameters() if p.requires_grad]
        self._optimiser = torch.optim.AdamW(
            self._trained,
            lr=recipe.learning_rate,
            betas=(0.9, 0.98),
            weight_decay=recipe.weight_decay,
        )
        self._mean: dict[str, torch.Tensor] = {}

    def run(self, mixture: Mixture, dev: HeldOut, run: Path) -> list[Loss]:
        """Train until the budget is used up, measuring and saving on the way.

        Ends with the moving average of the weights and a checkpoint. Returns the losses since the
        last measurement, for `conclude`.
        """
        start = self._clock() - self.state.seconds
        saved = measured = self.state.seconds
        pending: list[Batch] = []
        unnoted: list[Loss] = []
        order = random.Random(self.recipe.seed)
        while self.state.seconds < self._budget or not self.state.step:
            if not pending:
                rows = mixture.draw(512, fraction=self._moment())
                pending = self.batcher.batches(rows)
                order.shuffle(pending)
            unnoted.append(self.learn(pending.pop()))
            self.state.seconds = self._clock() - start
            if self.state.seconds - measured >= self.recipe.measure_every_s:
                measured = self.state.seconds
                self._note(unnoted, measure(self.model, self.batcher, dev))
                unnoted = []
            if self.state.seconds - saved >= self.recipe.save_every_s:
                saved = self.state.seconds
                self.save(run / "checkpoint")
        self._take_mean()
        self.save(run / "checkpoint")
        return unnoted

    def conclude(self, dev: HeldOut, unnoted: Sequence[Loss]) -> None:
        """Note the last losses, and how the weights score that are exported, with samples."""
        scores = measure(self.model, self.batcher, dev, samples=self.recipe.samples)
        self._note(unnoted, scores)

    def _passed(self) -> float:
        """Return the share of the time budget that has passed."""
        return min(1.0, self.state.seconds / self._budget) if self._budget else 1.0

    def _moment(self) -> float:
        """Return where in the curriculum the run stands."""
        return self.recipe.mix_from + (1 - self.recipe.mix_from) * self._passed()

    def learn(self, batch: Batch) -> Loss:
        """Take one step; return token loss and pointing loss. Raises ModelError when not finite."""
        passed = self._passed()
        for group in self._optimiser.param_groups:
            group["lr"] = self.recipe.learning_rate * schedule(passed, self.recipe.warm_up)
        self.model.train()
        token, pointing = losses(self.model, batch, label_smoothing=self.recipe.label_smoothing)
        loss = token + self.recipe.pointing * pointing
        if not math.isfinite(loss.item()):
            raise ModelError(
                f"the loss is {loss.item()} at step {self.state.step}; lower the learning rate"
            )
        self._optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self._trained, self.recipe.clip)
        self._optimiser.step()
        self.state.step += 1
        self.state.examples += len(batch.source)
        if passed > AVERAGED_FROM:
            self._update_mean()
        return token.item(), pointing.item()

    @torch.no_grad()
    def _update_mean(self) -> None:
        """Move the average of the weights on (Polyak & Juditsky 1992)."""
        for name, parameter in self.model.named_parameters():
            if not parameter.requires_grad:
                continue
            if name in self._mean:
                self._mean[name].lerp_(parameter, 0.01)
            else:
                self._mean[name] = parameter.detach().clone()

    @torch.no_grad()
    def _take_mean(self) -> None:
        for name, parameter in self.model.named_parameters():
            if name in self._mean:
                parameter.copy_(self._mean[name])

    def _note(self, unnoted: Sequence[Loss], scores: Scores) -> None:
        n = max(1, len(unnoted))
        entry = {
            "seconds": round(self.state.seconds),
            "step": self.state.step,
            "examples": self.state.examples,
            "token_loss": round(sum(token for token, _ in unnoted) / n, 4),
            "pointing_loss": round(sum(pointing for _, pointing in unnoted) / n, 4),
            "held_out": asdict(scores),
        }
        self.state.curve.append(entry)
        shown = {key: value for key, value in entry.items() if key != "held_out"}
        _log.info("%s %s", json.dumps(shown), json.dumps(scores.by_origin))

    def save(self, folder: Path) -> None:
        """Write a checkpoint that `load` goes on from; the old one stands until it is complete."""
        with replaced(folder) as new:
            self.model.save_pretrained(new)
            self.tokenizer.save_pretrained(new)
            torch.save(self._optimiser.state_dict(), new / "optimiser.pt")
            (new / "state.json").write_text(json.dumps(asdict(self.state)), encoding="utf-8")

    def load(self, folder: Path) -> None:
        """Take optimiser and counters from a checkpoint that `save` wrote."""
        state = json.loads((folder / "state.json").read_text(encoding="utf-8"))
        self.state = State(**state)
        self._optimiser.load_state_dict(torch.load(folder / "optimiser.pt", weights_only=True))


def _freeze(model: BartForConditionalGeneration, layers: int) -> None:
    encoder = model.model.encoder
    for module in (
        model.model.shared,
        encoder.embed_positions,
        encoder.layernorm_embedding,
        *encoder.layers[:layers],
    ):
        for parameter in module.parameters():
            parameter.requires_grad = False
