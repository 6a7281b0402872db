"""Asides: brackets, dashes, and what stands between commas behind a name or before a verb."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from summarizer.english.tagging import Token
from summarizer.writing.cuts.sentence import (
    Cut,
    Sentence,
    is_named,
    is_office,
    verb_follows,
)

_BRACKETS = re.compile(r"\s*\([^()]{1,120}\)")
_DASHES = re.compile(r"\s*(?:—|–|--|\s-)\s*[^—–“”\";:]{3,140}?\s*(?:—|–|--|-(?=\s))(?=\s*\w)")
_PLACED = re.compile(r",\s(?:\d{2}|[DRI]-[A-Z][\w.]*),(?=\s)|,\s(?:\d{2}|[DRI]-[A-Z]\w+)(?=\.$)")
_INSERTED = re.compile(
    r",\s(?:for\sexample|for\sinstance|of\scourse|in\sfact|in\saddition|in\sturn|in\sshort"
    r"|to\sbe\ssure|after\sall|as\salways|for\s(?:his|her|its|their)\spart|in\sparticular"
    r"|(?:in|at|during|speaking|writing|citing|after|following)\s[^,;:“”\"]{3,80}),(?=\s)"
)
_INNER = 2  # commas: "a writer at the Post, a paper,"


def asides(sentence: Sentence) -> Iterator[Cut]:
    """Yield what stands in brackets, between dashes or, as an adverbial, before a verb."""
    for match in (*_BRACKETS.finditer(sentence.text), *_DASHES.finditer(sentence.text)):
        yield Cut(*match.span(), "aside")
    for match in _INSERTED.finditer(sentence.text):
        if verb_follows(sentence.tokens, sentence.at(match.end()) - 1):
            yield Cut(*match.span(), "aside")


def descriptions(sentence: Sentence) -> Iterator[Cut]:
    """Yield ages, parties, and appositions and relative clauses behind a subject."""
    for match in _PLACED.finditer(sentence.text):
        if "," not in sentence.text[: match.start()]:
            yield Cut(*match.span(), "description")
    tokens = sentence.tokens
    commas = [place for place, token in enumerate(tokens) if place and token.tag == ","]
    for number, first in enumerate(commas):
        if _is_inside(tokens, commas[:number], first):
            continue
        for second in commas[number + 1 : number + 1 + _INNER]:
            if verb_follows(tokens, second) and _describes(tokens, first, second):
                yield Cut(tokens[first].start, tokens[second].end, "description")


def _is_inside(tokens: Sequence[Token], commas: Sequence[int], first: int) -> bool:
    """Return whether an opening phrase, or an aside from the last of `commas` on, is open yet."""
    if commas:
        opening = tokens[commas[-1] + 1]
        return opening.tag in "DWEGP" or is_office([opening]) or opening.text[:1].isupper()
    return tokens[0].tag in "PSGRT" and not any(token.tag in "AV" for token in tokens[:first])


def _describes(tokens: Sequence[Token], comma: int, end: int) -> bool:
    """Return whether a relative clause, or an apposition to a name, opens behind `comma`."""
    opening, inner = tokens[comma + 1], tokens[comma + 1 : end]
    if opening.lower in ("who", "which", "whose"):
        return tokens[comma - 1].tag == "N"
    verbs = any(token.tag in "AV" for token in inner) and not any(t.tag == "W" for t in inner)
    joined = any(token.tag == "C" for token in tokens[end : end + 2])
    apposed = opening.tag == "D" or is_office(inner[:3])
    return is_named(tokens, comma) and apposed and not (joined or verbs)
