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

from summarizer.protocols import FURNITURE, VIEWPOINT, Matrix, Relations
from summarizer.settings import Settings

EPSILON = 1e-9  # gains below it are rounding, and must not decide

Labels = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Partition:
    """Rows of each viewpoint (largest first), its confidence in [0, 1], and the other rows.

    `margins` has, per viewpoint and row, how much better the row fits there than elsewhere.
    """

    viewpoints: tuple[tuple[int, ...], ...]
    margins: tuple[tuple[float, ...], ...]
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
    margins = tuple(_margins(weights, labels, number) for number, _ in kept)
    return Partition(
        viewpoints=tuple(rows for _, rows in kept),
        margins=margins,
        confidence=tuple(confidence(own, settings=settings) for own in margins),
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
        starts.append((_leading(weights) > 0).astype(np.int64))
    best, best_value = np.zeros(n, dtype=np.int64), -np.inf
    for start in starts:
        labels = _improved(weights, start, opening_cost)
        value = objective(weights, labels, opening_cost=opening_cost)
        if value > best_value + EPSILON:
            best, best_value = labels, value
    return best


def _leading(weights: Matrix) -> Matrix:
    """Return the (n,) eigenvector of the largest eigenvalue."""
    vector: Matrix = np.linalg.eigh(weights)[1][:, -1]
    return vector


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
    """Merge the pair of clusters that gains most until none gains.

    The best partner of each cluster is kept, and looked for again only where it changed: about
    quadratic in the number of clusters instead of cubic.
    """
    labels = _numbered(labels)
    member = np.eye(labels.max(initial=-1) + 1)[labels]
    between = member.T @ weights @ member
    np.fill_diagonal(between, -np.inf)
    into = np.arange(len(between))
    partner = between.argmax(1) if len(between) > 1 else into
    gain = between[into, partner]
    while len(between) > 1:
        a = int(gain.argmax())
        b = int(partner[a])  # a < b: the first of two equal gains is the pair's smaller row
        if gain[a] + opening_cost <= EPSILON:
            break
        between[a] += between[b]
        between[:, a] += between[:, b]
        between[b] = between[:, b] = between[a, a] = -np.inf
        into[into == b] = a
        merged = (partner == a) | (partner == b)
        better = between[:, a] > gain
        gain[better], partner[better] = between[better, a], a
        tied = (between[:, a] == gain) & (a < partner)
        partner[tied] = a
        stale = np.flatnonzero(merged & ~better)
        partner[stale] = between[stale].argmax(1)
        gain[stale] = between[stale, partner[stale]]
    return _numbered(into[labels])


def _move(weights: Matrix, labels: Labels, opening_cost: float) -> Labels:
    """Move single rows, also into a cluster of their own, until no move gains."""
    labels = labels.copy()
    n, k = len(labels), labels.max(initial=-1) + 1
    if not n:
        return labels
    # One column a cluster and one that stays empty, for a row that opens its own.
    pull = np.hstack([weights @ np.eye(k)[labels], np.zeros((n, 1))])
    sizes = np.append(np.bincount(labels, minlength=k), 0)
    while True:
        gain = pull - pull[np.arange(n), labels][:, None]
        gain[:, sizes == 0] -= opening_cost
        gain[sizes[labels] == 1] += opening_cost
        gain[np.arange(n), labels] = 0.0
        row, target = divmod(int(gain.argmax()), gain.shape[1])
        if gain[row, target] <= EPSILON:
            return _numbered(labels)
        pull[:, labels[row]] -= weights[:, row]
        pull[:, target] += weights[:, row]
        sizes[labels[row]] -= 1
        sizes[target] += 1
        labels[row] = target
        if sizes.all():
            pull = np.hstack([pull, np.zeros((n, 1))])
            sizes = np.append(sizes, 0)


def _numbered(labels: Labels) -> Labels:
    """Return the same partition, numbered by first row."""
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    result: Labels = rank[inverse].astype(np.int64)
    return result


def _margins(weights: Matrix, labels: Labels, number: int) -> tuple[float, ...]:
    """Return, per row of a cluster, its mean log-odds to the others less that to the next best.

    A cluster that stands alone is held against log-odds of -2.
    """
    own = np.flatnonzero(labels == number)
    others = [np.flatnonzero(labels == k) for k in range(labels.max() + 1) if k != number]
    inner = weights[np.ix_(own, own)].sum(1) / max(1, len(own) - 1)
    outer = np.max([weights[np.ix_(own, rows)].mean(1) for rows in others], axis=0, initial=-2.0)
    return tuple(float(margin) for margin in inner - outer)


def confidence(margins: Sequence[float], *, settings: Settings) -> float:
    """Return the mean probability that a row of these margins stands in the right viewpoint.

    Platt scaling (Platt 1999), fitted on held-out articles by `summarizer.training tune`.
    """
    odds = settings.confidence_scale * np.array(margins) + settings.confidence_shift
    return round(float((1 / (1 + np.exp(-odds))).mean()), 3)


def cluster_points(
    rows: Sequence[int], similarity: Matrix, *, settings: Settings
) -> tuple[tuple[int, ...], ...]:
    """Return groups of `rows` that say the same: average link on cosine, largest first."""
    distance = np.clip(1 - similarity[np.ix_(rows, rows)], 0, 2)
    # Just below the threshold: pairs at it stay apart.
    limit = float(np.nextafter(1 - settings.point_threshold, 0))
    groups = [
        tuple(rows[i] for i in group)
        for near in _connected(distance <= limit)
        for group in _average_link(near, distance, limit)
    ]
    return tuple(sorted(groups, key=lambda group: (-len(group), group)))


def _connected(near: npt.NDArray[np.bool_]) -> list[list[int]]:
    """Return the rows of each connected part of a symmetric (n, n) graph."""
    rest, parts = set(range(len(near))), []
    while rest:
        part, front = set(), {min(rest)}
        while front:
            part |= front
            front = set(np.flatnonzero(near[sorted(front)].any(0)).tolist()) - part
        rest -= part
        parts.append(sorted(part))
    return parts


def _average_link(rows: list[int], distance: Matrix, limit: float) -> list[list[int]]:
    """Return groups of `rows`, which are connected by pairs within `limit`.

    No average over two such parts is within the limit, so each can be clustered by itself.
    """
    if len(rows) < 3:
        return [rows]
    from scipy.cluster.hierarchy import fcluster, linkage  # a third of a start, and seldom needed

    own = distance[np.ix_(rows, rows)]
    tree = linkage(own[np.triu_indices(len(rows), k=1)], method="average")
    labels = fcluster(tree, limit, criterion="distance")
    return [[rows[i] for i in np.flatnonzero(labels == k)] for k in np.unique(labels)]
