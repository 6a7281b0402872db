"""Held-out scores of a writer while it trains: loss, copied-token accuracy, samples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch
from torch.nn import functional

from summarizer.training.writer.data import Row

if TYPE_CHECKING:
    from summarizer.training.writer.train import Trainer


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """By origin, of tokens that the source allows: loss, accuracy on those in it and on others."""

    by_origin: dict[str, dict[str, float]]
    samples: tuple[dict[str, str], ...] = ()


def measure(trainer: Trainer, dev: dict[str, list[Row]], *, samples: int = 0) -> Scores:
    """Return teacher-forced scores on `dev` and, for `samples` rows an origin, what is written."""
    trainer.model.train(False)
    with torch.inference_mode():
        scores = {origin: _score(trainer, rows) for origin, rows in dev.items() if rows}
        written = tuple(
            sample for rows in dev.values() for sample in _write(trainer, rows[:samples])
        )
    return Scores(by_origin=scores, samples=written)


def copied(trainer: Trainer, dev: dict[str, list[Row]]) -> dict[str, float]:
    """Return the accuracy on tokens that stand in the source, by origin: what writing rests on."""
    return {origin: one["copied"] for origin, one in measure(trainer, dev).by_origin.items()}


def _score(trainer: Trainer, rows: Sequence[Row]) -> dict[str, float]:
    loss = copied = copies = other = others = 0.0
    for batch in trainer.batches(rows):
        hidden, _ = trainer.decode(batch)
        odds, labels, real = trainer.odds(hidden, batch)
        loss += functional.cross_entropy(odds, labels, reduction="sum").item()
        right = odds.argmax(dim=1) == labels
        inside = (batch.copies.to(hidden.device)[real].sum(dim=1)) > 0
        copied, copies = copied + (right & inside).sum().item(), copies + inside.sum().item()
        other, others = other + (right & ~inside).sum().item(), others + (~inside).sum().item()
    return {
        "loss": round(loss / max(1.0, copies + others), 3),
        "copied": round(copied / max(1.0, copies), 3),
        "other": round(other / max(1.0, others), 3),
    }


def _write(trainer: Trainer, rows: Sequence[Row]) -> list[dict[str, str]]:
    written = []
    for row in rows:
        (batch,) = trainer.batches([row])
        model: Any = trainer.model  # the library types `self` of generate as another class
        ids = model.generate(
            input_ids=batch.source.to(trainer.model.device),
            attention_mask=batch.mask.to(trainer.model.device),
            max_new_tokens=48,
            num_beams=4,
            no_repeat_ngram_size=3,
        )
        text = str(trainer.tokenizer.decode(ids[0], skip_special_tokens=True))
        written.append(
            {
                "task": row.task,
                "source": " | ".join(row.texts),
                "target": row.target,
                "written": text,
            }
        )
    return written
