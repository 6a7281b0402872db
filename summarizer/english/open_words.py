"""Letters of words of the open classes: verb forms by the words beside them, else nouns.

The verb forms are those of news text that often follow a pronoun, an auxiliary or "to";
`nouns-too` are those of them that often follow an article.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.english.lexicon import LEXICON

S_FORMS, _PAST, _BASE, NOUNS_TOO = (
    frozenset(LEXICON[name]) for name in ("third-person", "past", "base", "nouns-too")
)
CLOSED = {word: letter for letter in "DHOPCSWAFRX" for word in LEXICON[letter]} | {"to": "T"}
"""The letter of each word of a closed class."""
_MODALS = frozenset(LEXICON["modal"])
_NOT_ING = frozenset(LEXICON["not-ing"])
_NOT_LY = frozenset(LEXICON["not-ly"])
_SAYING = frozenset(LEXICON["saying"])
"""Verbs that a statement may follow without "that"."""
_OBJECT_NEXT = "DOHTSRXW"
_PLURALS = frozenset(LEXICON["plural"])


def last_letter(before: Sequence[str]) -> str:
    """Return the last letter that is no adverb or negation."""
    return next((letter for letter in reversed(before) if letter not in "RX"), ".")


def open_letter(word: str, lower: Sequence[str], at: int, before: Sequence[str]) -> str:
    """Return the letter of `word` at `at` of the words `lower`, behind the letters `before`."""
    if word.endswith("ly") and word not in _NOT_LY:
        return "R"
    if word == "based":
        return "E"
    if word[0].isdigit() or word[0] in "$€£#@":
        return "N"
    if word.endswith("ing") and len(word) > 4 and word not in _NOT_ING | _BASE:
        return "N" if before and before[-1] in "D'" else "G"
    if before and before[-1] == "A" and _governor(lower, at, before) in _MODALS:
        return "B"
    for rule in (_base, _past, _third_person):
        if (letter := rule(word, lower, at, before)) is not None:
            return letter
    return "N"


def _base(word: str, lower: Sequence[str], at: int, before: Sequence[str]) -> str | None:
    last = last_letter(before)
    if word not in _BASE:
        return None
    if last == "T":
        return "B"
    if last == "A" and _governor(lower, at, before) in _MODALS:
        return "B"
    if last in "HW" or _is_plural(lower, at, before):
        doubtful = word in NOUNS_TOO and last not in "H"
        return "V" if not doubtful or _object_follows(lower, at) else None
    if last == "O" and word not in NOUNS_TOO:
        return "B"
    if last == "," and word in _SAYING and word not in NOUNS_TOO and "N" in before:
        return "V"  # "officials, however, say"
    if last in ".Q" and word not in NOUNS_TOO and word not in _PAST:
        return "B"
    return None


def _past(word: str, lower: Sequence[str], at: int, before: Sequence[str]) -> str | None:
    last = last_letter(before)
    regular = word.endswith("ed") and len(word) > 4 and word not in LEXICON["not-ed"]
    if word not in _PAST and not regular:
        return None
    if last in "D'":
        return "N"
    if last in "AFP" or _next(lower, at) in ("by", "among"):
        return "E"
    if last == "N" and word in NOUNS_TOO and not _object_follows(lower, at):
        return None
    return "V" if last in "HWN" or _goes_on(word, lower, at, before) else "E"


def _goes_on(word: str, lower: Sequence[str], at: int, before: Sequence[str]) -> bool:
    """Return whether a past form behind a mark or "and" is finite: "Lee, the mayor, closed it"."""
    last = last_letter(before)
    if last == "C":
        return "V" in before[-12:]
    if last == "," and _object_follows(lower, at) and not _since_stop(before, "AV"):
        return _since_stop(before, "N")
    return word in _SAYING and last in ",Q"


def _since_stop(before: Sequence[str], letters: str) -> bool:
    """Return whether one of `letters` stands before, in the same sentence."""
    for letter in reversed(before):
        if letter in ".;:":
            return False
        if letter in letters:
            return True
    return False


def _third_person(word: str, lower: Sequence[str], at: int, before: Sequence[str]) -> str | None:
    if word not in S_FORMS:
        return None
    last = last_letter(before)
    if last in "D'PTGAF":
        return None
    if last in "HW":
        return "V"
    if word in NOUNS_TOO:
        clear = _object_follows(lower, at) and last == "N" and not _is_plural(lower, at, before)
        return "V" if clear else None
    objects = last == "N" and any(letter in "AV" for letter in _same_clause(before))
    return "V" if last in "NC,Q-)" and not objects else None


def _same_clause(before: Sequence[str]) -> Iterator[str]:
    """Yield the letters before a word, back to where its clause may have begun."""
    for letter in reversed(before):
        if letter in ".,;:-CSWHQ(":
            return
        yield letter


def _governor(lower: Sequence[str], at: int, before: Sequence[str]) -> str:
    """Return the last word before `at` that is no adverb or negation."""
    places = (place for place in range(at - 1, -1, -1) if before[place] not in "RX")
    word = lower[next(places, 0)] if at else ""
    return word.removesuffix("n't") if word.endswith("n't") and word != "won't" else word


def _is_plural(lower: Sequence[str], at: int, before: Sequence[str]) -> bool:
    """Return whether a plural noun stands before `at`."""
    if last_letter(before) != "N":
        return False
    word = _governor(lower, at, before)
    return word in _PLURALS or (
        word.endswith("s") and not word.endswith(("ss", "us", "is")) and word.isalpha()
    )


def _next(lower: Sequence[str], at: int) -> str:
    return lower[at + 1] if at + 1 < len(lower) else ""


def _object_follows(lower: Sequence[str], at: int) -> bool:
    """Return whether what follows may be the object of a verb, as it can be of no noun."""
    word = _next(lower, at)
    return word.endswith("ly") or CLOSED.get(word, "N") in _OBJECT_NEXT


def reduce_verbs(lower: Sequence[str], letters: list[str]) -> None:
    """Turn into participles the past forms that another finite verb of their clause follows."""
    for at, letter in enumerate(letters):
        if letter != "V" or (lower[at] not in _PAST and not lower[at].endswith("ed")):
            continue
        if lower[at] in _SAYING or last_letter(letters[:at]) != "N":
            continue
        for place in _until_boundary(letters, at + 1):
            if letters[place] in "AV":
                letters[at] = "E"
                break


def _until_boundary(letters: Sequence[str], start: int) -> Iterator[int]:
    for place in range(start, len(letters)):
        if letters[place] in ".,;:-CSWHQ(":
            return
        yield place
