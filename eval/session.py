"""One run: several systems on several suites, results as one JSON and samples as JSONL beside."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from eval import data as files
from eval import provenance, results
from eval.cache import Cache
from eval.run import Job, run
from eval.stats import LEVEL, RESAMPLES
from eval.suite import Sample, Suite, System
from eval.suites import SUITES
from eval.systems import about, for_suite, system
from summarizer import DataError, MissingExtraError, ModelError

Result = dict[str, Any]
SCHEMA = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a run is made with; `limit` is for smoke tests only and is recorded."""

    data: Path | None
    out: Path
    limit: int | None = None
    seed: int = 0
    cache: Path | None = None


def run_all(
    suites: Sequence[str], systems: Sequence[str], options: Options, *, console: Console
) -> Result:
    """Return the results of `systems` on `suites`, also written to `options.out`/results.json.

    A suite whose data is absent, or a system whose weights are, is skipped with a line on `console`
    and an entry under `skipped`. Until the run is over, the file says `"complete": false`.
    Raises DataError for an unknown suite or system, and when another run uses the same folder.
    """
    wanted = chosen(suites)
    options.out.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(options.out / ".lock", timeout=0), _progress(console) as progress:
            return _Session(options, progress).run(wanted, systems)
    except Timeout as error:
        raise DataError(f"{options.out}: another run writes there; name another --out") from error


class _Session:
    """A run on its way."""

    def __init__(self, options: Options, progress: Progress) -> None:
        self._options, self._progress = options, progress
        self._cache = Cache(options.cache, usable=provenance.unchanged)
        self._start = time.perf_counter()
        self._result: Result = {
            "schema": SCHEMA,
            "complete": False,
            "started": datetime.now(UTC).isoformat(timespec="seconds"),
            "seconds": 0.0,
            "environment": provenance.environment(),
            "seed": options.seed,
            "intervals": {"level": LEVEL, "resamples": RESAMPLES, "of": "documents"},
            "limit": options.limit,
            "smoke_test": options.limit is not None,
            "systems": {},
            "suites": {},
            "skipped": {},
        }

    def run(self, suites: Sequence[Suite], systems: Sequence[str]) -> Result:
        tools = self._tools(systems)
        self._result["systems"] = {tool.name: about(tool) for tool in tools}
        for suite in suites:
            try:
                root = files.root(suite, files.folder(self._options.data))
            except DataError as error:
                self._skip(suite.name, error)
                continue
            self._result["suites"][suite.name] = self._suite(suite, root, tools)
            self._save(complete=False)
        self._save(complete=True)
        self._cache.close()
        return self._result

    def _tools(self, names: Sequence[str]) -> list[System]:
        """Return the systems that can run here; absent weights or packages skip theirs."""
        tools = []
        for name in names:
            try:
                tools.append(system(name, seed=self._options.seed, cache=self._cache))
            except (ModelError, MissingExtraError) as error:
                self._skip(name, error)
        return tools

    def _skip(self, name: str, error: Exception) -> None:
        self._result["skipped"][name] = str(error)
        self._say(f"[yellow]skipped[/yellow] {name}: {error}")

    def _say(self, text: str) -> None:
        self._progress.console.print(text, highlight=False, soft_wrap=True)

    def _suite(self, suite: Suite, root: Path, tools: Sequence[System]) -> dict[str, Any]:
        found = files.digests(suite, root)
        changed = files.changed(suite, found)
        for path in changed:
            self._say(f"[yellow]other data[/yellow] {path}: figures are not comparable")
        samples = list(suite.load(root))[: self._options.limit]
        entries = {}
        for tool in tools:
            own = for_suite(tool, suite.name)
            if suite.task in own.tasks:
                entries[own.name] = self._entry(suite, samples, own, found)
        return {
            "title": suite.title,
            "task": suite.task,
            "main": suite.main,
            "data": found,
            "as_pinned": not changed,
            "systems": entries,
            "floors": results.floors(suite, entries),
        }

    def _entry(
        self, suite: Suite, samples: Sequence[Sample], tool: System, data: Mapping[str, str]
    ) -> dict[str, Any]:
        out = self._options.out / f"{suite.name}.{_file_name(tool.name)}.jsonl"
        job = Job(
            suite=suite,
            samples=samples,
            system=tool,
            out=out,
            header=_header(suite, data, tool, self._options),
            cache=self._cache,
        )
        rows = run(job, self._progress)
        return results.figures(suite, rows, seed=self._options.seed) | {
            "digest": tool.digest,
            "rows": out.name,
        }

    def _save(self, *, complete: bool) -> None:
        self._result["complete"] = complete
        self._result["seconds"] = round(time.perf_counter() - self._start, 1)
        text = json.dumps(self._result, indent=1, ensure_ascii=False) + "\n"
        target = self._options.out / "results.json"
        fresh = target.with_suffix(".part")
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(target)


def chosen(names: Sequence[str]) -> list[Suite]:
    """Return the suites of `names`, all of them for `all`; DataError for an unknown one."""
    unknown = [name for name in names if name not in SUITES and name != "all"]
    if unknown:
        raise DataError(f"no suite is called {unknown[0]!r}; there are {', '.join(SUITES)}, all")
    return list(SUITES.values()) if "all" in names else [SUITES[name] for name in names]


def _progress(console: Console) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    return Progress(*columns, TimeElapsedColumn(), console=console)


def _header(
    suite: Suite, data: Mapping[str, str], tool: System, options: Options
) -> dict[str, Any]:
    """Return what rows depend on: rows under another header are never reused.

    `limit` is part of it: some baselines learn word frequencies from all samples of a run.
    """
    return {
        "suite": suite.name,
        "data": dict(data),
        "system": tool.name,
        "digest": tool.digest,
        "code": provenance.environment()["code"],
        "seed": options.seed,
        "limit": options.limit,
    }


def _file_name(name: str) -> str:
    return "".join(c if c.isalnum() or c in "-._" else "-" for c in name)
