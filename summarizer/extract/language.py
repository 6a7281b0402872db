"""Whether a text is English: the only language of the bundled models."""

from __future__ import annotations

from functools import lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

_SAMPLE = 5_000  # characters: more does not change the language found
_MIN_LATIN = 0.5  # share of letters; English text with quoted names stays far above it
# How much likelier another language has to be: a short or mixed text gets the benefit of the doubt.
# The first 20 words of 1,155 news articles never came near it (eval/LOG.md, 2026-11-22).
_MIN_ODDS = 10


def foreign_language(text: str) -> str | None:
    """Return the ISO 639-1 code of `text` when it is surely not English, "" for an unnamed one.

    Sure is that it is not English, not which other language it is: near ones share the probability,
    as Indonesian and Malay do.
    """
    letters = [c for c in text[:_SAMPLE] if c.isalpha()]
    latin = sum(c < "\u0250" for c in letters)
    ranked = _identifier().rank(text[:_SAMPLE])
    likeliest = str(ranked[0][0])
    if letters and latin < _MIN_LATIN * len(letters):
        return "" if likeliest == "en" else likeliest
    english = float(dict(ranked).get("en", 0.0))
    return likeliest if float(ranked[0][1]) > _MIN_ODDS * english else None


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
