"""What of two lists belongs together, from a matrix that says how well each pair fits."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment

Matrix = npt.NDArray[np.float64]


def assign(gain: Matrix) -> list[tuple[int, int]]:
    """Return the (row, column) pairs of the best one-to-one match (Hungarian)."""
    if gain.size == 0:
        return []
    rows, columns = linear_sum_assignment(gain, maximize=True)
    return list(zip(rows.tolist(), columns.tolist(), strict=True))


def match(gain: Matrix) -> list[tuple[int, int]]:
    """Return the (row, column) pairs of the best one-to-one match that gain anything at all."""
    return [(row, column) for row, column in assign(gain) if gain[row, column] > 0]


def soft_scores(similarity: Matrix) -> tuple[float, float, float] | None:
    """Return soft precision, recall and F1 of a (generated, reference) matrix (Li et al. 2023).

    Precision is the mean over generated texts of the best similarity to a reference, recall the
    reverse. None when either side is empty.
    """
    if similarity.size == 0:
        return None
    precision, recall = similarity.max(axis=1).mean(), similarity.max(axis=0).mean()
    total = precision + recall
    return float(precision), float(recall), float(2 * precision * recall / total if total else 0.0)


def matched_f1(similarity: Matrix) -> float | None:
    """Return F1 of a (references, candidates) matrix under the best one-to-one match.

    Precision is the matched similarity per candidate, recall that per reference, so what is left
    over on either side counts as 0. Negative similarity counts as 0 as well. None when there are
    neither references nor candidates.
    """
    total = sum(similarity.shape)
    if total == 0:
        return None
    gain = np.clip(similarity, 0.0, None)
    return float(2 * sum(gain[pair] for pair in assign(gain)) / total)
