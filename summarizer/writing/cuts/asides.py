"""Asides: brackets, dashes, and what stands between commas behind a name or before a verb."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from summarizer.english.first_names import FIRST_NAMES
from summarizer.english.tagging import Token
from summarizer.writing.cuts.sentence import (
    Cut,
    Sentence,
    is_named,
    is_office,
    is_title,
    verb_follows,
)

_BRACKETS = re.compile(r"\s*\([^()]{1,120}\)")
_DASHES = re.compile(r"\s*(?:—|–|--|\s-)\s*[^—–“”\";:]{3,140}?\s*(?:—|–|--|-(?=\s))(?=\s*\w)")
_JOINS = re.compile(r"[\s—–-]+(?:and|or|along\swith|as\swell\sas)\s")
"""More of a subject: "the Post – and the Bell – are"."""
_PLACED = re.compile(r",\s(?:\d{2}|[DRI]-[A-Z][\w.]*),(?=\s)|,\s(?:\d{2}|[DRI]-[A-Z]\w+)(?=\.$)")
_INSERTED = re.compile(
    r",\s(?:for\sexample|for\sinstance|of\scourse|in\sfact|in\saddition|in\sturn|in\sshort"
    r"|to\sbe\ssure|after\sall|as\salways|for\s(?:his|her|its|their)\spart|in\sparticular"
    r"|(?:in|at|during|speaking|writing|citing|after|following)\s[^,;:“”\"]{3,80}),(?=\s)"
)
_EXAMPLES = re.compile(
    r",\s(?:including|such\sas|especially|particularly|notably|among\sthem|chief\samong\sthem)\s"
    r"[^;:“”\"]{3,80}?,(?=\s)"
)
_INNER = 2  # commas: "a writer at the Post, a paper,"


def asides(sentence: Sentence) -> Iterator[Cut]:
    """Yield what stands in brackets, between dashes or, as an adverbial, before a verb."""
    for match in (*_BRACKETS.finditer(sentence.text), *_DASHES.finditer(sentence.text)):
        follows = sentence.tag_at(match.end()) if match.re is _DASHES else "."
        if follows not in "CS" and not _JOINS.match(match.group()):
            yield Cut(*match.span(), "aside")
    for match in (*_INSERTED.finditer(sentence.text), *_examples(sentence.text)):
        if verb_follows(sentence.tokens, sentence.at(match.end()) - 1):
            yield Cut(*match.span(), "aside")


def _examples(text: str) -> Iterator[re.Match[str]]:
    """Yield ", including Bo Kim, R-Holmby," up to each of its next commas."""
    for opening in _EXAMPLES.finditer(text):
        yield opening
        longer = re.compile(re.escape(opening.group()) + r"\s[^,;:“”\"]{2,40},(?=\s)")
        yield from longer.finditer(text, opening.start(), opening.end() + 45)


def titles(sentence: Sentence) -> Iterator[Cut]:
    """Yield an office, no more, before a name of which the first is known: "House Speaker"."""
    tokens = sentence.tokens
    end = next((place for place, one in enumerate(tokens) if _opens_name(tokens, place)), 0)
    before = tokens[:end]
    if end > 1 and all(is_title(token.lower.rstrip(".")) for token in before):
        yield Cut(0, tokens[end].start, "description")


def _opens_name(tokens: Sequence[Token], place: int) -> bool:
    """Return whether a first name, a last name and a verb or comma follow from `place` on."""
    names = 0
    while place + names < len(tokens) and tokens[place + names].text[:1].isupper():
        names += 1
    follows = tokens[place + names].tag if place + names < len(tokens) else "."
    return 1 < names < 4 and tokens[place].lower in FIRST_NAMES and follows in "AVER,"


def descriptions(sentence: Sentence) -> Iterator[Cut]:
    """Yield ages, parties, and appositions and relative clauses behind a subject."""
    for match in _PLACED.finditer(sentence.text):
        if "," not in sentence.text[: match.start()]:
            parted = match.group()[-1] == "," and not verb_follows(
                sentence.tokens, sentence.at(match.end()) - 1
            )  # "Bo Kim, R-Holmby, who runs it"
            yield Cut(match.start(), match.end() - parted, "description")
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
    if opening.tag in "GE" or opening.lower.endswith("ed"):  # ", released in May,"
        subject = tokens[comma - 1].tag == "N" and not any(t.tag in "AV" for t in tokens[:comma])
        return subject and not any(token.tag in "AW" for token in inner)
    verbs = any(token.tag in "AV" for token in inner) and not any(t.tag == "W" for t in inner)
    joined = any(token.tag == "C" for token in tokens[end : end + 2])
    apposed = opening.tag == "D" or is_office(inner[:3])
    return is_named(tokens, comma) and apposed and not (joined or verbs)
