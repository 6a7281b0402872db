"""Words and sentences, as the judge sees them: not the product's own splitter."""

from __future__ import annotations

import re
from functools import cache

import pysbd

_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """Return the runs of letters and digits of `text`, in lower case."""
    return _WORD.findall(text.lower())


@cache
def _segmenter() -> pysbd.Segmenter:
    return pysbd.Segmenter(language="en", clean=False, char_span=False)


def sentences(text: str) -> list[str]:
    """Return the sentences of `text`, stripped; a line break always ends one."""
    lines = (line.strip() for line in text.splitlines())
    return [part.strip() for line in lines if line for part in _segmenter().segment(line) if part.strip()]


def spans(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of each sentence of `text`, in reading order."""
    found: list[tuple[int, int]] = []
    cursor = 0
    for sentence in sentences(text):
        start = text.find(sentence, cursor)
        if start < 0:  # pysbd may change white space inside a sentence
            continue
        cursor = start + len(sentence)
        found.append((start, cursor))
    return found
