"""Chance, and answers that do not look at the text."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

import numpy as np
import trafilatura

from eval.suite import Sample
from eval.systems.base import Baseline, sentences_of


class Random(Baseline):
    """Labels, sentences and scores by lot, the same for the same seed and sample."""

    name = "random"
    tasks = frozenset(
        {"analyze", "sides", "points", "stance", "summary", "highlights", "match", "check"}
    )

    def _rng(self, sample: Sample) -> np.random.Generator:
        key = sha256(f"{self.seed}/{sample.id}".encode()).digest()
        return np.random.default_rng(int.from_bytes(key[:8], "big"))

    def partition(self, texts: Sequence[str], number: int, sample: Sample) -> list[int]:
        """Return labels by lot."""
        return [int(label) for label in self._rng(sample).integers(0, number, size=len(texts))]

    def pick(self, texts: Sequence[str], sample: Sample) -> str:
        """Return a text by lot."""
        return texts[int(self._rng(sample).integers(len(texts)))]

    def highlights(self, sample: Sample) -> list[str]:
        """Return sentences by lot, in reading order."""
        texts = sentences_of(sample.input["texts"])
        number = min(sample.input["number"], len(texts))
        rows = self._rng(sample).choice(len(texts), size=number, replace=False)
        return [texts[row] for row in sorted(rows.tolist())]

    def match(self, sample: Sample) -> list[list[float]]:
        """Return scores by lot."""
        shape = len(sample.input["texts"]), len(sample.input["points"])
        scores: list[list[float]] = self._rng(sample).random(shape).tolist()
        return scores

    def check(self, sample: Sample) -> float:
        """Return a score by lot."""
        return float(self._rng(sample).random())

    def stance(self, sample: Sample) -> list[float]:
        """Return +1 or -1 by lot."""
        return [
            float(2 * v - 1) for v in self._rng(sample).integers(0, 2, len(sample.input["texts"]))
        ]


class Lead(Baseline):
    """Cuts the article into equal runs by position and quotes the first sentence of each."""

    name = "lead"
    tasks = frozenset({"analyze", "sides", "summary", "highlights"})


class Majority(Baseline):
    """Says that everything favours the statement, and that every sentence is supported."""

    name = "majority"
    tasks = frozenset({"stance", "check"})

    def check(self, sample: Sample) -> float:
        """Return 1."""
        return 1.0

    def stance(self, sample: Sample) -> list[float]:
        """Return +1 for every text."""
        return [1.0] * len(sample.input["texts"])


class Trafilatura(Baseline):
    """trafilatura with its own defaults."""

    name = "trafilatura"
    tasks = frozenset({"extract"})

    def extract(self, sample: Sample) -> str:
        """Return the main text of the page."""
        return trafilatura.extract(sample.input["html"], include_comments=False) or ""
