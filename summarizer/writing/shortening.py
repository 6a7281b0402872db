"""Other wordings of a sentence: whole sentences of its own words that say less, not other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, islice, pairwise

from summarizer.english.fragments import may_be_fragment
from summarizer.english.phrasing import faults, weakness
from summarizer.english.text import words
from summarizer.english.trimming import trimmed
from summarizer.writing.cuts import cuts
from summarizer.writing.cuts.sentence import Cut
from summarizer.writing.indirect import indirect

MOST = 12
_LEAST, _KEPT = 8, 0.4  # words left, and share of them: what is shorter says too little
_SPACE_BEFORE = re.compile(r"\s+([,.;:!?])")
_DOUBLED = re.compile(r"[,;:]\s*([.,;:])")


def rewordings(text: str, *, context: str = "") -> tuple[str, ...]:
    """Return up to `MOST` other wordings of `text`, none with a fault that it does not have.

    What can be spared is left out, and the speaker of what is said comes first; see `cuts` and
    `indirect`. `context` is the article.
    """
    shorter = _shorter(text)
    turned = [form for one in (text, *shorter) if (form := indirect(one, context=context)) != one]
    again = [one for form in turned for one in _shorter(form)]
    least = max(_LEAST, _KEPT * len(words(text)))
    known, weak, broken = set(faults(text)), weakness(text), may_be_fragment(text)
    fit = (
        one
        for one in dict.fromkeys((*turned, *again, *shorter))
        if len(words(one)) >= least
        and set(faults(one)) <= known
        and weakness(one) <= weak
        and (broken or not may_be_fragment(one))
    )
    return tuple(one for one, _ in zip(fit, range(MOST), strict=False))


def _shorter(text: str) -> list[str]:
    """Return `text` less each set of cuts that go together: single ones, the most, the rest."""
    some = (_without(text, one) for one in islice(_sets(cuts(text)), 2 * MOST))
    return [one for one in dict.fromkeys(some) if one != text]


def _sets(found: Sequence[Cut]) -> Iterator[tuple[Cut, ...]]:
    for size in (1, *range(len(found), 1, -1)):
        for some in combinations(found, size):
            if all(one.end <= other.start for one, other in pairwise(some)):
                yield some


def _without(text: str, some: Sequence[Cut]) -> str:
    for cut in reversed(some):
        text = f"{text[: cut.start]} {text[cut.end :]}"
    text = _SPACE_BEFORE.sub(r"\1", " ".join(text.split()))
    return trimmed(_DOUBLED.sub(r"\1", text))
