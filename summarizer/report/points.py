"""Which points of a viewpoint a report shows, and in which order: the JSON has them all."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.english.fragments import has_finite_verb
from summarizer.english.text import content_stems
from summarizer.types import Claim, Point

SHOWN = 6
"""Points that a panel shows before the rest is folded or only counted."""
_LEAST = 2  # content words: fewer ("Why?", "It depends") say nothing


def shown_points(points: Sequence[Point]) -> list[tuple[str, tuple[Claim, ...]]]:
    """Return label and claims of each point, those with most claims first; of equals the clauses,
    then other phrases, last what is cut short.

    Points with the same content words are one, and a label that says nothing is left out unless
    there is no other; the claims of such a point still stand among the viewpoint's evidence.
    """
    merged: dict[frozenset[str], tuple[str, tuple[Claim, ...]]] = {}
    for point in points:
        own = content_stems(point.label)
        label, claims = merged.get(own, (point.label, ()))
        merged[own] = (label, (*claims, *point.claims))
    telling = [one for own, one in merged.items() if len(own) >= _LEAST]
    return sorted(telling or merged.values(), key=lambda one: (-len(one[1]), _lack(one[0])))


def _lack(label: str) -> int:
    """Return how far `label` is from a whole clause: 0 to 2."""
    return 2 if label.endswith("…") else int(not has_finite_verb(label))
