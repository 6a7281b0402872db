"""The case of what an uncased model wrote, as the texts of a suite have it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from eval.text import sentences

_WORD = re.compile(r"[^\W_]+")
_APART = re.compile(r"(?<!\w['’])[^\W_]+")  # the s of "Ana's" is not that of "U.S."
_IN_NUMBER = re.compile(r"(?<=\d) ?([.,:]) ?(?=\d)")
_CONTRACTED = re.compile(r" ?(['’]) ?(?=(?:s|t|d|m|re|ve|ll)\b)")

Forms = Mapping[str, str]
"""Lower-cased word → how it is written."""


def forms(texts: Iterable[str]) -> Forms:
    """Return the most frequent form of each word that stands inside a sentence of `texts`.

    The unigram baseline of Lita et al. 2003 (tRuEcasIng). First words are not looked at.
    """
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for sentence in sentences(text):
            for word in _WORD.findall(sentence)[1:]:
                found[word.lower()][word] += 1
    return {
        word: min(counts, key=lambda form: (-counts[form], form)) for word, counts in found.items()
    }


def cased(text: str, known: Sequence[Forms]) -> str:
    """Return `text` in the case of the first of `known` that has a word, sentences capitalised.

    Numbers and contractions that a tokenizer took apart are whole again. A word that nothing knows
    stays in lower case: a name among them is not seen as one.
    """
    whole = _CONTRACTED.sub(r"\1", _IN_NUMBER.sub(r"\1", text))
    written = _APART.sub(lambda word: _form(word.group(), known), whole)
    return " ".join(part[:1].upper() + part[1:] for part in sentences(written))


def _form(word: str, known: Sequence[Forms]) -> str:
    return next((forms[word.lower()] for forms in known if word.lower() in forms), word)
