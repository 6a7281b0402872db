"""The sentences of a text as tagged words, without what stands in brackets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from summarizer.english.tagging import Token, tag

_SINGLE_MARKS = frozenset("‘'’")  # of a quotation inside a quotation
_BEFORE_PART = frozenset("NDVBAPEGFTXR'")


@lru_cache(maxsize=512)
def sentences(text: str) -> tuple[tuple[list[Token], int, int], ...]:
    """Return the tokens of `text`, less what stands in brackets, and where each sentence that is
    no question begins and ends."""
    tokens = _without_marks(_without_brackets(tag(text)))
    return tuple(
        (tokens, first, last)
        for first, last in _sentences(tokens)
        if not any(token.text == "?" for token in tokens[max(first, last - 2) : last])
    )


def _without_brackets(tokens: Sequence[Token]) -> list[Token]:
    kept: list[Token] = []
    inside = 0
    for token in tokens:
        if token.text == "(":
            inside += 1
        elif token.text == ")":
            inside = max(0, inside - 1)
        elif not inside and token.tag != "(":  # what an editor put in square brackets stays
            kept.append(token)
    return kept


def _without_marks(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens without the marks of quotations that are part of a clause around them:
    cuts “go too far”."""
    marks = [place for place, token in enumerate(tokens) if token.tag == "Q"]
    gone: set[int] = set()
    for opening, closing in zip(marks[::2], marks[1::2], strict=False):
        inside = tokens[opening + 1 : closing]
        part = opening and tokens[opening - 1].tag in _BEFORE_PART
        if part and not any(token.tag in ".;:-" for token in inside):
            gone |= {opening, closing}
    return [
        token
        for place, token in enumerate(tokens)
        if place not in gone and not (token.tag == "." and token.text in _SINGLE_MARKS)
    ]


def _sentences(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    start = 0
    for place, token in enumerate(tokens):
        if (token.tag == "." and token.text in ".!?…") or token.text.startswith(".."):
            yield start, place + 1
            start = place + 1
    if start < len(tokens):
        yield start, len(tokens)
