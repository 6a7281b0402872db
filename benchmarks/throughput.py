"""Articles a second of whole runs of `summarizer batch`: one process, two at once, and on Ray.

Each is run with few and with more articles; what starting takes is in both and falls out of their
difference.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import texts
from summarizer import Article

FEW, MORE = 64, 192  # articles: two and six windows, so that two workers have as many each
# Two processes of two threads each wait for each other on two cores (LOG 2026-11-23).
ONE_THREAD = {**os.environ, "OMP_NUM_THREADS": "1"}
PRICE = 0.04  # of a core-hour: an example, and no offer


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """How the articles are run: so many commands at once, each with so many workers of Ray."""

    commands: int = 1
    workers: int = 0


WAYS = {
    "one process": _Way(),
    "two processes": _Way(commands=2),
    "Ray, one worker": _Way(workers=1),
    "Ray, two workers": _Way(workers=2),
}


def throughput(*, slow: bool) -> dict[str, Any]:
    """Return articles a second of the clock and, where it can be told, CPU seconds an article."""
    has_ray = importlib.util.find_spec("ray") is not None
    ways = {name: way for name, way in WAYS.items() if slow or not way.workers}
    skipped = {} if has_ray else {n: "no Ray here" for n, way in ways.items() if way.workers}
    found = {name: _measured(way) for name, way in ways.items() if name not in skipped}
    return {
        "articles": MORE - FEW,
        "words": texts.words(texts.many(MORE)) // MORE,
        "cores": len(os.sched_getaffinity(0)),
        "rows": found,
        "skipped": skipped,
        "price": PRICE,
    }


def _measured(way: _Way) -> dict[str, float | None]:
    few, more = _run(texts.many(FEW), way), _run(texts.many(MORE), way)
    articles = MORE - FEW
    # The workers of Ray are no children of the command: what they spend it cannot tell.
    cpu = None if way.workers else round((more["cpu"] - few["cpu"]) / articles, 3)
    hours = None if cpu is None else round(1e6 * cpu / 3600)
    return {
        "articles_a_second": round(articles / (more["wall"] - few["wall"]), 2),
        "cpu_an_article": cpu,
        "core_hours_a_million": hours,
        "cost_a_million": None if hours is None else round(hours * PRICE, 2),
    }


def _run(articles: Sequence[Article], way: _Way) -> dict[str, float]:
    """Return seconds of the clock and of the processor for all commands together."""
    with TemporaryDirectory() as folder:
        commands = []
        for number in range(way.commands):
            source, target = (Path(folder) / f"{number}.{end}" for end in ("in.jsonl", "out.jsonl"))
            source.write_text(_rows(articles[number :: way.commands]), encoding="utf-8")
            engine = ["--engine", "ray", "--workers", str(way.workers)] if way.workers else []
            commands.append(["batch", str(source), str(target), "--offline", "--quiet", *engine])
        start = time.perf_counter()
        running = [
            subprocess.Popen([sys.executable, "-m", "summarizer", *command], env=ONE_THREAD)
            for command in commands
        ]
        cpu = sum(_waited(process) for process in running)
        return {"wall": time.perf_counter() - start, "cpu": cpu}


def _waited(process: subprocess.Popen[bytes]) -> float:
    """Return the CPU seconds of a process once it is done; RuntimeError when it fails."""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{process.args!r}: exit code {process.returncode}")
    return usage.ru_utime + usage.ru_stime


def _rows(articles: Sequence[Article]) -> str:
    rows = [
        {"id": number, "title": article.title, "text": article.text}
        for number, article in enumerate(articles)
    ]
    return "".join(json.dumps(row) + "\n" for row in rows)
