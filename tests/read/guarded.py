"""Pages fetched from behind the guard as it is by default."""

from __future__ import annotations

from summarizer.read import read
from summarizer.settings import Settings

SETTINGS = Settings(timeout_s=5.0, backoff_s=0.01, ignore_robots=True)
URL = "http://tidewater.example/story"


def fetched(net, url=URL, *, settings=SETTINGS, **more):
    with net.client(settings, **more) as client:
        return read(url, settings=settings, client=client)
