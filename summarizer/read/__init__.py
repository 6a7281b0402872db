"""A source (URL, file, "-") to a Page: decoded, nothing dropped."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from summarizer.errors import FetchError, ReadError, TooLongError
from summarizer.read.decode import decode, guess_kind, is_binary
from summarizer.settings import Settings
from summarizer.types import Page, PageKind

if TYPE_CHECKING:
    import httpx

    from summarizer.read.fetch import Fetched

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
# A first part that ends like a host, and unlike the name of a text file.
_HOST = re.compile(
    r"(?:[a-z0-9-]+\.)+(?!(?:html?|txt|md|json|pdf|xml)\b)[a-z]{2,}(?::\d+)?(?:/|$)", re.IGNORECASE
)
_KINDS: dict[str, PageKind] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/markdown": "markdown",
}


def read(source: str | Path, *, settings: Settings, client: httpx.Client | None = None) -> Page:
    """Return the page that `source` names: an http or https URL, a file, or "-" for stdin.

    Raises ReadError (missing, a folder, empty, binary, unreadable), FetchError (see `fetch`) and
    TooLongError (more bytes than `settings.max_bytes`).
    """
    if isinstance(source, Path):
        return _page(_read_file(source, settings), str(source), name=source.name)
    if not source.strip():
        raise ReadError("the source has an empty name; give a URL, a file, or - for stdin")
    if source == "-":
        return _page(_bounded(sys.stdin.buffer.read(settings.max_bytes + 1), "-", settings), "-")
    if match := _SCHEME.match(source):
        return _read_url(source, match.group(1).lower(), client=client, settings=settings)
    return _page(_read_file(Path(source), settings), source, name=source)


def _read_url(source: str, scheme: str, *, client: httpx.Client | None, settings: Settings) -> Page:
    if scheme not in ("http", "https"):
        raise FetchError(f"{source}: {scheme} is not supported; give an http(s) URL or a file")
    from summarizer.read.fetch import fetch, new_client  # files need none of it

    if client is not None:
        return _fetched(fetch(source, client=client, settings=settings), source)
    with new_client(settings) as own:
        return _fetched(fetch(source, client=own, settings=settings), source)


def _fetched(got: Fetched, source: str) -> Page:
    if not got.content.strip():
        raise FetchError(f"{source}: the server sent an empty page; try again later")
    if is_binary(got.content):
        raise FetchError(f"{source}: not a text page; give the address of an HTML article")
    text = decode(got.content, charset=got.charset)
    kind = _KINDS.get(got.media_type) or guess_kind(text, name=urlsplit(got.url).path)
    return Page(source=source, content=text, kind=kind, url=got.url)


def _read_file(path: Path, settings: Settings) -> bytes:
    try:
        with path.open("rb") as file:
            return _bounded(file.read(settings.max_bytes + 1), str(path), settings)
    except FileNotFoundError as error:
        hint = f", or give https://{path} for a page" if _HOST.match(str(path)) else ""
        raise ReadError(f"{path}: no such file; check the path{hint}") from error
    except IsADirectoryError as error:
        raise ReadError(f"{path}: a folder; give the files in it one by one") from error
    except PermissionError as error:
        raise ReadError(f"{path}: no permission to read it; check its access rights") from error
    except (OSError, ValueError) as error:  # ValueError: a NUL character in the path
        shown = str(path)[:80]
        raise ReadError(f"{shown!r}: cannot be read as a file ({_reason(error)})") from error


def _reason(error: Exception) -> str:
    return (error.strerror or "unknown reason") if isinstance(error, OSError) else str(error)


def _bounded(content: bytes, source: str, settings: Settings) -> bytes:
    if len(content) > settings.max_bytes:
        raise TooLongError(
            f"{source}: larger than {settings.max_bytes:,} bytes; give a single article"
        )
    return content


def _page(content: bytes, source: str, *, name: str = "") -> Page:
    shown = "standard input" if source == "-" else source
    if not content.strip():
        raise ReadError(f"{shown}: empty; give a file or a stream that holds an article")
    if is_binary(content):
        raise ReadError(f"{shown}: a binary file, not text; give HTML, Markdown or plain text")
    text = decode(content)
    return Page(source=source, content=text, kind=guess_kind(text, name=name))
