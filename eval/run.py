"""Asks a system for every sample of a suite, scores the answers, and writes them as it goes."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.progress import Progress

from eval.data import read_jsonl
from eval.suite import Prediction, Sample, Score, Suite, System
from summarizer import SummarizerError

Row = dict[str, Any]
"""One answered sample: id, document, prediction, scores, seconds, error."""


def run(
    suite: Suite,
    samples: Sequence[Sample],
    system: System,
    *,
    out: Path,
    header: Mapping[str, Any],
    progress: Progress,
) -> list[Row]:
    """Return a row per sample, in their order; rows already in `out` under `header` are kept.

    `header` says what the rows depend on (data, system, code): a file that starts with another one
    is written anew. A system that raises SummarizerError leaves a row with `error` and no score.
    """
    done = _kept(out, header)
    task = progress.add_task(f"{suite.name} · {system.name}", total=len(samples))
    rows = []
    with out.open("a" if done else "w", encoding="utf-8") as file:
        if not done:
            _write(file, {"header": dict(header)})
        for fresh, row in _answers(suite, samples, system, done):
            if fresh:
                _write(file, row)
            rows.append(row)
            progress.advance(task)
    return rows


def _write(file: Any, row: Mapping[str, Any]) -> None:
    file.write(json.dumps(row, ensure_ascii=False) + "\n")
    file.flush()


def _kept(out: Path, header: Mapping[str, Any]) -> dict[str, Row]:
    if not out.is_file():
        return {}
    _drop_torn_line(out)
    first, *rows = read_jsonl(out) or [{}]
    return {row["id"]: row for row in rows} if first.get("header") == header else {}


def _drop_torn_line(out: Path) -> None:
    """Cut off a last line that an interrupted run left unfinished."""
    content = out.read_text(encoding="utf-8")
    whole = content[: content.rfind("\n") + 1]
    if whole != content:
        out.write_text(whole, encoding="utf-8")


def _answers(
    suite: Suite, samples: Sequence[Sample], system: System, done: Mapping[str, Row]
) -> Iterator[tuple[bool, Row]]:
    missing = [sample for sample in samples if sample.id not in done]
    if missing:
        system.fit(samples)
    for sample in samples:
        if sample.id in done:
            yield False, done[sample.id]
        else:
            yield True, _answer(suite, sample, system)


def _answer(suite: Suite, sample: Sample, system: System) -> Row:
    start = time.perf_counter()
    prediction: Prediction = None
    error = None
    try:
        prediction = system.predict(sample)
    except SummarizerError as raised:
        error = f"{type(raised).__name__}: {raised}"
    seconds = time.perf_counter() - start
    scores = {} if error else suite.score(sample, prediction)
    return {
        "id": sample.id,
        "document": sample.document,
        "prediction": prediction,
        "scores": {name: _plain(score) for name, score in scores.items()},
        "seconds": round(seconds, 4),
        "error": error,
    }


def _plain(score: Score) -> dict[str, Any]:
    return asdict(score)
