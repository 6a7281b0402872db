"""Rows of a request to stories: read and cut into claims, off the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

from summarizer.errors import DataError, NoArticleError, SummarizerError
from summarizer.rows import Json, source_of
from summarizer.types import Failure, Story

if TYPE_CHECKING:
    from summarizer.pipeline import Summarizer


class Reader:
    """Reads stories, a few at a time; one whose caller is cancelled before its turn is not read."""

    def __init__(self, summarizer: Summarizer, *, at_once: int) -> None:
        self._summarizer = summarizer
        self._threads = ThreadPoolExecutor(max_workers=at_once, thread_name_prefix="read")

    async def story(self, rows: Sequence[Json]) -> Story:
        """Return the story that `rows` tell; raises the `SummarizerError` that keeps it from us."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, story_of, rows, self._summarizer)

    def close(self) -> None:
        """Read no more."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def story_of(rows: Sequence[Json], summarizer: Summarizer) -> Story:
    """Return the story that `rows`, as of a batch, tell together.

    Raises:
        DataError: a row has the wrong shape.
        SummarizerError: none of them holds an article; of several, the others are only warned of.
    """
    sources, failed = [], []
    for row in rows:
        try:
            sources.append(source_of(row, summarizer.settings))
        except DataError:
            raise
        except SummarizerError as error:
            failed.append(error)
    if not sources:
        raise failed[0] if failed else NoArticleError("no source was given")
    story = summarizer.prepare(sources)
    if isinstance(story, Failure):
        raise story.error
    left_out = tuple(f"left out: {error}" for error in failed)
    return replace(story, warnings=(*left_out, *story.warnings))
