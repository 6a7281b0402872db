"""Names, numbers and dates of a text, and which of them another text does not hold."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.english.function_words import FUNCTION_WORDS, WORD_CLASSES
from summarizer.english.text import stem, words

_SPOKEN = {word: str(value) for value, word in enumerate(WORD_CLASSES["small-numbers"])} | {
    word: str(10 * (place + 3)) for place, word in enumerate(WORD_CLASSES["tens"])
}
_MAGNITUDES = frozenset(WORD_CLASSES["magnitudes"])
_CALENDAR = frozenset(WORD_CLASSES["calendar"])  # no May: it is an auxiliary as well
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_TOKEN = re.compile(r"[^\W\d_][\w]*(?:[-&][^\W_]\w*)*|\d[\w.,]*|[^\w\s]")


def numbers(text: str) -> list[str]:
    """Return the numbers of `text` in a normal form, in order: 1,200 as 1200, "seven" as 7.

    "one" counts only before a magnitude ("one million"), since it is a pronoun elsewhere.
    """
    found = []
    tokens = words(text)
    for place, word in enumerate(tokens):
        following = tokens[place + 1] if place + 1 < len(tokens) else ""
        digits = _NUMBER.match(word)
        if digits:
            found.append(digits.group().replace(",", "").rstrip("."))
        elif word in _MAGNITUDES or (word != "one" and word in _SPOKEN):
            found.append(_SPOKEN.get(word, word))
        elif word == "one" and following in _MAGNITUDES:
            found.append("1")
    return found


def names(text: str) -> list[str]:
    """Return runs of capitalised words of `text`, and dates; the first word of a sentence only
    as part of a longer run, for alone it is capitalised anyway."""
    found: list[list[str]] = []
    start, running = True, False
    for token in _TOKEN.findall(text):
        if not token[0].isalpha():
            start = start or token in '.!?:“"'
            running = False
            continue
        capital = token[0].isupper() and token.lower() not in FUNCTION_WORDS
        if capital and running:
            found[-1].append(token)
        elif capital:
            found.append([token] if not start else ["", token])
        running, start = capital, False
    return [" ".join(run).strip() for run in found if not (run[0] == "" and len(run) == 2)]


def missing_facts(text: str, sources: Sequence[str]) -> list[str]:
    """Return the names, numbers and dates of `text` that do not stand in `sources`.

    A name must stand there as the run it is, whatever its case: of Ann Lee and Bo Kim no Ann Kim
    follows. A first word is checked when it is part of a longer name.
    """
    joined = [" ".join(words(source)) for source in sources]
    known = {number for source in sources for number in numbers(source)}
    missing = [number for number in numbers(text) if number not in known]
    for name in names(text):
        bare = " ".join(words(name))
        if bare and not any(f" {bare} " in f" {source} " for source in joined):
            missing.append(name)
    calendar = {word for source in sources for word in words(source)} & _CALENDAR
    missing += [word for word in words(text) if word in _CALENDAR and word not in calendar]
    return list(dict.fromkeys(missing))


def coverage(text: str, sources: Sequence[str]) -> float:
    """Return the share of content words of `text` that stand in `sources`, inflected or not.

    A text without content words has nothing to support: 0.
    """
    known = {stem(word) for source in sources for word in words(source)}
    own = [stem(word) for word in words(text) if word not in FUNCTION_WORDS]
    return sum(word in known for word in own) / len(own) if own else 0.0
