"""Rows to answers, and answers to the output: each is written whole, in the order of the input."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import FileIO
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from summarizer import jsonl
from summarizer.batch.held import answers_in, journal_of
from summarizer.batch.inputs import Row
from summarizer.batch.plan import Plan
from summarizer.errors import DataError, SummarizerError
from summarizer.report import dumps
from summarizer.rows import record_of, sources_of

if TYPE_CHECKING:
    from summarizer.pipeline import Summarizer
    from summarizer.settings import Settings
    from summarizer.types import Article, Page

WINDOW = 32  # articles in one call: fills a batch of the models; the most that a kill costs


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A line to be written, and the type of the error in it, empty for an analysis."""

    line: bytes
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many rows there are and how many failed, by type of error; earlier runs included."""

    total: int
    failures: dict[str, int]

    @property
    def failed(self) -> int:
        """The number of rows that failed."""
        return sum(self.failures.values())


def batch(
    summarizer: Summarizer,
    plan: Plan,
    *,
    window: int = WINDOW,
    advance: Callable[[], None] = lambda: None,
) -> Tally:
    """Write the answers that are missing; `advance` is called after each.

    What is wrong with one row or one article becomes that row's error; anything else, such as a
    full disk or a broken model, stops the run, which then can be started again.

    Raises:
        DataError: another run is writing the output, or has since `survey`; or the input changed.
    """
    windows = windows_of(plan.left(), window)
    given = (answer for rows in windows for answer in answers(summarizer, rows))
    return write(given, plan, advance=advance)


def windows_of(rows: Iterator[Row], size: int) -> Iterator[list[Row]]:
    """Yield the rows in lists of `size`, the last perhaps shorter."""
    while window := list(islice(rows, size)):
        yield window


def answers(summarizer: Summarizer, rows: Sequence[Row]) -> Iterator[Answer]:
    """Yield the answer to each row, in order, with one call of the models for all of them."""
    sources = [_source(row, summarizer.settings) for row in rows]
    good = [source for source in sources if not isinstance(source, SummarizerError)]
    results = iter(summarizer.analyze_many(good))
    for row, source in zip(rows, sources, strict=True):
        outcome = source if isinstance(source, SummarizerError) else next(results)
        record = record_of(row.key, outcome)
        error = record["error"]["type"] if "error" in record else ""
        yield Answer(line=dumps(record).encode() + b"\n", error=error)


def write(given: Iterable[Answer], plan: Plan, *, advance: Callable[[], None]) -> Tally:
    """Add the answers to the output of `plan` one by one; raises as `batch` does."""
    failures = plan.failures.copy()
    journal = journal_of(plan.target)
    with jsonl.opened(journal, keep=plan.kept, size=plan.found) as out:
        for answer in given:
            jsonl.append(out, answer.line)
            failures.update([answer.error] if answer.error else ())
            advance()
        if journal != plan.target:
            _publish(plan, journal, out)
    return Tally(total=plan.total, failures=dict(failures))


def check_errors(plan: Plan, path: Path) -> None:
    """Find out before the run whether its errors can be written to `path`.

    Raises:
        DataError: it is the input or the output, or in no folder.
    """
    if path.resolve() in {plan.source.resolve(), plan.target.resolve()}:
        raise DataError(f"{path}: is the input or the output; name another file for the errors")
    if not path.resolve().parent.is_dir():
        raise DataError(f"{path}: there is no such folder; make it, or name another file")


def write_errors(plan: Plan, path: Path) -> None:
    """Write what failed as JSON lines like those of the output, once it is complete."""
    part = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with part.open("wb") as out:
            out.writelines(
                dumps(line.record).encode() + b"\n"
                for line in answers_in(plan.target)
                if line.error is not None
            )
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _publish(plan: Plan, journal: Path, out: FileIO) -> None:
    from summarizer.batch import parquet  # pyarrow is an extra

    if journal.stat().st_size or not plan.target.exists():
        parquet.write(plan.target, journal, ids="numbers" if plan.numbers else "texts")
    if sys.platform == "win32":
        out.truncate(0)  # an open file cannot be removed there
    else:
        journal.unlink()


def _source(row: Row, settings: Settings) -> Article | str | list[Page | str] | SummarizerError:
    """Return what to analyse, or the error that keeps this row from it."""
    if isinstance(row.row, SummarizerError):
        return row.row
    try:
        return sources_of(row.row, settings)
    except SummarizerError as error:
        return error
