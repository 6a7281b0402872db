"""An article cut into paragraphs, and these into passages that belong to one claim or to none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.types import Article, Claim

# Paragraphs with the blank line after them, so that together they are the whole text.
_PARAGRAPH = re.compile(r".+?(?:\n{2,}|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A run of text inside one paragraph; `first` and `last` say which ends of the claim it holds.

    Its text is empty where a claim lies inside another one: the claim still has its place.
    """

    text: str
    claim: Claim | None = None
    first: bool = False
    last: bool = False


def passages(article: Article, claims: Sequence[Claim]) -> list[list[Passage]]:
    """Return the paragraphs of `article` as passages; joined, their text is the article's.

    `claims` are the article's own, in reading order. Each is first in one passage and last in
    one; text that two of them share goes to the earlier one.
    """
    waiting = list(claims)
    found = []
    for match in _PARAGRAPH.finditer(article.text):
        found.append(list(_paragraph(article.text, match.span(), waiting)))
        waiting = [claim for claim in waiting if claim.end > match.end()]
    return found


def _paragraph(text: str, span: tuple[int, int], claims: Sequence[Claim]) -> Iterator[Passage]:
    cursor, stop = span
    begin = cursor
    for claim in claims:
        if claim.start >= stop:
            break
        if claim.start > cursor:
            yield Passage(text=text[cursor : claim.start])
            cursor = claim.start
        end = max(cursor, min(claim.end, stop))
        first, last = claim.start >= begin, claim.end <= stop
        yield Passage(text=text[cursor:end], claim=claim, first=first, last=last)
        cursor = end
    if cursor < stop:
        yield Passage(text=text[cursor:stop])
