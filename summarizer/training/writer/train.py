"""Trains the writer of the bundled weights: `python -m summarizer.training writer --help`.

Fits a clock, not a number of steps: learning rate and curriculum follow the share of the time
budget that has passed, so one recipe serves two CPU cores and an accelerator.
"""

from __future__ import annotations

import json
import logging
import math
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from torch.nn import functional
from transformers import BartForConditionalGeneration, PreTrainedTokenizerFast

from summarizer.errors import ModelError
from summarizer.prompts import Prompts
from summarizer.training.averaging import average
from summarizer.training.folders import bundled_base, replaced, save_run
from summarizer.training.leakage import load_blocked
from summarizer.training.writer.articles import ArticleRows, load_articles
from summarizer.training.writer.batches import Batch, Batcher, Mixture
from summarizer.training.writer.data import Row, Rows, load_rows
from summarizer.training.writer.export import export_writer
from summarizer.training.writer.model import SIZES, build_writer, load_base
from summarizer.training.writer.recipe import Recipe, going_on, schedule
from summarizer.training.writer.scores import Scores, copied, measure
from summarizer.weights import digest

_log = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class State:
    """Where a run stands; what a checkpoint holds beside the weights."""

    step: int = 0
    examples: int = 0
    seconds: float = 0.0
    curve: list[dict[str, Any]] = field(default_factory=list)


def train_writer(
    data: Path,
    out: Path,
    *,
    time_budget: float,
    recipe: Recipe | None = None,
    base: Path | None = None,
    start: Path | None = None,
    resume: bool = False,
    clock: Callable[[], float] = time.monotonic,
) -> Path:
    """Train a writer on `data` for `time_budget` seconds and return `out`, its weights folder.

    `start` names weights of an earlier run to go on from, late in the curriculum. Beside `out`
    stands `out`-run with the last checkpoint and report.json: rows by origin, what was dropped, the
    loss curve, held-out scores and samples. `resume` goes on from the checkpoint.
    Raises DataError for a data folder of the wrong shape, ModelError when the loss stops being
    finite; `out` is then left as it was.
    """
    recipe = recipe or Recipe()
    if start:
        recipe = going_on(recipe, digest(start))
    random.seed(recipe.seed)
    torch.manual_seed(recipe.seed)
    rows = load_rows(data)
    titles, texts, leaks = load_articles(data, load_blocked(data))
    run = out.with_name(out.name + "-run")
    earlier = run / "checkpoint" if resume else start
    if resume and not (run / "checkpoint").is_dir():
        raise ModelError(f"{run / 'checkpoint'}: no checkpoint to resume; start without --resume")
    model, tokenizer = (
        _earlier(earlier) if earlier else _new(recipe, base or bundled_base(), texts=texts)
    )
    began = _earlier(start)[0].state_dict() if start else {}
    trainer = Trainer(model, tokenizer, recipe=recipe, budget=time_budget, clock=clock)
    if resume:
        trainer.load(run / "checkpoint")
    rng = random.Random(recipe.seed + trainer.state.step)
    mixture = Mixture(rows.train, ArticleRows(titles, texts, rng=rng), rng=rng)
    dev = held_out_rows(rows, titles, texts)
    trainer.run(mixture, dev, run)
    between = average(trainer.model, began, lambda: copied(trainer, dev)) if start else []
    trainer.conclude(dev)
    report = {**_report(recipe, rows, trainer, mixture, leaks), "between": between}
    save_run(run, report=report)
    export_writer(trainer.model, tokenizer, out, report=report)
    return out


def _earlier(folder: Path) -> tuple[BartForConditionalGeneration, PreTrainedTokenizerFast]:
    try:
        model = BartForConditionalGeneration.from_pretrained(
            folder, attn_implementation="eager", dtype=torch.float32, local_files_only=True
        )
    except (OSError, ValueError, SafetensorError) as error:
        raise ModelError(f"{folder}: no writer to go on from ({error})") from error
    return model, PreTrainedTokenizerFast.from_pretrained(folder)


def _new(
    recipe: Recipe, base: Path, *, texts: Sequence[str]
) -> tuple[BartForConditionalGeneration, PreTrainedTokenizerFast]:
    encoder, tokenizer = load_base(base)
    sample = random.Random(recipe.seed).sample(list(texts), min(len(texts), 6_000))
    cut = [text[:3_000] for text in sample]
    return build_writer(encoder, tokenizer, SIZES[recipe.size], texts=cut)


def held_out_rows(rows: Rows, titles: list[str], texts: list[str]) -> dict[str, list[Row]]:
    """Return at most 48 held-out rows per origin, plus unseen sentences to copy."""
    rng = random.Random(7)
    unseen = ArticleRows(titles, texts, rng=rng, dev=True)
    dev = {kind: list(islice(unseen.rows(kind), 48)) for kind in ("extract", "lead")}
    for row in rows.held_out:
        dev.setdefault(row.origin, []).append(row)
    return {origin: some[:48] for origin, some in dev.items()}


