"""The published JSON Schema of an analysis, and the check of data against it."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from summarizer.errors import DataError

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

VERSION = 1


@cache
def _text() -> str:
    return files("summarizer.report").joinpath("schema.json").read_text(encoding="utf-8")


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of `Analysis.to_dict`, as a fresh dictionary."""
    loaded: dict[str, Any] = json.loads(_text())
    return loaded


@cache
def _validator() -> Draft202012Validator:
    from jsonschema import Draft202012Validator  # costs 0.1 s: only who reads results back pays it

    return Draft202012Validator(schema())


def validate(data: object) -> None:
    """Raise `DataError`, naming the place, when `data` does not have the published shape."""
    from jsonschema.exceptions import best_match

    error = best_match(_validator().iter_errors(data))
    if error is not None:
        raise DataError(f"not an analysis of schema {VERSION}: {error.json_path}: {error.message}")
