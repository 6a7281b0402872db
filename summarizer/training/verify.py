"""Scores the shipped weights again and holds them against what their folders say."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from pathlib import Path

import torch
from transformers import BartForConditionalGeneration, PreTrainedTokenizerFast

from summarizer.errors import DataError
from summarizer.models.network import RelationNetwork
from summarizer.training.folders import SCORES
from summarizer.training.leakage import load_blocked
from summarizer.training.relation.corpus import load_corpus
from summarizer.training.relation.export import final_scores
from summarizer.training.writer.articles import load_articles
from summarizer.training.writer.data import load_rows
from summarizer.training.writer.export import flat_scores
from summarizer.training.writer.recipe import Recipe
from summarizer.training.writer.scores import measure
from summarizer.training.writer.train import Trainer, held_out_rows

TOLERANCE = 0.01
"""Half precision on disk and another machine's sums move a score by less than this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One score: what the folder says, what was measured."""

    name: str
    said: float
    found: float

    @property
    def holds(self) -> bool:
        """Whether the two agree."""
        return abs(self.said - self.found) <= TOLERANCE


def verify_relation(folder: Path, data: Path) -> list[Check]:
    """Return the checks of a relation encoder; raises DataError, ModelError."""
    return _checks(folder, final_scores(RelationNetwork.load(folder), load_corpus(data)))


def verify_writer(folder: Path, data: Path) -> list[Check]:
    """Return the checks of a bundled-shape writer, teacher-forced; raises DataError."""
    model = BartForConditionalGeneration.from_pretrained(
        folder, attn_implementation="eager", dtype=torch.float32
    )
    tokenizer = PreTrainedTokenizerFast.from_pretrained(folder)
    trainer = Trainer(model, tokenizer, recipe=Recipe(), budget=0.0, clock=time.monotonic)
    titles, texts, _ = load_articles(data, load_blocked(data))
    scores = measure(trainer, held_out_rows(load_rows(data), titles, texts))
    return _checks(folder, flat_scores(scores.by_origin))


def _checks(folder: Path, found: dict[str, float]) -> list[Check]:
    path = folder / SCORES
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        return [Check(name=name, said=said[name], found=found[name]) for name in said]
    except (OSError, ValueError, KeyError) as error:
        raise DataError(f"{path}: does not say what these weights score ({error!r})") from error
