"""Benchmark files under a data folder: found, checked by digest, read.

The folder is named by `--data` or the variable SUMMARIZER_DATA and holds one folder per benchmark,
each a clone of the repository that the suite names as its source.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from eval.suite import Suite
from summarizer import DataError

VARIABLE = "SUMMARIZER_DATA"
BUNDLED = Path(__file__).parent / "data"


def folder(option: Path | None) -> Path | None:
    """Return the data folder: the option, else SUMMARIZER_DATA, else None."""
    named = option or os.environ.get(VARIABLE)
    return Path(named) if named else None


def root(suite: Suite, data: Path | None) -> Path:
    """Return the folder in which the files of `suite` lie.

    Raises DataError with the place to get them when they are not there.
    """
    if suite.bundled:
        return BUNDLED
    if data is None:
        raise DataError(f"name the data folder with --data or {VARIABLE}; source: {suite.source}")
    missing = [path for path in suite.data if not (data / path).exists()]
    if missing:
        raise DataError(f"{data / missing[0]} is missing; get it from {suite.source}")
    return data


def digests(suite: Suite, data: Path) -> dict[str, str]:
    """Return the SHA-256 of each file and folder of `suite` as it lies in `data`."""
    return {path: _digest(data / path) for path in suite.data}


def _digest(path: Path) -> str:
    """Return the SHA-256 of a file, or of the names and digests of the files of a folder."""
    if path.is_file():
        return sha256(path.read_bytes()).hexdigest()
    files = sorted(file for file in path.rglob("*") if file.is_file())
    lines = (f"{file.relative_to(path).as_posix()} {_digest(file)}\n" for file in files)
    return sha256("".join(lines).encode()).hexdigest()


def changed(suite: Suite, found: Mapping[str, str]) -> list[str]:
    """Return the files whose digest is not the one that the suite's figures were measured on."""
    return [path for path, digest in found.items() if suite.data[path] != digest]


def read_json(path: Path) -> Any:
    """Return the content of a JSON file; `DataError` when it is none."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise DataError(f"{path}: not JSON: {error}") from error


def read_jsonl(path: Path) -> list[Any]:
    """Return the rows of a JSONL file; `DataError` names the first line that is none."""
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if line.strip():
            try:
                rows.append(json.loads(line))
            except ValueError as error:
                raise DataError(f"{path}:{number}: not JSON: {error}") from error
    return rows


def read_table(path: Path, *, columns: Iterable[str]) -> Any:
    """Return the `columns` of a CSV or Parquet file as a `datasets.Dataset`, in memory.

    Cells of a CSV file are strings, whatever they look like; an empty one is "". Raises DataError
    when the file is no such table or lacks a column.
    """
    # Imported here: it takes seconds, and `gate` does without.
    import datasets

    datasets.disable_progress_bars()
    wanted = list(columns)
    texts = datasets.Features({name: datasets.Value("string") for name in wanted})
    with TemporaryDirectory() as cache:
        kept = {"cache_dir": cache, "keep_in_memory": True}
        try:
            if path.suffix == ".parquet":
                return datasets.Dataset.from_parquet(str(path), columns=wanted, **kept)
            return datasets.Dataset.from_csv(
                str(path), features=texts, usecols=wanted, keep_default_na=False, **kept
            )
        except (ValueError, OSError, datasets.exceptions.DatasetsError) as error:
            raise DataError(f"{path}: no table with {', '.join(wanted)}: {error}") from error


def read_lines(path: Path) -> list[str]:
    """Return the lines of a text file, a last empty one left out; only a line feed ends a line."""
    return path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
