"""What gold itself would score."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eval import build, metrics
from eval.suite import Sample
from eval.systems.base import Baseline, sentences_of


class Oracle(Baseline):
    """What gold scores: labels as they are, and the sentences nearest to the reference."""

    name = "oracle"
    tasks = frozenset(
        {"analyze", "sides", "points", "stance", "summary", "highlights", "match", "check"}
    )

    def sides(self, sample: Sample) -> list[int]:
        """Return gold."""
        return list(sample.gold["labels"])

    def stance(self, sample: Sample) -> list[float]:
        """Return gold."""
        return [float(label) for label in sample.gold["labels"]]

    def summary(self, sample: Sample) -> str:
        """Return the sentence of highest ROUGE-1 with the reference."""
        return _nearest(sentences_of(sample.input["texts"]), sample.gold["reference"])

    def highlights(self, sample: Sample) -> list[str]:
        """Return sentences taken greedily for ROUGE-1 (Nallapati et al. 2017), in reading order."""
        texts = sentences_of(sample.input["texts"])
        reference = " ".join(sample.gold["references"])
        rows: list[int] = []
        while len(rows) < min(sample.input["number"], len(texts)):
            gain = {
                row: metrics.rouge(reference, " ".join(texts[i] for i in [*rows, row]))["rouge1"]
                for row in range(len(texts))
                if row not in rows
            }
            rows.append(max(gain, key=gain.__getitem__))
        return [texts[row] for row in sorted(rows)]

    def match(self, sample: Sample) -> list[list[float]]:
        """Return gold, and one half where people were undecided."""
        return [[0.5 if one is None else one for one in row] for row in sample.gold["labels"]]

    def check(self, sample: Sample) -> float:
        """Return gold."""
        return float(sample.gold["supported"])

    def analyze(self, sample: Sample) -> dict[str, Any]:
        """Return the gold viewpoints, each summed up by the best of its own sentences."""
        body, viewpoints = sample.input["text"], sample.gold["viewpoints"]
        placed = {s: k for k, view in enumerate(viewpoints) for s in view["sentences"]}
        placed |= dict.fromkeys(sample.gold["background"], -1)
        spans = sorted((body.index(s), body.index(s) + len(s)) for s in placed if s in body)
        places = [placed[body[start:end]] for start, end in spans]
        sides = [
            build.Side(
                label=view["label"],
                summary=_nearest(view["sentences"], view["summary"]),
                holders=tuple(view["holders"]),
            )
            for view in viewpoints
        ]
        return build.analysis(sample.input, spans, places, sides=sides, made_with=self.digest)


def _nearest(texts: Sequence[str], reference: str) -> str:
    return max(texts, key=lambda one: metrics.rouge(reference, one)["rouge1"])
