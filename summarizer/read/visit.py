"""One page asked for: robots.txt first, redirects hop by hop, again after what may pass."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Final

import httpx
from protego import Protego

from summarizer.read import robots
from summarizer.read.body import read_body
from summarizer.read.guard import DEADLINE
from summarizer.settings import Settings

_PASSING: Final = frozenset({429, 502, 503, 504})
_BROKEN: Final = (httpx.ReadError, httpx.WriteError, httpx.RemoteProtocolError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The last answer of a site; `content` is empty where the answer was not worth reading."""

    url: httpx.URL
    status: int
    headers: httpx.Headers
    content: bytes
    charset: str | None


class Visit:
    """The requests that fetching one page takes; all of them end at one deadline.

    `at` is where redirects have led so far, without name and password, "" before the first request.
    """

    def __init__(self, url: str, *, client: httpx.Client, settings: Settings) -> None:
        self.url = url
        self.at = ""
        self._client = client
        self._settings = settings
        self._deadline = time.monotonic() + settings.timeout_s
        self._rules: dict[str, Protego] = {}

    def page(self, *, worth_reading: Callable[[httpx.Headers], bool]) -> Answer:
        """Return the final answer to a request for the page, whatever its status.

        The body is read when the status is 200 and the headers are `worth_reading`.

        Raises RefusedError (robots.txt, address, port), what `read_body` raises, and what httpx
        raises for bad addresses, broken connections, time and too many redirects.
        """
        return self._patiently(self.url, is_page=True, worth_reading=worth_reading)

    def _patiently(
        self, url: str, *, is_page: bool, worth_reading: Callable[[httpx.Headers], bool]
    ) -> Answer:
        """Ask for `url`, and again after what may pass while tries and time are left."""
        pause = self._settings.backoff_s
        for _ in range(self._settings.retries):
            try:
                answer = self._once(url, is_page=is_page, worth_reading=worth_reading)
            except _BROKEN:
                if not self._wait(pause):
                    raise
            else:
                asked_for = wait_asked_for(answer.headers)
                if answer.status not in _PASSING or not self._wait(max(pause, asked_for)):
                    return answer
            pause *= 2
        return self._once(url, is_page=is_page, worth_reading=worth_reading)

    def _wait(self, seconds: float) -> bool:
        """Wait, or say at once that there is no time for it."""
        if time.monotonic() + seconds >= self._deadline:
            return False
        time.sleep(seconds)
        return True

    def _once(
        self, url: str, *, is_page: bool, worth_reading: Callable[[httpx.Headers], bool]
    ) -> Answer:
        with self._follow(url, is_page=is_page) as response:
            wanted = response.status_code == HTTPStatus.OK and worth_reading(response.headers)
            return Answer(
                url=response.url,
                status=response.status_code,
                headers=response.headers,
                content=self._body(response) if wanted else b"",
                charset=response.charset_encoding,
            )

    def _body(self, response: httpx.Response) -> bytes:
        return read_body(response, limit=self._settings.max_bytes, deadline=self._deadline)

    @contextmanager
    def _follow(self, url: str, *, is_page: bool) -> Iterator[httpx.Response]:
        """Yield the answer at the end of the redirects; each hop is checked like the first."""
        request = self._client.build_request("GET", url)
        for _ in range(self._settings.max_redirects + 1):
            if is_page:
                self.at = _shown(request.url)
                self._check_robots(request.url)
            request.extensions[DEADLINE] = self._deadline
            response = self._client.send(request, stream=True, follow_redirects=False)
            try:
                if response.next_request is None:
                    yield response
                    return
                request = response.next_request
            finally:
                response.close()
        raise httpx.TooManyRedirects("too many redirects", request=request)

    def _check_robots(self, url: httpx.URL) -> None:
        if self._settings.ignore_robots:
            return
        where = robots.address(url)
        if where not in self._rules:
            self._rules[where] = self._read_robots(where)
        robots.check(self._rules[where], url)

    def _read_robots(self, where: str) -> Protego:
        try:
            answer = self._patiently(where, is_page=False, worth_reading=lambda _: True)
        except httpx.TooManyRedirects:
            return robots.parse(b"", status=HTTPStatus.NOT_FOUND)  # RFC 9309, section 2.3.1.2
        return robots.parse(answer.content, status=answer.status)


def wait_asked_for(headers: httpx.Headers) -> float:
    """Return the seconds that a Retry-After header asks for, 0 where it asks for none."""
    said = headers.get("retry-after", "").strip()
    if said.isascii() and said.isdigit():
        return float(said[:9])
    try:
        moment = parsedate_to_datetime(said)
    except ValueError:
        return 0.0
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _shown(url: httpx.URL) -> str:
    """Return `url` without the name and password that it may hold."""
    return str(url.copy_with(username=None, password=None)) if url.userinfo else str(url)
