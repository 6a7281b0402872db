"""Whether a sentence speaks of something that only another sentence names: "him", "that plan"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.function_words import FUNCTION_WORDS, WORD_CLASSES
from summarizer.trimming import QUOTED

_SUBORDINATING = frozenset(WORD_CLASSES["subordinating"])
_PREPOSITIONS = frozenset(WORD_CLASSES["prepositions"])
_ARTICLES = frozenset({"the", "a", "an", "one", "every", "each", "no", "some", "any"})
_PERSONAL = re.compile(r"\b(?:he|him|his|she|her|hers)\b", re.IGNORECASE)
_GROUP = re.compile(r"\b(?:they|them|their|theirs|its)\b", re.IGNORECASE)
_TIMES = (
    "year|month|week|weekend|morning|afternoon|evening|night|summer|winter|spring|fall|autumn|"
    "season|day|century|decade|time|country|nation|world|days|years|weeks|months|past|coming"
)
_THIS = re.compile(
    rf"\b(?:this|these)\b(?! (?:{_TIMES}|is|was)\b)"
    r"|\bthose (?!who|of|in|with|that|whose|on|from|at|for|under|are|were|living)[a-z]+"
    r"|\b(?:of|to|on|with|for|by|at|from|about|under|rejects?|rejected|dispute[sd]?) that [a-z]+"
    r"|\b(?:do|does|did|doing|done|like|than|all|if) that(?=[,.;!?]| (?:to|by|in|with|for|and)\b)"
    r"|\bthat[.;!?]"
    r"|\b(?<!no )(?<!any )(?<!as )such (?!as\b|that\b|a\b|an\b)[a-z]+"
    r"|\b(?:described|mentioned|noted|listed|outlined|discussed|quoted|seen) (?:above|below)\b",
    re.IGNORECASE,
)
"""“This plan” points back; “this year” does not."""
_LOOSE = re.compile(
    r"(?:(?:that|this|it)(?:['’]s|\s(?:is|was|will|would|could|should|has|does|can))\b"
    r"|(?:he|she|they)\b|(?:that|this|it|so)[,.!?])",
    re.IGNORECASE,
)
"""How a quotation opens that says nothing without what was said before it."""
_SPEAKER = 5  # words: what stands before a quotation names its speaker, and little else
_LEANING = re.compile(
    r"(?:another|the other|the (?:second|third|fourth|last|next)|a (?:second|third))\b"
    r"(?! (?:amendment|world|republic|person|day|week|month|year|term)\b)",
    re.IGNORECASE,
)
"""Openings that count on from the sentence before, though they can be read without it."""


def points_back(text: str) -> bool:
    """Return whether `text` speaks of "him", "this plan" or "those words" of another sentence.

    A noun or name before the pronoun is taken for what it stands for, or a name after it where it
    stands in an opening phrase ("In his speech, Ann Lee …"). Quotations do not count.
    """
    bare = QUOTED.sub(" ", text)
    return (
        _THIS.search(bare) is not None
        or _unnamed(bare, _PERSONAL.search(bare), plural=False)
        or _unnamed(bare, _GROUP.search(bare), plural=True)
    )


def leans(text: str) -> bool:
    """Return whether `text` is clearer after another sentence: it counts on, or what it quotes
    opens with "that" or "he" and nothing before the quotation says what that is."""
    quoted = QUOTED.search(text)
    if quoted is not None and _LOOSE.match(quoted.group()[1:]):
        before = text[: quoted.start()].split()
        named = [word for word in before if word.lower().strip(",:") not in FUNCTION_WORDS]
        if len(named) < _SPEAKER:
            return True
    return _LEANING.match(text) is not None


def _unnamed(text: str, pronoun: re.Match[str] | None, *, plural: bool) -> bool:
    """Return whether nothing in `text` can be what `pronoun` stands for."""
    if pronoun is None:
        return False
    before = text[: pronoun.start()].split()
    if any(_may_be_meant(before, place, plural=plural) for place in range(len(before))):
        return False
    opening = before[0].lower() if before else pronoun.group().lower()
    if opening not in _SUBORDINATING | _PREPOSITIONS:
        return True
    # In an opening phrase it may stand for the subject that follows the comma.
    _, _, after = text[pronoun.end() :].partition(", ")
    return re.match(r"(?:(?:the|an?|some|many|most)\s|[A-Z])", after) is None


def _may_be_meant(before: Sequence[str], place: int, *, plural: bool) -> bool:
    """Return whether a name stands at `place`, or the noun of an article before it."""
    word = before[place].strip('“”"(),')
    if word.lower() in FUNCTION_WORDS:
        return False
    name = word[:1].isupper() and word[1:2].islower()
    several = plural and len(word) > 3 and word.endswith("s")
    return name or several or any(other.lower() in _ARTICLES for other in before[:place])
