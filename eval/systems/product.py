"""The product behind its public methods: with the bundled models, others, or fakes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, get_args

import summarizer
from eval import answers, build, provenance
from eval.cache import Cache
from eval.suite import Prediction, Sample, Task
from eval.systems.cached import cached, model_code
from summarizer import NoArticleError, Summarizer
from summarizer.testing import FirstClaimWriter, HashEncoder

ALL_TASKS = frozenset[Task](get_args(Task))
_OF_WRITER = frozenset[Task]({"analyze", "summary", "highlights"})
_NOT_OF_ENCODER = frozenset[Task]({"attribute", "extract"})
_CODE = ("summarizer", "prompts", "eval/answers.py", "eval/build.py", "eval/text.py")


class Product:
    """A summarizer that answers each task by one of its public methods."""

    def __init__(self, name: str, product: Summarizer, *, tasks: frozenset[Task]) -> None:
        self.name, self.tasks = name, tasks
        self._product = product

    @property
    def about(self) -> dict[str, str]:
        """Version, and digests of encoder, writer and settings."""
        product = self._product
        return {
            "version": summarizer.__version__,
            "encoder": product.encoder.digest,
            "writer": product.writer.digest,
            "settings": product.settings.digest,
        }

    @property
    def digest(self) -> str:
        """Version, encoder, writer and settings of the summarizer."""
        return " ".join(self.about.values())

    def key(self, sample: Sample, /) -> Any:
        """Return what an answer depends on: models, settings, code and input; gold is not seen."""
        code = provenance.code_digest(*_CODE)
        return [self.about, code, model_code(), sample.task, dict(sample.input)]

    def unwritten(self) -> Product:
        """Return the product with a writer that costs nothing, for who looks at sides alone."""
        own = self._product
        product = Summarizer(own.encoder, FirstClaimWriter(), settings=own.settings)
        return Product(self.name, product, tasks=self.tasks)

    def fit(self, samples: object, /) -> None:
        """Nothing to learn."""

    def predict(self, sample: Sample, /) -> Prediction:
        """Return the answer to one sample, as JSON."""
        return _ANSWERS[sample.task](self._product, sample)


def _analyze(product: Summarizer, sample: Sample) -> Prediction:
    return product.analyze(build.article(sample.input)).to_dict()


def _sides(product: Summarizer, sample: Sample) -> Prediction:
    given = sample.input
    return product.cluster_claims(given["texts"], question=given.get("question"))


def _points(product: Summarizer, sample: Sample) -> Prediction:
    return product.cluster_points(sample.input["texts"])


def _stance(product: Summarizer, sample: Sample) -> Prediction:
    given = sample.input
    return [float(score) for score in product.stance(given["question"], given["texts"])]


def _summary(product: Summarizer, sample: Sample) -> Prediction:
    return product.summarize_viewpoint(sample.input["texts"]).text


def _attribute(product: Summarizer, sample: Sample) -> Prediction:
    found = product.analyze(build.article(sample.input))
    return [[claim.start, claim.end, claim.holder] for claim in found.claims]


def _extract(product: Summarizer, sample: Sample) -> Prediction:
    """Return the article of a page as a user gets it; a page that is refused has none."""
    with TemporaryDirectory() as folder:
        page = Path(folder, "page.html")
        page.write_text(sample.input["html"], encoding="utf-8")
        try:
            return product.analyze(page).articles[0].text
        except NoArticleError:
            return ""


_ANSWERS: dict[Task, Callable[[Summarizer, Sample], Prediction]] = {
    "analyze": _analyze,
    "sides": _sides,
    "points": _points,
    "stance": _stance,
    "summary": _summary,
    "highlights": answers.answer,
    "match": answers.answer,
    "check": answers.answer,
    "attribute": _attribute,
    "extract": _extract,
}


def ours(cache: Cache) -> Product:
    """Return the product with its bundled weights; `ModelError` when they are missing."""
    return Product("ours", kept(Summarizer.from_pretrained(), cache), tasks=ALL_TASKS)


def with_encoder(name: str, cache: Cache) -> Product:
    """Return the product with another encoder, by folder or hub name.

    An encoder without heads for relations is not asked for stances: it could only answer 0.
    """
    product = kept(Summarizer.from_pretrained(encoder=name), cache)
    unable = _NOT_OF_ENCODER if hasattr(product.encoder, "read") else _NOT_OF_ENCODER | {"stance"}
    return Product(f"encoder:{name}", product, tasks=ALL_TASKS - unable)


def with_writer(name: str, cache: Cache) -> Product:
    """Return the product with another writer, by folder or hub name, asked only for what it writes.

    What it writes is verified as the bundled writer's is.
    """
    product = kept(Summarizer.from_pretrained(writer=name), cache)
    return Product(f"writer:{name}", product, tasks=_OF_WRITER)


def fakes() -> Product:
    """Return the product with its hash encoder and first-claim writer."""
    product = Summarizer(HashEncoder(), FirstClaimWriter())
    return Product("fakes", product, tasks=ALL_TASKS - {"stance"})


def kept(product: Summarizer, cache: Cache) -> Summarizer:
    """Return `product` with what its encoder computes kept in `cache`."""
    return Summarizer(cached(product.encoder, cache), product.writer, settings=product.settings)
