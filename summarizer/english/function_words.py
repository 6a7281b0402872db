"""Closed classes of English, from function_words.txt: words of grammar rather than content.

A summary may use them though its claims do not: they name nothing. Numbers written as words are
left out on purpose, since they are facts.
"""

from __future__ import annotations

from pathlib import Path


def read_classes(name: str) -> dict[str, tuple[str, ...]]:
    """Return the lists of words by class, in the order of the file `name` beside this one."""
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    pairs = (line.partition(":") for line in lines if not line.startswith("#"))
    return {name: tuple(words.split()) for name, _, words in pairs}


WORD_CLASSES = read_classes("function_words.txt")
"""Words by class, in the order of the file; `pieces` stand after an apostrophe."""

LIGHT_VERBS = frozenset(WORD_CLASSES["light-verbs"])
"""Verbs that a summary may bring along; they count as content where support is measured."""

DENIALS = frozenset(WORD_CLASSES["denials"])

_WITHOUT_CONTENT = (
    "determiners",
    "pronouns",
    "prepositions",
    "conjunctions",
    "auxiliaries",
    "pieces",
    "adverbs",
)
FUNCTION_WORDS = frozenset(word for name in _WITHOUT_CONTENT for word in WORD_CLASSES[name])
"""Words without content: they count neither as overlap nor as missing support."""


def is_denial(word: str) -> bool:
    """Return whether a word in lower case denies: "no", "never", "isn't"."""
    return word in DENIALS or word.endswith(("n't", "n’t"))
