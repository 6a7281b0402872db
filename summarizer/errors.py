"""The one error tree; every message says what was wrong and what to do.

SummarizerError                    exit code 1
├── ReadError                      1   a local source cannot be read (missing, empty, binary)
├── FetchError                     3   a URL cannot be fetched (refused, timeout, status, type)
├── NoArticleError                 4   the source was read, but holds no article to analyse
│   ├── TooShortError              4
│   ├── PaywallError               4
│   ├── ScriptShellError           4
│   └── LanguageError              4
├── TooLongError                   1   more text than the tool takes in one go
├── EngineError                    1   a batch's cluster cannot be reached, or its workers die
├── ModelError                     1   weights missing, mismatched or broken
├── MissingExtraError              1   an optional dependency is not installed
└── DataError                      1   JSON, JSONL or a data folder has the wrong shape
"""

from __future__ import annotations


class SummarizerError(Exception):
    """Base of everything this package raises on purpose."""

    exit_code: int = 1


class ReadError(SummarizerError):
    """A local source cannot be read."""


class FetchError(SummarizerError):
    """A URL cannot be fetched."""

    exit_code = 3


class NoArticleError(SummarizerError):
    """The source was read, but holds no article to analyse."""

    exit_code = 4


class TooShortError(NoArticleError):
    """Too little text is left once page furniture is dropped."""


class PaywallError(NoArticleError):
    """The page shows a subscription wall, consent wall or login instead of the article."""


class ScriptShellError(NoArticleError):
    """The page holds scripts that would load the article, or asks for a browser; no article."""


class LanguageError(NoArticleError):
    """The article is in a language that the models were not trained on."""


class TooLongError(SummarizerError):
    """The source holds more text than is taken in one go."""


class EngineError(SummarizerError):
    """The workers of a batch cannot be reached, or die again and again."""


class ModelError(SummarizerError):
    """A model folder is missing, incomplete or does not fit its task."""


class MissingExtraError(SummarizerError):
    """An optional dependency is not installed."""


class DataError(SummarizerError):
    """JSON, JSONL or a data folder does not have the expected shape."""


_NO_MEMORY = ("allocate memory", "bad_alloc", "failed to map segment", "out of memory")


def out_of_memory(error: BaseException) -> bool:
    """Return whether memory ran out; libraries say so in errors of every type."""
    said = str(error).casefold()
    return isinstance(error, MemoryError) or any(sign in said for sign in _NO_MEMORY)
