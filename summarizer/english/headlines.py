"""Less of a clause, as headlines have it: no article, no title before a name, no mere pronoun."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from summarizer.english.function_words import WORD_CLASSES
from summarizer.english.lexicon import LEXICON
from summarizer.english.pronouns import is_expletive
from summarizer.english.statements import Statement
from summarizer.english.tagging import Token
from summarizer.english.text import stem

DROPPED_SUBJECTS = frozenset(
    {"he", "she", "they", "we", "i", "it", "this", "that", "these", "those"}
)
_HEADING = 6  # words: a heading goes without articles where it fits then
_ARTICLES = frozenset(WORD_CLASSES["articles"])
_THIS = frozenset({"this", "these", "those", "that", "his", "her", "its", "their"})
_BE = frozenset(LEXICON["be"])
_NOW = frozenset({"is", "are", "am", "'s", "'re", "'m"})
_LIGHT = frozenset(LEXICON["light-adverb"])
_MODALS = frozenset(LEXICON["modal"]) | frozenset(LEXICON["must"])
_PAST = frozenset(LEXICON["past"])
_JUDGING = frozenset(LEXICON["judging"])
_WANTING = frozenset(LEXICON["wanting"])


def without_subject(statement: Statement, tokens: Sequence[Token]) -> list[Token]:
    """Return the predicate where it can stand without its pronoun: "opposes the plan", "unfair to
    owners"; empty where it cannot.

    A form that could be taken for a command ("get a good deal") cannot, unless it takes a side.
    """
    verb = statement.tokens[statement.verb]
    of_others = verb.lower in _WANTING and statement.tokens[statement.head + 1].tag != "T"
    asks = of_others and any(token.tag == "T" for token in tokens)  # "urged the town to sell"
    if statement.says or asks or is_expletive(tokens):
        return []
    rest = [token for token in tokens[1:] if token.tag != "R" or token.start > verb.start]
    if verb.lower in _NOW:
        return _without_be(rest) if tokens[0].lower not in ("i", "we") else []
    inflected = verb.lower.endswith("s") or verb.lower.endswith("ed") or verb.lower in _PAST
    plain = verb.tag == "V" and (inflected or stem(verb.lower) in _JUDGING)
    modal = verb.tag == "A" and verb.lower.removesuffix("n't") in _MODALS | {"wo"}
    modal = modal and verb.lower not in ("do", "does", "did")  # "do require" is a command
    has = verb.lower.removesuffix("n't") in ("has", "have", "had")
    perfect = has and len(rest) > 1 and rest[1].tag in "ERXD"
    return rest if plain or modal or perfect else []


def _without_be(predicate: Sequence[Token]) -> list[Token]:
    """Return what follows "is": "unfair to owners", "not safe", "a servant of the owners"."""
    rest = [token for token in predicate[1:] if token.lower not in _LIGHT]
    first = next((token for token in rest if token.tag not in "RX"), None)
    least = 4 if first is not None and first.tag == "D" else 3
    if first is None or first.tag not in "GENDP" or first.text[:1].isupper() or len(rest) < least:
        return []
    return rest if first.tag in "GEDP" or any(token.tag in "PTC" for token in rest) else []


def light(tokens: Sequence[Token]) -> list[list[Token]]:
    """Return the tokens less light adverbs and the article, "this" or "his" at the front; and
    without "the" anywhere, where that makes a heading of them."""
    kept = _without_article(_without_adverbs(tokens))
    bare = _without_the(kept)
    shorter = len(kept) > _HEADING >= len(bare) and bare[-1].tag == "N"
    return [kept, bare] if shorter else [kept]


def shrunk(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Yield the tokens with less and less: no light adverb, no title before the name that they open
    with, no article at the front, no "the" at all."""
    kept = list(tokens)
    for shorter in (_without_adverbs, _without_title, _without_article, _without_the):
        less = shorter(kept)
        if len(less) < len(kept):
            kept = less
            yield kept


def without_this(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens less the "this" or "their" that they open with, if there is one."""
    opens = len(tokens) > 1 and tokens[0].lower in _THIS and tokens[1].tag == "N"
    return list(tokens[1:]) if opens else list(tokens)


def _without_adverbs(tokens: Sequence[Token]) -> list[Token]:
    return [
        token
        for token, following in zip_longest(tokens, tokens[1:])
        if token.lower not in _LIGHT or token.tag != "R" or following is None
    ]


def _without_article(tokens: Sequence[Token]) -> list[Token]:
    opens = len(tokens) > 1 and tokens[0].lower in _ARTICLES | _THIS and tokens[1].tag == "N"
    return list(tokens[1:]) if opens else list(tokens)


def _without_title(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens from the name on, if they open with what its bearer is: "Republican Senate
    candidate Ann Lee". Only a noun in lower case tells the one from the other."""
    end = next((p for p, token in enumerate(tokens) if token.tag not in "NDP"), len(tokens))
    start = end
    while start and tokens[start - 1].tag == "N" and tokens[start - 1].text[:1].isupper():
        start -= 1
    titled = start and tokens[start - 1].tag == "N" and tokens[start - 1].text.isalpha()
    return list(tokens[start:]) if titled and end - start > 1 else list(tokens)


def _without_the(tokens: Sequence[Token]) -> list[Token]:
    return [
        token
        for before, token, after in zip_longest([None, *tokens[:-1]], tokens, tokens[1:])
        if token.lower != "the"
        or (before is not None and before.lower in _BE)
        or (after is not None and (after.tag != "N" or after.lower == "same"))
        or (before is not None and before.tag == "P" and after is not None and after.text.istitle())
    ]
