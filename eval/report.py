"""Results as Markdown: the table of a run, the README's table, and A against B."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from eval import results
from eval.data import read_json, read_jsonl
from eval.run import Row
from eval.suites import SUITES
from summarizer import DataError

BEGIN, END = "<!-- results:begin -->", "<!-- results:end -->"
_MOVED = 5  # documents shown of those that moved most


def load(path: Path) -> dict[str, Any]:
    """Return a results.json; `DataError` when it is none."""
    try:
        found = read_json(path)
    except OSError as error:
        raise DataError(f"{path}: {error.strerror}") from error
    if not isinstance(found, dict) or found.get("schema") != 1 or "suites" not in found:
        raise DataError(f"{path}: not the results of a run")
    return found


def markdown(*runs: Mapping[str, Any]) -> str:
    """Return a table per suite: a row per system, main metric first, each with its interval."""
    return "\n\n".join(block for run in runs for block in _blocks(run))


def overview(*runs: Mapping[str, Any]) -> str:
    """Return one table of main metrics: a row per suite, a column per system.

    Of several runs that hold the same suite and system the last one counts. Raises DataError when
    a run was cut short by `limit`: such figures are for smoke tests only.
    """
    if any(run["limit"] for run in runs):
        raise DataError("a run with --limit is for smoke tests only and makes no table")
    suites: dict[str, dict[str, Any]] = {}
    for run in runs:
        for name, suite in run["suites"].items():
            entry = suites.setdefault(name, {"main": suite["main"], "systems": {}})
            entry["systems"] |= suite["systems"]
    systems = list(dict.fromkeys(name for suite in suites.values() for name in suite["systems"]))
    lines = ["| suite | metric | " + " | ".join(systems) + " |", "|---" * (len(systems) + 2) + "|"]
    for name, suite in suites.items():
        figures = (suite["systems"].get(system, {}).get("metrics", {}) for system in systems)
        cells = [_cell(metrics.get(suite["main"])) for metrics in figures]
        lines.append(f"| {name} | {suite['main']} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _blocks(run: Mapping[str, Any]) -> Iterator[str]:
    for name, suite in run["suites"].items():
        yield "\n".join(_suite(name, suite, limit=run["limit"]))
    for name, reason in run["skipped"].items():
        yield f"**{name}** skipped: {reason}"


def _suite(name: str, suite: Mapping[str, Any], *, limit: int | None) -> Iterator[str]:
    note = f" — smoke test, first {limit} samples only" if limit else ""
    note += "" if suite["as_pinned"] else " — other data than the figures of this project"
    yield f"**{name}**: {suite['title']}{note}"
    yield ""
    names = _metrics(suite)
    yield "| system | " + " | ".join(names) + " | n |"
    yield "|---|" + "---|" * (len(names) + 1)
    for system, entry in suite["systems"].items():
        cells = [_cell(entry["metrics"].get(metric)) for metric in names]
        count = str(entry["documents"]) + (
            f" ({entry['failed']} failed)" if entry["failed"] else ""
        )
        yield f"| {system} | " + " | ".join(cells) + f" | {count} |"


def _metrics(suite: Mapping[str, Any]) -> list[str]:
    found = dict.fromkeys(m for entry in suite["systems"].values() for m in entry["metrics"])
    return [suite["main"], *(name for name in found if name != suite["main"])]


def _cell(figure: Mapping[str, float | None] | None) -> str:
    if figure is None or figure["value"] is None:
        return "–"
    return f"{figure['value']:.3f} ({figure['low']:.3f}–{figure['high']:.3f})"


def replace_table(readme: Path, table: str) -> None:
    """Put `table` between the markers of `readme`; `DataError` when a marker is missing."""
    text = readme.read_text(encoding="utf-8")
    head, found, rest = text.partition(BEGIN)
    _, closed, tail = rest.partition(END)
    if not found or not closed:
        raise DataError(f"{readme}: needs the markers {BEGIN} and {END}")
    readme.write_text(f"{head}{BEGIN}\n{table}\n{END}{tail}", encoding="utf-8")


def comparison(a: Path, b: Path, *, systems: tuple[str, str], seed: int) -> str:
    """Return A minus B per suite that both hold, and the documents that moved most."""
    one, other = load(a), load(b)
    shared = [name for name in one["suites"] if name in other["suites"] and name in SUITES]
    blocks = []
    for name in shared:
        if one["suites"][name]["data"] != other["suites"][name]["data"]:
            raise DataError(f"{name}: the two runs used different data")
        rows = [
            _rows(path, run["suites"][name], system)
            for path, run, system in zip((a, b), (one, other), systems, strict=True)
        ]
        if all(rows):
            blocks.append("\n".join(_compared(name, rows[0], rows[1], seed)))
    if not blocks:
        raise DataError(f"{a} and {b} share no suite that {systems[0]} and {systems[1]} answered")
    return "\n\n".join(blocks)


def _rows(path: Path, suite: Mapping[str, Any], system: str) -> list[Row]:
    entry = suite["systems"].get(system)
    if entry is None:
        return []
    return [row for row in read_jsonl(path.parent / entry["rows"]) if "header" not in row]


def _compared(name: str, a: Sequence[Row], b: Sequence[Row], seed: int) -> Iterator[str]:
    suite = SUITES[name]
    yield f"**{name}**"
    yield ""
    yield "| metric | A − B | 95 % interval | p |"
    yield "|---|---|---|---|"
    for metric in results.readouts(suite, results.table(a).metrics):
        found = results.difference(suite, a, b, metric=metric, seed=seed)
        interval = f"{found.low:+.3f} to {found.high:+.3f}"
        yield f"| {metric} | {found.value:+.3f} | {interval} | {found.p:.3f} |"
    moved = _moved(suite.main, a, b)
    if moved:
        yield ""
        yield f"Moved most ({suite.main}): " + ", ".join(f"{i} {d:+.3f}" for i, d in moved)


def _moved(metric: str, a: Sequence[Row], b: Sequence[Row]) -> list[tuple[str, float]]:
    values = [
        {row["id"]: row["scores"].get(metric, {}).get("value") for row in rows} for rows in (a, b)
    ]
    moved = [
        (name, value - values[1][name])
        for name, value in values[0].items()
        if value is not None and values[1].get(name) is not None
    ]
    return sorted(moved, key=lambda pair: -abs(pair[1]))[:_MOVED]
