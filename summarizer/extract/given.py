"""Page furniture in an article that was handed over as text: found, but left where it stands."""

from __future__ import annotations

import re

from summarizer.extract.furniture import Line, find_furniture, trim
from summarizer.extract.lines import fingerprint, is_wrapped, normalise
from summarizer.sentences import Span

_LINE = re.compile(r"[^\n]*\S[^\n]*")


def furniture_spans(text: str, *, title: str | None = None) -> list[Span]:
    """Return (start, end) of what `extract` would drop from `text`, in order.

    Copies of the title count, other repeated lines do not: they are the article's. Nothing is found
    in text that is wrapped at a fixed width, whose lines are no paragraphs.
    """
    if is_wrapped(text):
        return []
    spans = [found.span() for found in _LINE.finditer(text)]
    lines = [Line(text=normalise(text[start:end])) for start, end in spans]
    copies = [i for i, line in enumerate(lines) if title and _same(line.text, title)]
    gone = find_furniture(lines, repeated=copies)
    kept = [i for i in range(len(lines)) if i not in gone]
    found = [spans[i] for i in gone]
    for i in kept:
        start, end = spans[i]
        head, _, tail = trim(text[start:end], first=i == kept[0], last=i == kept[-1])
        found += [(start, start + len(head)), (end - len(tail), end)]
    return sorted(span for span in found if span[0] < span[1])


def _same(line: str, title: str) -> bool:
    return fingerprint(line) == fingerprint(title)
