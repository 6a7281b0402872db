"""The claim map: viewpoints by outlets, each cell a count and a lane of where the claims stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarizer.report.outlets import Places, by_outlet
from summarizer.types import Article, Claim

if TYPE_CHECKING:
    from summarizer.analysis import Analysis


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """The claims of one viewpoint along the text of one outlet, in characters of `length`.

    `spans` are (start, width, claim); `count` is how many there are, repeated text once.
    """

    length: int
    count: int
    spans: tuple[tuple[int, int, Claim], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimMap:
    """`lanes[viewpoint][outlet]`; `outlets` are the names of the columns."""

    outlets: tuple[str, ...]
    lanes: tuple[tuple[Lane, ...], ...]


def claim_map(analysis: Analysis, found: Places) -> ClaimMap:
    """Return the map of `analysis`; articles of one outlet lie end to end."""
    matrix = by_outlet(analysis, found)
    begin, length = _laid_out(found.outlet)
    lanes = []
    for viewpoint, counts in zip(analysis.viewpoints, matrix.counts, strict=True):
        spans: dict[str, list[tuple[int, int, Claim]]] = defaultdict(list)
        for claim in sorted(viewpoint.claims, key=found.number.__getitem__):
            start = begin[claim.article] + claim.start
            spans[found.outlet[claim.article]].append((start, claim.end - claim.start, claim))
        lanes.append(
            tuple(
                Lane(length=length[name], count=count, spans=tuple(spans[name]))
                for name, count in zip(matrix.outlets, counts, strict=True)
            )
        )
    return ClaimMap(outlets=matrix.outlets, lanes=tuple(lanes))


def _laid_out(outlets: Mapping[Article, str]) -> tuple[dict[Article, int], dict[str, int]]:
    """Return where each article begins in its outlet's text, and how long that is in all."""
    begin: dict[Article, int] = {}
    length: dict[str, int] = defaultdict(int)
    for article, name in outlets.items():
        begin[article] = length[name]
        length[name] += len(article.text)
    return begin, length
