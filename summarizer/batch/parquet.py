"""Parquet: rows read a few hundred at a time, and an output made from whole lines in one step."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from summarizer.batch import lines
from summarizer.batch.lines import Line
from summarizer.errors import DataError, MissingExtraError
from summarizer.rows import Json, Key

try:
    import pyarrow as pa
    from pyarrow import parquet as pq
except ImportError as error:
    raise MissingExtraError(
        "Parquet needs pyarrow: pip install 'viewpoint-summarizer[batch]'"
    ) from error

IdKind = Literal["texts", "numbers"]

_FIELDS = ("id", "url", "text", "html", "title", "articles")
_ROWS_READ = 256  # at a time: a few megabytes of articles
_ROWS_WRITTEN = 1_000  # a row group: some 30 MB of analyses before compression
_BUFFER = 1 << 20  # pages are read one by one, not a whole row group
_ID_TYPES: dict[IdKind, Any] = {"texts": pa.string(), "numbers": pa.int64()}


def rows_of(files: Sequence[Path]) -> Iterator[Json]:
    """Yield the rows of `files`, one file after the other; other columns are not read.

    Raises:
        DataError: a file is no Parquet, or has no column "id".
    """
    for path in files:
        with _opened(path) as file:
            columns = [name for name in _FIELDS if name in file.schema_arrow.names]
            if "id" not in columns:
                names = ", ".join(file.schema_arrow.names)
                raise DataError(f'{path}: no column "id", only {names}; name one so')
            yield from _rows(file, columns, path)


def written(path: Path) -> Iterator[Line]:
    """Yield what `write` put into `path`, less the analyses; raises as `id_kind` does."""
    with _output(path) as file:
        for row in _rows(file, ["id", "line", "error_type", "error_message"], path):
            key: Key = ("id", row["id"]) if row["id"] is not None else ("line", row["line"])
            error = {"type": row["error_type"], "message": row["error_message"]}
            yield Line(key=key, error=error if error["type"] else None)


def id_kind(path: Path) -> IdKind:
    """Return what the ids of an output are.

    Raises:
        DataError: `path` holds anything else than the output of a batch.
    """
    with _output(path) as file:
        schema = file.schema_arrow
        return "numbers" if pa.types.is_integer(schema.field("id").type) else "texts"


def write(target: Path, journal: Path, *, ids: IdKind) -> None:
    """Put the lines of `journal` behind the rows of `target`, and replace `target` in one step.

    A row has `id`, `line` (its number in the input where it has no id), `analysis` (JSON as in
    `schema.json`) and, where that is missing, `error_type` and `error_message`.

    Raises:
        OSError: there is no room; `target` and `journal` are as they were.
    """
    part = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    schema = _schema(ids)
    try:
        # A file of ours, since the error of one of Arrow's says neither which file nor what to do.
        with part.open("wb") as out, pq.ParquetWriter(out, schema, compression="zstd") as writer:
            for table in _tables(target, journal, schema):
                writer.write_table(table)
        part.replace(target)
    except OSError as error:
        advice = f"{error.strerror or error}; make room and start again"
        raise OSError(error.errno, advice, str(target)) from error
    finally:
        part.unlink(missing_ok=True)


def _schema(ids: IdKind) -> Any:
    texts = [pa.field(name, pa.string()) for name in ("analysis", "error_type", "error_message")]
    return pa.schema([pa.field("id", _ID_TYPES[ids]), pa.field("line", pa.int64()), *texts])


def _tables(target: Path, journal: Path, schema: Any) -> Iterator[Any]:
    if target.exists():
        with _opened(target) as file:
            for batch in file.iter_batches(batch_size=_ROWS_WRITTEN):
                yield pa.Table.from_batches([batch], schema=schema)
    with journal.open("rb") as stream:
        columns = map(_columns, stream)
        while some := list(islice(columns, _ROWS_WRITTEN)):
            yield pa.Table.from_pylist(some, schema=schema)


def _columns(raw: bytes) -> Json:
    line = lines.parse(raw)
    kind, name = line.key
    error = line.error or {}
    return {
        "id": name if kind == "id" else None,
        "line": name if kind == "line" else None,
        "analysis": line.analysis,
        "error_type": error.get("type"),
        "error_message": error.get("message"),
    }


def _opened(path: Path) -> Any:
    """Return the open file, to be used in a `with`."""
    try:
        return closing(pq.ParquetFile(path, buffer_size=_BUFFER))
    except pa.ArrowException as error:
        raise DataError(f"{path}: not a Parquet file: {error}") from error


@contextmanager
def _output(path: Path) -> Iterator[Any]:
    with _opened(path) as file:
        if file.schema_arrow.names != _schema("texts").names:
            raise DataError(f"{path}: not the output of a batch; name another file")
        yield file


def _rows(file: Any, columns: Iterable[str], path: Path) -> Iterator[Json]:
    try:
        for batch in file.iter_batches(batch_size=_ROWS_READ, columns=list(columns)):
            yield from batch.to_pylist()
    except pa.ArrowException as error:
        raise DataError(f"{path}: damaged: {error}") from error
