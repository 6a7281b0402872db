"""The rows of an input, one after the other: JSON lines, a Parquet file or a folder of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from summarizer import jsonl
from summarizer.errors import ReadError, SummarizerError
from summarizer.rows import Json, Key, is_id

_PARQUET = {".parquet", ".pq"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What stands in one line, or the error that says why there is nothing to analyse."""

    number: int
    row: Json | SummarizerError

    @property
    def key(self) -> Key:
        """The row's id, or its number where it gives none."""
        if isinstance(self.row, SummarizerError) or not is_id(self.row.get("id")):
            return ("line", self.number)
        return ("id", self.row["id"])


def is_parquet(path: Path) -> bool:
    """Return whether `path` names Parquet, by its suffix."""
    return path.suffix.lower() in _PARQUET


def rows_of(source: Path) -> Iterator[Row]:
    """Yield the rows of `source`, numbered from 1; empty lines count, but are no rows.

    Raises:
        ReadError: `source` is no file, nor a folder of Parquet files.
        DataError: it is named Parquet and is none, or has no column "id".
    """
    if source.is_dir() or is_parquet(source):
        from summarizer.batch import parquet  # pyarrow is an extra

        for number, row in enumerate(parquet.rows_of(_files(source)), start=1):
            yield Row(number=number, row=row)
        return
    _check(source)
    with source.open("rb") as stream:
        for number, raw in enumerate(stream, start=1):
            if raw.strip():
                yield Row(number=number, row=jsonl.parse(raw))


def _check(source: Path) -> None:
    if not source.is_file():
        raise ReadError(f"{source}: no such file; give a file of JSON lines or Parquet")


def _files(source: Path) -> list[Path]:
    if not source.is_dir():
        _check(source)
        return [source]
    files = sorted(path for path in source.iterdir() if is_parquet(path))
    if not files:
        raise ReadError(f"{source}: a folder without Parquet files; give a file or other folder")
    return files
