"""Any system at all: its answers, read from a file."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from eval.suite import Prediction, Sample, Task
from eval.systems.product import ALL_TASKS
from summarizer import Analysis, DataError

_Answers = Mapping[tuple[str | None, str], Prediction]
"""(suite or None for any, sample) → prediction."""


class Predictions:
    """Answers read from JSONL lines {"id", "prediction"} and perhaps "suite".

    A line without a suite answers the sample of that id in every suite. The rows that a run writes
    are such a file: their header names the suite.
    """

    def __init__(
        self, name: str, answers: _Answers, *, digest: str, suite: str | None = None
    ) -> None:
        self.name, self.digest = name, digest
        self._answers, self._suite = answers, suite
        known = {own for own, _ in answers}
        self.tasks = ALL_TASKS if known & {None, suite} else frozenset[Task]()

    @classmethod
    def read(cls, path: Path) -> Predictions:
        """Return the answers of a file; `DataError` names the first line that is none."""
        try:
            content = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise DataError(f"{path}: cannot be read: {error}") from error
        digest = sha256(content.encode()).hexdigest()[:12]
        return cls(f"file:{path.stem}", _parse(path, content), digest=digest)

    def of(self, suite: str) -> Predictions:
        """Return the answers to one suite."""
        return Predictions(self.name, self._answers, digest=self.digest, suite=suite)

    def fit(self, samples: object, /) -> None:
        """Nothing to learn."""

    def predict(self, sample: Sample, /) -> Prediction:
        """Return the line of this sample; `DataError` when it is missing or has a wrong shape."""
        for suite in (self._suite, None):
            if (suite, sample.id) in self._answers:
                answer = self._answers[suite, sample.id]
                _check(sample, answer)
                return answer
        raise DataError(f"{self.name}: no prediction for {sample.id}")


def _parse(path: Path, content: str) -> _Answers:
    answers: dict[tuple[str | None, str], Prediction] = {}
    suite = None
    # not splitlines: a line separator inside a JSON string ends no row
    for number, line in enumerate(content.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            if "header" in row:
                suite = row["header"]["suite"]
                continue
            key = (row.get("suite", suite), row["id"])
            answers[key] = row["prediction"]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise DataError(f'{path}:{number}: not {{"id", "prediction"}}: {error!r}') from error
    return answers


def _check(sample: Sample, answer: Prediction) -> None:
    """Raise DataError unless `answer` has the shape that the sample's task asks for."""
    if sample.task == "analyze":
        Analysis.from_dict(answer)
        return
    shape, fits = _SHAPES[sample.task]
    if not fits(sample, answer):
        wanted = shape.format(texts=len(sample.input.get("texts", ())))
        raise DataError(f"prediction for {sample.id}: expected {wanted}")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and math.isfinite(value)


def _is_label(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_text(_: Sample, answer: Prediction) -> bool:
    return isinstance(answer, str)


def _list_of(kind: Callable[[Any], bool], answer: Prediction, length: int | None = None) -> bool:
    right = isinstance(answer, list) and (length is None or len(answer) == length)
    return right and all(kind(one) for one in answer)


def _per_text(kind: Callable[[Any], bool]) -> Callable[[Sample, Prediction], bool]:
    return lambda sample, answer: _list_of(kind, answer, len(sample.input["texts"]))


def _is_matrix(sample: Sample, answer: Prediction) -> bool:
    width = len(sample.input["points"])
    return _per_text(lambda row: _list_of(_is_number, row, width))(sample, answer)


def _is_span(value: Any) -> bool:
    if not isinstance(value, list) or len(value) != 3:
        return False
    start, end, holder = value
    return _is_label(start) and _is_label(end) and (holder is None or isinstance(holder, str))


_SHAPES: dict[Task, tuple[str, Callable[[Sample, Prediction], bool]]] = {
    "sides": ("{texts} whole numbers", _per_text(_is_label)),
    "points": ("{texts} whole numbers", _per_text(_is_label)),
    "stance": ("{texts} numbers", _per_text(_is_number)),
    "summary": ("a text", _is_text),
    "extract": ("a text", _is_text),
    "highlights": (
        "a list of texts",
        lambda _, answer: _list_of(lambda one: isinstance(one, str), answer),
    ),
    "match": ("{texts} rows, a number for each key point in a row", _is_matrix),
    "check": ("a number", lambda _, answer: _is_number(answer)),
    "attribute": (
        "a list of [start, end, holder]",
        lambda _, answer: _list_of(_is_span, answer),
    ),
}
