"""News articles as training stories: newsroom-train, cut into the claims that the product reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from summarizer.claims import find_claims
from summarizer.protocols import BACKGROUND, FURNITURE, VIEWPOINT
from summarizer.training.files import read_jsonl
from summarizer.training.relation.stories import FAVOURS, NEUTRAL, OPPOSES, UNKNOWN, Labels, Story
from summarizer.types import Article
from summarizer.viewpoints.relate import passage_of

HELD_OUT = 10
"""One labelled article in ten is kept for measuring."""


def newsroom(data: Path) -> Iterator[Story]:
    """Yield the labelled articles of newsroom-train, cut into the claims that the product reads."""
    path = data / "newsroom-train/newsroom-train.jsonl"
    for number, row in enumerate(read_jsonl(path)):
        yield replace(newsroom_story(row), held_out=number % HELD_OUT == 0)


def newsroom_story(row: dict[str, Any]) -> Story:
    """Return the story of one labelled article (fields as in the newsroom sets)."""
    text = str(row["text"])
    article = Article(text=text, title=str(row["title"]))
    claims = find_claims(article)
    viewpoints = list(row["viewpoints"])
    side_spans = [_spans(text, v["sentences"]) for v in viewpoints]
    background = _spans(text, row["background"])
    furniture = _spans(text, row["boilerplate"])
    types, sides = [], []
    for claim in claims:
        cover = [_covered(claim.start, claim.end, spans) for spans in side_spans]
        side = max(range(len(cover)), key=cover.__getitem__) if cover else UNKNOWN
        if cover and cover[side] > 0.5:
            types.append(VIEWPOINT)
            sides.append(side)
            continue
        sides.append(UNKNOWN)
        if _covered(claim.start, claim.end, background) > 0.5:
            types.append(BACKGROUND)
        elif _covered(claim.start, claim.end, furniture) > 0.5:
            types.append(FURNITURE)
        else:
            types.append(UNKNOWN)
    passage = passage_of(claims)  # as the product reads it
    return Story(
        source="newsroom",
        sentences=passage.sentences,
        sides=tuple(sides),
        types=tuple(types),
        paragraphs=passage.paragraphs,
        holders=passage.holders,
        topics=tuple(t for t in (str(row["title"]), str(row["question"] or "")) if t),
        statements=tuple(_viewpoint_statements(viewpoints, types, sides)),
    )


def _viewpoint_statements(
    viewpoints: list[dict[str, Any]], types: list[int], sides: list[int]
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
            for kind, side in zip(types, sides, strict=True)
        )
        for name in ("label", "summary"):
            if viewpoint.get(name):
                yield str(viewpoint[name]), stances


def _spans(text: str, pieces: object) -> list[tuple[int, int]]:
    spans = []
    for piece in pieces if isinstance(pieces, list) else []:
        start = text.find(str(piece))
        if start >= 0:
            spans.append((start, start + len(str(piece))))
    return spans


def _covered(start: int, end: int, spans: Iterable[tuple[int, int]]) -> float:
    shared = sum(max(0, min(end, b) - max(start, a)) for a, b in spans)
    return shared / (end - start)
