"""A row of JSON that names an article, as batches and the service take it, and its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summarizer import jsonl
from summarizer.errors import DataError
from summarizer.extract import extract
from summarizer.types import Article, Failure, Page

if TYPE_CHECKING:
    from summarizer.analysis import Analysis
    from summarizer.settings import Settings

Json = jsonl.Json
Key = tuple[str, str | int]
"""("id", the line's id), or ("line", its number) for a line that gives none."""


def source_of(row: Json, settings: Settings) -> Article | str:
    """Return the article of `row`, or the http(s) address to read it from.

    A row has an "id" and a "url", "text" or "html"; "title" and, with a text, "url" describe it.

    Raises:
        DataError: a field is missing, of the wrong type, or one too many.
        SummarizerError: its text holds no article.
    """
    if not is_id(row.get("id")):
        raise DataError('no "id"; give each line its own, a text or a whole number')
    html, text, url, title = (_text(row, name) for name in ("html", "text", "url", "title"))
    if html is not None and text is not None:
        raise DataError('both "html" and "text"; give the one to analyse')
    if html is None and text is None:
        # Only addresses: a line must not be able to name a file of the machine it runs on.
        if url is None or not url.lower().startswith(("http://", "https://")):
            raise DataError('no "text", "html" or http(s) "url" to analyse')
        return url
    page = Page(
        source=url or str(row["id"]),
        content=html if html is not None else text or "",
        kind="html" if html is not None else "text",
        url=url,
        title=title,
    )
    return extract(page, settings=settings)


def record_of(key: Key, outcome: Analysis | Failure | Exception) -> Json:
    """Return the row out: who asked, and "analysis" or "error" with its "type" and "message"."""
    kind, value = key
    name: Json = {"id": value} if kind == "id" else {"id": None, "line": value}
    if isinstance(outcome, Failure | Exception):
        error = outcome.error if isinstance(outcome, Failure) else outcome
        return {**name, "error": {"type": type(error).__name__, "message": str(error)}}
    return {**name, "analysis": outcome.to_dict()}


def is_id(value: object) -> bool:
    """Return whether `value` can be the id of a row: text that can be written, or an integer."""
    if isinstance(value, str):
        return _is_unicode(value)
    return isinstance(value, int) and not isinstance(value, bool)


def _text(row: Json, name: str) -> str | None:
    value = row.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise DataError(f'"{name}" is a {type(value).__name__}, not a text')
    if not _is_unicode(value):
        raise DataError(f'"{name}" holds half a surrogate pair, which is no character')
    return value


def _is_unicode(value: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in value)
