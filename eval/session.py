"""One run: several systems on several suites, results as one JSON and samples as JSONL beside."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from eval import data as files
from eval import results
from eval.run import run
from eval.suite import Suite, System
from eval.suites import SUITES
from eval.systems import system
from summarizer import DataError, MissingExtraError, ModelError

Result = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a run is made with; `limit` is for smoke tests only and is recorded."""

    data: Path | None
    out: Path
    limit: int | None = None
    seed: int = 0


def run_all(
    suites: Sequence[str], systems: Sequence[str], options: Options, *, console: Console
) -> Result:
    """Return the results of `systems` on `suites`, also written to `options.out`/results.json.

    A suite whose data is absent, or a system whose weights are, is skipped with a line on `console`
    and an entry under `skipped`.
    Raises DataError for an unknown suite or system.
    """
    chosen = _chosen(suites)
    result: Result = {
        "schema": 1,
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "environment": results.environment(),
        "seed": options.seed,
        "limit": options.limit,
        "suites": {},
        "skipped": {},
    }
    tools = _tools(systems, options, result["skipped"], console)
    options.out.mkdir(parents=True, exist_ok=True)
    with _progress(console) as progress:
        for suite in chosen:
            try:
                root = files.root(suite, files.folder(options.data))
            except DataError as error:
                _skip(suite.name, error, result["skipped"], console)
                continue
            result["suites"][suite.name] = _run_suite(suite, root, tools, options, progress)
            _save(result, options.out)
    _save(result, options.out)
    return result


def _tools(
    names: Sequence[str], options: Options, skipped: dict[str, str], console: Console
) -> list[System]:
    """Return the systems that can run here; weights or packages that are absent skip theirs."""
    tools = []
    for name in names:
        try:
            tools.append(system(name, seed=options.seed))
        except (ModelError, MissingExtraError) as error:
            _skip(name, error, skipped, console)
    return tools


def _skip(name: str, error: Exception, skipped: dict[str, str], console: Console) -> None:
    skipped[name] = str(error)
    console.print(f"[yellow]skipped[/yellow] {name}: {error}", highlight=False, soft_wrap=True)


def _chosen(names: Sequence[str]) -> list[Suite]:
    unknown = [name for name in names if name not in SUITES and name != "all"]
    if unknown:
        raise DataError(f"no suite is called {unknown[0]!r}; there are {', '.join(SUITES)}, all")
    return list(SUITES.values()) if "all" in names else [SUITES[name] for name in names]


def _progress(console: Console) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    return Progress(*columns, TimeElapsedColumn(), console=console)


def _run_suite(
    suite: Suite, root: Path, tools: Sequence[System], options: Options, progress: Progress
) -> dict[str, Any]:
    found = files.digests(suite, root)
    for path in files.changed(suite, found):
        progress.console.print(f"[yellow]other data[/yellow] {path}: figures are not comparable")
    samples = list(suite.load(root))[: options.limit]
    entries = {}
    for tool in tools:
        if suite.task not in tool.tasks:
            continue
        header = _header(suite, found, tool, options)
        out = options.out / f"{suite.name}.{_file_name(tool.name)}.jsonl"
        rows = run(suite, samples, tool, out=out, header=header, progress=progress)
        entries[tool.name] = results.figures(suite, rows, seed=options.seed) | {
            "digest": tool.digest,
            "rows": out.name,
        }
    return {
        "title": suite.title,
        "main": suite.main,
        "data": found,
        "as_pinned": not files.changed(suite, found),
        "systems": entries,
        "floors": results.floors(suite, entries),
    }


def _header(
    suite: Suite, found: Mapping[str, str], tool: System, options: Options
) -> dict[str, Any]:
    """Return what rows depend on: rows under another header are never reused."""
    return {
        "suite": suite.name,
        "data": dict(found),
        "system": tool.name,
        "digest": tool.digest,
        "git": results.environment()["git"],
        "seed": options.seed,
    }


def _file_name(name: str) -> str:
    return "".join(c if c.isalnum() or c in "-._" else "-" for c in name)


def _save(result: Result, out: Path) -> None:
    text = json.dumps(result, indent=2, ensure_ascii=False)
    (out / "results.json").write_text(text + "\n", encoding="utf-8")
