"""A 700-word article with everything loaded: the product, its parts, and what others take."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from benchmarks import others, texts
from benchmarks.floor import floor_seconds
from benchmarks.timing import Spent, in_turn, ratio, table
from summarizer import Article, Summarizer
from summarizer.extract import extract
from summarizer.settings import Settings
from summarizer.types import Page

SLOW = {"recipe bart-large": 1, "recipe distilbart-6-6": 1, "recipe t5-small": 2, "bertopic": 2}


def warm(*, rounds: int, slow: bool) -> dict[str, Any]:
    """Return times of the product, of others and of the floor, on the same articles in one run."""
    articles = texts.long()
    summarizer = Summarizer.from_pretrained(offline=True)
    analyses = [summarizer.analyze(article) for article in articles]
    viewpoints = max(1, round(sum(len(a.viewpoints) for a in analyses) / len(analyses)))
    runs, skipped = _runs(summarizer, viewpoints=viewpoints, slow=slow)
    works = {name: _over(run, articles) for name, run in runs.items()}
    found = in_turn(works, rounds=rounds, fewer={n: r for n, r in SLOW.items() if n in works})
    per_article = {
        name: [_share(one, len(articles)) for one in some] for name, some in found.items()
    }
    ratios = {
        f"{name} / ours": ratio(found, name, "ours")
        for name in found
        if name != "ours" and not name.startswith("ours") and found[name]
    }
    return {
        "articles": len(articles),
        "words": texts.words(articles) // len(articles),
        "viewpoints": viewpoints,
        "seconds": table(per_article),
        "ratios": ratios,
        "floor": floor_seconds(_fresh(summarizer), articles[0]),
        "skipped": skipped,
    }


def _runs(
    summarizer: Summarizer, *, viewpoints: int, slow: bool
) -> tuple[dict[str, others.Run], dict[str, str]]:
    makers: dict[str, Callable[[], others.Run]] = {
        "lexrank": others.lexrank,
        "minilm alone": others.minilm,
        "trafilatura alone": others.trafilatura,
        "bertopic": others.bertopic,
        "recipe t5-small": partial(others.recipe, "t5-small", viewpoints=viewpoints),
    }
    if slow:
        for shape in ("distilbart-6-6", "bart-large"):
            makers[f"recipe {shape}"] = partial(others.recipe, shape, viewpoints=viewpoints)
    runs: dict[str, others.Run] = {
        "ours": lambda article: _fresh(summarizer).analyze(article),
        "ours, reading a page": _reads_page,
        "ours, clustering": partial(_clusters, summarizer),
    }
    skipped = {}
    for name, make in makers.items():
        try:
            runs[name] = make()
        except others.MissingError as reason:
            skipped[name] = str(reason)
    return runs, skipped


def _fresh(summarizer: Summarizer) -> Summarizer:
    """Return `summarizer` without what it remembers of the last articles."""
    known = getattr(summarizer.encoder, "_known", None)
    if known is not None:
        known.clear()
    return summarizer


def _reads_page(article: Article) -> object:
    page = Page(source="page.html", content=texts.page(article), kind="html")
    return extract(page, settings=Settings())


def _clusters(summarizer: Summarizer, article: Article) -> object:
    return _fresh(summarizer).cluster_claims(texts.sentences(article.text))


def _over(run: others.Run, articles: Sequence[Article]) -> Callable[[], object]:
    return lambda: [run(article) for article in articles]


def _share(took: Spent, number: int) -> Spent:
    return Spent(cpu=took.cpu / number, wall=took.wall / number)
