"""The systems of a run, by name: the product, the product with its fakes, baselines, a file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, get_args

import summarizer
from eval import answers, build
from eval.systems.baselines import BASELINES
from eval.suite import Prediction, Sample, System, Task
from summarizer import Analysis, DataError, NoArticleError
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
        """Version, encoder, writer and settings of the summarizer."""
        product = self._product
        made_of = (product.encoder.digest, product.writer.digest, product.settings.digest)
        return " ".join((summarizer.__version__, *made_of))

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
            case "extract":
                return _extract(product, given["html"])
            case _:
                return answers.answer(product, sample)


def _extract(product: summarizer.Summarizer, html: str) -> str:
    """Return the article of a page as a user gets it; a page that is refused has none."""
    with TemporaryDirectory() as folder:
        page = Path(folder, "page.html")
        page.write_text(html, encoding="utf-8")
        try:
            return product.analyze(page).articles[0].text
        except NoArticleError:
            return ""


class Predictions:
    """Answers of any system, read from JSONL lines {"suite", "id", "prediction"}."""

    tasks = frozenset[Task](get_args(Task))

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


_LISTS = {
    "attribute": "a list of [start, end, holder]",
    "highlights": "a list of texts",
    "match": "a list of numbers for each text",
}


def _check(sample: Sample, answer: Prediction) -> None:
    if sample.task == "analyze":
        Analysis.from_dict(answer)
    elif sample.task in {"summary", "extract"}:
        _require(isinstance(answer, str), sample, "a text")
    elif sample.task == "check":
        _require(isinstance(answer, int | float), sample, "a number")
    elif sample.task in _LISTS:
        _require(isinstance(answer, list), sample, _LISTS[sample.task])
    else:
        count = len(sample.input["texts"])
        _require(isinstance(answer, list) and len(answer) == count, sample, f"{count} numbers")


def _require(fits: bool, sample: Sample, shape: str) -> None:
    if not fits:
        raise DataError(f"prediction for {sample.id}: expected {shape}")


_ALL_TASKS = frozenset[Task](get_args(Task))
_FAKE_TASKS = _ALL_TASKS - {"stance"}


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
