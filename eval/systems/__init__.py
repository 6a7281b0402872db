"""The systems of a run, by name: the product, the product with other models, baselines, a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from eval.cache import Cache
from eval.suite import System
from eval.systems import product
from eval.systems.base import Baseline
from eval.systems.chance import Lead, Majority, Random, Trafilatura
from eval.systems.embedded import KMeansMiniLM
from eval.systems.free import ours_free
from eval.systems.lexical import LexRank, TfIdf
from eval.systems.oracle import Oracle
from eval.systems.predictions import Predictions
from eval.systems.product import Product
from eval.systems.topics import TopicModel
from summarizer import DataError

BASELINES: tuple[type[Baseline], ...] = (
    Random,
    Lead,
    Majority,
    LexRank,
    TfIdf,
    KMeansMiniLM,
    TopicModel,
    Oracle,
    Trafilatura,
)
NAMED = ("encoder:NAME_OR_FOLDER", "writer:NAME_OR_FOLDER", "file:PATH")
_Load = Callable[[str, Cache], System]
_LOADERS: dict[str, _Load] = {
    "encoder": product.with_encoder,
    "writer": product.with_writer,
    "file": lambda path, _: Predictions.read(Path(path)),
}
_OWN: dict[str, Callable[[Cache], System]] = {
    "ours": product.ours,
    "ours-free": ours_free,
    "fakes": lambda _: product.fakes(),
}


def names() -> list[str]:
    """Return the names that `system` takes, those with a place (`NAMED`) aside."""
    return [*_OWN, *(baseline.name for baseline in BASELINES)]


def system(name: str, *, seed: int = 0, cache: Cache | None = None) -> System:
    """Return the system called `name`.

    `ours` and `ours-free` load the bundled weights, `encoder:` and `writer:` put another model in
    their place, `file:` reads predictions. Raises DataError for an unknown name, ModelError for
    missing weights, MissingExtraError for a package that is not installed.
    """
    kept = cache or Cache()
    kind, colon, rest = name.partition(":")
    if colon and kind in _LOADERS and rest:
        return _LOADERS[kind](rest, kept)
    if name in _OWN:
        return _OWN[name](kept)
    for baseline in BASELINES:
        if baseline.name == name:
            return baseline(seed=seed, cache=kept)
    known = ", ".join([*names(), *NAMED])
    raise DataError(f"no system is called {name!r}; there are {known}")


def for_suite(tool: System, suite: str) -> System:
    """Return `tool` as it answers `suite`: a file may hold answers to several."""
    return tool.of(suite) if isinstance(tool, Predictions) else tool


def about(tool: System) -> dict[str, str]:
    """Return what identifies `tool`; of a product also the digests of its parts."""
    return {"digest": tool.digest, **(tool.about if isinstance(tool, Product) else {})}
