"""Chooses the numbers of clustering on held-out articles, and how sure a margin makes one.

What `settings.py` quotes comes from here. Labels are those of newsroom-train's held-out articles;
development and test sets are not looked at.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import adjusted_rand_score

from summarizer.models.relation import RelationTransformer
from summarizer.protocols import BACKGROUND, Relations
from summarizer.settings import Settings
from summarizer.training.relation.stories import UNKNOWN, Story
from summarizer.viewpoints.cluster import Partition, cluster
from summarizer.viewpoints.relate import readings
from summarizer.weights import digest

GRID = {
    "min_viewpoint": (0.2, 0.25, 0.3, 0.35, 0.4, 0.5),
    "centring": (0.25, 0.5, 0.75, 1.0),
    "opening_cost": (0.0, 0.2, 0.4, 0.6),
}
BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """Means over articles: sides, background sentences, number of viewpoints."""

    ari: float
    background_f1: float
    within_one: float

    @property
    def value(self) -> float:
        """What is maximised: sides first, then facts that are put in nobody's mouth."""
        return self.ari + 0.5 * self.background_f1 + 0.25 * self.within_one


def read_held_out(stories: Sequence[Story], weights: Path) -> list[tuple[Story, Relations]]:
    """Return each article with its relations as the product reads them."""
    encoder = RelationTransformer(weights, digest=digest(weights))
    passages = [story.passage(story.topics[0]) for story in stories]
    return [
        (
            story,
            Relations(
                types=reading.types, sides=reading.sides, similarity=np.zeros_like(reading.sides)
            ),
        )
        for story, reading in zip(stories, readings(passages, encoder), strict=True)
    ]


def search(
    read: Sequence[tuple[Story, Relations]], *, start: Settings
) -> list[tuple[Settings, Scores]]:
    """Return every point of the grid with its scores, best first."""
    points = (
        replace(start, min_viewpoint=least, centring=share, opening_cost=cost)
        for least, share, cost in itertools.product(*GRID.values())
    )
    rows = [(settings, evaluate(read, settings=settings)) for settings in points]
    return sorted(rows, key=lambda row: -row[1].value)


def evaluate(read: Sequence[tuple[Story, Relations]], *, settings: Settings) -> Scores:
    """Return the scores of clustering each article; a claim outside of viewpoints stands alone."""
    aris, f1s, close = [], [], []
    for story, relations in read:
        partition = cluster(relations, settings=settings)
        sided = [i for i, side in enumerate(story.sides) if side != UNKNOWN]
        labels = partition.labels(len(story.sides))
        given = [labels[i] if labels[i] >= 0 else -1 - i for i in sided]
        if len(set(story.sides) - {UNKNOWN}) > 1:
            aris.append(adjusted_rand_score([story.sides[i] for i in sided], given))
        if BACKGROUND in story.types:
            f1s.append(_background_f1(story, partition))
        gold = len(set(story.sides) - {UNKNOWN})
        close.append(abs(len(partition.viewpoints) - gold) <= 1)
    return Scores(
        ari=float(np.mean(aris)),
        background_f1=float(np.mean(f1s)),
        within_one=float(np.mean(close)),
    )


def _background_f1(story: Story, partition: Partition) -> float:
    gold = {i for i, kind in enumerate(story.types) if kind == BACKGROUND}
    given = {i for i in partition.background if story.types[i] != UNKNOWN}
    return 2 * len(gold & given) / (len(gold) + len(given))


def margins(
    read: Sequence[tuple[Story, Relations]], *, settings: Settings
) -> Iterator[tuple[float, bool]]:
    """Yield the margin of each row in a viewpoint, and whether it is right there.

    Viewpoints are matched one to one with the labelled ones by common claims (Kuhn 1955).
    """
    for story, relations in read:
        partition = cluster(relations, settings=settings)
        sides = sorted(set(story.sides) - {UNKNOWN})
        if not sides or not partition.viewpoints:
            continue
        shared = np.array(
            [
                [sum(story.sides[i] == s for i in rows) for s in sides]
                for rows in partition.viewpoints
            ]
        )
        match = dict(zip(*linear_sum_assignment(-shared), strict=True))
        for number, (rows, own) in enumerate(
            zip(partition.viewpoints, partition.margins, strict=True)
        ):
            side = sides[match[number]] if number in match else UNKNOWN
            for row, margin in zip(rows, own, strict=True):
                if story.types[row] != UNKNOWN:
                    yield margin, side != UNKNOWN and story.sides[row] == side


def fit_confidence(
    read: Sequence[tuple[Story, Relations]], *, settings: Settings
) -> tuple[Settings, list[tuple[float, float, float, int]]]:
    """Return settings with Platt's two numbers, and (from, mean said, share right, rows) by bin."""
    rows = list(margins(read, settings=settings))
    x, y = np.array([[margin] for margin, _ in rows]), np.array([right for _, right in rows])
    model = LogisticRegression(C=1e6).fit(x, y)
    fitted = replace(
        settings,
        confidence_scale=round(float(model.coef_[0, 0]), 3),
        confidence_shift=round(float(model.intercept_[0]), 3),
    )
    said = model.predict_proba(x)[:, 1]
    table = []
    for low, high in itertools.pairwise(BINS):
        inside = (said >= low) & (said < high)
        if inside.any():
            table.append((low, said[inside].mean(), y[inside].mean(), int(inside.sum())))
    return fitted, table
