"""Names, numbers and holders: what a summary may not invent, and who is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np

from eval.metrics.matching import match
from eval.text import sentences, words

_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*(?:(?:[kmbt]|[mb]n|tn)\b)?", re.IGNORECASE)
_NUMBER_WORDS = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty
"""
_AS_DIGITS = {word: str(value) for value, word in enumerate(words(_NUMBER_WORDS))}
_NAME = re.compile(r"(?<![^\W_])[^\W\d_](?:[^\W_]|['’.-](?=[^\W_]))*")


def unsupported(sources: Iterable[str], text: str) -> list[str]:
    """Return the names and numbers of `text` that stand nowhere in `sources`, in reading order.

    A name is a capitalised word that does not open a sentence; one that opens a sentence counts
    when the next word is capitalised too. Numbers are compared as digits without thousands
    separators, together with a magnitude written onto them ($18B), and number words up to twenty
    as their digits.
    """
    source = "\n".join(sources)
    known = set(words(source))
    numbers = set(_numbers(source)) | {_AS_DIGITS[word] for word in known & set(_AS_DIGITS)}
    names = [name for name in _names(text) if not set(words(_bare(name))) <= known]
    return names + [number for number in _numbers(text) if number not in numbers]


def _numbers(text: str) -> list[str]:
    return [found.group().lower().replace(",", "") for found in _NUMBER.finditer(text)]


def _bare(name: str) -> str:
    return re.sub(r"['’]s?$", "", name)


def _names(text: str) -> list[str]:
    found: list[str] = []
    for sentence in sentences(text):
        tokens = _NAME.findall(sentence)
        capital = [token[0].isupper() and token != "I" for token in tokens]
        opens = len(capital) > 1 and capital[1]
        found += [token for i, token in enumerate(tokens) if capital[i] and (i > 0 or opens)]
    return found


_TITLES = frozenset(words("a an the mr mrs ms dr sir lord lady prof professor"))


def same_holder(one: str, other: str) -> bool:
    """Whether two names of a holder can mean the same: the words of one stand in the other.

    Case, articles and titles of address do not count, so "Mr. Ito" and "Kenji Ito" are the same.
    """
    first, second = (frozenset(words(name)) - _TITLES for name in (one, other))
    return bool(first and second) and (first <= second or second <= first)


def holder_counts(gold: Sequence[str], predicted: Sequence[str]) -> tuple[int, int, int]:
    """Return (tp, fp, fn) of holders matched one to one under `same_holder`."""
    gain = np.array([[float(same_holder(one, other)) for other in predicted] for one in gold])
    tp = len(match(gain))
    return tp, len(predicted) - tp, len(gold) - tp
