"""The systems of a run, by name: the product, the product with its fakes, baselines, a file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import summarizer
from eval import build
from eval.baselines import BASELINES
from eval.suite import Prediction, Sample, System, Task
from summarizer import Analysis, DataError
from summarizer.testing import FirstClaimWriter, HashEncoder


class Product:
    """The summarizer behind its public methods."""

    def __init__(
        self, name: str, product: summarizer.Summarizer, *, tasks: frozenset[Task]
    ) -> None:
        self.name, self.tasks = name, tasks
        self._product = product

    @property
    def digest(self) -> str:
        """The `made_with` of the summarizer, as one digest."""
        made_with = json.dumps(dict(self._product.made_with), sort_keys=True)
        return sha256(made_with.encode()).hexdigest()[:12]

    def fit(self, samples: Sequence[Sample], /) -> None:
        """Nothing to learn."""

    def predict(self, sample: Sample, /) -> Prediction:
        """Return the answer to one sample, as JSON."""
        given, product = sample.input, self._product
        match sample.task:
            case "analyze":
                return product.analyze(build.article(given)).to_dict()
            case "sides":
                return product.cluster_claims(given["texts"], question=given.get("question"))
            case "points":
                return product.cluster_points(given["texts"])
            case "stance":
                return [float(s) for s in product.stance(given["question"], given["texts"])]
            case "summary":
                return product.summarize_viewpoint(given["texts"]).text


class Predictions:
    """Answers of any system, read from JSONL lines {"suite", "id", "prediction"}."""

    tasks = frozenset[Task]({"analyze", "sides", "points", "stance", "summary"})

    def __init__(self, path: Path) -> None:
        self.name = f"file:{path.stem}"
        content = path.read_text(encoding="utf-8")
        self.digest = sha256(content.encode()).hexdigest()[:12]
        self._answers = dict(_parse(path, content))

    def fit(self, samples: Sequence[Sample], /) -> None:
        """Nothing to learn."""

    def predict(self, sample: Sample, /) -> Prediction:
        """Return the line of this sample; `DataError` when it is missing or has a wrong shape."""
        if sample.id not in self._answers:
            raise DataError(f"{self.name}: no prediction for {sample.id}")
        answer = self._answers[sample.id]
        _check(sample, answer)
        return answer


def _parse(path: Path, content: str) -> list[tuple[str, Any]]:
    rows = []
    for number, line in enumerate(content.splitlines(), start=1):
        try:
            row = json.loads(line)
            rows.append((row["id"], row["prediction"]))
        except (ValueError, KeyError, TypeError) as error:
            raise DataError(f'{path}:{number}: not {{"id", "prediction"}}: {error!r}') from error
    return rows


def _check(sample: Sample, answer: Prediction) -> None:
    if sample.task == "analyze":
        Analysis.from_dict(answer)
    elif sample.task == "summary":
        _require(isinstance(answer, str), sample, "a text")
    else:
        count = len(sample.input["texts"])
        _require(isinstance(answer, list) and len(answer) == count, sample, f"{count} numbers")


def _require(fits: bool, sample: Sample, shape: str) -> None:
    if not fits:
        raise DataError(f"prediction for {sample.id}: expected {shape}")


_FAKE_TASKS = frozenset[Task]({"analyze", "sides", "points", "summary"})
_ALL_TASKS = frozenset[Task]({*_FAKE_TASKS, "stance"})


def names() -> list[str]:
    """Return the names that `system` takes, a file of predictions aside."""
    return ["ours", "fakes", *(baseline.name for baseline in BASELINES)]


def system(name: str, *, seed: int = 0) -> System:
    """Return the system called `name`.

    `ours` loads the bundled weights, `ours:NAME_OR_FOLDER` another encoder, `file:PATH` reads
    predictions. Raises DataError for an unknown name, ModelError for missing weights.
    """
    kind, _, rest = name.partition(":")
    if kind == "file":
        return Predictions(Path(rest))
    if kind == "ours":
        load = summarizer.Summarizer.from_pretrained
        return Product(name, load(encoder=rest) if rest else load(), tasks=_ALL_TASKS)
    if name == "fakes":
        fakes = summarizer.Summarizer(HashEncoder(), FirstClaimWriter())
        return Product(name, fakes, tasks=_FAKE_TASKS)
    for baseline in BASELINES:
        if baseline.name == name:
            return baseline(seed=seed)
    raise DataError(f"no system is called {name!r}; there are {', '.join(names())}, file:PATH")
