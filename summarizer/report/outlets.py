"""Which outlet says what: viewpoints by outlets, what only one outlet has, and repeated text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarizer.story.outlets import outlet_names
from summarizer.story.syndication import stand_ins
from summarizer.types import Article, Claim, Point

if TYPE_CHECKING:
    from summarizer.analysis import Analysis


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletMatrix:
    """How many claims of each viewpoint each outlet carries: `counts[viewpoint][outlet]`.

    `outlets` are in the order of the articles. What an outlet repeats counts once for it; what two
    outlets carry counts for both.
    """

    outlets: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]

    def alone(self) -> dict[int, int]:
        """Return the viewpoints that one outlet only carries, with the number of that outlet."""
        carriers = [[n for n, count in enumerate(row) if count] for row in self.counts]
        return {place: own[0] for place, own in enumerate(carriers) if len(own) == 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusive:
    """What only `outlet` has: whole viewpoints by number, and points of shared viewpoints."""

    outlet: str
    viewpoints: tuple[int, ...]
    points: tuple[tuple[int, Point], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where the claims of a story stand.

    number: the id of each claim; outlet: the name for each article; twins: for each claim those in
    the same words, itself included, by number.
    """

    number: Mapping[Claim, int]
    outlet: Mapping[Article, str]
    twins: Mapping[Claim, tuple[Claim, ...]]

    def once(self, claims: Iterable[Claim]) -> list[tuple[Claim, ...]]:
        """Return `claims` by number, those in the same words together."""
        own = set(claims)
        groups = {self.twins[claim] for claim in own}
        kept = [tuple(claim for claim in group if claim in own) for group in groups]
        return sorted(kept, key=lambda group: self.number[group[0]])

    def outlets(self, claims: Iterable[Claim]) -> tuple[str, ...]:
        """Return the names of the outlets that `claims` stand in, in the order of the articles."""
        found = {self.outlet[claim.article] for claim in claims}
        return tuple(name for name in dict.fromkeys(self.outlet.values()) if name in found)


def places(analysis: Analysis) -> Places:
    """Return where the claims of `analysis` stand."""
    claims = analysis.claims
    groups: dict[int, list[Claim]] = defaultdict(list)
    for claim, first in zip(claims, stand_ins(claims), strict=True):
        groups[first].append(claim)
    return Places(
        number={claim: number for number, claim in enumerate(claims)},
        outlet=dict(zip(analysis.articles, outlet_names(analysis.articles), strict=True)),
        twins={claim: tuple(group) for group in groups.values() for claim in group},
    )


def by_outlet(analysis: Analysis, found: Places | None = None) -> OutletMatrix:
    """Return how many claims of each viewpoint each outlet carries."""
    found = found or places(analysis)
    outlets = tuple(dict.fromkeys(found.outlet.values()))
    rows = []
    for viewpoint in analysis.viewpoints:
        carried = [found.outlets(group) for group in found.once(viewpoint.claims)]
        rows.append(tuple(sum(name in names for names in carried) for name in outlets))
    return OutletMatrix(outlets=outlets, counts=tuple(rows))


def exclusives(analysis: Analysis, found: Places) -> list[Exclusive]:
    """Return what only one outlet has, by outlet; nothing where there is but one."""
    matrix = by_outlet(analysis, found)
    alone = matrix.alone()
    points: dict[str, list[tuple[int, Point]]] = defaultdict(list)
    for place, viewpoint in enumerate(analysis.viewpoints):
        for point in viewpoint.points if place not in alone else ():
            names = found.outlets(twin for claim in point.claims for twin in found.twins[claim])
            if len(names) == 1:
                points[names[0]].append((place, point))
    result = [
        Exclusive(
            outlet=name,
            viewpoints=tuple(place for place, outlet in alone.items() if outlet == number),
            points=tuple(points[name]),
        )
        for number, name in enumerate(matrix.outlets)
    ]
    return [own for own in result if own.viewpoints or own.points] if len(result) > 1 else []
