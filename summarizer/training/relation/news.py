"""News articles as training stories: newsroom-train, cut into the claims that the product reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from summarizer.claims import find_claims
from summarizer.english.sentences import Span
from summarizer.protocols import BACKGROUND, FURNITURE, VIEWPOINT
from summarizer.training.files import read_jsonl
from summarizer.training.relation.stories import FAVOURS, NEUTRAL, OPPOSES, UNKNOWN, Labels, Story
from summarizer.types import Article, Claim
from summarizer.viewpoints.relate import passage_of

Spans = list[Span]

HELD_OUT = 10
"""One labelled article in ten is kept for measuring."""


def newsroom(data: Path) -> Iterator[Story]:
    """Yield the labelled articles of newsroom-train, cut into the claims that the product reads."""
    for number, row in enumerate(_rows(data)):
        yield replace(newsroom_story(row), held_out=number % HELD_OUT == 0)


def newsroom_held_out(data: Path) -> Iterator[Story]:
    """Yield only those articles of `newsroom` that are measured on."""
    for row in islice(_rows(data), 0, None, HELD_OUT):
        yield replace(newsroom_story(row), held_out=True)


def _rows(data: Path) -> Iterator[dict[str, Any]]:
    return read_jsonl(data / "newsroom-train/newsroom-train.jsonl")


def newsroom_story(row: dict[str, Any]) -> Story:
    """Return the story of one labelled article (fields as in the newsroom sets)."""
    claims, labels = labelled_claims(row)
    title = str(row["title"])
    passage = passage_of(claims)  # as the product reads it
    return Story(
        source="newsroom",
        sentences=passage.sentences,
        sides=tuple(side for _, side in labels),
        types=tuple(kind for kind, _ in labels),
        paragraphs=passage.paragraphs,
        holders=passage.holders,
        topics=tuple(t for t in (title, str(row["question"] or "")) if t),
        statements=tuple(_viewpoint_statements(list(row["viewpoints"]), labels)),
    )


def labelled_claims(row: dict[str, Any]) -> tuple[list[Claim], list[tuple[int, int]]]:
    """Return the claims of one labelled article, and type and side of each."""
    text = str(row["text"])
    claims = find_claims(Article(text=text, title=str(row["title"])))
    sides = [_spans(text, viewpoint["sentences"]) for viewpoint in row["viewpoints"]]
    rest = [_spans(text, row["background"]), _spans(text, row["boilerplate"])]
    return claims, [_label((claim.start, claim.end), sides, rest) for claim in claims]


def _label(claim: Span, sides: Sequence[Spans], rest: Sequence[Spans]) -> tuple[int, int]:
    """Return type and side: of what covers more than half of the claim, sides first.

    `rest` are the spans of background and of furniture.
    """
    cover = [_covered(claim, spans) for spans in sides]
    side = max(range(len(cover)), key=cover.__getitem__) if cover else UNKNOWN
    if cover and cover[side] > 0.5:
        return VIEWPOINT, side
    for kind, spans in zip((BACKGROUND, FURNITURE), rest, strict=True):
        if _covered(claim, spans) > 0.5:
            return kind, UNKNOWN
    return UNKNOWN, UNKNOWN


def _viewpoint_statements(
    viewpoints: list[dict[str, Any]], labels: Sequence[tuple[int, int]]
) -> Iterator[tuple[str, Labels]]:
    """Yield each viewpoint's label and summary as a statement: its own side favours it."""
    for number, viewpoint in enumerate(viewpoints):
        stances = tuple(
            FAVOURS
            if side == number
            else OPPOSES
            if side != UNKNOWN
            else NEUTRAL
            if kind == BACKGROUND
            else UNKNOWN
            for kind, side in labels
        )
        for name in ("label", "summary"):
            if viewpoint.get(name):
                yield str(viewpoint[name]), stances


def _spans(text: str, pieces: object) -> Spans:
    """Return where `pieces` stand in `text`; one that does not is left out."""
    spans = []
    for piece in pieces if isinstance(pieces, list) else []:
        start = text.find(str(piece))
        if start >= 0:
            spans.append((start, start + len(str(piece))))
    return spans


def _covered(claim: Span, spans: Spans) -> float:
    start, end = claim
    shared = sum(max(0, min(end, b) - max(start, a)) for a, b in spans)
    return shared / (end - start)
