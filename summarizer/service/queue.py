"""Stories of many requests, analysed a window at a time: one encode, one generate for all."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from summarizer.analysis import Analysis
from summarizer.service.limits import Limits
from summarizer.service.metrics import Metrics
from summarizer.types import Failure, Story

log = logging.getLogger(__name__)

Outcome = Analysis | Failure
Analyze = Callable[[Sequence[Story]], Iterable[Outcome]]


@dataclass(frozen=True, slots=True)
class _Job:
    story: Story
    done: asyncio.Future[Outcome]


class Queue:
    """First come, first served; what comes while a window runs shares the next one.

    The models run in one thread of their own. A caller that is cancelled takes its story out of the
    queue, unless its window has begun. A window that breaks is tried again story by story, so that
    only who brought the trouble has it.
    """

    def __init__(self, analyze: Analyze, *, limits: Limits, metrics: Metrics) -> None:
        self._analyze = analyze
        self._limits = limits
        self._metrics = metrics
        self._jobs: deque[_Job] = deque()
        self._window: list[_Job] = []  # what is being worked on
        self._arrived = asyncio.Event()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="models")
        self._worker: asyncio.Task[None] | None = None

    @property
    def runs(self) -> bool:
        """Whether stories that are put in will be worked on."""
        return self._worker is not None and not self._worker.done()

    def start(self) -> None:
        """Begin to work; needs a running loop."""
        self._worker = asyncio.create_task(self._work())

    async def stop(self) -> None:
        """Finish what has been put in, then stop."""
        while self.runs and (open_jobs := [*self._window, *self._jobs]):
            await asyncio.wait({job.done for job in open_jobs})
            await asyncio.sleep(0)  # the worker takes note of it too
        if self._worker is not None:
            self._worker.cancel()
            await asyncio.wait({self._worker})
        self._thread.shutdown(wait=False)

    async def analyze(self, story: Story) -> Outcome:
        """Return what the models make of `story`; raises what they raise."""
        job = _Job(story, asyncio.get_running_loop().create_future())
        self._jobs.append(job)
        self._metrics.waiting.set(len(self._jobs))
        self._arrived.set()
        return await job.done

    async def _work(self) -> None:
        while True:
            await self._arrived.wait()
            await asyncio.sleep(self._limits.gather_s)
            self._window = self._next_window()
            if self._window:
                await self._settle(self._window)
                self._window = []

    def _next_window(self) -> list[_Job]:
        window: list[_Job] = []
        while self._jobs and len(window) < self._limits.window:
            job = self._jobs.popleft()
            if not job.done.done():
                window.append(job)
        if not self._jobs:
            self._arrived.clear()
        self._metrics.waiting.set(len(self._jobs))
        return window

    async def _settle(self, window: Sequence[_Job]) -> None:
        """Give every job of `window` its outcome."""
        try:
            outcomes = await self._run([job.story for job in window])
        except Exception as error:  # noqa: BLE001 - whatever it is, its own caller hears of it
            if len(window) == 1:
                _fail(window[0], error)
                return
            log.warning("a window of %d stories broke: %r; one by one", len(window), error)
            for job in window:
                await self._settle([job])
            return
        for job, outcome in zip(window, outcomes, strict=True):
            if not job.done.done():
                job.done.set_result(outcome)

    async def _run(self, stories: Sequence[Story]) -> list[Outcome]:
        self._metrics.window_size.observe(len(stories))
        with self._metrics.window_seconds.time():
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._thread, lambda: list(self._analyze(stories)))


def _fail(job: _Job, error: Exception) -> None:
    if not job.done.done():
        job.done.set_exception(error)
