"""Contest: what the viewpoints of a story contradict each other on, and what they share.

Pairs of claims on the same thing from two viewpoints are read one behind the other, in both orders.
Where each opposes the other, the two are in dispute; where each favours the other, it is common
ground. Empty rather than weak: both orders must be all but certain.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from summarizer.protocols import Encoder, Passage, RelationEncoder, Relations
from summarizer.settings import Settings
from summarizer.types import Claim
from summarizer.viewpoints.cluster import Partition


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """Pairs of claims from two viewpoints, the most alike first; a claim stands in one pair."""

    disputes: tuple[tuple[Claim, Claim], ...] = ()
    common_ground: tuple[tuple[Claim, Claim], ...] = ()


Story = tuple[Sequence[Claim], Partition, Relations]


def contest(stories: Sequence[Story], encoder: Encoder, *, settings: Settings) -> list[Contest]:
    """Return the contest of each story; all stories share two `read` calls, one for each order.

    A pair is read in the second order only when the first is sure: both have to be.
    An encoder without a sense of stance finds none.
    """
    if not isinstance(encoder, RelationEncoder):
        return [Contest() for _ in stories]
    pairs = [list(_candidates(partition, found, settings)) for _, partition, found in stories]
    asked = [
        (claims[i].text, claims[j].text)
        for (claims, _, _), own in zip(stories, pairs, strict=True)
        for i, j in own
    ]
    found = iter(_agreements(asked, encoder, settings))
    agreements = [[next(found) for _ in own] for own in pairs]
    return [
        Contest(
            disputes=_chosen(claims, own, [-max(both) for both in each], settings),
            common_ground=_chosen(claims, own, [min(both) for both in each], settings),
        )
        for (claims, _, _), own, each in zip(stories, pairs, agreements, strict=True)
    ]


def _agreements(
    pairs: Sequence[tuple[str, str]], encoder: RelationEncoder, settings: Settings
) -> list[tuple[float, float]]:
    """Return the stances of each pair in both orders; (0, 0) where one is not sure enough."""
    first = _stances(pairs, encoder)
    sure = [row for row, value in enumerate(first) if abs(value) >= settings.contest_stance]
    turned = _stances([(pairs[row][1], pairs[row][0]) for row in sure], encoder)
    agreements = [(0.0, 0.0)] * len(pairs)
    for row, second in zip(sure, turned, strict=True):
        agreements[row] = (first[row], second)
    return agreements


def _stances(pairs: Sequence[tuple[str, str]], encoder: RelationEncoder) -> list[float]:
    """Return the stance of the second text of each pair to the first."""
    passages = [Passage(prefix=statement, sentences=(text,)) for statement, text in pairs]
    return [float(found.stances[0]) for found in (encoder.read(passages) if passages else [])]


def _candidates(
    partition: Partition, found: Relations, settings: Settings
) -> Iterator[tuple[int, int]]:
    """Yield the pairs of rows across viewpoints that are most alike, the most alike first."""
    pairs = [
        (i, j) for one, other in combinations(partition.viewpoints, 2) for i in one for j in other
    ]
    alike = [pair for pair in pairs if found.similarity[pair] >= settings.contest_similarity]
    alike.sort(key=lambda pair: (-found.similarity[pair], pair))
    yield from alike[: settings.contest_pairs]


def _chosen(
    claims: Sequence[Claim],
    pairs: Sequence[tuple[int, int]],
    scores: Sequence[float],
    settings: Settings,
) -> tuple[tuple[Claim, Claim], ...]:
    used: set[int] = set()
    chosen = []
    for pair, score in zip(pairs, scores, strict=True):
        if score >= settings.contest_stance and not used & set(pair):
            used |= set(pair)
            chosen.append((claims[pair[0]], claims[pair[1]]))
    return tuple(chosen)
