"""JSON lines in, JSON lines out: order kept, a killed run goes on where it stopped.

Each line in makes one line out, written whole and in the order of the input. A last line without
its newline was cut off by a kill: it is dropped and its article done again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from summarizer import jsonl
from summarizer.errors import DataError, ReadError, SummarizerError
from summarizer.rows import Json, Key, is_id, record_of, source_of

if TYPE_CHECKING:
    from summarizer.pipeline import Summarizer
    from summarizer.settings import Settings
    from summarizer.types import Article

_OPENING = b'{"id": '  # of every line written
_FOREIGN = "not a line of a batch; name another file"

WINDOW = 32  # articles in one call: fills a batch of the models; the most that a kill costs


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The `total` lines of `source`, those that `target` holds already, and where to go on.

    `kept` is the length of `target` in bytes up to the end of its last whole line, `found` its
    length with what a kill left behind that.
    """

    source: Path
    target: Path
    total: int
    done: frozenset[Key] = frozenset()
    failed: int = 0
    kept: int = 0
    found: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many lines there were and how many of them failed, earlier runs included."""

    total: int
    failed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    number: int
    row: Json | SummarizerError

    @property
    def key(self) -> Key:
        if isinstance(self.row, SummarizerError) or not is_id(self.row.get("id")):
            return ("line", self.number)
        return ("id", self.row["id"])


def survey(source: Path, target: Path) -> Plan:
    """Return what is left to do; reads both files, changes none.

    `ReadError` when `source` is no file, `DataError` when it gives an id twice or when `target`
    holds anything but lines of a batch.
    """
    if not source.is_file():
        raise ReadError(f"{source}: no such file; give a file of JSON lines")
    if target.exists() and target.samefile(source):
        raise DataError(f"{target}: is the input itself; name another file for the output")
    first: dict[Key, int] = {}
    for line in _lines(source):
        if line.key in first:
            raise DataError(
                f"{source}:{line.number}: id {line.key[1]!r} stands in line {first[line.key]} "
                "already; ids must differ, since they tell a later run what is done"
            )
        first[line.key] = line.number
    written, kept, found = _finished(target)
    done = written.keys() & first.keys()
    return Plan(
        source=source,
        target=target,
        total=len(first),
        done=frozenset(done),
        failed=sum(written[key] for key in done),
        kept=kept,
        found=found,
    )


def batch(
    summarizer: Summarizer,
    plan: Plan,
    *,
    window: int = WINDOW,
    advance: Callable[[], None] = lambda: None,
) -> Tally:
    """Write the lines of `plan` that are missing; `advance` is called after each.

    What is wrong with one line or one article becomes that line's error; anything else, such as a
    full disk or a broken model, stops the run, which then can be started again. `DataError` when
    another run is writing the output, or has since `survey`.
    """
    failed = plan.failed
    todo = (line for line in _lines(plan.source) if line.key not in plan.done)
    with jsonl.opened(plan.target, keep=plan.kept, size=plan.found) as out:
        for lines in _windows(todo, window):
            for record in _records(summarizer, lines):
                jsonl.append(out, record)
                failed += "error" in record
                advance()
    return Tally(total=plan.total, failed=failed)


def _records(summarizer: Summarizer, lines: Sequence[_Line]) -> Iterator[Json]:
    sources = [_source(line, summarizer.settings) for line in lines]
    good = [source for source in sources if not isinstance(source, SummarizerError)]
    results = iter(summarizer.analyze_many(good))
    for line, source in zip(lines, sources, strict=True):
        outcome = source if isinstance(source, SummarizerError) else next(results)
        yield record_of(line.key, outcome)


def _source(line: _Line, settings: Settings) -> Article | str | SummarizerError:
    """Return what to analyse, or the error that keeps this line from it."""
    if isinstance(line.row, SummarizerError):
        return line.row
    try:
        return source_of(line.row, settings)
    except SummarizerError as error:
        return error


def _lines(path: Path) -> Iterator[_Line]:
    with path.open("rb") as stream:
        for number, raw in enumerate(stream, start=1):
            if raw.strip():
                yield _Line(number=number, row=jsonl.parse(raw))


def _windows(lines: Iterable[_Line], size: int) -> Iterator[list[_Line]]:
    iterator = iter(lines)
    while window := list(islice(iterator, size)):
        yield window


def _finished(target: Path) -> tuple[dict[Key, bool], int, int]:
    """Return the keys in `target`, each with whether it failed, their bytes, and all bytes."""
    failed: dict[Key, bool] = {}
    kept = found = 0
    if not target.exists():
        return failed, kept, found
    with target.open("rb") as stream:
        for number, raw in enumerate(stream, start=1):
            found += len(raw)
            if not raw.endswith(b"\n"):
                _check_cut(raw, f"{target}:{number}")
                break
            row = jsonl.parse(raw)
            key = _written_key(row)
            if key is None or isinstance(row, SummarizerError):
                raise DataError(f"{target}:{number}: {_FOREIGN}")
            failed[key] = "error" in row
            kept += len(raw)
    return failed, kept, found


def _check_cut(raw: bytes, where: str) -> None:
    """Raise DataError unless `raw` can be the beginning of a line that a kill cut off.

    It is about to be dropped, and the file may be somebody's only copy of something else.
    """
    row = jsonl.parse(raw)
    broken = isinstance(row, SummarizerError) or _written_key(row) is not None
    if raw[: len(_OPENING)] != _OPENING[: len(raw)] or not broken:
        raise DataError(f"{where}: {_FOREIGN}")


def _written_key(row: Json | SummarizerError) -> Key | None:
    if isinstance(row, SummarizerError) or not ("analysis" in row or "error" in row):
        return None
    if is_id(row.get("id")):
        return ("id", row["id"])
    number = row.get("line")
    return ("line", number) if isinstance(number, int) else None
