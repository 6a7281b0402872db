"""Whether a text may be no whole sentence: every finite verb of it stands in a subordinate clause.

A count on the letters of `tagging`, not a parse: good enough to prefer another sentence by.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from summarizer.english.function_words import WORD_CLASSES
from summarizer.english.lexicon import LEXICON
from summarizer.english.tagging import Token, tag
from summarizer.english.trimming import QUOTED

_VERBS = frozenset(word for name in ("third-person", "past", "base") for word in LEXICON[name])
_BASE = frozenset(LEXICON["base"])
_NOMINATIVE = frozenset({"i", "he", "she", "we", "they"})
_SUBORDINATING = frozenset(WORD_CLASSES["subordinating"])
_SAYING = frozenset(LEXICON["saying"])
_ANSWERS = re.compile(
    r"Not\s(?:out|because|for|in|on|at|by|with|that)\b|Because,|What\san?\s"
    r"|(?:While|Although|Though|Because)\s[^,]+,\s(?:and|or|but)\s[^,]+$"
)
"""What only denies, explains or cries out at what was said before."""
_NOT_FINITE = frozenset("TGEP.")
"""After "how to", "while asking", "when asked" or "because of" no finite verb is owed."""


def has_finite_verb(text: str) -> bool:
    """Return whether a word of `text` looks like a finite verb: a name and an outlet have none."""
    tokens = tag(text)
    return any(_may_be_finite(tokens, place) for place in range(len(tokens)))


def has_verb(text: str) -> bool:
    """Return whether `text` has a finite verb, or opens with what may be a command."""
    return orders(text) or has_finite_verb(text)


def orders(text: str) -> bool:
    """Return whether `text` opens with what may be a command: "Close the bridge"."""
    first = tag(text)[:1]
    return any(token.tag in "BV" or token.lower in _BASE for token in first)


def may_be_fragment(text: str) -> bool:
    """Return whether no finite verb is left in `text` when each subordinate clause has had one, or
    none stands beside a quotation that opens it or after the clause that does."""
    tokens = tag(text)
    if _ANSWERS.match(text):
        return True
    finite = [_may_be_finite(tokens, place) for place in range(len(tokens))]
    owed = sum(
        token.tag in "SW" and (following.tag if following else ".") not in _NOT_FINITE
        for token, following in zip(tokens, [*tokens[1:], None], strict=True)
    )
    if sum(finite) <= owed + _unmarked(tokens) + _subject_in_relative(tokens):
        return True
    main = _main(text)
    beside = any(found and main[token.start] for found, token in zip(finite, tokens, strict=True))
    return not beside and "according to" not in text.lower()


def _subject_in_relative(tokens: Sequence[Token]) -> bool:
    """Return whether a noun at the front has a clause without "that": "The thing he said"."""
    opens = bool(tokens) and tokens[0].tag == "D"
    verb = next((place for place, token in enumerate(tokens) if token.tag in "AV"), 0)
    return opens and any(
        token.lower in _NOMINATIVE and before.tag == "N" and before.text.islower()
        for before, token in pairwise(tokens[:verb])
    )


def _unmarked(tokens: Sequence[Token]) -> int:
    """Return how many clauses with a verb of their own follow, without "that", a verb of saying in
    a relative clause: "traders who think the dam is safe"."""
    found = 0
    relative = next((place for place, token in enumerate(tokens) if token.tag == "W"), len(tokens))
    for place, token in enumerate(tokens[:-1]):
        if (
            place < relative
            or token.tag != "V"
            or token.lower not in _SAYING
            or tokens[place + 1].tag not in "NDH"
        ):
            continue
        rest = "".join(one.tag for one in tokens[place + 1 :])
        end = next((at for at, letter in enumerate(rest) if letter in ",.;:-QSWC"), len(rest))
        found += any(letter in "AV" for letter in rest[:end])
    return found


def _main(text: str) -> list[bool]:
    """Return for each character whether it is unquoted and stands after a subordinate clause."""
    main = [True] * len(text)
    for quoted in QUOTED.finditer(text):
        main[quoted.start() : quoted.end()] = [False] * len(quoted.group())
    first = text.split(" ", 1)[0].lower()
    comma = next((place for place, mark in enumerate(text) if mark == "," and main[place]), 0)
    if first in _SUBORDINATING and comma:
        main[:comma] = [False] * comma
    return main


def _may_be_finite(tokens: Sequence[Token], place: int) -> bool:
    """Return whether the word at `place` is a finite verb, or looks like one in a fit place."""
    token = tokens[place]
    if token.tag in "AV":
        return True
    if not place or tokens[place - 1].tag in "TAD'" or token.tag not in "NEBD":
        return False
    return token.text[:1].islower() and (token.lower in _VERBS or token.lower.endswith("ed"))
