"""Cluster: decide which claims are viewpoints, and partition those by correlation clustering.

Correlation clustering (Bansal, Blum & Chawla 2004): find the partition whose inner pairs have the
greatest sum of weights. The weights are log-odds, so the number of viewpoints falls out. The search
is greedy merging followed by single moves until nothing improves; ties go to the smaller row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.cluster import AgglomerativeClustering

from summarizer.protocols import FURNITURE, VIEWPOINT, Matrix, Relations
from summarizer.settings import Settings

EPSILON = 1e-9  # gains below it are rounding, and must not decide

Labels = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Partition:
    """Rows of each viewpoint (largest first), their confidence in [0, 1], and the other rows."""

    viewpoints: tuple[tuple[int, ...], ...]
    confidence: tuple[float, ...]
    background: tuple[int, ...]
    unplaced: tuple[int, ...]

    def labels(self, n: int) -> list[int]:
        """Return the viewpoint number of each of n rows, -1 where it has none."""
        labels = [-1] * n
        for number, rows in enumerate(self.viewpoints):
            for row in rows:
                labels[row] = number
        return labels


def cluster(relations: Relations, *, settings: Settings) -> Partition:
    """Return the viewpoints found; every row stands exactly once in the result."""
    types = relations.types
    chosen = np.flatnonzero(types[:, VIEWPOINT] >= settings.min_viewpoint)
    furniture = set(np.flatnonzero(types.argmax(1) == FURNITURE).tolist()) - set(chosen.tolist())
    rest = set(range(len(types))) - set(chosen.tolist()) - furniture
    weights = _centred(relations.sides[np.ix_(chosen, chosen)], settings.centring)
    cost = settings.opening_cost * len(chosen)
    labels = correlation_clusters(weights, opening_cost=cost)
    kept, loose = _kept(labels, chosen, types, settings)
    confidence = [_confidence(weights, labels, number) for number, _ in kept]
    return Partition(
        viewpoints=tuple(rows for _, rows in kept),
        confidence=tuple(confidence),
        background=tuple(sorted(rest)),
        unplaced=tuple(sorted([*loose, *furniture])),
    )


def _centred(sides: Matrix, share: float) -> Matrix:
    """Return `sides` less a share of their mean, where that is positive; zero diagonal.

    Claims of a short article stand near each other, which alone makes all of them look alike.
    """
    n = len(sides)
    mean = max(0.0, sides.sum() / (n * (n - 1))) if n > 1 else 0.0
    weights: Matrix = sides - share * mean
    np.fill_diagonal(weights, 0.0)
    return weights


def _kept(
    labels: Labels, chosen: Labels, types: Matrix, settings: Settings
) -> tuple[list[tuple[int, tuple[int, ...]]], list[int]]:
    """Return (number, rows) of groups strong enough, largest first, and the rows of the others.

    A group is as strong as the probabilities of its rows to be viewpoints add up to: two certain
    claims, or several likely ones; one claim stands alone only when it is all but certain.
    """
    kept: list[tuple[int, tuple[int, ...]]] = []
    loose: list[int] = []
    for number in range(labels.max(initial=-1) + 1):
        rows = tuple(int(row) for row in chosen[labels == number])
        strength = float(types[list(rows), VIEWPOINT].sum())
        if strength >= settings.min_strength:
            kept.append((number, rows))
        else:
            loose.extend(rows)
    kept.sort(key=lambda item: (-len(item[1]), item[1]))
    return kept, loose


def correlation_clusters(weights: Matrix, *, opening_cost: float = 0.0) -> Labels:
    """Return (n,) cluster numbers, by first row, that maximise the weight within clusters.

    weights: (n, n), symmetric, zero diagonal; positive pairs attract. Each cluster costs
    `opening_cost`. Local optimum: no merge of two clusters and no move of one row improves it.
    """
    n = len(weights)
    starts = [np.arange(n), np.zeros(n, dtype=np.int64)]
    if n > 1:
        starts.append((np.linalg.eigh(weights)[1][:, -1] > 0).astype(np.int64))
    best, best_value = np.zeros(n, dtype=np.int64), -np.inf
    for start in starts:
        labels = _improved(weights, start, opening_cost)
        value = objective(weights, labels, opening_cost=opening_cost)
        if value > best_value + EPSILON:
            best, best_value = labels, value
    return best


def objective(weights: Matrix, labels: Labels, *, opening_cost: float = 0.0) -> float:
    """Return the weight of pairs within clusters, less the cost of the clusters."""
    same = labels[:, None] == labels[None]
    inner = float(weights[same].sum()) / 2
    return inner - opening_cost * len(np.unique(labels))


def _improved(weights: Matrix, labels: Labels, opening_cost: float) -> Labels:
    while True:
        merged = _merge(weights, labels, opening_cost)
        moved = _move(weights, merged, opening_cost)
        if np.array_equal(moved, labels):
            return labels
        labels = moved


def _merge(weights: Matrix, labels: Labels, opening_cost: float) -> Labels:
    """Merge the pair of clusters that gains most until none gains."""
    labels = _numbered(labels)
    member = np.eye(labels.max(initial=-1) + 1)[labels]
    between = member.T @ weights @ member
    np.fill_diagonal(between, -np.inf)
    while len(between) > 1:
        a, b = divmod(int(between.argmax()), len(between))
        a, b = min(a, b), max(a, b)
        if between[a, b] + opening_cost <= EPSILON:
            break
        between[a] += between[b]
        between[:, a] += between[:, b]
        between = np.delete(np.delete(between, b, 0), b, 1)
        between[a, a] = -np.inf
        labels = np.where(labels == b, a, labels)
        labels = np.where(labels > b, labels - 1, labels)
    return _numbered(labels)


def _move(weights: Matrix, labels: Labels, opening_cost: float) -> Labels:
    """Move single rows, also into a cluster of their own, until no move gains."""
    labels = labels.copy()
    pull = np.zeros((len(labels), len(labels) + 1))
    for number in range(labels.max(initial=-1) + 1):
        pull[:, number] = weights[:, labels == number].sum(1)
    sizes = np.bincount(labels, minlength=len(labels) + 1)
    while True:
        alone = sizes[labels] == 1
        gain = pull - pull[np.arange(len(labels)), labels][:, None]
        gain[:, sizes == 0] -= opening_cost
        gain[alone] += opening_cost
        gain[np.arange(len(labels)), labels] = 0.0
        row, target = divmod(int(gain.argmax()), gain.shape[1]) if len(labels) else (0, 0)
        if not len(labels) or gain[row, target] <= EPSILON:
            return _numbered(labels)
        pull[:, labels[row]] -= weights[:, row]
        pull[:, target] += weights[:, row]
        sizes[labels[row]] -= 1
        sizes[target] += 1
        labels[row] = target


def _numbered(labels: Labels) -> Labels:
    """Return the same partition, numbered by first row."""
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    result: Labels = rank[inverse].astype(np.int64)
    return result


def _confidence(weights: Matrix, labels: Labels, number: int) -> float:
    """Return the mean probability that a row of the cluster belongs to it, not to the next best.

    A row's margin is its mean log-odds to its own cluster less that to the nearest other one.
    """
    own = np.flatnonzero(labels == number)
    others = [np.flatnonzero(labels == k) for k in range(labels.max() + 1) if k != number]
    inner = weights[np.ix_(own, own)].sum(1) / max(1, len(own) - 1)
    outer = np.max([weights[np.ix_(own, rows)].mean(1) for rows in others], axis=0, initial=-2.0)
    return round(float((1 / (1 + np.exp(-(inner - outer)))).mean()), 3)


def cluster_points(
    rows: Sequence[int], similarity: Matrix, *, settings: Settings
) -> tuple[tuple[int, ...], ...]:
    """Return groups of `rows` that say the same: average link on cosine, largest first."""
    if len(rows) < 2:
        return (tuple(rows),) if rows else ()
    distance = np.clip(1 - similarity[np.ix_(rows, rows)], 0, 2)
    model = AgglomerativeClustering(
        n_clusters=None,
        metric="precomputed",
        linkage="average",
        distance_threshold=1 - settings.point_threshold,
    )
    labels = model.fit_predict(distance)
    groups = [
        tuple(rows[int(i)] for i in np.flatnonzero(labels == k)) for k in range(labels.max() + 1)
    ]
    return tuple(sorted(groups, key=lambda group: (-len(group), group)))
