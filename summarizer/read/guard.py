"""The only way to the network: a transport that connects to the addresses it has checked itself.

The name is resolved once; what comes back is checked and the connection made to that very address,
so that a second answer of the name server (DNS rebinding) is never asked for. Host header, SNI and
the name on the certificate stay those of the URL. Redirects are requests of their own and pass here
again. Every wait, for the name server and the TLS handshake too, ends at the request's deadline.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from queue import Empty, SimpleQueue
from typing import Final

import httpcore
import httpx

from summarizer.read.addresses import PRIVATE, why_refused
from summarizer.read.refusal import RefusedError
from summarizer.settings import Settings

Resolver = Callable[[str, int], Sequence[str]]
"""Host and port to IP addresses as text, best first; raises OSError when there are none."""

DEADLINE: Final = "deadline"
"""Name of the request extension that says when, on the monotonic clock, all has to be over."""

_DEFAULT_PORTS: Final = {"http": 80, "https": 443}


def resolve(host: str, port: int) -> Sequence[str]:
    """Return the addresses of `host` as the system gives them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class GuardedTransport(httpx.BaseTransport):
    """Sends each request over a connection of its own, to addresses that `settings` allow.

    Raises RefusedError for another scheme, port or address, else what httpx raises.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        resolver: Resolver = resolve,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        self._settings = settings
        self._resolver = resolver
        self._ssl = ssl_context

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Return the response, its body not yet read; closing it closes the connection."""
        port = _checked_port(request.url, self._settings)
        deadline = request.extensions.get(DEADLINE, time.monotonic() + self._settings.timeout_s)
        connection = httpcore.HTTPConnection(
            origin=httpcore.Origin(request.url.raw_scheme, request.url.raw_host, port),
            ssl_context=self._ssl or _system_trust(),
            network_backend=_Backend(
                self._resolver, deadline=deadline, allow_private=self._settings.allow_private
            ),
        )
        try:
            with _as_httpx():
                response = connection.handle_request(_for_httpcore(request))
        except BaseException:
            connection.close()
            raise
        return httpx.Response(
            status_code=response.status,
            headers=response.headers,
            stream=_Body(response, connection),
            extensions=response.extensions,
        )


@lru_cache(maxsize=1)
def _system_trust() -> ssl.SSLContext:
    """Return the default context, made once: reading the certificates takes longer than a page."""
    return httpx.create_ssl_context()


class _Body(httpx.SyncByteStream):
    """The body of a response as it comes in; its end is the end of the connection."""

    def __init__(self, response: httpcore.Response, connection: httpcore.HTTPConnection) -> None:
        self._response = response
        self._connection = connection

    def __iter__(self) -> Iterator[bytes]:
        with _as_httpx():
            yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()
        self._connection.close()


class _Backend(httpcore.NetworkBackend):
    """Connects to checked addresses only, and to nothing after the deadline."""

    def __init__(self, resolver: Resolver, *, deadline: float, allow_private: bool) -> None:
        self._resolver = resolver
        self._deadline = deadline
        self._allow_private = allow_private
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        failure: Exception = httpcore.ConnectError("the name has no address")
        for address in self._checked(host, port):
            try:
                stream = self._sockets.connect_tcp(
                    address,
                    port,
                    timeout=_left(self._deadline),
                    local_address=local_address,
                    socket_options=socket_options,
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _Stream(stream, self._deadline)
        raise failure

    def _checked(self, host: str, port: int) -> list[str]:
        found = _resolve_in_time(self._resolver, host, port, deadline=self._deadline)
        reasons = {
            address: why_refused(address, allow_private=self._allow_private) for address in found
        }
        allowed = [address for address, reason in reasons.items() if not reason]
        if not allowed and reasons:
            # The kind, not the address: a service shows this message to who asked.
            raise RefusedError(_refusal(host, next(iter(reasons.values()))))
        return allowed


class _Stream(httpcore.NetworkStream):
    """A connection on which no single wait outlasts the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, timeout=_left(self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, timeout=_left(self._deadline))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        inner = self._stream.start_tls(ssl_context, server_hostname, timeout=_left(self._deadline))
        return _Stream(inner, self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


def _checked_port(url: httpx.URL, settings: Settings) -> int:
    """Return the port of `url`; raise RefusedError for another scheme or port than is allowed."""
    if url.scheme not in _DEFAULT_PORTS or not url.host:
        raise RefusedError(f"{url.scheme or 'no scheme'} is not supported; give an http(s) URL")
    port = _DEFAULT_PORTS[url.scheme] if url.port is None else url.port
    if port not in settings.ports:
        allowed = ", ".join(map(str, settings.ports))
        raise RefusedError(
            f"port {port} is not one that pages are fetched from ({allowed}); "
            f"use --allow-port {port} if you trust the site"
        )
    return port


def _refusal(host: str, kind: str) -> str:
    hint = (
        "use --allow-private if you trust the site and your own network"
        if kind in PRIVATE
        else "give the address of a page on the public internet"
    )
    return f"{host} leads to {kind}, from which no page is fetched; {hint}"


def _resolve_in_time(resolver: Resolver, host: str, port: int, *, deadline: float) -> Sequence[str]:
    """Return what `resolver` says; in a thread, since the system's cannot be interrupted."""
    answers: SimpleQueue[Sequence[str] | Exception] = SimpleQueue()

    def ask() -> None:
        try:
            answers.put(resolver(host, port))
        except (OSError, UnicodeError) as error:
            answers.put(error)

    threading.Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=_left(deadline))
    except Empty as error:
        raise httpcore.ConnectTimeout("the name server does not answer") from error
    if isinstance(answer, OSError):
        raise httpcore.ConnectError(str(answer)) from answer
    if isinstance(answer, Exception):
        raise answer
    return answer


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the deadline for the whole page has passed")
    return left


def _for_httpcore(request: httpx.Request) -> httpcore.Request:
    if not isinstance(request.stream, httpx.SyncByteStream):
        raise TypeError("GuardedTransport sends synchronous requests only")
    return httpcore.Request(
        method=request.method,
        url=httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        ),
        headers=request.headers.raw,
        content=request.stream,
        extensions=request.extensions,
    )


@contextmanager
def _as_httpx() -> Iterator[None]:
    """Raise httpcore's errors as those of the same name in httpx."""
    try:
        yield
    except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise getattr(httpx, type(error).__name__)(str(error)) from error
