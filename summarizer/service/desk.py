"""Where a request's rows become its analysis: in time, and only as long as somebody waits."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

from summarizer import jsonl, report
from summarizer.analysis import Analysis
from summarizer.errors import SummarizerError
from summarizer.rows import Json, Key, is_id, record_of
from summarizer.service.errors import (
    DeadlineError,
    GoneError,
    InternalError,
    ServiceError,
)
from summarizer.service.limits import Limits
from summarizer.service.queue import Queue
from summarizer.service.stories import Reader
from summarizer.types import Failure

if TYPE_CHECKING:
    from starlette.types import Message

log = logging.getLogger(__name__)

T = TypeVar("T")


class Desk:
    """Takes rows, as of a batch, and gives analyses; reading and models wait in their own lines."""

    def __init__(self, reader: Reader, queue: Queue, *, limits: Limits) -> None:
        self._reader = reader
        self._queue = queue
        self._limits = limits

    async def analysis(self, row: Json) -> Analysis:
        """Return the analysis of the one story that `row` tells.

        Raises:
            SummarizerError: there is none of it.
            DeadlineError: it took too long.
        """
        try:
            async with asyncio.timeout(self._limits.timeout_s):
                outcome = await self._queue.analyze(await self._reader.story(row))
        except TimeoutError as error:
            raise DeadlineError(
                f"not done within {self._limits.timeout_s:g} s; try again later, or give less"
            ) from error
        if isinstance(outcome, Failure):
            raise outcome.error
        return outcome

    async def records(self, body: bytes) -> AsyncIterator[bytes]:
        """Yield a line for each line of `body`, in order, as `summarizer batch` writes them."""
        running: deque[asyncio.Task[bytes]] = deque()
        try:
            for number, raw in enumerate(body.split(b"\n"), start=1):
                if not raw.strip():
                    continue
                running.append(asyncio.create_task(self._record(number, raw)))
                if len(running) >= self._limits.window:
                    yield await running.popleft()
            while running:
                yield await running.popleft()
        finally:
            for task in running:
                task.cancel()

    async def _record(self, number: int, raw: bytes) -> bytes:
        row = jsonl.parse(raw)
        if isinstance(row, SummarizerError):
            return _line(record_of(("line", number), row))
        key: Key = ("id", row["id"]) if is_id(row.get("id")) else ("line", number)
        try:
            return _line(record_of(key, await self.analysis(row)))
        except (SummarizerError, ServiceError) as error:
            return _line(record_of(key, error))
        except Exception:
            log.exception("line %d of a batch broke", number)
            return _line(record_of(key, InternalError("a fault of the service; its log says more")))


def _line(record: Json) -> bytes:
    return report.dumps(record).encode() + b"\n"


async def while_connected(receive: Callable[[], Awaitable[Message]], work: Awaitable[T]) -> T:
    """Return the result of `work`, which is cancelled when the client hangs up.

    Raises:
        GoneError: it has hung up.
    """
    task = asyncio.ensure_future(work)
    gone = asyncio.ensure_future(_gone(receive))
    try:
        await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise GoneError("the client has hung up")
        return task.result()
    finally:
        task.cancel()
        gone.cancel()


async def _gone(receive: Callable[[], Awaitable[Message]]) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
