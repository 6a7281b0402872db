"""Ranked matches of arguments and key points, measured as in the KPA-2021 shared task.

Each argument counts with its best key point. The half of the arguments whose best match scores
highest is kept, and average precision is taken over it. Two figures circulate: the leaderboard of
June 2021 is that average precision; the script published afterwards multiplies it by the share of
true matches in the kept half ("retrieval"), so that one sure match does not make a perfect score.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.metrics import average_precision_score

Judgements = Sequence[Sequence[int | None]]
"""1 match, 0 no match, None where the annotators were undecided: a row per argument."""


def best_match_precision(
    gold: Judgements, scores: Sequence[Sequence[float]], *, undecided: int
) -> tuple[float, float] | None:
    """Return (leaderboard, retrieval) average precision of one topic and side, in [0, 1].

    `undecided` is what an undecided pair counts as: 0 strict, 1 relaxed. Ties keep the order of
    the arguments. None for fewer than two arguments, half of which is none.
    """
    matrix = np.asarray(scores, dtype=np.float64)
    best = matrix.argmax(axis=1)
    order = np.argsort(-matrix.max(axis=1), kind="stable")[: len(matrix) // 2]
    if len(order) == 0:
        return None
    labels = [gold[row][best[row]] for row in order]
    hits = np.array([undecided if label is None else label for label in labels])
    if not hits.any():
        return 0.0, 0.0
    precision = float(average_precision_score(hits, matrix.max(axis=1)[order]))
    return precision, precision * float(hits.mean())
