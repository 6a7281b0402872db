"""Pages fetched from sites of the tests' own, and refusals."""

from __future__ import annotations

import pytest

from summarizer.errors import FetchError
from summarizer.read import read
from summarizer.settings import Settings
from tests.sites import answer

URL = "http://tidewater.example/story"
QUICK = Settings(timeout_s=5.0, backoff_s=0.01, max_bytes=1_000_000, ignore_robots=True)
SHORT = Settings(timeout_s=0.4, backoff_s=0.01, ignore_robots=True)
CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"


def fetched(net, settings=QUICK, *, url=URL, **more):
    with net.client(settings, **more) as client:
        return read(url, settings=settings, client=client)


def refused(net, said, settings=QUICK, **more):
    with pytest.raises(FetchError, match=said) as caught:
        fetched(net, settings, **more)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def dripping(site, head, part, pause=0.05):
    yield head
    while True:
        site[0].wait(pause)
        yield part


BUSY = answer(b"", status="503 Service Unavailable")
