"""Several readings of the same sentences as one.

An encoder that reads in context errs in another way each time the context differs, so the mean of
a few readings errs less than any of them (LOG 2026-11-23).
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

import numpy as np

from summarizer.protocols import Matrix, Reading

DECIMALS = 4  # the last bits of a sum depend on thread count and batch; they decide nothing
ORDERS = 4  # of 1 to 6 on lists of Perspectrum dev and of newsroom-train (LOG 2026-11-23)
READ = 400  # sentences in all: a list of more than a hundred is read fewer times


def mean(readings: Sequence[Reading]) -> Reading:
    """Return the mean of `readings` of the same n sentences in the same order."""
    return Reading(
        types=_mean([one.types for one in readings]),
        sides=_mean([one.sides for one in readings]),
        stances=_mean([one.stances for one in readings]),
    )


def _mean(values: Sequence[Matrix]) -> Matrix:
    return np.asarray(np.round(np.stack(values).mean(axis=0), DECIMALS), dtype=np.float64)


def reordered(reading: Reading, order: Sequence[int]) -> Reading:
    """Return the reading of sentences of which the one in place i was sentence `order[i]`."""
    back = np.argsort(order, kind="stable")
    return Reading(
        types=reading.types[back],
        sides=reading.sides[np.ix_(back, back)],
        stances=reading.stances[back],
    )


def orders(texts: Sequence[str]) -> list[list[int]]:
    """Return the orders in which a bare list is read: sorted, backwards, then by lot.

    They depend on the texts alone, not on the order in which these are given.
    """
    rows = range(len(texts))
    first = sorted(rows, key=texts.__getitem__)
    if len(texts) < 2:
        return [first]
    drawn = [sorted(rows, key=lambda row: _lot(texts[row], n)) for n in range(2, ORDERS)]
    return [first, first[::-1], *drawn][: max(1, READ // len(texts))]


def _lot(text: str, draw: int) -> bytes:
    return sha256(f"{draw}{text}".encode()).digest()
