"""Noun phrases of a text: the last resort for a name that no clause gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.english.assertion import is_asserted
from summarizer.english.lexicon import LEXICON
from summarizer.english.phrasing import label_faults
from summarizer.english.pronouns import is_first, points
from summarizer.english.tagged import sentences
from summarizer.english.tagging import Token
from summarizer.english.text import content_words
from summarizer.english.wordings import joined

_DATES = frozenset(LEXICON["date"])
_PAST = frozenset(LEXICON["past"])  # taken for nouns where a noun follows another
_BASE = frozenset(LEXICON["base"])
_LINKS = frozenset(
    {"of", "for", "to", "on", "in", "against", "about", "over", "with", "from", "between"}
    | {"under", "without", "by", "at", "toward", "towards", "into", "behind"}
)


def noun_phrases(text: str, *, least: int, most: int) -> Iterator[str]:
    """Yield the noun phrases of `text` with `least` to `most` words that nothing denies and that
    name somebody or something by more than a pronoun.

    Each goes without the article before it, and with what "of", "for" or "to" adds where that fits
    ("risk to the ferry", "plan to sell the mill"). None is only a name, with or without a place.
    """
    for tokens, first, last in sentences(text):
        place = first
        while place < last:
            stops = [
                stop
                for stop in _chain(tokens, place, last)
                if _fits(joined(text, tokens[place:stop]), least, most)
            ]
            if stops and is_asserted(tokens, first, place):
                own = tokens[place : stops[-1]]
                if not (points(own) or is_first(own)):
                    yield joined(text, own)
            place = max(_run(tokens, place, last), place + 1)


def _run(tokens: Sequence[Token], place: int, last: int) -> int:
    """Return the place behind the nouns, names and adjectives that open at `place`."""
    while place < last and tokens[place].tag in "N'":
        place += 1
    return place


def _chain(tokens: Sequence[Token], place: int, last: int) -> Iterator[int]:
    """Yield where the phrase that opens at `place` may end, the nearest first."""
    end = _run(tokens, place, last)
    if end == place or tokens[place].tag != "N" or tokens[end - 1].text[:1].isupper():
        return
    while end > place:
        if tokens[end - 1].tag == "N" and not _may_be_verb(tokens, place, end - 1):
            yield end
        opened = _linked(tokens, end, last)
        place, end = opened, _run(tokens, opened, last)


def _may_be_verb(tokens: Sequence[Token], first: int, place: int) -> bool:
    """Return whether a word was perhaps taken for a noun: a past form, a base form behind a name
    ("that Ann Lee bring")."""
    word = tokens[place].lower
    named = place > first and tokens[place - 1].text[:1].isupper()
    return word in _PAST or word.endswith("ed") or (named and word in _BASE)


def _linked(tokens: Sequence[Token], end: int, last: int) -> int:
    """Return where the nouns open that a link at `end` adds; `last` when there is no link."""
    if end + 1 >= last:
        return last
    acts = tokens[end].tag == "T" and tokens[end + 1].tag == "B"
    if not acts and tokens[end].lower not in _LINKS:
        return last
    opened = end + 1 + acts
    while opened < last and tokens[opened].tag == "D":
        opened += 1
    return opened


def _fits(run: str, least: int, most: int) -> bool:
    first = run.partition(" ")[0].lower()
    whole = len(content_words(run)) > 1 and not run.endswith(("'s", "’s")) and first not in _DATES
    return whole and least <= len(run.split()) <= most and not label_faults(run)
