"""From scored rows to figures with intervals, and from two sets of rows to a difference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from eval.run import Row
from eval.stats import Difference, Readout, bootstrap, paired_test, ratio
from eval.suite import Array, Suite


@dataclass(frozen=True, slots=True)
class Table:
    """Sums of value × weight and of weight: (documents, metrics, 2), with their names."""

    documents: tuple[str, ...]
    metrics: tuple[str, ...]
    sums: Array


def table(rows: Sequence[Row]) -> Table:
    """Return the scores of `rows` summed by document; rows with an error are left out."""
    answered = [row for row in rows if row["error"] is None]
    documents = {row["document"]: None for row in answered}
    metrics = {name: None for row in answered for name in row["scores"]}
    row_of = {name: number for number, name in enumerate(documents)}
    column_of = {name: number for number, name in enumerate(metrics)}
    sums = np.zeros((len(documents), len(metrics), 2))
    for row in answered:
        for name, score in row["scores"].items():
            if score["value"] is not None:
                cell = sums[row_of[row["document"]], column_of[name]]
                cell += np.array([score["value"] * score["weight"], score["weight"]])
    return Table(tuple(documents), tuple(metrics), sums)


def readouts(suite: Suite, metrics: Sequence[str]) -> dict[str, Readout]:
    """Return how each metric, derived ones included, is read off the sums."""
    plain = {name: ratio(column) for column, name in enumerate(metrics)}

    def derive(name: str) -> Readout:
        return lambda totals: suite.derived[name]({n: read(totals) for n, read in plain.items()})

    shown = {name: read for name, read in plain.items() if not name.startswith("_")}
    return shown | {name: derive(name) for name in suite.derived}


def figures(suite: Suite, rows: Sequence[Row], *, seed: int) -> dict[str, Any]:
    """Return every figure of a system on a suite with its 95 % interval, as JSON.

    `value` is None for what could not be judged; `low` and `high` are also for a single document.
    """
    scores = table(rows)
    answered = len(scores.documents) > 0
    metrics = {
        name: _figure(scores.sums, read, seed)
        for name, read in (readouts(suite, scores.metrics) if answered else {}).items()
    }
    return {
        "metrics": metrics,
        "samples": len(rows),
        "documents": len(scores.documents),
        "failed": sum(row["error"] is not None for row in rows),
        "seconds": round(sum(row["seconds"] for row in rows), 2),
    }


def _figure(sums: Array, read: Readout, seed: int) -> dict[str, float | None]:
    found = bootstrap(sums, read, rng=np.random.default_rng(seed))
    named = {"value": found.value, "low": found.low, "high": found.high}
    return {name: None if np.isnan(value) else round(value, 6) for name, value in named.items()}


def difference(
    suite: Suite, a: Sequence[Row], b: Sequence[Row], *, seed: int
) -> tuple[dict[str, Difference], int]:
    """Return A minus B for each metric that both have, and the number of documents compared.

    Only documents that both answered count: a system that fails on hard ones gains nothing by it.
    """
    one, other = table(a), table(b)
    shared = [name for name in one.documents if name in set(other.documents)]
    metrics = [name for name in one.metrics if name in set(other.metrics)]
    if not shared or not metrics:
        return {}, 0
    first, second = (_part(t, shared, metrics) for t in (one, other))
    found = {
        name: paired_test(first, second, read, rng=np.random.default_rng(seed))
        for name, read in readouts(suite, metrics).items()
    }
    return found, len(shared)


def _part(scores: Table, documents: Sequence[str], metrics: Sequence[str]) -> Array:
    rows = [scores.documents.index(name) for name in documents]
    columns = [scores.metrics.index(name) for name in metrics]
    return scores.sums[np.ix_(rows, columns)]


def floors(suite: Suite, systems: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return each floor of `suite` beside what this run measured for its system, if it ran."""
    rows = []
    for floor in suite.floors:
        found = systems.get(floor.system, {}).get("metrics", {}).get(floor.metric, {})
        rows.append(
            {
                "system": floor.system,
                "metric": floor.metric,
                "expected": floor.value,
                "measured": found.get("value"),
                "where": floor.where,
            }
        )
    return rows
