"""What lies behind the figures of an analysis: length, confidence, and where sentences went.

Each share and mean comes with a bootstrap interval over articles, as the figures do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from eval.diagnose import KINDS, PLACES
from eval.report.read import by_suite
from eval.report.tables import cell
from eval.run import Row
from eval.stats import Interval, bootstrap, ratio
from eval.suite import Array

GROUPS = 3  # of articles by length; with 16 articles five each
BINS = 4  # of viewpoints by confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Some articles or viewpoints: where they lie on average, how many, and their figure."""

    x: float
    count: int
    figure: Interval


def where(rows: Sequence[Row], *, seed: int) -> dict[str, dict[str, Interval]]:
    """Return kind → place → share of the labelled sentences of that kind that went there."""
    went = [row["about"]["went"] for row in rows if "went" in row["about"]]
    found = {}
    for kind in KINDS:
        counts = np.array([[one[kind].get(place, 0) for place in PLACES] for one in went])
        if counts.size and counts.sum():
            sums = np.stack([counts, np.repeat(counts.sum(1)[:, None], len(PLACES), axis=1)], -1)
            found[kind] = _figures(sums.astype(np.float64), PLACES, seed)
    return found


def lengths(rows: Sequence[Row], *, seed: int) -> tuple[list[tuple[int, float]], list[Bin]]:
    """Return (words, ARI) of each article, and the mean ARI of short, middle and long ones."""
    judged = [row for row in rows if _ari(row) is not None]
    points = sorted((row["about"]["words"], float(_ari(row) or 0.0)) for row in judged)
    bins = []
    for some in np.array_split(np.array(points).reshape(-1, 2), min(GROUPS, len(points) or 1)):
        sums = np.stack([some[:, 1:], np.ones((len(some), 1))], axis=-1)
        if len(some):
            figure = bootstrap(sums, ratio(0), rng=np.random.default_rng(seed))
            bins.append(Bin(x=float(some[:, 0].mean()), count=len(some), figure=figure))
    return points, bins


def _ari(row: Row) -> float | None:
    value: float | None = row["scores"].get("ari", {}).get("value")
    return value


def calibration(rows: Sequence[Row], *, seed: int) -> list[Bin]:
    """Return viewpoints by confidence, with the share of their labelled sentences of one side.

    A share is of the sentences in the bin. Viewpoints that hold no labelled sentence do not count;
    empty when confidence is the same for all.
    """
    views = [
        (number, *view)
        for number, row in enumerate(rows)
        for view in row["about"].get("viewpoints", ())
        if view[1]
    ]
    table = np.array(views, dtype=np.float64).reshape(-1, 4)
    if len(np.unique(table[:, 1])) < 2:
        return []
    edges = np.unique(np.quantile(table[:, 1], np.linspace(0, 1, BINS + 1)))
    bins = np.clip(np.searchsorted(edges, table[:, 1], side="right") - 1, 0, len(edges) - 2)
    return [
        _bin(table[bins == number], len(rows), seed)
        for number in range(len(edges) - 1)
        if (bins == number).any()
    ]


def _bin(table: Array, articles: int, seed: int) -> Bin:
    sums = np.zeros((articles, 1, 2))
    for number, _, labelled, agreeing in table:
        sums[int(number), 0] += (agreeing, labelled)
    figure = bootstrap(sums, ratio(0), rng=np.random.default_rng(seed))
    return Bin(x=float(table[:, 1].mean()), count=len(table), figure=figure)


def _figures(sums: Array, names: Sequence[str], seed: int) -> dict[str, Interval]:
    return {
        name: bootstrap(sums, ratio(column), rng=np.random.default_rng(seed))
        for column, name in enumerate(names)
    }


def breakdowns(paths: Sequence[Path], *, seed: int) -> str:
    """Return tables of where sentences went and how far confidence holds, as Markdown.

    Results without their rows have none.
    """
    blocks = []
    for name, answered in by_suite(paths).items():
        known = [one for one in answered if one.suite["task"] == "analyze" and one.has_rows]
        rows = {one.system: one.rows() for one in known}
        went = {system: where(own, seed=seed) for system, own in rows.items()}
        if any(went.values()):
            blocks.append("\n".join(_where_table(name, went)))
        bins = {system: calibration(own, seed=seed) for system, own in rows.items()}
        if any(bins.values()):
            blocks.append("\n".join(_calibration_table(name, bins)))
    return "\n\n".join(blocks)


def _where_table(
    name: str, went: Mapping[str, Mapping[str, Mapping[str, Interval]]]
) -> Iterator[str]:
    yield f"**{name}**: where labelled sentences went"
    yield ""
    yield "| system | labelled | " + " | ".join(PLACES) + " |"
    yield "|---" * (len(PLACES) + 2) + "|"
    for system, kinds in went.items():
        for kind, places in kinds.items():
            cells = " | ".join(shown(places[place]) for place in PLACES)
            yield f"| {system} | {kind} | {cells} |"


def _calibration_table(name: str, found: Mapping[str, Sequence[Bin]]) -> Iterator[str]:
    yield f"**{name}**: confidence of viewpoints, and the share of their sentences of one side"
    yield ""
    yield "| system | confidence | viewpoints | share of one side |"
    yield "|---|---|---|---|"
    for system, bins in found.items():
        for one in bins:
            yield f"| {system} | {one.x:.2f} | {one.count} | {shown(one.figure)} |"


def shown(figure: Interval) -> str:
    """Return a figure with its interval as in the tables."""
    values = {"value": figure.value, "low": figure.low, "high": figure.high}
    return cell({name: None if np.isnan(value) else value for name, value in values.items()})
