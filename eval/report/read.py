"""Results and rows of a run, read from its folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.data import read_json, read_jsonl
from eval.run import Row
from eval.session import SCHEMA
from summarizer import DataError

Run = Mapping[str, Any]
"""What a results.json holds."""


def load(path: Path) -> dict[str, Any]:
    """Return a results.json; `DataError` when it is none, or one of another version."""
    try:
        found = read_json(path)
    except OSError as error:
        raise DataError(f"{path}: {error.strerror}") from error
    if not isinstance(found, dict) or "suites" not in found:
        raise DataError(f"{path}: not the results of a run")
    if found.get("schema") != SCHEMA:
        raise DataError(f"{path}: made by another version of this harness; run it again")
    return found


def rows(path: Path, suite: Mapping[str, Any], system: str) -> list[Row]:
    """Return the rows of `system` on a suite of the results at `path`, none when it has none.

    Raises DataError when the file that the results name is gone.
    """
    entry = suite["systems"].get(system)
    if entry is None:
        return []
    file = path.parent / entry["rows"]
    if not file.is_file():
        raise DataError(f"{file}: missing; it belongs beside {path.name}")
    return [row for row in read_jsonl(file) if "header" not in row]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One system on one suite: its figures, and where its rows lie."""

    path: Path
    suite: Mapping[str, Any]
    system: str

    @property
    def figure(self) -> Mapping[str, float | None]:
        """The main figure, with its interval."""
        found: Mapping[str, float | None] = self.suite["systems"][self.system]["metrics"].get(
            self.suite["main"], {"value": None, "low": None, "high": None}
        )
        return found

    @property
    def has_rows(self) -> bool:
        """Whether the rows still lie beside the results; figures alone may be kept for longer."""
        name: str = self.suite["systems"][self.system]["rows"]
        return (self.path.parent / name).is_file()

    def rows(self) -> list[Row]:
        """Return the rows that were answered."""
        return [row for row in rows(self.path, self.suite, self.system) if row["error"] is None]


def by_suite(paths: Sequence[Path]) -> dict[str, list[Answered]]:
    """Return what was answered, by suite; of several runs of a suite and system the last counts."""
    found: dict[str, dict[str, Answered]] = {}
    for path in paths:
        for name, suite in load(path)["suites"].items():
            for system in suite["systems"]:
                one = Answered(path=path, suite=suite, system=system)
                found.setdefault(name, {})[system] = one
    return {name: list(systems.values()) for name, systems in found.items()}
