"""Partitions: sequences of labels, one per item; only equality of labels counts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment
from sklearn.metrics import adjusted_rand_score
from sklearn.metrics.cluster import contingency_matrix, pair_confusion_matrix

Labels = Sequence[int]


def singletons(labels: Labels) -> list[int]:
    """Return `labels` with every negative one ("in no cluster") made a cluster of its own."""
    fresh = max(labels, default=0) + 1
    return [label if label >= 0 else fresh + row for row, label in enumerate(labels)]


def adjusted_rand(gold: Labels, predicted: Labels) -> float:
    """Return the adjusted Rand index (Hubert and Arabie 1985): 1 identical, about 0 by chance."""
    return float(adjusted_rand_score(gold, predicted))


def pair_f1(gold: Labels, predicted: Labels) -> float | None:
    """Return F1 over pairs of items in one cluster; None when neither side has such a pair."""
    (_, fp), (fn, tp) = pair_confusion_matrix(gold, predicted)
    total = 2 * tp + fp + fn
    return float(2 * tp / total) if total else None


def b_cubed(gold: Labels, predicted: Labels) -> float:
    """Return B³ F1 (Bagga and Baldwin 1998): precision and recall averaged over items."""
    table = contingency_matrix(gold, predicted).astype(np.float64)
    items = table.sum()
    precision = (table**2 / table.sum(axis=0, keepdims=True)).sum() / items
    recall = (table**2 / table.sum(axis=1, keepdims=True)).sum() / items
    return float(2 * precision * recall / (precision + recall))


def matching_accuracy(gold: Labels, predicted: Labels) -> float:
    """Return the share of items right under the best one-to-one match of clusters (Hungarian)."""
    table = contingency_matrix(gold, predicted)
    rows, columns = linear_sum_assignment(table, maximize=True)
    return float(table[rows, columns].sum() / table.sum())
