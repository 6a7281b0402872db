"""Page furniture in an article that was handed over as text: found, but left where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass

from summarizer.english.sentences import Span
from summarizer.extract.furniture import Line, find_furniture, trim
from summarizer.extract.lines import fingerprint, is_wrapped, normalise

_LINE = re.compile(r"[^\n]*\S[^\n]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Spans of a text that are not the article's, in order: boxes and the like, and headings."""

    boxes: tuple[Span, ...] = ()
    headings: tuple[Span, ...] = ()


def find_beside(text: str, *, title: str | None = None) -> Beside:
    """Return what `extract` would drop from `text`.

    Copies of the title count, other repeated lines do not: they are the article's. Nothing is found
    in text that is wrapped at a fixed width, whose lines are no paragraphs.
    """
    if is_wrapped(text):
        return Beside()
    spans = [found.span() for found in _LINE.finditer(text)]
    texts = [normalise(text[start:end]) for start, end in spans]
    copies = [i for i, line in enumerate(texts) if title and _same(line, title)]
    gone = find_furniture([Line(text=line) for line in texts], repeated=copies)
    # Lines whose markup says "paragraph" are no headings.
    paragraphs = [Line(text=line, kind="paragraph") for line in texts]
    boxes = find_furniture(paragraphs, repeated=copies)
    kept = [i for i in range(len(texts)) if i not in gone | boxes]
    ends = [span for i in kept for span in _ends(text, spans[i], i == kept[0], i == kept[-1])]
    return Beside(
        boxes=tuple(sorted([*(spans[i] for i in boxes), *ends])),
        headings=tuple(spans[i] for i in sorted(gone - boxes)),
    )


def _ends(text: str, span: Span, first: bool, last: bool) -> list[Span]:
    """Return what is furniture at the ends of a line that stays."""
    start, end = span
    head, _, tail = trim(text[start:end], first=first, last=last)
    return [(a, b) for a, b in ((start, start + len(head)), (end - len(tail), end)) if a < b]


def _same(line: str, title: str) -> bool:
    return fingerprint(line) == fingerprint(title)
