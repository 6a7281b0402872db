"""Words and sentences, as the judge sees them, whatever the product makes of a text."""

from __future__ import annotations

import re

from syntok import segmenter

_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """Return the runs of letters and digits of `text`, in lower case."""
    return _WORD.findall(text.lower())


def spans(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of each sentence of `text`, in reading order; a line break ends one."""
    found: list[tuple[int, int]] = []
    start = 0
    for line in text.splitlines(keepends=True):
        found += [(start + first, start + last) for first, last in _spans_of_line(line)]
        start += len(line)
    return found


def _spans_of_line(line: str) -> list[tuple[int, int]]:
    return [
        (sentence[0].offset, sentence[-1].offset + len(sentence[-1].value))
        for paragraph in segmenter.analyze(line.rstrip())
        for sentence in map(list, paragraph)
        if sentence
    ]


def sentences(text: str) -> list[str]:
    """Return the sentences of `text`."""
    return [text[start:end] for start, end in spans(text)]
