"""Quotations of a text: where they open and close, and which one carries another on."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

_PARAGRAPH = re.compile(r"\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*")
_MARK = re.compile(r"''|``|[“”„\"]|(?<![\w.,!?…])‘(?=\w)|(?<=[.,!?…])’(?!\w)")
_OPENING_CONTEXT = re.compile(r"[\s(\[—–\-/:]")
_CLOSERS = {"‘": ("’",), '"': ('"', "”"), "„": ("“", "”"), "''": ("''",), "``": ("''",)}
# "ANCHOR: Good evening." in a transcript: what follows the label is a quotation; not so what
# follows a word of the desk's.
_NOTICE = (
    r"(?:UPDATED?|CORRECT(?:ION|ED)|CLARIFICATION|(?:EDITOR['’]S )?NOTE|RELATED|SEE ALSO|WATCH|READ"
    r"|MORE|EXCLUSIVE|BREAKING|OPINION|ANALYSIS|VIDEO|PHOTOS?|REPORT|POLL|ADVERTISEMENT)\b"
)
_TURN = re.compile(
    rf"[“\"]?(?!{_NOTICE})(?:[A-Z][A-Z.'’-]+\s){{0,3}}[A-Z][A-Z.'’-]{{2,}}:\s+(?=\S)"
)

_Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation with its marks; `carries_on` says that it goes on from the one before it.

    A paragraph that opens a quotation while the one before was never closed carries it on.
    """

    start: int
    end: int
    carries_on: bool = False


def find_quotes(text: str) -> list[Quote]:
    """Return the outermost quotations of `text` in order; none spans a blank line.

    A turn in a transcript ("ANCHOR: Good evening.") counts as one, from after its label.
    """
    quotes: list[Quote] = []
    unclosed = False
    for match in _PARAGRAPH.finditer(text):
        turn = _TURN.match(text, *match.span())
        if turn is not None:
            quotes.append(Quote(turn.end(), match.end()))
            unclosed = False
            continue
        found, unclosed = _in_paragraph(text, match.span(), unclosed)
        quotes += found
    return quotes


def quotes_within(quotes: Sequence[Quote], span: _Span) -> Sequence[Quote]:
    """Return those of the ordered `quotes` that overlap `span`."""
    first = max(bisect_right(quotes, span[0], key=_start) - 1, 0)
    last = bisect_right(quotes, span[1], key=_start)
    return [quote for quote in quotes[first:last] if quote.end > span[0] and quote.start < span[1]]


def _start(quote: Quote) -> int:
    return quote.start


def _in_paragraph(text: str, span: _Span, unclosed: bool) -> tuple[list[Quote], bool]:
    """Return the quotations of a paragraph, and whether the last one was left open."""
    quotes: list[Quote] = []
    opened, carries_on = -1, False
    closers: tuple[str, ...] = ()
    for match in _MARK.finditer(text, *span):
        mark, at = match.group(), match.start()
        if opened < 0 and _opens(text, at, mark):
            opened, closers = at, _CLOSERS.get(mark, ("”", '"'))
            carries_on = unclosed and at == span[0]
        elif opened >= 0 and mark in closers and not _straight_opening(text, at, mark):
            quotes.append(Quote(opened, match.end(), carries_on))
            opened, carries_on = -1, False
    if opened >= 0:
        quotes.append(Quote(opened, span[1], carries_on))
    return quotes, opened >= 0


def _straight_opening(text: str, at: int, mark: str) -> bool:
    return mark in {'"', "''"} and _opens(text, at, mark)


def _opens(text: str, at: int, mark: str) -> bool:
    if mark in {"“", "„", "‘", "``"}:
        return True
    following = at + len(mark)
    if mark not in {'"', "''"} or following >= len(text) or text[following].isspace():
        return False
    return at == 0 or _OPENING_CONTEXT.match(text[at - 1]) is not None
