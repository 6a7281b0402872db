"""Scores the shipped weights again and holds them against what their folders say."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from summarizer.errors import DataError
from summarizer.models.network import RelationNetwork
from summarizer.training.folders import SCORES
from summarizer.training.leakage import load_blocked
from summarizer.training.relation.corpus import load_held_out, load_stance_dev
from summarizer.training.relation.export import final_scores
from summarizer.training.relation.salience import load_told_held_out
from summarizer.training.writer.batches import Batcher
from summarizer.training.writer.export import flat_scores
from summarizer.training.writer.held_out import load_held_out as load_rows
from summarizer.training.writer.recipe import Recipe
from summarizer.training.writer.scores import measure
from summarizer.training.writer.train import load_writer

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
    network = RelationNetwork.load(folder)
    told = load_told_held_out(data, load_blocked(data))
    found = final_scores(network, load_held_out(data), load_stance_dev(data), told)
    return _checks(folder, found)


def verify_writer(folder: Path, data: Path) -> list[Check]:
    """Return the checks of a bundled-shape writer, teacher-forced; raises DataError, ModelError."""
    model, tokenizer = load_writer(folder)
    batcher = Batcher(tokenizer, tokens=Recipe().batch_tokens)
    scores = measure(model, batcher, load_rows(data))
    return _checks(folder, flat_scores(scores.by_origin))


def _checks(folder: Path, found: dict[str, float]) -> list[Check]:
    path = folder / SCORES
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        return [Check(name=name, said=said[name], found=found[name]) for name in said]
    except (OSError, ValueError, KeyError) as error:
        raise DataError(f"{path}: does not say what these weights score ({error!r})") from error
