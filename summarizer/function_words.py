"""Closed classes of English, from function_words.txt: words of grammar rather than content.

A summary may use them though its claims do not: they name nothing. Numbers written as words are
left out on purpose, since they are facts.
"""

from __future__ import annotations

from pathlib import Path


def _classes() -> dict[str, frozenset[str]]:
    lines = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.partition(":") for line in lines if not line.startswith("#"))
    return {name: frozenset(words.split()) for name, _, words in pairs}


WORD_CLASSES = _classes()
"""Words by class; `pieces` stand after the apostrophe of a contraction or a genitive."""

LIGHT_VERBS = WORD_CLASSES["light-verbs"]
"""Verbs that a summary may bring along; they count as content where support is measured."""

FUNCTION_WORDS = frozenset().union(
    *(words for name, words in WORD_CLASSES.items() if name != "light-verbs")
)
"""Words without content: they count neither as overlap nor as missing support."""
