"""Whether a run of words speaks of somebody or something that it does not name."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.english.function_words import WORD_CLASSES
from summarizer.english.lexicon import LEXICON
from summarizer.english.tagging import Token

_PERSONAL = frozenset(WORD_CLASSES["personal"])
_THIRD = _PERSONAL | frozenset(WORD_CLASSES["impersonal"])
_FIRST = frozenset(WORD_CLASSES["speaking"])
_POINTING = frozenset({"this", "that", "these", "those", "here", "such", "another"})
_INDEFINITE = frozenset({"one", "others", "many", "something", "everything", "anything"})
_ANYBODY = frozenset({"everyone", "everybody", "nobody", "anyone", "anybody", "someone"})
_SAYING = frozenset(LEXICON["saying"])
_BE = frozenset(LEXICON["be"])
_ABLE = frozenset({"able", "unable", "willing", "unwilling", "ready", "unlikely", "going", "set"})
_OWNED = {"he": "his", "she": "her", "they": "their", "it": "its"}


def is_first(tokens: Sequence[Token]) -> bool:
    """Return whether "I", "we" or "you" stands among the tokens."""
    return any(token.lower in _FIRST for token in tokens)


def points(tokens: Sequence[Token], *, subject: str = "") -> bool:
    """Return whether a pronoun has nothing before it that it could stand for.

    subject: a pronoun left out before the tokens, for which "his" and the like may stand.
    """
    known = named = joined_on = False
    anybody = False
    for place, token in enumerate(tokens):
        word = token.lower
        if word in _THIRD and not (place == 0 and is_expletive(tokens)):
            held = named if word in _PERSONAL else known and (token.tag == "D" or joined_on)
            own = token.tag == "D" and (word == _OWNED.get(subject) or anybody)
            if not (held or own):
                return True
        if word in _POINTING and token.tag in "HDR" and not _is_time(tokens, place):
            return True
        known = known or (token.tag == "N" and token.text[:1].isalpha())
        named = named or (token.tag == "N" and token.text[:1].isupper())
        anybody = anybody or word in _ANYBODY
        joined_on = joined_on or token.tag in "SWCT" or word in _SAYING
    return any(token.lower in _INDEFINITE and token.tag == "H" for token in tokens)


def _is_time(tokens: Sequence[Token], place: int) -> bool:
    """Return whether "this" or "those" points at no other sentence: "this year", "those who"."""
    follows = tokens[place + 1].lower if place + 1 < len(tokens) else ""
    return follows in LEXICON["time"] or (tokens[place].lower == "such" and place > 0)


def is_expletive(tokens: Sequence[Token]) -> bool:
    """Return whether "it" only holds the place of a clause: "it is wrong to", "it is time that"."""
    near = "".join(token.tag for token in tokens[:8])
    if len(tokens) < 3 or tokens[0].lower != "it" or tokens[1].tag != "A":
        return False
    holds = tokens[1].lower in _BE or tokens[2].tag in "FX"
    able = any(token.lower in _ABLE for token in tokens[2:4])
    return holds and ("S" in near[2:] or (not able and ("TB" in near or "TF" in near)))
