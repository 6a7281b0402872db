"""Merge: what a story says twice in the same words counts once, and stands in all its places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from summarizer.protocols import FURNITURE, Matrix, Relations
from summarizer.story.syndication import repeated, stand_ins
from summarizer.types import Claim

if TYPE_CHECKING:
    from scipy.sparse import csr_array


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The n claims of a story as k groups of twins; in `rows`, who stands for a group is first.

    `repeats` are, by the claim that they repeat, those that an article says again: nobody reads
    them, so that a box with a sentence of the article changes nothing.
    """

    claims: tuple[Claim, ...]
    rows: tuple[tuple[int, ...], ...]
    repeats: Mapping[Claim, tuple[Claim, ...]] = field(default_factory=dict, hash=False)

    @property
    def groups(self) -> tuple[tuple[Claim, ...], ...]:
        """The (k,) groups as claims."""
        return tuple(tuple(self.claims[row] for row in own) for own in self.rows)

    @property
    def first(self) -> tuple[Claim, ...]:
        """The (k,) claims that stand for their twins."""
        return tuple(self.claims[own[0]] for own in self.rows)

    def places(self, groups: Iterable[int]) -> tuple[Claim, ...]:
        """Return all claims of `groups`, each followed by its twins and what repeats them."""
        return self._with_repeats(self.claims[row] for group in groups for row in self.rows[group])

    def everywhere(self, points: Sequence[Iterable[Claim]]) -> list[tuple[Claim, ...]]:
        """Return `points`, made of claims that stand for others, with the twins of each."""
        group = {own[0]: own for own in self.groups}
        return [
            self._with_repeats(claim for first in point for claim in group[first])
            for point in points
        ]

    def _with_repeats(self, claims: Iterable[Claim]) -> tuple[Claim, ...]:
        return tuple(one for claim in claims for one in (claim, *self.repeats.get(claim, ())))


def merge(claims: Sequence[Claim]) -> Merged:
    """Return the groups of twins among `claims`, in the order of those who stand for them."""
    originals = repeated(claims)
    repeats: dict[Claim, list[Claim]] = defaultdict(list)
    for row, original in originals.items():
        repeats[claims[original]].append(claims[row])
    kept = tuple(claim for row, claim in enumerate(claims) if row not in originals)
    members: dict[int, list[int]] = defaultdict(list)
    for row, first in enumerate(stand_ins(kept)):
        members[first].append(row)
    rows = [(first, *(row for row in members[first] if row != first)) for first in sorted(members)]
    return Merged(
        claims=kept,
        rows=tuple(rows),
        repeats={claim: tuple(again) for claim, again in repeats.items()},
    )


def merge_relations(found: Relations, merged: Merged) -> Relations:
    """Return the relations of the (k,) groups of `merged`, from those of its (n,) claims.

    Types are means over a group. The side of two groups is the mean over the pairs of claims that
    stand in one article, where they were read in context; over all pairs where there are none.
    """
    if len(merged.rows) == len(merged.claims):
        return found
    pick = _picks(merged)
    sizes = np.array([len(own) for own in merged.rows], dtype=np.float64)
    together = _together(merged.claims)
    inside, pairs = _summed(found.sides * together, pick), _summed(together, pick)
    anywhere = _summed(found.sides, pick) / np.outer(sizes, sizes)
    sides = np.where(pairs > 0, inside / np.maximum(pairs, 1.0), anywhere)
    np.fill_diagonal(sides, 0.0)
    first = [own[0] for own in merged.rows]
    return Relations(
        types=(pick @ found.types) / sizes[:, None],
        sides=(sides + sides.T) / 2,
        similarity=found.similarity[np.ix_(first, first)],
    )


def _picks(merged: Merged) -> csr_array:
    """Return (k, n): 1 where a claim belongs to a group."""
    from scipy.sparse import csr_array  # slow to import, and one article alone needs none

    pairs = [(group, row) for group, own in enumerate(merged.rows) for row in own]
    groups, rows = np.array(pairs).T
    shape = (len(merged.rows), len(merged.claims))
    return csr_array((np.ones(len(pairs)), (groups, rows)), shape=shape)


def _together(claims: Sequence[Claim]) -> Matrix:
    """Return (n, n): 1 where two claims stand in one article, else 0."""
    number = {article: n for n, article in enumerate(dict.fromkeys(c.article for c in claims))}
    articles = np.array([number[claim.article] for claim in claims])
    same: Matrix = (articles[:, None] == articles[None]).astype(np.float64)
    return same


def _summed(matrix: Matrix, pick: csr_array) -> Matrix:
    """Return (k, k): `matrix` (n, n) summed over the claims of each pair of groups."""
    summed: Matrix = pick @ (pick @ matrix).T
    return summed


def bar(found: Relations, claims: Sequence[Claim], barred: Iterable[Claim]) -> Relations:
    """Return `found` with those of `claims` that are `barred` typed as furniture, whatever read."""
    out = set(barred)
    rows = [row for row, claim in enumerate(claims) if claim in out]
    types = found.types.copy()
    types[rows] = np.eye(types.shape[1])[FURNITURE]
    return replace(found, types=types)
