"""Whether a text is English: the only language of the bundled models."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from summarizer.english.function_words import FUNCTION_WORDS

_SAMPLE = 5_000  # characters: more does not change the language found
_MIN_LATIN = 0.5  # share of letters; English text with quoted names stays far above it
# How much likelier another language has to be: a short or mixed text gets the benefit of the doubt.
# The first 20 words of 1,155 news articles never came near it (eval/LOG.md, 2026-11-22).
_MIN_ODDS = 10
_WORD = re.compile(r"[^\W\d_]+")
# Share of words of grammar from which on a text is English without asking, which takes as long as
# reading both models. 1,500 news articles have 0.30 and more, nineteen in twenty 0.40; paragraphs
# of German, Dutch, Spanish, Italian and Danish have 0.15 at most.
_PLAINLY = 0.35


def foreign_language(text: str) -> str | None:
    """Return the ISO 639-1 code of `text` when it is surely not English, "" for an unnamed one.

    Sure is that it is not English, not which other language it is: near ones share the probability,
    as Indonesian and Malay do.
    """
    if _plainly_english(text[:_SAMPLE]):
        return None
    letters = [c for c in text[:_SAMPLE] if c.isalpha()]
    latin = sum(c < "\u0250" for c in letters)
    ranked = _identifier().rank(text[:_SAMPLE])
    likeliest = str(ranked[0][0])
    if letters and latin < _MIN_LATIN * len(letters):
        return "" if likeliest == "en" else likeliest
    english = float(dict(ranked).get("en", 0.0))
    return likeliest if float(ranked[0][1]) > _MIN_ODDS * english else None


def _plainly_english(text: str) -> bool:
    words = [word.lower() for word in _WORD.findall(text)]
    return sum(word in FUNCTION_WORDS for word in words) > _PLAINLY * len(words)


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # its model is 2 MB of LZMA

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
