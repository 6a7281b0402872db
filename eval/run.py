"""Asks a system for every sample of a suite, scores the answers, and writes them as it goes."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from rich.progress import Progress

from eval.cache import Cache, key_of
from eval.data import read_jsonl
from eval.diagnose import diagnose
from eval.suite import Prediction, Sample, Suite, System
from summarizer import SummarizerError

Row = dict[str, Any]
"""One answered sample: id, document, prediction, scores, about, seconds, cached, error."""


@runtime_checkable
class Cacheable(Protocol):
    """A system whose answer to a sample depends on nothing but what its key says."""

    def key(self, sample: Sample, /) -> Any:
        """Return weights, settings, code and input, as JSON."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One system on the samples of one suite.

    header: what the rows depend on (data, system, code). Rows that lie in `out` under the same
    header are kept, a file that starts with another one is written anew.
    """

    suite: Suite
    samples: Sequence[Sample]
    system: System
    out: Path
    header: Mapping[str, Any]
    cache: Cache = field(default_factory=Cache)


def run(job: Job, progress: Progress) -> list[Row]:
    """Return a row per sample, in their order, each written to `job.out` as soon as it is there.

    A system that raises SummarizerError leaves a row with `error` and no score.
    """
    done = _kept(job)
    task = progress.add_task(f"{job.suite.name} · {job.system.name}", total=len(job.samples))
    rows = []
    with job.out.open("a" if done else "w", encoding="utf-8") as file:
        if not done:
            _write(file, {"header": dict(job.header)})
        for fresh, row in _answers(job, done):
            if fresh:
                _write(file, row)
            rows.append(row)
            progress.advance(task)
    return rows


def _write(file: Any, row: Mapping[str, Any]) -> None:
    file.write(json.dumps(row, ensure_ascii=False) + "\n")
    file.flush()


def _kept(job: Job) -> dict[str, Row]:
    if not job.out.is_file():
        return {}
    _drop_torn_line(job.out)
    first, *rows = read_jsonl(job.out) or [{}]
    return {row["id"]: row for row in rows} if first.get("header") == job.header else {}


def _drop_torn_line(out: Path) -> None:
    """Cut off a last line that an interrupted run left unfinished."""
    content = out.read_bytes()
    whole = content[: content.rfind(b"\n") + 1]
    if whole != content:
        out.write_bytes(whole)


def _answers(job: Job, done: Mapping[str, Row]) -> Iterator[tuple[bool, Row]]:
    if any(sample.id not in done for sample in job.samples):
        job.system.fit(job.samples)
    for sample in job.samples:
        if sample.id in done:
            yield False, done[sample.id]
        else:
            yield True, _answer(job, sample)


def _answer(job: Job, sample: Sample) -> Row:
    found: dict[str, Any]
    try:
        found = _predicted(job, sample) | {"error": None}
        scores = job.suite.score(sample, found["prediction"])
        about = diagnose(sample, found["prediction"])
    except SummarizerError as raised:
        error = f"{type(raised).__name__}: {raised}"
        found = {"prediction": None, "seconds": 0.0, "cached": False, "error": error}
        scores, about = {}, {}
    return {
        "id": sample.id,
        "document": sample.document,
        **found,
        "scores": {name: asdict(score) for name, score in scores.items()},
        "about": about,
    }


def _predicted(job: Job, sample: Sample) -> dict[str, Any]:
    """Return prediction, seconds that it took when it was made, and whether it was cached."""
    if not job.cache.kept or not isinstance(job.system, Cacheable):
        return _timed(job.system, sample) | {"cached": False}
    key = key_of("prediction", job.system.key(sample))
    known = job.cache.get([key])
    if known:
        made: dict[str, Any] = json.loads(known[key])
        return made | {"cached": True}
    made = _timed(job.system, sample)
    job.cache.put({key: json.dumps(made, ensure_ascii=False).encode()})
    return made | {"cached": False}


def _timed(system: System, sample: Sample) -> dict[str, Any]:
    start = time.perf_counter()
    prediction: Prediction = system.predict(sample)
    seconds = round(time.perf_counter() - start, 4)
    # Through JSON and back, so that a kept answer and a fresh one are the same value.
    return {"prediction": json.loads(json.dumps(prediction)), "seconds": seconds}
