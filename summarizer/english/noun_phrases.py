"""Noun phrases of a text: the last resort for a label that no clause gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from summarizer.english.assertion import is_asserted
from summarizer.english.lexicon import LEXICON
from summarizer.english.phrasing import label_faults
from summarizer.english.tagged import sentences
from summarizer.english.tagging import Token
from summarizer.english.text import content_words
from summarizer.english.wordings import joined

_DATES = frozenset(LEXICON["date"])
_LINKS = frozenset({"of", "for", "to", "on", "in", "against"})


def noun_phrases(text: str, *, least: int, most: int) -> Iterator[str]:
    """Yield the noun phrases of `text` with `least` to `most` words that nothing denies, less the
    article before them and with what "of" or "for" adds where that fits."""
    for tokens, first, last in sentences(text):
        place = first
        while place < last:
            end = _run(tokens, place, last, "N'")
            if end > place and is_asserted(tokens, first, place):
                linked = _run(tokens, end + 1, last, "DN'") if _links(tokens, end, last) else end
                linked = linked if tokens[linked - 1].tag == "N" else end
                runs = (joined(text, tokens[place:stop]) for stop in (linked, end))
                yield from islice((run for run in runs if _fits(run, least, most)), 1)
            place = max(end, place + 1)


def _run(tokens: Sequence[Token], place: int, last: int, letters: str) -> int:
    while place < last and tokens[place].tag in letters:
        place += 1
    return place


def _links(tokens: Sequence[Token], place: int, last: int) -> bool:
    return place < last and tokens[place].lower in _LINKS


def _fits(run: str, least: int, most: int) -> bool:
    first = run.partition(" ")[0].lower()
    whole = len(content_words(run)) > 1 and not run.endswith(("'s", "’s")) and first not in _DATES
    return whole and least <= len(run.split()) <= most and not label_faults(run)
