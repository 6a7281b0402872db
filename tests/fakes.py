"""A summarizer for tests of the doors: splits at full stops, no model, no network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from summarizer.analysis import Analysis
from summarizer.errors import SummarizerError, TooShortError
from summarizer.settings import Settings
from summarizer.types import (
    Article,
    Claim,
    Failure,
    Point,
    Summary,
    SummarySentence,
    Viewpoint,
)

TEXT = (
    "The mayor says the new tram will shorten every commute. Shop owners fear that two years of "
    "building work will ruin them. The council votes on Tuesday."
)


def make_analysis(article: Article) -> Analysis:
    """Return an analysis that gives each sentence but the last a viewpoint of its own."""
    claims = list(_claims(article))
    return Analysis(
        question="Should it be built?",
        articles=(article,),
        viewpoints=tuple(_viewpoint(n, claim) for n, claim in enumerate(claims[:-1])),
        background=tuple(claims[-1:]),
        made_with={"package": "fake"},
    )


def _claims(article: Article) -> Iterator[Claim]:
    start = 0
    for sentence in article.text.split(". "):
        yield Claim(article=article, start=start, end=start + len(sentence))
        start += len(sentence) + 2


def _viewpoint(number: int, claim: Claim) -> Viewpoint:
    sentence = SummarySentence(text=claim.text, claims=(claim,), support=1.0)
    return Viewpoint(
        label=f"View {number}",
        summary=Summary(sentences=(sentence,), method="extractive"),
        claims=(claim,),
        points=(Point(label="point", claims=(claim,)),),
        holders=(),
        confidence=0.5,
    )


class FakeSummarizer:
    """Analyses articles and files; a source named in `failing` fails, and calls are recorded."""

    def __init__(self, *, failing: Iterable[str] = (), stop_after: int | None = None) -> None:
        self.settings = Settings()
        self.failing = frozenset(failing)
        self.stop_after = stop_after
        self.windows: list[int] = []
        self.seen: list[object] = []

    def analyze(self, source: object) -> Analysis:
        self.seen.append(source)
        if isinstance(source, Article):
            return make_analysis(source)
        name = str(source[0] if isinstance(source, list) else source)
        if name in self.failing:
            raise TooShortError(f"{name}: 3 words; give at least 40")
        text = TEXT if name.startswith("http") else Path(name).read_text(encoding="utf-8")
        return make_analysis(Article(text=text, url=name))

    def analyze_many(self, sources: Sequence[object]) -> Iterator[Analysis | Failure]:
        self.windows.append(len(sources))
        for source in sources:
            if self.stop_after is not None and len(self.seen) >= self.stop_after:
                raise KeyboardInterrupt
            try:
                yield self.analyze(source)
            except SummarizerError as error:
                yield Failure(source=str(source), error=error)
