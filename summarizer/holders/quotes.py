"""Quotations of a text: where they open and close, and which one carries another on."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

# An opening mark follows nothing, a space, a bracket or a dash; a closing one anything else.
_MARK = re.compile(r"[“”„\"]|(?<![\w.,!?…])‘(?=\w)|(?<=[.,!?…])’(?!\w)|\n\s*\n|\n")
_OPENING_CONTEXT = re.compile(r"[\s(\[—–\-/:]")


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
    """Return the outermost quotations of `text` in order; none spans a line break."""
    quotes: list[Quote] = []
    opened: int | None = None
    closer = ""
    unclosed = False  # the last quotation ran to the end of its paragraph
    for match in _MARK.finditer(text):
        mark, at = match.group(), match.start()
        if mark.startswith("\n"):
            if opened is not None:
                quotes.append(Quote(opened, at, unclosed))
            unclosed, opened = opened is not None, None
        elif opened is None:
            if _opens(text, at, mark):
                opened, closer = at, _closer(mark)
                unclosed = unclosed and not text[_line_start(text, at) : at].strip()
            elif mark == "”":
                unclosed = False
        elif mark in closer and not (mark == '"' and _opens(text, at, mark)):
            quotes.append(Quote(opened, match.end(), unclosed))
            opened, unclosed = None, False
    if opened is not None:
        quotes.append(Quote(opened, len(text), unclosed))
    return quotes


def quotes_within(quotes: Sequence[Quote], span: _Span) -> Sequence[Quote]:
    """Return those of the ordered `quotes` that overlap `span`."""
    first = max(bisect_right(quotes, span[0], key=_start) - 1, 0)
    last = bisect_right(quotes, span[1], key=_start)
    return [quote for quote in quotes[first:last] if quote.end > span[0] and quote.start < span[1]]


def _start(quote: Quote) -> int:
    return quote.start


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _closer(mark: str) -> str:
    return {"‘": "’", '"': '"”', "„": "“”"}.get(mark, '”"')


def _opens(text: str, at: int, mark: str) -> bool:
    if mark in "“„‘":
        return True
    if mark != '"' or at + 1 >= len(text) or text[at + 1].isspace():
        return False
    return at == 0 or _OPENING_CONTEXT.match(text[at - 1]) is not None
