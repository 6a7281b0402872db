"""When and where somebody said it: "on Monday", "in a statement", "during a debate on the bill"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarizer.english.phrasing import SPEECH_VERBS
from summarizer.writing.cuts.sentence import (
    DAY,
    ITS,
    NAME,
    OCCASION,
    SAYING,
    Cut,
    Sentence,
    verb_follows,
)

_DATE = re.compile(rf",?\s(?:on\s)?(?:(?:late|early)\s(?:on\s)?)?(?<!\w){DAY},?(?=[\s.,;:])")
_BEFORE_DATE = re.compile(
    r"\b(?:of|since|until|till|by|from|before|after|through|between|and|or|to|this|next|every|each"
    r"|last|an?|the|for|as|earlier|later|[A-Z][\w.’'-]*[’']s|Super|Black|Good|Ash|Holy|Easter)$"
)
"""Before one of these a weekday is part of something else."""
_AFTER_DATE = re.compile(r"\s(?:through|to\s[A-Z]|and|or)\b")
_LATELY = re.compile(
    rf"(?<=\s)(?:{SPEECH_VERBS})(?P<cut>\s(?:earlier\sthis|late\slast|last)\s"
    r"(?:week|month|year|summer|fall|winter|spring|night|January|February|March|April|May|June"
    r"|July|August|September|October|November|December)|\srecently|\searlier\stoday)(?=[\s.,;:])"
)
_HELD = re.compile(
    rf",?\s(?:in|during|at|on)\s{ITS}{OCCASION}"
    rf"(?:\s(?:to|with|on|at|in|from|for|by)\s{NAME})*(?:\s{DAY})?,?(?=[\s.,;:])"
)
_AIRED = re.compile(
    rf"(?<=said|says|rote)\son\s(?:(?:the|his|her)\s)?(?:{NAME}|Twitter|Facebook)(?<![’']s)(?=[\s.,;:])(?!\s[“\"A-Z])"
)
_REPORT = re.compile(
    r"[”\"]\s(?:[^,;“”\"]{2,60}\s)?(?:said|says|wrote|writes|tweeted|argued|added|warned|noted)"
    r"(?:\s[A-Z][^\s,]+){0,4}(?P<cut>,?\s(?:in|on|at|during|after|before|when|as|while|following)"
    r"\s[^“”\"]+)(?=\.$)"
)
_REACH = 4  # tokens from the verb of saying to where it was said


def dates(sentence: Sentence) -> Iterator[Cut]:
    """Yield weekdays, and "last week" behind a verb of saying."""
    text = sentence.text
    for match in _DATE.finditer(text):
        opened, closed = match.group()[0] == ",", match.group()[-1] == ","
        follows = sentence.tag_at(match.end())
        parted = opened and closed
        joined = _BEFORE_DATE.search(text[: match.start()]) or _AFTER_DATE.match(
            text[match.end() :]
        )
        if not joined and (parted or follows not in "NEB'F"):
            yield Cut(match.start(), match.end() - (closed and not opened), "date")
    for match in _LATELY.finditer(text):
        if sentence.tag_at(match.end("cut")) not in "N'E":
            yield Cut(*match.span("cut"), "date")


def occasions(sentence: Sentence) -> Iterator[Cut]:
    """Yield "in a statement" behind a verb of saying, or between commas before any verb."""
    for match in (*_HELD.finditer(sentence.text), *_AIRED.finditer(sentence.text)):
        opened, closed = match.group()[0] == ",", match.group()[-1] == ","
        before = sentence.tokens[: sentence.at(match.start())]
        if opened and closed:
            if before and verb_follows(sentence.tokens, sentence.at(match.end()) - 1):
                yield Cut(*match.span(), "occasion")
        elif any(token.lower in SAYING for token in before[-_REACH:]) and _is_last(sentence, match):
            yield Cut(match.start(), match.end() - closed, "occasion")


def _is_last(sentence: Sentence, match: re.Match[str]) -> bool:
    """Return whether nothing behind the occasion tells more of it ("in a letter asking")."""
    last = sentence.tokens[sentence.at(match.start()) - 1]
    follows = sentence.tag_at(match.end())
    rest = sentence.tokens[sentence.at(match.end()) :]
    told = len(rest) > 1 and rest[0].lower == "that" and rest[1].tag not in "AVR"
    goes_on = follows in "GW'EPS" and not told and match.group()[-1] != ","
    return last.tag not in "DPGTE" and not goes_on


def reports(sentence: Sentence) -> Iterator[Cut]:
    """Yield all that follows “…,” she said, where it tells when or where."""
    match = _REPORT.search(sentence.text)
    if match and sentence.quoted and match.start("cut") > sentence.quoted[-1][1]:
        yield Cut(*match.span("cut"), "occasion")
