"""Reads the files of a data folder; what is missing or broken is a DataError that names it."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from summarizer.errors import DataError


def read_lines(path: Path) -> list[str]:
    """Return the lines of a UTF-8 file; raises DataError when it is missing or not text."""
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(
            f"{path}: cannot be read ({error}); is --data the data folder? The README says "
            "where each set comes from"
        ) from error


def read_json(path: Path) -> Any:
    """Return the JSON value of a file; raises DataError when it is missing or broken."""
    try:
        return json.loads("\n".join(read_lines(path)))
    except json.JSONDecodeError as error:
        raise DataError(f"{path}: not JSON, perhaps a truncated file ({error})") from error


def read_jsonl(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON Lines file; raises DataError on the first bad line."""
    for number, line in enumerate(read_lines(path), start=1):
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise DataError(f"{path}:{number}: not JSON, perhaps truncated ({error})") from error
        if not isinstance(row, dict):
            raise DataError(f"{path}:{number}: expected an object")
        yield row


def read_csv(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a CSV file by column name; raises DataError when it cannot be read."""
    try:
        with path.open(encoding="utf-8", newline="") as rows:
            yield from csv.DictReader(rows)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataError(
            f"{path}: cannot be read ({error}); is --data the data folder? The README says "
            "where each set comes from"
        ) from error


def present(path: Path) -> Path:
    """Return `path`; raises DataError when nothing is there."""
    if not path.exists():
        raise DataError(f"{path}: not found; the README says where each data set comes from")
    return path
