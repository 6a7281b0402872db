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
    found = _read_of(row)
    return found if isinstance(found, str) else extract(found, settings=settings)


def sources_of(row: Json, settings: Settings) -> Article | str | list[Page | str]:
    """Return what `source_of` does, or of a row with "articles" each of these, not yet extracted.

    Each of the "articles" is a row of its own but for the id; together they are one story.

    Raises:
        DataError: a field is missing, of the wrong type, or one too many.
        SummarizerError: the text of the only article holds none.
    """
    several = row.get("articles")
    if several is None:
        return source_of(row, settings)
    if any(row.get(name) is not None for name in ("html", "text", "url", "title")):
        raise DataError('"articles" beside "url", "text", "html" or "title"; give one or the other')
    if not (isinstance(several, list) and several and all(isinstance(o, dict) for o in several)):
        raise DataError('"articles" is no list of rows with "url", "text" or "html"')
    _check_id(row)
    return [
        _read_of({**one, "id": f"{row['id']}, article {n}"})
        for n, one in enumerate(several, start=1)
    ]


def _read_of(row: Json) -> Page | str:
    """Return the page that `row` holds, or the address to read it from."""
    _check_id(row)
    html, text, url, title = (_text(row, name) for name in ("html", "text", "url", "title"))
    if html is not None and text is not None:
        raise DataError('both "html" and "text"; give the one to analyse')
    if html is None and text is None:
        # Only addresses: a line must not be able to name a file of the machine it runs on.
        if url is None or not url.lower().startswith(("http://", "https://")):
            raise DataError('no "text", "html" or http(s) "url" to analyse')
        return url
    return Page(
        source=url or str(row["id"]),
        content=html if html is not None else text or "",
        kind="html" if html is not None else "text",
        url=url,
        title=title,
    )


def _check_id(row: Json) -> None:
    if not is_id(row.get("id")):
        raise DataError('no "id"; give each line its own, a text or a whole number')


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
