"""Parts of speech by rule: a letter for each word, from a lexicon and from the words beside it.

D determiner   N noun, name, adjective, number   ' possessive   H pronoun   O object pronoun
P preposition  T to      C and, or, but          S that, because, if          W who, which, what
A finite auxiliary      F other form of be, have  V finite verb  B base form  E participle
G -ing form    R adverb  X negation               Q quotation mark            , ; : - ( ) . marks

A transformation-based tagger (Brill 1992) with rules written by hand. The verb forms are those of
news text that often follow a pronoun, an auxiliary or "to"; `NOUNS_TOO` often follow an article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from summarizer.english.lexicon import LEXICON

_S, _PAST, _BASE, _NOUNS_TOO = (
    frozenset(LEXICON[name]) for name in ("third-person", "past", "base", "nouns-too")
)
_TOKEN = re.compile(
    r"""(?:[A-Z]\.){2,}
      | (?:Mr|Mrs|Ms|Dr|Sens?|Reps?|Gov|Gen|Lt|Col|Rev|Jr|Sr|St|Prof|Inc|Corp|Co|No|vs?|Ariz|Calif
         |Fla|Ga|Ill|Mass|Md|Mich|Minn|Mo|Nev|Okla|Ore|Pa|Tenn|Va|Wis|Wash|Colo|Conn|Ala|Ark|[A-Z])\.(?=\s+\w)
      | \b[DRI]-[A-Z]\w+\.?
      | [’'](?:s|re|ve|ll|d|m)\b | (?<=s)[’'](?=\s)
      | [$€£#@]?\w+(?:[-‑/&.,]\w+|[’'](?!(?:s|re|ve|ll|d|m)\b)\w+)*%?
      | --+ | \.\.+ | \S""",
    re.VERBOSE,
)
_MARKS = {"—": "-", "–": "-", "--": "-", ",": ",", ";": ";", ":": ":"} | {
    **dict.fromkeys("()[]", "("),
    **dict.fromkeys('“”"', "Q"),
    **dict.fromkeys("&/", "C"),
}
_CLOSED = {word: letter for letter in "DHOPCSWAFRX" for word in LEXICON[letter]} | {"to": "T"}
_MODALS = frozenset(LEXICON["modal"])
_CLITICS = {"re": "A", "ve": "A", "ll": "A", "d": "A", "m": "A"}
_BOTH = frozenset(LEXICON["determiner-or-pronoun"])
_NOT_ING = frozenset(LEXICON["not-ing"])
_NOT_LY = frozenset(LEXICON["not-ly"])
_SAYING = frozenset(LEXICON["saying"])
"""Verbs that a statement may follow without "that"."""
_DATES = frozenset(LEXICON["date"])
_TELLING = frozenset(LEXICON["telling"])
_OBJECT_NEXT = "DOHTSRXW"
_PLURALS = frozenset(LEXICON["plural"])
_PLAIN_NOUNS = _NOUNS_TOO - {"means"}


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
        named = word[0].isupper() and not shouted and not _opens(letters)
        letters.append(_letter(lower, place, letters, named=named))
    _reduce(lower, letters)
    return tuple(
        Token(*one, letter, word) for one, letter, word in zip(found, letters, lower, strict=True)
    )


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
    if word in _CLOSED:
        return _closed(word, lower, at, before)
    if word.endswith("n't"):
        return "A"
    return _open(word, lower, at, before)


def _clitic(word: str, lower: Sequence[str], at: int, before: Sequence[str]) -> str:
    if word == "s":
        pronoun = bool(before) and (before[-1] in "HW" or lower[at - 1] in ("that", "there"))
        return "A" if pronoun else "'"
    return _CLITICS[word]


def _closed(word: str, lower: Sequence[str], at: int, before: Sequence[str]) -> str:
    """Return the letter of a word of a closed class, where it has several."""
    letter = _CLOSED[word]
    following = lower[at + 1] if at + 1 < len(lower) else "."
    nominal = following not in _CLOSED and following[0].isalnum()
    last = _last(before)
    if word == "that":
        return _that(lower, at, before, nominal=nominal)
    if _counts(word, before, nominal=nominal):
        return "N"
    if word == "her":
        return "D" if nominal else "O"
    if word in _BOTH:
        sets = word == "this" and following in _S and last in ".Q,SC"  # no plural follows it
        return "D" if (nominal or following in LEXICON["D"]) and not sets else "H"
    if word in ("before", "after", "since", "until", "as", "like", "than"):
        return "P" if nominal or following in LEXICON["D"] else "S"
    if word in ("have", "do") and last in "TA":
        return "F" if word == "have" else "B"
    if letter == "A" and last == "D":
        return "N"  # "the will"
    return "R" if word == "so" and nominal else letter


def _counts(word: str, before: Sequence[str], *, nominal: bool) -> bool:
    """Return whether "one" is a number: "the one", "at one building"."""
    last = _last(before)
    return word == "one" and (last == "D" or (nominal and bool(before) and before[-1] in "'P"))


def _that(lower: Sequence[str], at: int, before: Sequence[str], *, nominal: bool) -> str:
    last, word = (before[-1], lower[at - 1]) if before else (".", "")
    after = lower[at + 1] if at + 1 < len(lower) else "."
    if last in "VBGEO" or word == "out" or word in LEXICON["before-that"]:
        return "S"
    if last in "N'":
        return "S" if _said_lately(lower, at) else "W"
    if last in ".Q" and after in _S and after not in _PLAIN_NOUNS:
        return "H"  # "That means", not "That claims of his"
    if last in "P.T" and nominal:
        return "D"
    return "H" if after in LEXICON["A"] or not nominal else "D" if last in "PT" else "S"


def _said_lately(lower: Sequence[str], at: int) -> bool:
    """Return whether a statement follows the noun before `at`: "told the court that"."""
    near = lower[max(0, at - 5) : at]
    return lower[at - 1] in _DATES or any(word in _TELLING for word in near)


def _last(before: Sequence[str]) -> str:
    """Return the last letter that is no adverb or negation."""
    return next((letter for letter in reversed(before) if letter not in "RX"), ".")


def _open(word: str, lower: Sequence[str], at: int, before: Sequence[str]) -> str:
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
    last = _last(before)
    if word not in _BASE:
        return None
    if last == "T":
        return "B"
    if last == "A" and _governor(lower, at, before) in _MODALS:
        return "B"
    if last in "HW" or _is_plural(lower, at, before):
        doubtful = word in _NOUNS_TOO and last not in "H"
        return "V" if not doubtful or _object_follows(lower, at) else None
    if last == "O" and word not in _NOUNS_TOO:
        return "B"
    if last == "," and word in _SAYING and word not in _NOUNS_TOO and "N" in before:
        return "V"  # "officials, however, say"
    if last in ".Q" and word not in _NOUNS_TOO and word not in _PAST:
        return "B"
    return None


def _past(word: str, lower: Sequence[str], at: int, before: Sequence[str]) -> str | None:
    last = _last(before)
    regular = word.endswith("ed") and len(word) > 4 and word not in LEXICON["not-ed"]
    if word not in _PAST and not regular:
        return None
    if last in "D'":
        return "N"
    if last in "AFP" or _next(lower, at) in ("by", "among"):
        return "E"
    if last == "N" and word in _NOUNS_TOO and not _object_follows(lower, at):
        return None
    return "V" if last in "HWN" or _goes_on(word, lower, at, before) else "E"


def _goes_on(word: str, lower: Sequence[str], at: int, before: Sequence[str]) -> bool:
    """Return whether a past form behind a mark or "and" is finite: "Lee, the mayor, closed it"."""
    last = _last(before)
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
    if word not in _S:
        return None
    last = _last(before)
    if last in "D'PTGAF":
        return None
    if last in "HW":
        return "V"
    if word in _NOUNS_TOO:
        clear = _object_follows(lower, at) and last == "N" and not _is_plural(lower, at, before)
        return "V" if clear else None
    return "V" if last in "NC,Q-)" else None


def _governor(lower: Sequence[str], at: int, before: Sequence[str]) -> str:
    """Return the last word before `at` that is no adverb or negation."""
    places = (place for place in range(at - 1, -1, -1) if before[place] not in "RX")
    word = lower[next(places, 0)] if at else ""
    return word.removesuffix("n't") if word.endswith("n't") and word != "won't" else word


def _is_plural(lower: Sequence[str], at: int, before: Sequence[str]) -> bool:
    """Return whether a plural noun stands before `at`."""
    if _last(before) != "N":
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
    return word.endswith("ly") or _CLOSED.get(word, "N") in _OBJECT_NEXT


def _reduce(lower: Sequence[str], letters: list[str]) -> None:
    """Turn into participles the past forms that another finite verb of their clause follows."""
    for at, letter in enumerate(letters):
        if letter != "V" or (lower[at] not in _PAST and not lower[at].endswith("ed")):
            continue
        if lower[at] in _SAYING or _last(letters[:at]) != "N":
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
