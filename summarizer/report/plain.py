"""What every report needs: text fit to be shown, and the words that count things."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from summarizer.types import Article, Viewpoint

if TYPE_CHECKING:
    from summarizer.analysis import Analysis

# Escape sequences (ECMA-48: CSI, then OSC and the other strings, then two-character ones): an
# article must not colour, clear or retitle the terminal of who reads about it.
_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"
    r"|\x1b[ -/]*[0-~]?"
)
# Controls left over, and the invisible marks that turn the direction of what follows.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,4}")
_SURROGATES = re.compile(r"[\ud800-\udfff]")


def printable(text: str) -> str:
    """Return `text` without escape sequences, control characters and direction overrides.

    Line feeds and tabs stay; lone surrogates, which no encoding can write, become U+FFFD.
    """
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub("", _ESCAPES.sub("", text)))


def one_line(text: str) -> str:
    """Return `printable(text)` with every run of white space as one space."""
    return " ".join(printable(text).split())


def count(number: int, noun: str, plural: str | None = None) -> str:
    """Return "1 claim", "2 claims"."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def coverage(analysis: Analysis) -> str:
    """Return how much of the story the viewpoints hold, in one line."""
    held = sum(len(viewpoint.claims) for viewpoint in analysis.viewpoints)
    viewpoints = count(len(analysis.viewpoints), "viewpoint")
    sentences = f"{held} of {count(len(analysis.claims), 'sentence')}"
    return f"{viewpoints} · {sentences} · {count(len(analysis.articles), 'article')}"


def heading(analysis: Analysis) -> str:
    """Return the question, else a title of the story, else what the page is."""
    titles = [article.title for article in analysis.articles]
    found = [one_line(text) for text in (analysis.question, *titles) if text]
    return next((text for text in found if text), "Viewpoints of one story")


def strength(viewpoint: Viewpoint, *, once: int) -> str:
    """Return how many claims a viewpoint rests on, and its confidence; repeated text is `once`."""
    return f"{claims_once(viewpoint, once)}, confidence {viewpoint.confidence:.2f}"


def claims_once(viewpoint: Viewpoint, once: int) -> str:
    """Return "9 claims", and in how many more places some of them stand."""
    more = len(viewpoint.claims) - once
    return count(once, "claim") + (f" ({more} repeated)" if more else "")


def letter(number: int) -> str:
    """Return A, B, … Z, AA, AB, … for 0, 1, …: viewpoints are told apart without colour."""
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def origin(article: Article) -> list[str]:
    """Return outlet, authors and date of an article, as far as they are known."""
    parts = (article.outlet, ", ".join(article.authors), article.published)
    return [line for part in parts if part and (line := one_line(part))]


def web_address(url: str | None) -> str | None:
    """Return `url` when it is safe to follow (http or https), quoted for a link; else None."""
    if url is None or url != printable(url).strip():
        return None
    try:
        parts = urlsplit(url)
    except ValueError:  # an unfinished IPv6 address, for one
        return None
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return None
    return quote(url, safe="%/:=&?~#+!$,;'@()*[]")


def language_tag(language: str | None) -> str | None:
    """Return `language` when it has the form of a language tag (BCP 47), else None."""
    return language if language and _LANGUAGE.fullmatch(language) else None


def left_out(analysis: Analysis) -> int:
    """Return how many lines of page furniture were dropped."""
    return sum(len(article.dropped) for article in analysis.articles)


def made_with(analysis: Analysis) -> Mapping[str, str]:
    """Return `made_with`, fit to be shown."""
    return {one_line(key): one_line(value) for key, value in analysis.made_with.items()}
