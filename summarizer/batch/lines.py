"""A line of an output: which row it answers and how, read without parsing the analysis in it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from summarizer import jsonl
from summarizer.errors import DataError, SummarizerError
from summarizer.report import dumps
from summarizer.rows import Json, Key, is_id

FOREIGN = "not a line of a batch; name another file"

_OPENING = b'{"id": '  # of every line written
_HEAD = re.compile(
    rb'\{"id": (?:(?P<id>-?\d+|"(?:[^"\\]|\\.)*")|null, "line": (?P<line>\d+)), "analysis": (?=\{)'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The row that was answered, with the JSON text of its analysis or with its error."""

    key: Key
    analysis: str | None = None
    error: Json | None = None

    @property
    def kind(self) -> str:
        """The type of the error; empty for an analysis."""
        return "" if self.error is None else str(self.error.get("type"))

    @property
    def record(self) -> Json:
        """The row that says who failed and how."""
        kind, value = self.key
        name: Json = {"id": value} if kind == "id" else {"id": None, "line": value}
        return {**name, "error": self.error}


def parse(raw: bytes) -> Line:
    """Return what a whole line says.

    Raises:
        DataError: no batch has written it.
    """
    head = _HEAD.match(raw)
    if head and raw.endswith(b"}}\n"):  # as `batch` writes it; a million are read in seconds
        key: Key = ("line", int(head["line"])) if head["line"] else ("id", json.loads(head["id"]))
        return Line(key=key, analysis=raw[head.end() : -2].decode())
    row = jsonl.parse(raw)
    if isinstance(row, SummarizerError):
        raise DataError(FOREIGN)
    return _line(row)


def is_cut(raw: bytes) -> bool:
    """Return whether `raw` can be the beginning of a line that a kill cut off."""
    if raw[: len(_OPENING)] != _OPENING[: len(raw)]:
        return False
    row = jsonl.parse(raw)
    # A whole object is ours if the kill took only the end of the line.
    return isinstance(row, SummarizerError) or _is_line(row)


def _line(row: Json) -> Line:
    if not _is_line(row):
        raise DataError(FOREIGN)
    key: Key = ("id", row["id"]) if is_id(row.get("id")) else ("line", row["line"])
    if "error" in row:
        error = row["error"]
        return Line(key=key, error=error if isinstance(error, dict) else {"type": str(error)})
    return Line(key=key, analysis=dumps(row["analysis"]))


def _is_line(row: Json) -> bool:
    named = is_id(row.get("id")) or isinstance(row.get("line"), int)
    return named and ("analysis" in row or "error" in row)
