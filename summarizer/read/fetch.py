"""Fetches one URL: every way in which that fails has a message that says what to do."""

from __future__ import annotations

import os
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

import httpx

from summarizer.errors import FetchError
from summarizer.read.body import ACCEPTED, TooLargeError
from summarizer.read.guard import GuardedTransport, Resolver, resolve
from summarizer.read.refusal import RefusedError
from summarizer.read.robots import PRODUCT
from summarizer.read.visit import Visit, wait_asked_for
from summarizer.settings import Settings
from summarizer.version import __version__

_SAVE: Final = "save the page in a browser and give the file instead"
_TEXT_TYPES: Final = frozenset(
    {"text/html", "application/xhtml+xml", "text/plain", "text/markdown", ""}
)
_REFUSED: Final = frozenset({401, 402, 403, 407, 451})
_PROXIES: Final = ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A response body, decompressed but not decoded; `media_type` is lower case, "" if unsaid.

    `url` is the final address, without name and password.
    """

    content: bytes
    url: str
    media_type: str
    charset: str | None


def new_client(
    settings: Settings,
    *,
    resolver: Resolver = resolve,
    ssl_context: ssl.SSLContext | None = None,
    around: Callable[[httpx.BaseTransport], httpx.BaseTransport] = lambda guarded: guarded,
) -> httpx.Client:
    """Return a client for `fetch` that reaches only the addresses and ports of `settings`.

    `around` puts something in front of the guard, such as a cache.

    Proxies of the environment are not used: a proxy resolves names itself, where no address can be
    checked. Give a client of your own where one is needed; the guard is then the proxy's.
    """
    return httpx.Client(
        transport=around(GuardedTransport(settings, resolver=resolver, ssl_context=ssl_context)),
        trust_env=False,
        timeout=settings.timeout_s,
        headers={
            "User-Agent": f"{PRODUCT}/{__version__} (reads single articles at a person's request)",
            "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9,text/markdown;q=0.9",
            "Accept-Encoding": ACCEPTED,
            "Accept-Language": "en",
        },
    )


def fetch(url: str, *, client: httpx.Client, settings: Settings) -> Fetched:
    """Return the page at `url`, redirects followed.

    Raises FetchError, which says what went wrong and what to do: bad address, private address,
    robots.txt, unknown host, refused connection, timeout, TLS, status, content type, size.
    """
    visit = Visit(url, client=client, settings=settings)
    with _explained(visit, settings):
        answer = visit.page(worth_reading=lambda headers: _media_type(headers) in _TEXT_TYPES)
    _check_status(_where(visit), answer.status, answer.headers)
    media_type = _media_type(answer.headers)
    if media_type not in _TEXT_TYPES:
        raise FetchError(
            f"{_where(visit)}: the server sent {media_type[:60]}, not a web page; "
            "give the address of an HTML or plain-text article"
        )
    return Fetched(
        content=answer.content, url=visit.at, media_type=media_type, charset=answer.charset
    )


@contextmanager
def _explained(visit: Visit, settings: Settings) -> Iterator[None]:
    """Turn what a visit raises into a FetchError that says what to do."""
    try:
        yield
    except RefusedError as error:
        raise FetchError(f"{_where(visit)}: {error}") from error
    except TooLargeError as error:
        raise FetchError(
            f"{_where(visit)}: the page is larger than {settings.max_bytes:,} bytes; "
            "save the article's text to a file and give that"
        ) from error
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        raise FetchError(f"{_where(visit)}: {_explain(error, settings)}") from error


def _where(visit: Visit) -> str:
    """Return the address as it was given, and where redirects led."""
    return visit.url if visit.at in ("", visit.url) else f"{visit.url} (now {visit.at})"


def _explain(error: Exception, settings: Settings) -> str:
    match error:
        case httpx.TimeoutException():
            return f"no answer within {settings.timeout_s:g} s; try again later, or {_SAVE}"
        case httpx.ConnectError():
            return _why_no_connection(error)
        case httpx.TooManyRedirects():
            return f"the site redirects in a circle; {_SAVE}"
        case httpx.InvalidURL() | httpx.UnsupportedProtocol() | UnicodeError():
            return f"not an address that can be fetched ({error}); give an http or https URL"
        case _:
            return f"the connection broke ({error}); try again, or {_SAVE}"


def _media_type(headers: httpx.Headers) -> str:
    return str(headers.get("content-type", "")).partition(";")[0].strip().lower()


def _check_status(where: str, status: int, headers: httpx.Headers) -> None:
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
    elif wait := wait_asked_for(headers):
        hint = f"the site asks to wait {wait:.0f} s; try again then, or {_SAVE}"
    else:
        hint = f"try again later, or {_SAVE}"
    raise FetchError(f"{where}: the server answered {said}; {hint}")


def _why_no_connection(error: httpx.ConnectError) -> str:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, socket.gaierror):
            return f"the host is unknown; check the address and the network connection{_proxy()}"
        if isinstance(cause, ssl.SSLError):
            return f"the secure connection failed ({_tls_reason(cause)}); {_SAVE}"
        if isinstance(cause, ConnectionRefusedError):
            return f"the connection was refused; check the address, or try again later{_proxy()}"
        cause = cause.__cause__ or cause.__context__
    return f"no connection ({error}); check the address and the network connection{_proxy()}"


def _tls_reason(error: ssl.SSLError) -> str:
    said = getattr(error, "verify_message", "") or error.reason or "unknown reason"
    return str(said).replace("_", " ").lower()


def _proxy() -> str:
    """Return a hint where a proxy is set that somebody may expect to be used."""
    for name in _PROXIES:
        if os.environ.get(name) or os.environ.get(name.lower()):
            return f" ({name} is set; it is not used, since addresses behind it cannot be checked)"
    return ""
