"""Names for a viewpoint and its points, taken from their claims: what is held, in a clause.

Each claim is worded shortly in all the ways that `wordings` knows, and the wording that is most
central to the claims and nearest to the title is chosen. What only tells who said something, or
speaks of "them" without a name, comes second; a noun phrase comes last, and names no point.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from summarizer.english.lexicon import LEXICON
from summarizer.english.noun_phrases import noun_phrases
from summarizer.english.text import centrality_order, content_words, stem
from summarizer.english.wordings import Wording, shortened, wordings

_LABEL = 6  # words: up to here a label, beyond it the name of a point
_TELLING = 4  # words: fewer seldom tell a side
_LONGEST = 9  # a whole clause of so many says more than a noun phrase
_JUDGING = frozenset(LEXICON["judging"])
_PAST = frozenset(LEXICON["past"])
_MUST = frozenset(LEXICON["must"])
_BE = frozenset({"is", "are", "was", "were", "isn't", "aren't", "wasn't", "weren't"})


def _states(one: Wording) -> bool:
    return not (one.pointing or one.first) and one.kind in ("clause", "predicate", "wish")


def _reports(one: Wording) -> bool:
    return not (one.pointing or one.first) and one.kind == "saying"


def _frames(one: Wording) -> bool:
    return one.kind == "frame" and not one.pointing


def _points(one: Wording) -> bool:
    return one.kind != "frame" and not one.first


def _any_clause(one: Wording) -> bool:
    return one.kind != "frame"


_LABELS: tuple[Callable[[Wording], bool], ...] = (_states, _reports, _frames, _points)
_POINTS: tuple[Callable[[Wording], bool], ...] = (_states, _reports, _any_clause)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claims:
    """The texts that a name is wanted for, the most central first, and how many hold each stem;
    `titled` are the stems of the title."""

    texts: tuple[str, ...]
    counts: Counter[str]
    titled: frozenset[str]


def key_phrase(
    texts: Sequence[str],
    *,
    least: int,
    most: int,
    title: str = "",
    taken: Collection[str] = (),
) -> str:
    """Return a name of `least` to `most` words for what `texts` say, made of words of theirs.

    A label (`most` of six or less) that no shorter clause gives may have nine words, and lacks the
    article it would open with. When nothing will do: the first words, with an ellipsis. What is
    `taken` (in lower case) is the name of something else, and is passed over where that can be.
    """
    claims = _Claims(
        texts=tuple(" ".join(texts[row].split()) for row in centrality_order(texts)),
        counts=Counter(stem(word) for text in texts for word in set(content_words(text))),
        titled=frozenset(stem(word) for word in content_words(title)),
    )
    label = most <= _LABEL
    found = [
        (one, rank)
        for rank, text in enumerate(claims.texts)
        for one in wordings(text, least=least, most=max(most, _LONGEST), brief=label)
        if one.text.lower() not in taken
    ]
    for fits in _LABELS if label else _POINTS:
        some = [(one, rank) for one, rank in found if fits(one)]
        if some:
            return max(some, key=lambda pair: _worth(pair[0], pair[1], claims, most))[0].text
    return _remainder(claims, least=least, most=most)


def _worth(one: Wording, rank: int, claims: _Claims, most: int) -> float:
    """Return how near a wording is likely to be to a label that a reader would give.

    Linear, after a regression on the labels of newsroom-train (LOG 2026-11-23).
    """
    stems = {stem(word) for word in content_words(one.text)}
    own = set(one.text.lower().replace("’", "'").split())
    shared = sum(claims.counts[word] for word in stems) / len(claims.texts)
    return round(
        (1.3 * shared + 0.9 * len(stems & claims.titled)) / (len(stems) + 2)
        + 0.05 * shared
        + 0.01 * len(stems)
        + 0.06 * bool(_MUST & own)
        + 0.06 * bool(_BE & own)
        + 0.08 * bool(_JUDGING & {stem(word) for word in own})
        - 0.05 * one.cut
        - 0.05 * (one.kind == "predicate")
        - 0.03 * (one.kind == "wish")
        - 0.03 * _tells_of_past(one)
        - 0.04 * (len(one.text.split()) < _TELLING)
        - 0.05 * rank / max(1, len(claims.texts) - 1)
        - 0.18 * (len(one.text.split()) > most)
        - 0.05 * any(char.isdigit() for char in one.text),
        9,
    )


def _tells_of_past(one: Wording) -> bool:
    """Return whether a wording tells what somebody did, and takes no side by its verb."""
    past = one.verb.endswith("ed") or one.verb in _PAST
    return past and "V" in one.tags and stem(one.verb) not in _JUDGING


def _tells_a_point(run: str) -> bool:
    """Return whether a noun phrase says more than a topic: "plan to sell the old town mill"."""
    return len(run.split()) > _TELLING and len(set(content_words(run))) >= _TELLING


def _weight(run: str, claims: _Claims) -> int:
    stems = {stem(word) for word in content_words(run)}
    return sum(claims.counts[one] for one in stems) + 2 * len(stems & claims.titled)


def _remainder(claims: _Claims, *, least: int, most: int) -> str:
    """Return what no clause could say: a noun phrase, else the first claim cut short."""
    for text in claims.texts:
        if len(text.split()) <= most and most > _LABEL:
            break  # it is short enough as it stands
        phrases = list(noun_phrases(text, least=least, most=most))
        if most > _LABEL:
            phrases = [run for run in phrases if _tells_a_point(run)]
        if phrases:
            return max(phrases, key=lambda run: _weight(run, claims))
    return shortened(claims.texts[0], most=max(most, _LONGEST)) if claims.texts else ""
