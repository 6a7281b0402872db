"""What is left to do: the rows of an input against the answers that its output holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt

from summarizer.batch.held import held
from summarizer.batch.inputs import Row, is_parquet, rows_of
from summarizer.batch.keys import Keys, among, digest, first_repeated, keys_of
from summarizer.errors import DataError


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Plan:
    """The rows of `source`, those that `target` answers already, and where to go on.

    keys: (n,) one per row, in order. done: (n,) whether it is answered. failures: answered with an
    error, by its type. kept, found: as in `Held`. numbers: whether ids are numbers, not texts.
    """

    source: Path
    target: Path
    keys: Keys
    done: npt.NDArray[np.bool_]
    failures: Counter[str]
    kept: int = 0
    found: int = 0
    numbers: bool = False

    @property
    def total(self) -> int:
        """The number of rows."""
        return len(self.keys)

    @property
    def resumed(self) -> int:
        """The number of rows answered before."""
        return int(self.done.sum())

    def left(self) -> Iterator[Row]:
        """Yield the rows to do.

        Raises:
            DataError: `source` is no longer what `survey` read.
        """
        place = -1
        for place, row in enumerate(rows_of(self.source)):
            if place >= self.total or self.keys[place].tobytes() != digest(row.key):
                raise DataError(f"{self.source}: has changed since it was read; start again")
            if not self.done[place]:
                yield row
        if place + 1 < self.total:
            raise DataError(f"{self.source}: has changed since it was read; start again")


def survey(source: Path, target: Path) -> Plan:
    """Return what is left to do; reads both files, changes none.

    Raises:
        ReadError: `source` is no file.
        DataError: it gives an id twice, `target` holds anything but answers of a batch, or the two
            are one file; or `target` is Parquet, and ids are of two kinds.
    """
    if target.exists() and source.exists() and target.samefile(source):
        raise DataError(f"{target}: is the input itself; name another file for the output")
    digests = bytearray()
    kinds: set[str] = set()
    for row in rows_of(source):
        digests += digest(row.key)
        kinds.add(_id_kind(row))
    keys = keys_of(digests)
    if repeated := first_repeated(keys):
        raise _twice(source, *repeated)
    if is_parquet(target):
        _check_kinds(kinds - {""}, source, target)
    answers = held(target)
    return Plan(
        source=source,
        target=target,
        keys=keys,
        done=among(keys, answers.keys),
        failures=answers.failures(among(answers.keys, keys)),
        kept=answers.kept,
        found=answers.found,
        numbers="numbers" in kinds,
    )


def _id_kind(row: Row) -> str:
    kind, value = row.key
    if kind == "line":
        return ""
    if isinstance(value, str):
        return "texts"
    return "numbers" if -(2**63) <= value < 2**63 else "numbers of more than 64 bits"


def _check_kinds(kinds: set[str], source: Path, target: Path) -> None:
    from summarizer.batch import parquet  # pyarrow is an extra

    there = {parquet.id_kind(target)} if target.exists() else set()
    if len(kinds | there) > 1 or not kinds | there <= {"texts", "numbers"}:
        raise DataError(
            f"{source}: ids for {target.name} are {' and '.join(sorted(kinds | there))}, and a "
            "column of Parquet holds one kind; write JSON lines, or name another file"
        )


def _twice(source: Path, first: int, second: int) -> DataError:
    """Return the error that names both lines; reads the input once more to find them."""
    rows = islice(rows_of(source), first, second + 1)
    one = next(rows)
    *_, other = rows
    return DataError(
        f"{source}:{other.number}: id {other.key[1]!r} stands in line {one.number} already; "
        "ids must differ, since they tell a later run what is done"
    )
