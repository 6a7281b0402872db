"""Words that tie a sentence to the one before it: the table of openings.txt, as patterns."""

from __future__ import annotations

import re
from pathlib import Path


def _table() -> dict[str, tuple[str, ...]]:
    lines = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.partition(": ") for line in lines if not line.startswith("#"))
    return {name: tuple(phrases.split("|")) for name, _, phrases in pairs}


OPENINGS = _table()
"""Phrases by kind, in the order of the file."""


def _any_of(kind: str) -> str:
    longest_first = sorted(OPENINGS[kind], key=len, reverse=True)
    return "|".join(re.escape(phrase).replace("'", "['’]") for phrase in longest_first)


_SO = (  # "so far", "So are the others", "So sure was the town that it paid" begin otherwise
    r"so\s(?!(?:far|long|much|many|is|are|was|were|do|does|did|has|have|had|will|would|can|could)\b"
    r"|(?!it\b|he\b|she\b|what\b|there\b|this\b)\w+[^\Ws]\s(?:is|are|was|were)\s[^,.]*\bthat\b)"
)
CONNECTIVE = re.compile(
    rf"^(?P<mark>[“\"]?)(?:(?:{_any_of('joined')})\b[,:\s]+|{_SO}"
    r"|(?:instead|as a result)\s(?!of\b)"
    rf"|(?:{_any_of('spared')})[,:]\s+)+",
    re.IGNORECASE,
)
"""A connective that opens a sentence, or several, with the quotation mark before it."""

INSERTED = re.compile(rf"(?<=\w),\s(?:{_any_of('inserted')})(?:,(?=\s)|(?=[.;]))", re.IGNORECASE)
"""A connective between commas, or at the end."""

POINTING = re.compile(
    rf"(?!those (?:who|whose|in|with|of|on|from)\b)(?:{_any_of('pointing')})(?![\w-])",
    re.IGNORECASE,
)
"""An opening that stands for something said before."""
