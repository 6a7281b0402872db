"""Intervals and tests that respect documents: rows of one document are never resampled apart.

Every function works on a table of (documents, metrics, 2): for each document and metric the sum of
value × weight and the sum of weight. A figure is read off the totals, so that means, pooled F1 and
figures derived from several metrics are resampled in the same way.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from eval.suite import Array

LEVEL = 0.95
RESAMPLES = 2000

Readout = Callable[[Array], Array]
"""Totals of shape (…, metrics, 2) → figures of shape (…); NaN where nothing was judged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A figure with its percentile bootstrap interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A minus B on the same documents, its interval, and the p-value of a paired test."""

    value: float
    low: float
    high: float
    p: float


def ratio(column: int) -> Readout:
    """Return the readout of one metric: its weighted mean."""

    def read(totals: Array) -> Array:
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray(totals[..., column, 0] / totals[..., column, 1])

    return read


def _resample(table: Array, rng: np.random.Generator, resamples: int) -> Array:
    documents = len(table)
    counts = rng.multinomial(documents, np.full(documents, 1 / documents), size=resamples)
    return np.tensordot(counts.astype(np.float64), table, axes=1)


def _percentiles(values: Array, level: float) -> tuple[float, float]:
    known = values[~np.isnan(values)]
    if len(known) == 0:
        return float("nan"), float("nan")
    low, high = np.quantile(known, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def bootstrap(
    table: Array,
    read: Readout,
    *,
    rng: np.random.Generator,
    resamples: int = RESAMPLES,
    level: float = LEVEL,
) -> Interval:
    """Return the figure of all documents and its interval from resampling documents.

    Percentile bootstrap over clusters (Field and Welsh 2007). Low and high are NaN for a single
    document, which says nothing of others. Raises ValueError without documents.
    """
    if len(table) == 0:
        raise ValueError("no document to resample")
    if len(table) == 1:
        return Interval(value=float(read(table[0])), low=float("nan"), high=float("nan"))
    low, high = _percentiles(read(_resample(table, rng, resamples)), level)
    return Interval(value=float(read(table.sum(axis=0))), low=low, high=high)


def paired_test(
    a: Array,
    b: Array,
    read: Readout,
    *,
    rng: np.random.Generator,
    resamples: int = RESAMPLES,
) -> Difference:
    """Compare two systems on the same documents, rows in the same order.

    The p-value is that of the approximate randomisation test (Noreen 1989): in each round the two
    systems are swapped on a random half of the documents; where there are no more than `resamples`
    ways to swap, each is tried once and p is exact. All NaN where a figure could not be judged, the
    interval also for a single document. Raises ValueError when the tables differ in shape or are
    empty.
    """
    if a.shape != b.shape or len(a) == 0:
        raise ValueError(f"tables of {a.shape} and {b.shape}: not the same documents and metrics")
    value = float(read(a.sum(axis=0)) - read(b.sum(axis=0)))
    if np.isnan(value):
        return Difference(value=value, low=value, high=value, p=value)
    low = high = float("nan")
    if len(a) > 1:
        both = _resample(np.stack([a, b], axis=1), rng, resamples)
        low, high = _percentiles(read(both[:, 0]) - read(both[:, 1]), LEVEL)
    p = _swapped(a, b, read, rng=rng, resamples=resamples)
    return Difference(value=value, low=low, high=high, p=p)


def _swapped(
    a: Array, b: Array, read: Readout, *, rng: np.random.Generator, resamples: int
) -> float:
    """Return the share of swaps under which A and B differ as much as they do."""
    exact = 2 ** min(len(a), 63) <= resamples
    swap = _all_swaps(len(a)) if exact else rng.integers(0, 2, size=(resamples, len(a)))
    moved = np.tensordot(swap.astype(np.float64), b - a, axes=1)
    differences = read(a.sum(axis=0) + moved) - read(b.sum(axis=0) - moved)
    value = read(a.sum(axis=0)) - read(b.sum(axis=0))
    extreme = int((np.abs(differences) >= np.abs(value) - 1e-12).sum())
    # A sample of swaps counts what was observed as one of them, so that p is never 0.
    return extreme / len(swap) if exact else (extreme + 1) / (resamples + 1)


def _all_swaps(documents: int) -> Array:
    """Return (2 ** documents, documents) of 0 and 1: each choice of documents to swap."""
    choices = np.arange(2**documents)[:, None] >> np.arange(documents)
    return np.asarray(choices & 1, dtype=np.float64)