class Trainer:
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
        self._budget, self._clock = budget, clock
        self._device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        model.to(self._device)  # type: ignore[arg-type]
        _freeze(model, recipe.frozen_encoder_layers)
        self._trained = [p for p in model.parameters() if p.requires_grad]
        self._optimiser = torch.optim.AdamW(
            self._trained,
            lr=recipe.learning_rate,
            betas=(0.9, 0.98),
            weight_decay=recipe.weight_decay,
        )
        prompts = Prompts.load("bundled")
        self._batcher = Batcher(
            tokenizer, lambda row: prompts.fill(row.task, row.texts), tokens=recipe.batch_tokens
        )
        self._mean: dict[str, torch.Tensor] = {}

    def run(self, mixture: Mixture, dev: dict[str, list[Row]], run: Path) -> None:
        """Train until the budget is used up; measures and saves on the way and at the end."""
        start = self._clock() - self.state.seconds
        saved = measured = self.state.seconds
        pending: list[Batch] = []
        losses: list[tuple[float, float]] = []
        order = random.Random(self.recipe.seed)
        while self.state.seconds < self._budget or not self.state.step:
            if not pending:
                rows = mixture.draw(512, fraction=self._moment())
                pending = self._batcher.batches(rows)
                order.shuffle(pending)
            losses.append(self.learn(pending.pop()))
            self.state.seconds = self._clock() - start
            if self.state.seconds - measured >= self.recipe.measure_every_s:
                measured = self.state.seconds
                self._note(losses, measure(self, dev))
                losses = []
            if self.state.seconds - saved >= self.recipe.save_every_s:
                saved = self.state.seconds
                self.save(run / "checkpoint")
        self.averaged()
        self._note(losses, measure(self, dev))
        self.save(run / "checkpoint")

    def conclude(self, dev: dict[str, list[Row]]) -> None:
        """Measure the weights as they are exported, and write samples for the eye."""
        self._note([], measure(self, dev, samples=self.recipe.samples))

    def _moment(self) -> float:
        """Return where in the curriculum the run stands."""
        done = min(1.0, self.state.seconds / self._budget) if self._budget else 1.0
        return self.recipe.mix_from + (1 - self.recipe.mix_from) * done

    def learn(self, batch: Batch) -> tuple[float, float]:
        """Take one step; return token loss and pointing loss. Raises ModelError when not finite."""
        fraction = min(1.0, self.state.seconds / self._budget) if self._budget else 1.0
        for group in self._optimiser.param_groups:
            group["lr"] = self.recipe.learning_rate * schedule(fraction, self.recipe.warm_up)
        self.model.train()
        token, pointing = self.losses(batch)
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
        if fraction > 0.8:
            self._average()
        return token.item(), pointing.item()

    def losses(self, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the mean loss of a token, and of where the last cross-attention looks for it.

        The odds of a token are over what its source allows; a token that it does not allow counts
        nothing.
        """
        hidden, looks = self.decode(batch)
        odds, labels, real = self.odds(hidden, batch)
        token = functional.cross_entropy(odds, labels)
        if self.recipe.label_smoothing:
            known = odds.isfinite()
            logs = odds.log_softmax(dim=1).masked_fill(~known, 0.0)
            even = -(logs.sum(dim=1) / known.sum(dim=1)).mean()
            token = (1 - self.recipe.label_smoothing) * token + self.recipe.label_smoothing * even
        copies = batch.copies.to(self._device)[real]
        there = copies.sum(dim=1) > 0
        mass = (copies > 0).float() * looks[real]
        pointing = -(mass.sum(dim=1) + 1e-6).log()[there].sum() / there.sum().clamp(min=1)
        return token, pointing

    def odds(
        self, hidden: torch.Tensor, batch: Batch
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Return (n, u) logits of the n tokens that their sources allow, and their columns.

        Logits are -inf for what a source does not allow. Last comes the (b, t) mask of the n.
        """
        places = batch.places.to(self._device)
        columns, allowed = batch.columns.to(self._device), batch.allowed.to(self._device)
        real = places != -100
        rows = real.nonzero()[:, 0]
        logits = functional.linear(
            hidden[real],
            self.model.lm_head.weight[columns],
            self.model.final_logits_bias[0, columns],
        )
        return logits.masked_fill(~allowed[rows], -torch.inf), places[real], real

    def decode(self, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
        """Return (b, t, d) decoder states and (b, t, s) last cross-attention, mean over heads."""
        output = self.model.model(
            input_ids=batch.source.to(self._device),
            attention_mask=batch.mask.to(self._device),
            decoder_input_ids=batch.decoder.to(self._device),
            output_attentions=True,
            use_cache=False,
        )
        return output.last_hidden_state, output.cross_attentions[-1].mean(dim=1)

    def batches(self, rows: Sequence[Row]) -> list[Batch]:
        """Return `rows` as batches under the bundled prompts."""
        return self._batcher.batches(rows)

    def averaged(self) -> None:
        """Put the moving average of the last weights into the model (Polyak & Juditsky 1992)."""
        with torch.no_grad():
            for name, parameter in self.model.named_parameters():
                if name in self._mean:
                    parameter.copy_(self._mean[name])

    def _average(self) -> None:
        with torch.no_grad():
            for name, parameter in self.model.named_parameters():
                if not parameter.requires_grad:
                    continue
                if name in self._mean:
                    self._mean[name].lerp_(parameter, 0.01)
                else:
                    self._mean[name] = parameter.detach().clone()

    def _note(self, losses: list[tuple[float, float]], scores: Scores) -> None:
        n = max(1, len(losses))
        entry = {
            "seconds": round(self.state.seconds),
            "step": self.state.step,
            "examples": self.state.examples,
            "token_loss": round(sum(a for a, _ in losses) / n, 4),
            "pointing_loss": round(sum(b for _, b in losses) / n, 4),
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


def _report(
    recipe: Recipe, rows: Rows, trainer: Trainer, mixture: Mixture, leaks: int
) -> dict[str, Any]:
    origins: dict[str, int] = {}
    for row in rows.train:
        origins[row.origin] = origins.get(row.origin, 0) + 1
    return {
        "recipe": asdict(recipe),
        "rows": origins,
        "drawn": mixture.drawn,
        "dropped": {**rows.dropped, "articles: stands in a development or test set": leaks},
        "steps": trainer.state.step,
        "examples": trainer.state.examples,
        "seconds": round(trainer.state.seconds),
        "parameters": sum(p.numel() for p in trainer.model.parameters()),
        "curve": trainer.state.curve,
    }
