"""Whom "he", "they" or "it" stands for inside one sentence: who is the subject before it.

A pronoun in the place of a subject mostly goes back to a subject (parallelism, as in Lappin and
Leass 1994); where the sentence names a person otherwise, or an office, nobody is named. "They" and
"it" are those who say what they do ("critics say they want a toll").
"""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.english import cues
from summarizer.english.first_names import FEMALE, FIRST_NAMES, MALE
from summarizer.english.lexicon import LEXICON
from summarizer.english.names import bare_name
from summarizer.english.tagging import Token

_NOBODY = cues.PEOPLE | cues.GROUPS | cues.ORGANISATIONS | cues.PLACE_WORDS | cues.DATES
_TELLING = frozenset(LEXICON["telling"]) | frozenset(LEXICON["wanting"])
_MUST = frozenset(LEXICON["must"]) | {"needs", "had", "has"}
_SEX = {"he": FEMALE - MALE, "she": MALE - FEMALE}
_SAYING = frozenset(LEXICON["saying"])
_BE = frozenset(LEXICON["be"])
_PLURAL = frozenset(LEXICON["plural"])
_BODIES = cues.GROUPS | cues.ORGANISATIONS
PRONOUNS = frozenset({"he", "she", "they", "it"})
"""Those that are looked for."""
_LONGEST_ASIDE = 12  # tokens
_LONGEST_SPEAKER = 4  # tokens


def antecedent(tokens: Sequence[Token], first: int, place: int) -> tuple[Token, ...]:
    """Return whom the pronoun at `place` stands for in the sentence that opens at `first`: empty
    where it names nobody before it as a subject, or may mean another."""
    if tokens[place].lower in _SEX:
        return _person(tokens, first, place)
    verb = place - 1 - (place - 1 > first and tokens[place - 1].lower == "that")
    said = verb > first and tokens[verb].tag == "V" and tokens[verb].lower in _SAYING
    is_so = any(token.lower in _BE for token in tokens[place + 1 : place + 4])
    return _speaker(tokens, first, verb, tokens[place].lower) if said and not is_so else ()


def _speaker(tokens: Sequence[Token], first: int, verb: int, pronoun: str) -> tuple[Token, ...]:
    """Return the subject of the verb of saying at `verb` that opens the sentence, if "they" or "it"
    may stand for it."""
    end = verb
    while end > first and tokens[end - 1].tag == "R":
        end -= 1
    start = end
    while start > first and tokens[start - 1].tag in "ND":
        start -= 1
    head = tokens[end - 1]
    several = head.lower.endswith("s") or head.lower in _PLURAL
    fits = several if pronoun == "they" else head.lower in _BODIES or head.text.isupper()
    opens = start == first or tokens[start - 1].tag in ",CQ"
    plain = start < end and head.tag == "N" and end - start <= _LONGEST_SPEAKER
    return tuple(tokens[start:end]) if fits and opens and plain else ()


def _person(tokens: Sequence[Token], first: int, place: int) -> tuple[Token, ...]:
    """Return the name of the person that "he" or "she" at `place` stands for."""
    found: tuple[Token, ...] = ()
    for verb in range(first + 1, place):
        if tokens[verb].tag not in "AV" or tokens[verb - 1].tag in "AF":
            continue
        end = _subject_end(tokens, first, verb)
        subject = tokens[end - 1]
        if subject.tag != "N":
            continue
        name = _name(tokens, first, end)
        if name and not _SEX[tokens[place].lower] & {token.lower for token in name[:1]}:
            found = tuple(bare_name(name))
        elif name or subject.lower in cues.PEOPLE:
            found = ()
    return () if _is_told(tokens, first, place) else found


def _subject_end(tokens: Sequence[Token], first: int, verb: int) -> int:
    """Return the place behind the subject of `verb`, before adverbs and an aside."""
    end = verb
    while end > first + 1 and tokens[end - 1].tag in "RX":
        end -= 1
    if tokens[end - 1].tag != ",":
        return end
    opened = (p for p in range(end - 2, max(first, end - _LONGEST_ASIDE), -1))
    return next((place for place in opened if tokens[place].tag == ","), end)


def _name(tokens: Sequence[Token], first: int, end: int) -> Sequence[Token]:
    """Return the person's name that ends before `end`; empty when none does."""
    start = end
    while start > first and tokens[start - 1].tag == "N" and tokens[start - 1].text[:1].isupper():
        start -= 1
    if start == end or (start > first and tokens[start - 1].tag in "'PGD"):
        return ()
    name = tokens[start:end]
    titled = len(bare_name(name)) < len(name)
    if titled or any(token.lower in FIRST_NAMES for token in name[:-1]):
        return name
    alone = len(name) == 1 and not name[0].text.isupper() and name[0].lower not in _NOBODY
    return name if alone else ()


def _is_told(tokens: Sequence[Token], first: int, place: int) -> bool:
    """Return whether somebody is told what he must do: "told Ann Lee she should go"."""
    modal = next((token for token in tokens[place + 1 :] if token.tag != "R"), None)
    told = any(token.lower in _TELLING for token in tokens[max(first, place - 5) : place])
    return told and modal is not None and modal.lower in _MUST
