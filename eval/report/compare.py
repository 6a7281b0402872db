"""A against B: figures with intervals, a paired test, and the samples that moved most."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval import results
from eval.report.read import Run, load, rows
from eval.report.tables import cell, number, origin
from eval.run import Row
from eval.stats import Difference
from eval.suites import SUITES
from summarizer import DataError

_MOVED = 5  # samples shown of those that moved most
_SHOWN = 60  # characters of an answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two: a results.json and a system in it."""

    path: Path
    system: str
    run: Run

    @classmethod
    def read(cls, path: Path, system: str) -> Side:
        """Return a side; `DataError` when the file is no results.json."""
        return cls(path=path, system=system, run=load(path))


def comparison(a: Path, b: Path, *, systems: tuple[str, str], seed: int) -> str:
    """Return A minus B per suite that both hold, and the samples that moved most.

    Raises DataError when they share no suite, or used different data.
    """
    one, other = (Side.read(p, s) for p, s in zip((a, b), systems, strict=True))
    head = [f"A: {_named(one)}\n\nB: {_named(other)}"]
    if one.run["limit"] is not None or other.run["limit"] is not None:
        head.append("**Smoke test only**: made with --limit.")
    shared = [name for name in one.run["suites"] if name in other.run["suites"] and name in SUITES]
    blocks = [block for name in shared for block in _suite(name, one, other, seed)]
    if not blocks:
        raise DataError(f"{a} and {b} share no suite that {systems[0]} and {systems[1]} answered")
    return "\n\n".join([*head, *blocks])


def _named(side: Side) -> str:
    return f"{side.system}, {side.path} — {origin(side.run)}"


def _suite(name: str, one: Side, other: Side, seed: int) -> list[str]:
    first, second = (side.run["suites"][name] for side in (one, other))
    if first["data"] != second["data"]:
        raise DataError(f"{name}: the two runs used different data")
    a, b = (rows(side.path, side.run["suites"][name], side.system) for side in (one, other))
    found, documents = results.difference(SUITES[name], a, b, seed=seed)
    if not found:
        return []
    figures = (first["systems"][one.system], second["systems"][other.system])
    table = "\n".join(_table(name, documents, found, figures))
    return [table, *_moved_table(SUITES[name].main, a, b)]


def _table(
    name: str,
    documents: int,
    found: Mapping[str, Difference],
    figures: tuple[Mapping[str, Any], Mapping[str, Any]],
) -> Iterator[str]:
    yield f"**{name}**, {documents} documents that both answered"
    yield ""
    yield "| metric | A | B | A − B | p |"
    yield "|---|---|---|---|---|"
    for metric, one in found.items():
        each = " | ".join(cell(side["metrics"].get(metric)) for side in figures)
        yield f"| {metric} | {each} | {_difference(one)} |"


def _difference(found: Difference) -> str:
    if found.value != found.value:
        return "– | –"
    if found.low != found.low:
        return f"{_signed(found.value)} (one document) | {found.p:.3f}"
    return f"{_signed(found.value)} ({_signed(found.low)} to {_signed(found.high)}) | {found.p:.3f}"


def _signed(value: float) -> str:
    text = number(value)
    return text if value <= 0 or text == "0.000" else f"+{text}"


def _moved_table(metric: str, a: Sequence[Row], b: Sequence[Row]) -> list[str]:
    moved = _moved(metric, a, b)
    if not moved:
        return []
    lines = [f"Moved most ({metric}):", "", "| sample | A | B | A − B | A says | B says |"]
    lines.append("|---|---|---|---|---|---|")
    for one, other, (first, second) in moved:
        said = " | ".join(_said(row["prediction"]) for row in (one, other))
        values = f"{number(first)} | {number(second)} | {_signed(first - second)}"
        lines.append(f"| {one['id']} | {values} | {said} |")
    return ["\n".join(lines)]


def _moved(
    metric: str, a: Sequence[Row], b: Sequence[Row]
) -> list[tuple[Row, Row, tuple[float, float]]]:
    others = {row["id"]: row for row in b}
    pairs = [(row, others[row["id"]]) for row in a if row["id"] in others]
    values = [(one, other, (_value(one, metric), _value(other, metric))) for one, other in pairs]
    moved = [
        (one, other, (first, second))
        for one, other, (first, second) in values
        if first is not None and second is not None and first != second
    ]
    return sorted(moved, key=lambda entry: -abs(entry[2][0] - entry[2][1]))[:_MOVED]


def _value(row: Row, metric: str) -> float | None:
    score = row["scores"].get(metric)
    return None if score is None else score["value"]


def _said(prediction: Any) -> str:
    """Return the beginning of an answer: the labels of an analysis, else text or numbers."""
    if isinstance(prediction, dict):
        prediction = " / ".join(view["label"] for view in prediction["viewpoints"])
    text = prediction if isinstance(prediction, str) else str(prediction)
    text = " ".join(text.split()).replace("|", "\\|")
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
