"""What flows between the stages: frozen values, complete when made.

Vectors and matrices stay outside: row i of a matrix belongs to claim i of its list.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SummaryMethod = Literal["abstractive", "extractive"]
PageKind = Literal["html", "text", "markdown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A source as it was read, decoded, before anything is dropped from it.

    `source` is what the user named (URL, path, "-"); `url` is the final address after redirects.
    """

    source: str
    content: str
    kind: PageKind
    url: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    r"""The article of a page: paragraphs joined by "\n\n", furniture in `dropped`.

    `published` is an ISO 8601 date, `language` an ISO 639-1 code; both None when unknown.
    """

    text: str
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    language: str | None = None
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A sentence or clause of an article, by character offsets.

    `holder` is who says it, as the article names them; None is the article's own voice.
    """

    article: Article
    start: int
    end: int
    holder: str | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end <= len(self.article.text):
            raise ValueError(f"offsets {self.start}:{self.end} lie outside the article")

    @property
    def text(self) -> str:
        """The claim as it stands in the article, cut by its offsets."""
        return self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What is known of a story before anything is decided or written.

    Of articles handed over as text, `furniture` are sentences of the page around them, which are
    not among `claims`; `headings` are claims that set parts of an article apart and take no side.
    `warnings` say what was left out; `fetched` whether all of it came from the web.
    """

    articles: tuple[Article, ...]
    claims: tuple[Claim, ...]
    furniture: tuple[Claim, ...] = ()
    headings: tuple[Claim, ...] = ()
    warnings: tuple[str, ...] = ()
    fetched: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """Claims of one viewpoint that say the same, under a short label."""

    label: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SummarySentence:
    """A sentence of a summary, the claims that support it and how well, in [0, 1]."""

    text: str
    claims: tuple[Claim, ...]
    support: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a viewpoint holds; `method` says whether a model wrote it or a claim was quoted."""

    sentences: tuple[SummarySentence, ...]
    method: SummaryMethod

    @property
    def text(self) -> str:
        """The sentences, joined by spaces."""
        return " ".join(sentence.text for sentence in self.sentences)


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewpoint:
    """One side on the contested question."""

    label: str
    summary: Summary
    claims: tuple[Claim, ...]
    points: tuple[Point, ...]
    holders: tuple[str, ...]
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A source that could not be analysed, and why."""

    source: str
    error: Exception
