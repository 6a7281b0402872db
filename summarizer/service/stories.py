"""A row of a request to its story: read and cut into claims, off the event loop."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final

from summarizer.rows import Json, sources_of
from summarizer.types import Failure, Story

if TYPE_CHECKING:
    from summarizer.pipeline import Summarizer


_FIRST: Final[Json] = {
    "id": "warm-up",
    "text": (
        "Some people say that a service should be ready when it says so. Others argue that the "
        "first who asks may well wait a little longer than those who come after. The rest have no "
        "view on the matter, and read the newspaper until the question is settled by somebody else."
    ),
}


class Reader:
    """Reads stories, a few at a time; one whose caller is cancelled before its turn is not read."""

    def __init__(self, summarizer: Summarizer, *, at_once: int) -> None:
        self._summarizer = summarizer
        self._threads = ThreadPoolExecutor(max_workers=at_once, thread_name_prefix="read")

    async def story(self, row: Json) -> Story:
        """Return the story of `row`; raises the `SummarizerError` that keeps it from us."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, story_of, row, self._summarizer)

    def close(self) -> None:
        """Read no more."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def story_of(row: Json, summarizer: Summarizer) -> Story:
    """Return the story of `row`, as a batch takes it.

    Raises:
        DataError: the row has the wrong shape.
        SummarizerError: it holds no article.
    """
    story = summarizer.prepare(sources_of(row, summarizer.settings))
    if isinstance(story, Failure):
        raise story.error
    return story


def warm_up(summarizer: Summarizer) -> None:
    """Analyse a few sentences, so that what is loaded on first use makes nobody wait."""
    for outcome in summarizer.analyze_many([story_of(_FIRST, summarizer)]):
        if isinstance(outcome, Failure):
            raise outcome.error
