"""Fetches one URL: the only file that touches the network, and all its ways to fail."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from importlib.metadata import PackageNotFoundError, version

import httpx

from summarizer.errors import FetchError
from summarizer.settings import Settings

_MAX_REDIRECTS = 10  # browsers follow 20; a news page that needs more than ten is a loop
_SAVE = "save the page in a browser and give the file instead"
_TEXT_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain", "text/markdown", ""})
_REFUSED = frozenset({401, 402, 403, 407, 429, 451})


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A response body, decompressed but not decoded; `media_type` is lower case, "" if unsaid."""

    content: bytes
    url: str
    media_type: str
    charset: str | None


def new_client(settings: Settings) -> httpx.Client:
    """Return a client for `fetch`; guards against private addresses belong in its transport."""
    return httpx.Client(
        follow_redirects=True,
        max_redirects=_MAX_REDIRECTS,
        timeout=settings.timeout_s,
        headers={
            "User-Agent": f"summarizer/{_version()} (article reader; one page per request)",
            "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9,text/markdown;q=0.9",
            "Accept-Language": "en",
        },
    )


def fetch(url: str, *, client: httpx.Client, settings: Settings) -> Fetched:
    """Return the page at `url`, redirects followed.

    Raises FetchError, which says what went wrong and what to do: bad address, unknown host,
    refused connection, timeout, TLS, status, content type, size.
    """
    deadline = time.monotonic() + settings.timeout_s
    with _explained(url, settings.timeout_s), client.stream("GET", url) as response:
        _check_status(url, response.status_code)
        media_type = _check_type(url, response)
        content = _read_body(url, response, deadline=deadline, settings=settings)
        return Fetched(
            content=content,
            url=str(response.url),
            media_type=media_type,
            charset=response.charset_encoding,
        )


def _version() -> str:
    try:
        return version("summarizer")
    except PackageNotFoundError:  # run from a checkout that was not installed
        return "dev"


def _check_status(url: str, status: int) -> None:
    if status == HTTPStatus.OK:
        return
    try:
        said = f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        said = str(status)
    if status in (404, 410):
        hint = "check the address"
    elif status in _REFUSED:
        hint = f"the site refuses this tool or asks for a login; {_SAVE}"
    else:
        hint = f"try again later, or {_SAVE}"
    raise FetchError(f"{url}: the server answered {said}; {hint}")


def _check_type(url: str, response: httpx.Response) -> str:
    media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in _TEXT_TYPES:
        raise FetchError(
            f"{url}: the server sent {media_type}, not a web page; "
            "give the address of an HTML or plain-text article"
        )
    return str(media_type)


def _read_body(url: str, response: httpx.Response, *, deadline: float, settings: Settings) -> bytes:
    """Return the decompressed body; the cap counts after decompression, so a bomb is cut short."""
    parts: list[bytes] = []
    size = 0
    for part in response.iter_bytes():
        size += len(part)
        if size > settings.max_bytes:
            raise FetchError(
                f"{url}: the page is larger than {settings.max_bytes:,} bytes; "
                "save the article's text to a file and give that"
            )
        if time.monotonic() > deadline:
            raise httpx.ReadTimeout("deadline for the whole page")
        parts.append(part)
    return b"".join(parts)


@contextmanager
def _explained(url: str, timeout_s: float) -> Iterator[None]:
    """Turn what httpx raises into a FetchError that says what to do."""
    try:
        yield
    except httpx.TimeoutException as error:
        raise FetchError(
            f"{url}: no answer within {timeout_s:g} s; try again later, or {_SAVE}"
        ) from error
    except httpx.ConnectError as error:
        raise FetchError(f"{url}: {_why_no_connection(error)}") from error
    except httpx.TooManyRedirects as error:
        raise FetchError(f"{url}: the site redirects in a circle; {_SAVE}") from error
    except (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError) as error:
        raise FetchError(
            f"{url}: not an address that can be fetched ({error}); give an http or https URL"
        ) from error
    except httpx.HTTPError as error:
        raise FetchError(f"{url}: the connection broke ({error}); try again, or {_SAVE}") from error


def _why_no_connection(error: httpx.ConnectError) -> str:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, socket.gaierror):
            return "the host is unknown; check the address and the network connection"
        if isinstance(cause, ssl.SSLError):
            return f"the secure connection failed ({cause.reason}); {_SAVE}"
        if isinstance(cause, ConnectionRefusedError):
            return "the connection was refused; check the address, or try again later"
        cause = cause.__cause__ or cause.__context__
    return f"no connection ({error}); check the address and the network connection"
