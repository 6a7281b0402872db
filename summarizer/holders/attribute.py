"""Holders: who says each stretch of an article, as the article names them.

Attributions are read sentence by sentence; pronouns go to the last named holder that fits; a
quotation belongs to the source named beside it and keeps it for as long as it goes on. Where
nothing safe is found there is no holder.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from summarizer.english.grammar import tokenize
from summarizer.english.quotes import Quote, find_quotes, quotes_within
from summarizer.english.sentences import Span
from summarizer.english.tagging import Token
from summarizer.holders.antecedents import Antecedents
from summarizer.holders.names import merge_names
from summarizer.holders.patterns import Attribution, find_attributions

_MIN_SHARE = 0.5  # of a claim's characters must be the holder's words or report
_SIGNATURE = re.compile(r"[—–]\s?([A-Z][^\n()@—–]{1,50}?) \(@\w{1,15}\)")  # under a tweet


@dataclass(frozen=True, slots=True)
class Holding:
    """A holder's name to show, and where the article names it for this claim.

    source: offsets of the phrase beside the cue, which may be a pronoun.
    """

    name: str
    source: Span


@dataclass(frozen=True, slots=True)
class _Voice:
    """An attribution with its source resolved; `holding` None when it was not safe."""

    attribution: Attribution
    holding: Holding | None


def find_holders(
    text: str, sentences: Sequence[Span], claims: Sequence[Span]
) -> list[Holding | None]:
    """Return the holder of each span of `claims`, or None for the article's own voice.

    `sentences` are the article's sentences in order; each claim lies within one of them.
    """
    quotes = find_quotes(text)
    tokens = [tokenize(text, span, quotes_within(quotes, span)) for span in sentences]
    voices = _voices(text, tokens)
    speakers = _speakers(sentences, quotes, voices)
    signed = _signed(text)
    holdings: list[Holding | None] = []
    at = 0
    for claim in claims:
        while at + 1 < len(sentences) and sentences[at + 1][0] <= claim[0]:
            at += 1
        inside = quotes_within(quotes, claim)
        writer = next((one for span, one in signed if _overlap(claim, span)), None)
        holdings.append(
            writer or _holding(claim, voices[at], [(q, speakers.get(q.start)) for q in inside])
        )
    return _shown(holdings)


def _signed(text: str) -> list[tuple[Span, Holding]]:
    """Return the span of each tweet that the text repeats, in its paragraph, and its writer."""
    found: list[tuple[Span, Holding]] = []
    for match in _SIGNATURE.finditer(text):
        start = max(text.rfind("\n", 0, match.start()) + 1, found[-1][0][1] if found else 0)
        found.append(((start, match.end()), Holding(match.group(1), match.span(1))))
    return found


def _voices(text: str, tokens: Sequence[Sequence[Token]]) -> list[list[_Voice]]:
    """Return the resolved attributions of each sentence."""
    antecedents = Antecedents(text, tokens)
    voices = []
    for number, sentence in enumerate(tokens):
        antecedents.enter(number)
        row = []
        for attribution in find_attributions(sentence):
            name = antecedents.resolve(attribution.tokens)
            holding = Holding(name, attribution.source) if name else None
            row.append(_Voice(attribution, holding))
        voices.append(row)
    return voices


def _holding(
    claim: Span, voices: Sequence[_Voice], quoted: Sequence[tuple[Quote, Holding | None]]
) -> Holding | None:
    """Return whose words or report make up most of `claim`; of equals an outer one, the first."""
    reported = [
        (_overlap(claim, voice.attribution.scope), voice.attribution.outer, voice.holding)
        for voice in voices
    ]
    spoken = [
        (_overlap(claim, (quote.start, quote.end)), False, holding) for quote, holding in quoted
    ]
    best = max((*reported, *spoken), key=lambda one: one[:2], default=None)
    if best is None or best[0] < _MIN_SHARE * (claim[1] - claim[0]):
        return None
    return best[2]


def _overlap(one: Span, other: Span) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _speakers(
    sentences: Sequence[Span],
    quotes: Sequence[Quote],
    voices: Sequence[Sequence[_Voice]],
) -> dict[int, Holding]:
    """Return the speaker of each quotation by its start."""
    speakers = _named_beside(sentences, quotes, voices)
    for one, following in pairwise(quotes):
        if following.carries_on and one.start in speakers:
            speakers.setdefault(following.start, speakers[one.start])
    for following, one in pairwise(reversed(quotes)):
        if following.carries_on and following.start in speakers:
            speakers.setdefault(one.start, speakers[following.start])
    _carry_forward(sentences, quotes, voices, speakers)
    return speakers


def _named_beside(
    sentences: Sequence[Span], quotes: Sequence[Quote], voices: Sequence[Sequence[_Voice]]
) -> dict[int, Holding]:
    """Return speakers named in a sentence that the quotation stands in."""
    speakers: dict[int, Holding] = {}
    first = 0
    for quote in quotes:
        while first < len(sentences) and sentences[first][1] <= quote.start:
            first += 1
        number, near = first, []
        while number < len(sentences) and sentences[number][0] < quote.end:
            near += [voice for voice in voices[number] if voice.holding is not None]
            number += 1
        if near:
            nearest = min(near, key=lambda voice: _distance(voice.attribution.cue, quote))
            if nearest.holding is not None:
                speakers[quote.start] = nearest.holding
    return speakers


def _distance(cue: int, quote: Quote) -> int:
    return quote.start - cue if cue < quote.start else cue - quote.end


def _carry_forward(
    sentences: Sequence[Span],
    quotes: Sequence[Quote],
    voices: Sequence[Sequence[_Voice]],
    speakers: dict[int, Holding],
) -> None:
    """Give a quotation that opens a sentence and names nobody the speaker before it.

    That is: of the sentence before in its paragraph, of a sentence that ends in a colon, or of
    the paragraph before when that one quoted or reported somebody to its end.
    """
    number = 0
    for quote in quotes:
        while number + 1 < len(sentences) and sentences[number + 1][0] <= quote.start:
            number += 1
        if quote.start in speakers or number == 0 or sentences[number][0] != quote.start:
            continue
        before = sentences[number - 1]
        earlier = quotes_within(quotes, before)
        spoken = [speakers[q.start] for q in earlier if q.start in speakers]
        named = _framing(voices[number - 1])
        if named or spoken:
            speakers[quote.start] = (named or spoken)[-1]


def _framing(voices: Sequence[_Voice]) -> list[Holding]:
    """Return the holders that frame a clause of their own, not those inside another's report."""
    framing = [
        voice.holding
        for at, voice in enumerate(voices)
        if at == 0 or voice.attribution.beside or voice.attribution.outer
    ]
    return [holding for holding in framing if holding is not None]


def _shown(holdings: Sequence[Holding | None]) -> list[Holding | None]:
    """Return `holdings` with one name for all variants of a holder."""
    names = merge_names(holding.name for holding in holdings if holding is not None)
    return [
        None if holding is None else Holding(names[holding.name], holding.source)
        for holding in holdings
    ]
