"""Parts of speech by rule: a letter for each word, from a lexicon and from the words beside it.

D determiner   N noun, name, adjective, number   ' possessive   H pronoun   O object pronoun
P preposition  T to      C and, or, but          S that, because, if          W who, which, what
A finite auxiliary      F other form of be, have  V finite verb  B base form  E participle
G -ing form    R adverb  X negation               Q quotation mark            , ; : - ( ) . marks

A transformation-based tagger (Brill 1992) with rules written by hand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from summarizer.english.first_names import FIRST_NAMES
from summarizer.english.lexicon import LEXICON
from summarizer.english.open_words import (
    CLOSED,
    NOUNS_TOO,
    S_FORMS,
    last_letter,
    open_letter,
    reduce_verbs,
)

_TOKEN = re.compile(
    r"""(?:[A-Z]\.){2,}
      | (?:Mr|Mrs|Ms|Dr|Sens?|Reps?|Gov|Gen|Lt|Col|Rev|Jr|Sr|St|Prof|Inc|Corp|Co|No|vs?|Ariz|Calif
         |Fla|Ga|Ill|Mass|Md|Mich|Minn|Mo|Nev|Okla|Ore|Pa|Tenn|Va|Wis|Wash|Colo|Conn|Ala|Ark|[A-Z])\.(?=\s+\w)
      | \b[DRI]-[A-Z]\w+\.?
      | [’'](?:s|re|ve|ll|d|m)\b | (?<=s)[’'](?=\s)
      | [$€£#@]?\w+(?:[-‑/&.,]\w+|(?<=\d):\d+|[’'](?!(?:s|re|ve|ll|d|m)\b)\w+)*%?
      | --+ | \.\.+ | \S""",
    re.VERBOSE,
)
_MARKS = {"—": "-", "–": "-", "--": "-", ",": ",", ";": ";", ":": ":"} | {
    **dict.fromkeys("()[]", "("),
    **dict.fromkeys('“”"', "Q"),
    **dict.fromkeys("&/", "C"),
}
_CLITICS = {"re": "A", "ve": "A", "ll": "A", "d": "A", "m": "A"}
_BOTH = frozenset(LEXICON["determiner-or-pronoun"])
_DATES = frozenset(LEXICON["date"])
_TELLING = frozenset(LEXICON["telling"])
_PLAIN_NOUNS = NOUNS_TOO - {"means"}


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark of a text, with offsets in it and its letter.

    `lower` is the word in lower case, with a straight apostrophe.
    """

    text: str
    start: int
    end: int
    tag: str
    lower: str


@lru_cache(maxsize=1 << 11)  # of a claim form, sentences and wordings are asked in turn
def tag(text: str) -> tuple[Token, ...]:
    """Return the tokens of a sentence, in order."""
    found = [(match.group(), match.start(), match.end()) for match in _TOKEN.finditer(text)]
    lower = [word.lower().replace("’", "'") for word, _, _ in found]
    shouted = sum(word[:1].isupper() for word, _, _ in found) > 0.7 * max(4, len(found))
    letters: list[str] = []
    for place, (word, _, _) in enumerate(found):
        opens = _opens(letters) and not _is_first_name(found[place : place + 2])
        named = word[0].isupper() and not shouted and not opens
        letters.append(_letter(lower, place, letters, named=named))
    reduce_verbs(lower, letters)
    return tuple(
        Token(*one, letter, word) for one, letter, word in zip(found, letters, lower, strict=True)
    )


def _is_first_name(found: Sequence[tuple[str, int, int]]) -> bool:
    """Return whether two tokens are a person's names: "Kelly Lee", which is no adverb."""
    first, *last = (word for word, _, _ in found)
    known = first.lower() in FIRST_NAMES and first.lower() not in CLOSED
    return known and bool(last) and last[0][0].isupper()


def _opens(letters: Sequence[str]) -> bool:
    """Return whether the next word begins a sentence or quotation."""
    return not letters or letters[-1] in ".:Q-("


def _letter(lower: Sequence[str], at: int, before: Sequence[str], *, named: bool) -> str:
    word = lower[at]
    if word in _MARKS:
        return _MARKS[word]
    if word[0] in "'’" and len(word) > 1:
        return _clitic(word[1:], lower, at, before)
    if word == "'" and before and before[-1] == "N" and lower[at - 1].endswith("s"):
        return "'"
    if not any(char.isalnum() for char in word):
        return "."
    if named and word not in ("i", "they", "he", "she", "we"):
        return "N"
    if word in CLOSED:
        return _closed(word, lower, at, before)
    if word.endswith("n't"):
        return "A"
    return open_letter(word, lower, at, _past_mark(before))


def _past_mark(before: Sequence[str]) -> Sequence[str]:
    """Return the letters with a mark that opens part of a clause passed over: cuts “go too far”."""
    part = len(before) > 1 and before[-1] == "Q" and before[-2] in "NHO"
    return [*before[:-1], "R"] if part else before


def _clitic(word: str, lower: Sequence[str], at: int, before: Sequence[str]) -> str:
    if word == "s":
        pronoun = bool(before) and (before[-1] in "HW" or lower[at - 1] in ("that", "there"))
        return "A" if pronoun else "'"
    return _CLITICS[word]


def _closed(word: str, lower: Sequence[str], at: int, before: Sequence[str]) -> str:
    """Return the letter of a word of a closed class, where it has several."""
    letter = CLOSED[word]
    following = lower[at + 1] if at + 1 < len(lower) else "."
    nominal = following not in CLOSED and following[0].isalnum()
    last = last_letter(before)
    if word == "that":
        return _that(lower, at, before, nominal=nominal)
    if word in ("one", "her"):
        return _one_or_her(word, before, nominal=nominal)
    if word in _BOTH:
        sets = word == "this" and following in S_FORMS and last in ".Q,SC"  # no plural follows it
        return "D" if (nominal or following in LEXICON["D"]) and not sets else "H"
    if word in ("before", "after", "since", "until", "as", "like", "than"):
        if word == "since" and before and before[-1] == "A":
            return "R"  # "has since closed"
        return "P" if nominal or following in LEXICON["D"] else "S"
    if word in ("have", "do") and last in "TA":
        return "F" if word == "have" else "B"
    if letter == "A" and (last == "D" or (word == "may" and following[0].isdigit())):
        return "N"  # "the will", "May 23"
    return "R" if word == "so" and nominal else letter


def _one_or_her(word: str, before: Sequence[str], *, nominal: bool) -> str:
    """Return the letter of "one", a number in "the one" and "at one building", or of "her"."""
    if word == "her":
        return "D" if nominal else "O"
    number = last_letter(before) == "D" or (nominal and bool(before) and before[-1] in "'P")
    return "N" if number else CLOSED[word]


def _that(lower: Sequence[str], at: int, before: Sequence[str], *, nominal: bool) -> str:
    last, word = (before[-1], lower[at - 1]) if before else (".", "")
    after = lower[at + 1] if at + 1 < len(lower) else "."
    if last in "VBGEO" or word == "out" or word in LEXICON["before-that"]:
        return "S"
    if last in "N'":
        return "S" if _said_lately(lower, at) else "W"
    if last in ".Q" and after in S_FORMS and after not in _PLAIN_NOUNS:
        return "H"  # "That means", not "That claims of his"
    if last in "P.T" and nominal:
        return "D"
    if after in LEXICON["D"]:
        return "S"
    return "H" if after in LEXICON["A"] or not nominal else "D" if last in "PT" else "S"


def _said_lately(lower: Sequence[str], at: int) -> bool:
    """Return whether a statement follows the noun before `at`: "told the court that"."""
    near = lower[max(0, at - 5) : at]
    return lower[at - 1] in _DATES or any(word in _TELLING for word in near)
