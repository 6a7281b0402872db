"""Finds the viewpoints in news articles and sums each up, with evidence for every sentence.

    from summarizer import Summarizer

    analysis = Summarizer.from_pretrained().analyze("article.html")

Importing this package loads no model library; `Summarizer` and `Analysis` are loaded on first use.
"""

from __future__ import annotations

import importlib
import logging
from typing import TYPE_CHECKING

from summarizer.errors import (
    DataError,
    EngineError,
    FetchError,
    LanguageError,
    MissingExtraError,
    ModelError,
    NoArticleError,
    PaywallError,
    ReadError,
    ScriptShellError,
    SummarizerError,
    TooLongError,
    TooShortError,
)
from summarizer.settings import Settings
from summarizer.types import (
    Article,
    Claim,
    Failure,
    Point,
    Summary,
    SummarySentence,
    Viewpoint,
)
from summarizer.version import __version__

if TYPE_CHECKING:
    from summarizer.analysis import Analysis
    from summarizer.pipeline import Summarizer

__all__ = [
    "Analysis",
    "Article",
    "Claim",
    "DataError",
    "EngineError",
    "Failure",
    "FetchError",
    "LanguageError",
    "MissingExtraError",
    "ModelError",
    "NoArticleError",
    "PaywallError",
    "Point",
    "ReadError",
    "ScriptShellError",
    "Settings",
    "Summarizer",
    "SummarizerError",
    "Summary",
    "SummarySentence",
    "TooLongError",
    "TooShortError",
    "Viewpoint",
    "__version__",
]

_LAZY = {"Analysis": "summarizer.analysis", "Summarizer": "summarizer.pipeline"}

logging.getLogger(__name__).addHandler(logging.NullHandler())


def __getattr__(name: str) -> object:
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(_LAZY[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
