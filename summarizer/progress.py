"""How far a batch is: a bar with rate and time left on a terminal, else a line in the log."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

log = logging.getLogger(__name__)

_PERIOD_S = 600.0  # the rate is that of the last ten minutes: articles come in bursts
_LOGGED_EVERY_S = 60.0


@contextmanager
def counting(total: int, done: int, *, quiet: bool) -> Iterator[Callable[[], None]]:
    """Show how many of `total` are done; yields what moves it on by one."""
    if quiet or not sys.stderr.isatty():
        yield _Logged(total, done).advance
        return
    columns = (
        *(BarColumn(), MofNCompleteColumn(), _Rate(), TimeElapsedColumn()),
        *(TextColumn("left"), TimeRemainingColumn()),
    )
    with Progress(
        *columns, console=Console(stderr=True), speed_estimate_period=_PERIOD_S
    ) as progress:
        task = progress.add_task("batch", total=total, completed=done)
        yield lambda: progress.advance(task)


class _Rate(ProgressColumn):
    """Articles a second, or a minute where a second is too short."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text(_rate(speed) if speed else "", style="progress.data.speed")


class _Logged:
    """Writes a line a minute, for a run that nobody watches."""

    def __init__(self, total: int, done: int) -> None:
        self._total, self._done = total, done
        self._before, self._began = done, time.monotonic()
        self._next = self._began + _LOGGED_EVERY_S

    def advance(self) -> None:
        self._done += 1
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + _LOGGED_EVERY_S
        speed = (self._done - self._before) / (now - self._began)
        left = timedelta(seconds=round((self._total - self._done) / speed))
        log.info("%d of %d done, %s, %s left", self._done, self._total, _rate(speed), left)


def _rate(speed: float) -> str:
    return f"{speed:.1f}/s" if speed >= 1 else f"{60 * speed:.1f}/min"
