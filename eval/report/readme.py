"""The table of results in the README: one row per suite and figure, made from runs only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.report.read import Run
from eval.report.tables import cell, origin
from summarizer import DataError

BEGIN, END = "<!-- results:begin -->", "<!-- results:end -->"
_SUMMARIES = ("rouge1", "rouge2", "rougeL", "embedding_f1", "unsupported")
_ALSO = {
    "newsroom": (
        "pair_f1",
        "background_f1",
        "holder_f1",
        "number_within_1",
        "furniture_leaks",
        *_SUMMARIES,
        "coverage",
        "abstractive",
        "side_kept",
    ),
    "perspectrum-points": ("ari",),
    "flipside-summary": (*_SUMMARIES[1:], "coverage"),
    "faithfulness": ("unsupported", "coverage", "abstractive"),
}
"""Figures shown beside the main one."""
_OWN_COLUMN = 3  # suites: a system that answers fewer shares the column "others"
_NOTE = (
    "95 % intervals from {resamples} bootstrap samples of documents; – means not asked or not "
    "judged. Baselines are told the number of clusters (BERTopic is not), ours finds it; the "
    "oracle is told everything. Made by `python -m eval report … --readme README.md`."
)


def overview(*runs: Run) -> str:
    """Return the table of main figures, and the run and weights that they come from.

    Of several runs that hold the same suite and system the last one counts. Raises DataError for a
    run that was cut short by `limit`, since such figures are for smoke tests only, for one that was
    interrupted, and for one on other data than a suite names.
    """
    for run in runs:
        _check(run)
    suites: dict[str, dict[str, Any]] = {}
    counts: dict[tuple[str, str], int] = {}  # the run that a suite's system is taken from
    for number, run in enumerate(runs):
        for name, suite in run["suites"].items():
            entry = suites.setdefault(name, {"main": suite["main"], "systems": {}})
            entry["systems"] |= suite["systems"]
            counts |= {(name, system): number for system in suite["systems"]}
    resamples = f"{runs[-1]['intervals']['resamples']:,}"
    shown = [{system for (_, system), n in counts.items() if n == at} for at in range(len(runs))]
    origins = list(
        dict.fromkeys(origin(run, shown=own) for run, own in zip(runs, shown, strict=True) if own)
    )
    return "\n".join([*_table(suites), "", *origins, _NOTE.format(resamples=resamples)])


def _check(run: Run) -> None:
    if run["limit"] is not None:
        raise DataError("a run with --limit is for smoke tests only and makes no table")
    if not run["complete"]:
        raise DataError("an interrupted run makes no table; the same command goes on with it")
    other = [name for name, suite in run["suites"].items() if not suite["as_pinned"]]
    if other:
        raise DataError(f"{other[0]} was run on other data than it names and makes no table")


def _table(suites: Mapping[str, Mapping[str, Any]]) -> list[str]:
    systems = list(dict.fromkeys(name for suite in suites.values() for name in suite["systems"]))
    asked = {name: sum(name in suite["systems"] for suite in suites.values()) for name in systems}
    least = min(_OWN_COLUMN, len(suites))
    own = [name for name in systems if asked[name] >= least]
    others = [name for name in systems if asked[name] < least]
    head = ["suite", "figure", *own, *(["others"] if others else [])]
    lines = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    for name, suite in suites.items():
        for metric in (suite["main"], *_ALSO.get(name, ())):
            cells = [cell(_figure(suite, system, metric)) for system in own]
            cells += [_shared(suite, others, metric)] if others else []
            lines.append(f"| {name} | {metric} | " + " | ".join(cells) + " |")
    return lines


def _figure(suite: Mapping[str, Any], system: str, metric: str) -> Any:
    return suite["systems"].get(system, {}).get("metrics", {}).get(metric)


def _shared(suite: Mapping[str, Any], systems: Sequence[str], metric: str) -> str:
    found = [(name, cell(_figure(suite, name, metric))) for name in systems]
    return "; ".join(f"{name} {text}" for name, text in found if text != "–") or "–"


def replace_table(readme: Path, table: str) -> None:
    """Put `table` between the markers of `readme`; `DataError` when a marker is missing."""
    text = readme.read_text(encoding="utf-8")
    head, found, rest = text.partition(BEGIN)
    _, closed, tail = rest.partition(END)
    if not found or not closed:
        raise DataError(f"{readme}: needs the markers {BEGIN} and {END}")
    readme.write_text(f"{head}{BEGIN}\n{table}\n{END}{tail}", encoding="utf-8")
