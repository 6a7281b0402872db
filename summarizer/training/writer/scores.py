"""Held-out scores of a writer while it trains: loss, copied-token accuracy, samples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch.nn import functional
from transformers import BartForConditionalGeneration

from summarizer.training.writer.batches import Batcher
from summarizer.training.writer.data import Row
from summarizer.training.writer.held_out import HeldOut
from summarizer.training.writer.losses import decode, odds


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """By origin, of tokens that the source allows: loss, accuracy on those in it and on others."""

    by_origin: dict[str, dict[str, float]]
    samples: tuple[dict[str, str], ...] = ()


@torch.inference_mode()
def measure(
    model: BartForConditionalGeneration, batcher: Batcher, dev: HeldOut, *, samples: int = 0
) -> Scores:
    """Return teacher-forced scores on `dev` and, for `samples` rows an origin, what is written.

    The model is left in evaluation mode.
    """
    model.train(False)
    scores = {origin: _score(model, batcher, rows) for origin, rows in dev.items() if rows}
    written = tuple(_write(model, batcher, row) for rows in dev.values() for row in rows[:samples])
    return Scores(by_origin=scores, samples=written)


def copied(model: BartForConditionalGeneration, batcher: Batcher, dev: HeldOut) -> dict[str, float]:
    """Return the accuracy on tokens that stand in the source, by origin: what writing rests on."""
    scores = measure(model, batcher, dev).by_origin
    return {origin: one["copied"] for origin, one in scores.items()}


def _score(
    model: BartForConditionalGeneration, batcher: Batcher, rows: Sequence[Row]
) -> dict[str, float]:
    loss = copied = copies = other = others = 0.0
    for batch in batcher.batches(rows):
        hidden, _ = decode(model, batch)
        logits, labels, real = odds(model, hidden, batch)
        loss += functional.cross_entropy(logits, labels, reduction="sum").item()
        right = logits.argmax(dim=1) == labels
        inside = (batch.copies.to(hidden.device)[real].sum(dim=1)) > 0
        copied, copies = copied + (right & inside).sum().item(), copies + inside.sum().item()
        other, others = other + (right & ~inside).sum().item(), others + (~inside).sum().item()
    return {
        "loss": round(loss / max(1.0, copies + others), 3),
        "copied": round(copied / max(1.0, copies), 3),
        "other": round(other / max(1.0, others), 3),
    }


def _write(model: BartForConditionalGeneration, batcher: Batcher, row: Row) -> dict[str, str]:
    (batch,) = batcher.batches([row])
    generator: Any = model  # the library types `self` of generate as another class
    ids = generator.generate(
        input_ids=batch.source.to(model.device),
        attention_mask=batch.mask.to(model.device),
        max_new_tokens=48,
        num_beams=4,
        no_repeat_ngram_size=3,
    )
    return {
        "task": row.task,
        "source": " | ".join(row.texts),
        "target": row.target,
        "written": str(batcher.tokenizer.decode(ids[0], skip_special_tokens=True)),
    }
