"""What every request passes first and last: who may ask, how much, how many; headers, counts."""

from __future__ import annotations

import asyncio
import logging
import math
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException

from summarizer.service.errors import (
    BodyTooLargeError,
    BusyError,
    ForbiddenError,
    InternalError,
    MediaTypeError,
    SlowBodyError,
    UnauthorizedError,
    refusal,
)
from summarizer.service.limits import Access, Limits
from summarizer.service.metrics import Metrics

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger(__name__)

_OPEN: Final = frozenset({"/", "/healthz", "/readyz", "/openapi.json", "/report"})
"""Served without a key; `/report` takes it from its form."""

_LINES: Final = frozenset({"application/x-ndjson", "application/jsonl", "application/jsonlines"})
_WORK: Final = {
    "/v1/analyze": frozenset({"application/json"}),
    "/v1/batch": _LINES,
    "/report": frozenset({"application/x-www-form-urlencoded"}),
}
"""Paths that ask for work, and the media types that each reads."""

_NAMED: Final = _OPEN | _WORK.keys() | {"/metrics"}
_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Edge:
    """An ASGI application around another; `running` counts the requests for work in it."""

    def __init__(self, app: ASGIApp, *, limits: Limits, access: Access, metrics: Metrics) -> None:
        self._app = app
        self._limits = limits
        self._access = access
        self._metrics = metrics
        self.running = 0

    @property
    def is_full(self) -> bool:
        """Whether another request would be one too many."""
        return self.running >= self._limits.requests

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass on what is none."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answer = _Answer(send)
        route = scope["path"] if scope["path"] in _NAMED else "other"
        with self._metrics.seconds.labels(route).time():
            await self._answered(scope, receive, answer)
        self._metrics.requests.labels(route, answer.status or "gone").inc()

    async def _answered(self, scope: Scope, receive: Receive, answer: _Answer) -> None:
        try:
            self._admit(scope)
            if scope["path"] in _WORK and scope["method"] == "POST":
                await self._work(scope, receive, answer)
            else:
                await self._app(scope, self._bounded(receive), answer)
        except HTTPException as error:
            await _refuse(error, scope, receive, answer)
        except Exception:
            log.exception("%s %s broke", scope["method"], scope["path"])
            if answer.is_complete:
                return
            if answer.status:
                raise  # too late for another answer; the server closes the connection
            fault = InternalError("a fault of the service; its log says more")
            await _refuse(fault, scope, receive, answer)

    async def _work(self, scope: Scope, receive: Receive, answer: _Answer) -> None:
        self._check_form(scope)
        if self.is_full:
            raise BusyError(
                f"{self.running} requests are being answered; try again later",
                {"Retry-After": str(self._wait())},
            )
        self.running += 1
        self._metrics.running.set(self.running)
        try:
            await self._app(scope, self._bounded(receive), answer)
        finally:
            self.running -= 1
            self._metrics.running.set(self.running)

    def _wait(self) -> int:
        """Return the seconds in which a window's worth of requests is likely to be done."""
        spent, windows = self._metrics.window_time()
        return max(1, math.ceil(spent / windows)) if windows else 1

    def _check_form(self, scope: Scope) -> None:
        read = _WORK[scope["path"]]
        form = Headers(scope=scope).get("content-type", "").partition(";")[0].strip().lower()
        if form not in read:
            raise MediaTypeError(f"Content-Type is not {' or '.join(sorted(read))}")

    def _admit(self, scope: Scope) -> None:
        headers = Headers(scope=scope)
        if not self._access.knows_host(headers.get("host", "")):
            raise ForbiddenError("this service has another name; see --allow-host")
        if scope["method"] not in ("GET", "HEAD", "OPTIONS") and not self._is_own(headers):
            raise ForbiddenError("web pages of other sites may not ask; see --cors-origin")
        if scope["path"] not in _OPEN and not self._access.opens(_key(headers)):
            raise UnauthorizedError(
                "an API key is needed: Authorization: Bearer KEY, or X-API-Key: KEY",
                {"WWW-Authenticate": "Bearer"},
            )
        size = headers.get("content-length", "")
        if size.isdigit() and int(size) > self._limits.max_bytes:
            raise self._too_large()

    def _is_own(self, headers: Headers) -> bool:
        """Return whether a program asks, a page of this service, or one of an origin let in."""
        origin = headers.get("origin")
        if origin is None or origin in self._access.origins:
            return True
        return urlsplit(origin).netloc == headers.get("host")

    def _bounded(self, receive: Receive) -> Receive:
        """Return `receive` for a body that may be larger than is said, or come too slowly."""
        size, is_whole = 0, False
        deadline = asyncio.get_running_loop().time() + self._limits.timeout_s

        async def bounded() -> Message:
            nonlocal size, is_whole
            try:
                async with asyncio.timeout_at(None if is_whole else deadline):
                    message = await receive()
            except TimeoutError as error:
                raise SlowBodyError(
                    f"the body did not come within {self._limits.timeout_s:g} s",
                    {"Connection": "close"},
                ) from error
            is_whole = not message.get("more_body", False)
            size += len(message.get("body", b""))
            if size > self._limits.max_bytes:
                raise self._too_large()
            return message

        return bounded

    def _too_large(self) -> BodyTooLargeError:
        # The rest of the body is not read, so nothing more can come on this connection.
        return BodyTooLargeError(
            f"the body is larger than {self._limits.max_bytes:,} bytes; send less at once",
            {"Connection": "close"},
        )


class _Answer:
    """Sends a response on, with the headers that all have, and remembers its status."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.status = 0
        self.is_complete = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
        self.is_complete = message["type"] == "http.response.body" and not message.get("more_body")
        await self._send(message)


def _key(headers: Headers) -> str | None:
    scheme, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else headers.get("x-api-key")


async def _refuse(error: HTTPException, scope: Scope, receive: Receive, send: Send) -> None:
    response = refusal(error, error.headers)
    await response(scope, receive, send)
