"""Why a page holds little or no article: paywall, consent wall, script shell, other language."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from summarizer.extract import patterns

Wall = Literal["paywall", "consent", "script"]

_MAX_SHELL_WORDS = 60  # a shell shows a name, "loading" and a request to turn scripts on
_SAMPLE = 5_000  # characters: more does not change the language found
_MIN_LATIN = 0.5  # share of letters; English text with quoted names stays far above it
_MIN_CONFIDENCE = 0.9  # below, a short or mixed text is given the benefit of the doubt


def find_wall(visible: str, *, html: str = "") -> Wall | None:
    """Return what stands before the article of a page that shows only the short text `visible`.

    Call it for teasers only: the same wording stands in the margin of many a full article.
    """
    if patterns.PAYWALL.search(visible) or patterns.NOT_FREE.search(html):
        return "paywall"
    if patterns.CONSENT.search(visible):
        return "consent"
    if patterns.NEEDS_SCRIPT.search(visible) or patterns.NEEDS_SCRIPT.search(_noscript(html)):
        return "script"
    empty = len(visible.split()) <= _MAX_SHELL_WORDS
    return "script" if empty and patterns.APP_ROOT.search(html) else None


def foreign_language(text: str) -> str | None:
    """Return the ISO 639-1 code of `text` when it is surely not English, "" for an unnamed one."""
    letters = [c for c in text[:_SAMPLE] if c.isalpha()]
    latin = sum(c < "\u0250" for c in letters)
    language, confidence = _identifier().classify(text[:_SAMPLE])
    if letters and latin < _MIN_LATIN * len(letters):
        return "" if language == "en" else str(language)
    sure = language != "en" and confidence >= _MIN_CONFIDENCE
    return str(language) if sure else None


def _noscript(html: str) -> str:
    return " ".join(re.findall(r"<noscript[^>]*>(.{0,2000}?)</noscript>", html, re.I | re.S))


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
