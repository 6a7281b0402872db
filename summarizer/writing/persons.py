"""What "I" says, told of somebody else: “I keep my word” becomes she keeps her word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from summarizer.english.cues import PEOPLE, TITLES
from summarizer.english.first_names import FEMALE, FIRST_NAMES, MALE
from summarizer.english.function_words import WORD_CLASSES
from summarizer.english.lexicon import LEXICON
from summarizer.english.tagging import Token, tag

Pronoun = Literal["he", "she"]

_FORMS: dict[Pronoun, dict[str, str]] = {
    "he": {"i": "he", "me": "him", "my": "his", "mine": "his", "myself": "himself"},
    "she": {"i": "she", "me": "her", "my": "her", "mine": "hers", "myself": "herself"},
}
_OWN = frozenset(_FORMS["he"])
_HE, _SHE = MALE - FEMALE, FEMALE - MALE
_SAME: dict[Pronoun, frozenset[str]] = {
    "he": frozenset({"he", "him", "his", "himself"}),
    "she": frozenset({"she", "her", "hers", "herself"}),
}
_NEAR = 150  # characters behind a name
_OTHERS = frozenset(WORD_CLASSES["speaking"]) - _OWN
_BASE, _PAST = frozenset(LEXICON["base"]), frozenset(LEXICON["past"])
_KEPT = frozenset(LEXICON["modal"]) | {"was", "had", "did", "were", "'d", "'ll"}
_CHANGED = {"am": "is", "'m": " is", "have": "has", "'ve": " has", "do": "does"}
_DENIED = {"haven't": "hasn’t", "don't": "doesn’t"}
_ES = re.compile(r"(?:s|sh|ch|x|z|o)$")
_TITLED = {"mr": "he", "sir": "he", "mrs": "she", "ms": "she", "miss": "she"}


def pronoun_for(name: str, context: str) -> Pronoun | None:
    """Return "he" or "she" where a title or first name tells, in `name` or in `context`, the
    article, before the same last name; None where none does, or not all the same."""
    found = _told(name.split()[:-1])
    if found is None and name.split():
        last = re.escape(name.split()[-1])
        before = re.findall(rf"\b([A-Z][\w’'-]+)\.?\s(?:[A-Z]\.\s)?{last}\b", context)
        told = {one for word in before if (one := _told([word]))}
        found = told.pop() if len(told) == 1 else None
    return found if found and not _called_otherwise(name.split()[-1], found, context) else None


def _called_otherwise(last: str, pronoun: Pronoun, context: str) -> bool:
    """Return whether the other pronoun follows the name `last` in `context` as often, or more."""
    near = re.findall(rf"\b{re.escape(last)}\b(?=(.{{0,{_NEAR}}}))", context, re.DOTALL)
    following = (re.search(r"\b(?:he|his|him|she|her|hers)\b", text) for text in near)
    same = [match.group() in _SAME[pronoun] for match in following if match]
    return bool(same) and 2 * sum(same) <= len(same)


def _told(words: Sequence[str]) -> Pronoun | None:
    for word in (word.strip(".,").lower() for word in words):
        if word in _TITLED:
            return "he" if _TITLED[word] == "he" else "she"
        if word in FIRST_NAMES:
            return "he" if word in _HE else "she" if word in _SHE else None
    return None


def third_person(said: str, pronoun: Pronoun) -> str:
    """Return `said` with "I" as `pronoun` and verbs to fit; "" where that may go wrong.

    It may where "we" or "you" speaks, where another person could be meant, or where a verb is not
    known. What does not speak of "I" comes back as it is.
    """
    tokens = tag(said)
    own = {token.lower for token in tokens}
    if own & _OTHERS or own & _SAME[pronoun]:
        return ""
    if not own & _OWN:
        return said
    changes = list(_changes(tokens, pronoun))
    if None in changes or _second_verb(tokens) or _rivalled(tokens):
        return ""
    for start, end, new in sorted((one for one in changes if one), reverse=True):
        said = said[:start] + new + said[end:]
    return said


def _changes(tokens: Sequence[Token], pronoun: Pronoun) -> Iterator[tuple[int, int, str] | None]:
    """Yield what stands in place of pronouns and their verbs; None for what is not known."""
    for place, token in enumerate(tokens):
        if token.lower not in _OWN:
            continue
        yield token.start, token.end, _FORMS[pronoun][token.lower]
        if token.lower == "i":
            yield _verb(tokens, place + 1)


def _verb(tokens: Sequence[Token], place: int) -> tuple[int, int, str] | None:
    """Return the form behind "he" of the verb at `place`, or behind the adverbs there."""
    while place < len(tokens) and tokens[place].tag in "RX":
        place += 1
    if place == len(tokens):
        return None
    verb = tokens[place]
    form = _third(verb)
    return (verb.start, verb.end, form) if form else None


def _third(verb: Token) -> str:
    word = verb.lower
    if word.endswith("n't"):
        return _DENIED.get(word, verb.text)
    if word in _CHANGED:
        return _CHANGED[word]
    if word in _KEPT or word in _PAST - _BASE or (word.endswith("ed") and word not in _BASE):
        return verb.text
    return _inflected(word) if word in _BASE - _PAST and verb.text.islower() else ""


def _inflected(verb: str) -> str:
    """Return the third person of a verb: tries, watches, keeps."""
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return f"{verb[:-1]}ies"
    return f"{verb}es" if _ES.search(verb) else f"{verb}s"


def _second_verb(tokens: Sequence[Token]) -> bool:
    """Return whether a verb without a subject of its own may belong to "I" too."""
    before = "."
    for token in tokens:
        plain = token.tag in "VN" and token.lower in _BASE - _PAST and token.text.islower()
        if before in "C," and (plain or token.lower in _CHANGED):
            return True
        before = token.tag if token.tag not in "RX" else before
    return False


def _rivalled(tokens: Sequence[Token]) -> bool:
    """Return whether a person who is spoken of before "I" or "my" could be meant by the pronoun."""
    last = max(place for place, token in enumerate(tokens) if token.lower in _OWN)
    return any(
        token.lower in FIRST_NAMES
        or token.lower in PEOPLE | TITLES
        or (place and token.tag == "N" and token.text[:1].isupper())
        for place, token in enumerate(tokens[:last])
    )
