"""Whether a clause is said to be so: nothing before it denies, doubts, asks or supposes it."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.english.function_words import WORD_CLASSES, is_denial
from summarizer.english.lexicon import LEXICON
from summarizer.english.phrasing import denied
from summarizer.english.tagging import Token

_SUPPOSING = frozenset({"if", "unless", "assuming", "were", "had", "whether", "suppose", "should"})
_CONDITIONS = frozenset(WORD_CLASSES["conditions"])
_JOINTS = frozenset({"but", "and", "so", "yet", "even", "or"})
_UNREAL = frozenset(LEXICON["unreal"])
"""Near the opening of a clause these say that it is not so, or not known to be so."""
_UNREAL_REACH = 7
_SAYING = frozenset(LEXICON["saying"])


def is_asserted(tokens: Sequence[Token], first: int, start: int) -> bool:
    """Return whether nothing before the clause denies it or leaves it open."""
    before = [token.lower for token in tokens[first:start]]
    if before and tokens[start - 1].tag in ".;":
        return True
    opening = next((word for word in before if word[0].isalnum() and word not in _JOINTS), "")
    if opening in _SUPPOSING | _CONDITIONS - {"when"}:
        return False
    told = start > first and (tokens[start - 1].tag == "S" or tokens[start - 1].lower in _SAYING)
    if told and any(is_denial(word) for word in before):
        return False
    near = before[-_UNREAL_REACH:]
    return not denied(before) and not _UNREAL & set(near)


def condition(tokens: Sequence[Token], first: int, start: int) -> int | None:
    """Return where the condition opens that stands before the clause and its comma: with it the
    clause is as it was said. None when there is none, or when something is asked or denied."""
    while first < start and tokens[first].tag in "CQR":
        first += 1
    before = tokens[first:start]
    if not before or before[0].lower not in _CONDITIONS or before[-1].tag != ",":
        return None
    plain = not any(token.tag in ",.;:-Q" for token in before[:-1])
    return first if plain and not _UNREAL & {token.lower for token in before} else None
