"""A summarizer with a cache, and a page to keep."""

from __future__ import annotations

from summarizer import Summarizer
from summarizer.read import read
from summarizer.settings import Settings
from summarizer.testing import FirstClaimWriter, HashEncoder
from tests.sites import answer

URL = "http://tidewater.example/story"
TEXT = (
    "The harbour board wants to close the old ferry landing for good. Captains say the new pier "
    "saves a quarter of an hour on every trip. Islanders answer that the old landing is the only "
    "one with a ramp for wheelchairs, and that nobody asked them before the drawings were made."
)
PAGE = f"<!doctype html><title>Pier</title><article><h1>Pier</h1><p>{TEXT}</p></article>".encode()
OPEN = Settings(timeout_s=5.0, backoff_s=0.01, ignore_robots=True)


class CountingWriter(FirstClaimWriter):
    """Counts how often it is asked."""

    def __init__(self):
        self.calls = 0

    def write(self, requests, /):
        self.calls += 1
        return super().write(requests)


def summarizer(cache=None, *, net=None, settings=OPEN):
    client = cache.client(settings, resolver=net.resolve) if cache and net else None
    return Summarizer(
        HashEncoder(), CountingWriter(), settings=settings, client=client, cache=cache
    )


def served(net, *headers, body=PAGE):
    return net.add(lambda _: answer(body, headers=headers))


def read_twice(net, cache, settings=OPEN, url=URL):
    for _ in range(2):
        with cache.client(settings, resolver=net.resolve) as client:
            page = read(url, settings=settings, client=client)
    return page
