"""From scored rows to figures with intervals, and the JSON that records a run."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from eval.run import Row
from eval.stats import Difference, Readout, bootstrap, paired_test, ratio
from eval.suite import Array, Suite

_PACKAGES = ("numpy", "scikit-learn", "scipy", "rouge-score", "sumy", "torch", "transformers")


@dataclass(frozen=True, slots=True)
class Table:
    """Sums of value × weight and of weight: (documents, metrics, 2), with their names."""

    documents: tuple[str, ...]
    metrics: tuple[str, ...]
    sums: Array


def table(rows: Sequence[Row]) -> Table:
    """Return the scores of `rows` summed by document; rows with an error are left out."""
    answered = [row for row in rows if row["error"] is None]
    documents = list(dict.fromkeys(row["document"] for row in answered))
    metrics = list(dict.fromkeys(name for row in answered for name in row["scores"]))
    sums = np.zeros((len(documents), len(metrics), 2))
    for row in answered:
        for name, score in row["scores"].items():
            if score["value"] is not None:
                cell = sums[documents.index(row["document"]), metrics.index(name)]
                cell += np.array([score["value"] * score["weight"], score["weight"]])
    return Table(tuple(documents), tuple(metrics), sums)


def readouts(suite: Suite, metrics: Sequence[str]) -> dict[str, Readout]:
    """Return how each metric, derived ones included, is read off the sums."""
    plain = {name: ratio(column) for column, name in enumerate(metrics)}

    def derive(name: str) -> Readout:
        return lambda totals: suite.derived[name]({n: read(totals) for n, read in plain.items()})

    return plain | {name: derive(name) for name in suite.derived}


def figures(suite: Suite, rows: Sequence[Row], *, seed: int) -> dict[str, Any]:
    """Return every figure of a system on a suite with its 95 % interval; None if unjudged."""
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
    suite: Suite, a: Sequence[Row], b: Sequence[Row], *, metric: str, seed: int
) -> Difference:
    """Compare two systems on the documents that both answered; ValueError when there is none."""
    one, other = table(a), table(b)
    shared = [name for name in one.documents if name in set(other.documents)]
    if one.metrics != other.metrics:
        raise ValueError(f"{suite.name}: the two runs have different metrics")
    first, second = (t.sums[[t.documents.index(name) for name in shared]] for t in (one, other))
    read = readouts(suite, one.metrics)[metric]
    return paired_test(first, second, read, rng=np.random.default_rng(seed))


@cache
def environment() -> dict[str, Any]:
    """Return what a figure depends on beside data and system: code, versions, hardware.

    Read once per process: a file that changes during a run does not change what was imported.
    """
    return {
        "git": _git(),
        "python": platform.python_version(),
        "versions": {name: _version(name) for name in _PACKAGES},
        "platform": platform.platform(),
        "processor": platform.processor() or platform.machine(),
        "cpus": os.cpu_count(),
    }


def _version(package: str) -> str | None:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def _git() -> str | None:
    """Return the commit, and a digest of what differs from it; None outside a checkout."""
    folder = Path(__file__).parent
    try:
        commit, changes = (
            subprocess.run(("git", *words), capture_output=True, check=True, cwd=folder).stdout
            for words in (("rev-parse", "HEAD"), ("diff", "HEAD"))
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    changed = f"+{sha256(changes).hexdigest()[:12]}" if changes else ""
    return commit.decode().strip() + changed


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
