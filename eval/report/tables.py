"""Figures as Markdown: a table per suite, a row per system, each figure with its interval."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import Any

from eval.report.read import Run


def markdown(*runs: Run) -> str:
    """Return a table per suite: a row per system, main metric first, each with its interval."""
    return "\n\n".join(block for run in runs for block in _blocks(run))


def cell(figure: Mapping[str, float | None] | None) -> str:
    """Return a figure with its interval, and a dash for what was not judged or not asked."""
    if figure is None or figure["value"] is None:
        return "–"
    if figure["low"] is None or figure["high"] is None:
        return f"{number(figure['value'])} (one document)"
    return f"{number(figure['value'])} ({number(figure['low'])}–{number(figure['high'])})"


def number(value: float) -> str:
    """Return `value` with three digits after the point, and a minus sign that is one."""
    return f"{value:.3f}".replace("-", "−").replace("−0.000", "0.000")


def origin(run: Run, *, shown: Container[str] | None = None) -> str:
    """Return the sentence that says which run, code and weights figures come from.

    `shown` names the systems whose figures are shown; all of the run's if left out.
    """
    git = run["environment"]["git"]
    commit = f"commit {git['commit'][:12]}" if git else "no commit"
    changed = " with uncommitted changes" if git and git["dirty"] else ""
    hardware = run["environment"]["hardware"]
    parts = [
        f"Run of {run['started'][:10]}, {commit}{changed}, seed {run['seed']}",
        *(
            f"`{name}`: {_weights(about)}"
            for name, about in run["systems"].items()
            if _made(about) and (shown is None or name in shown)
        ),
        f"{hardware['processor']}, {hardware['cores_used'] or hardware['cores']} cores used",
    ]
    return "; ".join(parts) + "."


def _made(about: Mapping[str, str]) -> bool:
    return "encoder" in about and "writer" in about


def _weights(about: Mapping[str, str]) -> str:
    return f"version {about['version']}, encoder {about['encoder']}, writer {about['writer']}"


def _blocks(run: Run) -> Iterator[str]:
    yield origin(run)
    if not run["complete"]:
        yield "**Interrupted**: this run did not end; the same command goes on with it."
    for name, suite in run["suites"].items():
        yield "\n".join(_suite(name, suite, limit=run["limit"]))
    for name, reason in run["skipped"].items():
        yield f"**{name}** skipped: {reason}"


def _suite(name: str, suite: Mapping[str, Any], *, limit: int | None) -> Iterator[str]:
    note = f" — **smoke test only**, first {limit} samples" if limit is not None else ""
    note += "" if suite["as_pinned"] else " — other data than the figures of this project"
    yield f"**{name}**: {suite['title']}{note}"
    yield ""
    names = _metrics(suite)
    yield "| system | " + " | ".join(names) + " | documents | seconds |"
    yield "|---|" + "---|" * (len(names) + 2)
    for system, entry in suite["systems"].items():
        cells = [cell(entry["metrics"].get(metric)) for metric in names]
        failed = f" ({entry['failed']} of {entry['samples']} samples failed)"
        count = f"{entry['documents']}{failed if entry['failed'] else ''}"
        yield f"| {system} | " + " | ".join(cells) + f" | {count} | {entry['seconds']:.1f} |"
    yield from _floors(suite)


def _floors(suite: Mapping[str, Any]) -> Iterator[str]:
    """Say how far the figures that should be reproduced were."""
    known = [floor for floor in suite["floors"] if floor["measured"] is not None]
    if known:
        yield ""
        yield "Reproduced: " + "; ".join(
            f"{floor['system']} {floor['metric']} {number(floor['measured'])}, "
            f"expected {number(floor['expected'])} ({floor['where']})"
            for floor in known
        )
    rest = [floor for floor in suite["floors"] if floor["measured"] is None]
    if rest:
        yield ""
        yield "Beside it: " + "; ".join(
            f"{floor['system']} {floor['metric']} {number(floor['expected'])} ({floor['where']})"
            for floor in rest
        )


def _metrics(suite: Mapping[str, Any]) -> list[str]:
    found = dict.fromkeys(m for entry in suite["systems"].values() for m in entry["metrics"])
    return [suite["main"], *(name for name in found if name != suite["main"])]
