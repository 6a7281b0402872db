"""Analyses made by hand from spans and labels: what baselines answer, and gold itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from summarizer import Analysis, Article, Claim, Point, Summary, SummarySentence, Viewpoint

Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What is said of one viewpoint beside its claims."""

    label: str
    summary: str
    holders: tuple[str, ...] = ()


def article(row: Mapping[str, Any]) -> Article:
    """Return the article of a row that has `text` and perhaps `title`."""
    return Article(text=row["text"], title=row.get("title"))


def analysis(
    row: Mapping[str, Any],
    spans: Sequence[Span],
    places: Sequence[int],
    *,
    sides: Sequence[Side],
    made_with: str,
) -> dict[str, Any]:
    """Return an analysis in the published schema.

    places: number of the side of each span, -1 for background; a side without spans is left out.
    """
    source = article(row)
    claims = [Claim(article=source, start=start, end=end) for start, end in spans]
    own = [
        tuple(claim for claim, place in zip(claims, places, strict=True) if place == number)
        for number in range(len(sides))
    ]
    made = Analysis(
        question=None,
        articles=(source,),
        viewpoints=tuple(_viewpoint(s, c) for s, c in zip(sides, own, strict=True) if c),
        background=tuple(c for c, place in zip(claims, places, strict=True) if place < 0),
        made_with={"system": made_with},
    )
    return made.to_dict()


def _viewpoint(side: Side, claims: tuple[Claim, ...]) -> Viewpoint:
    sentence = SummarySentence(text=side.summary, claims=claims, support=1.0)
    return Viewpoint(
        label=side.label,
        summary=Summary(sentences=(sentence,), method="extractive"),
        claims=claims,
        points=(Point(label=side.label, claims=claims),),
        holders=side.holders,
        confidence=1.0,
    )
