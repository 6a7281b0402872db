"""How far a batch is: a bar with rate and time left on a terminal, else a line in the log.

The rate is that of the whole run. Articles come a window at a time, so that the rate of the last
few seconds, as progress bars show it, would be far too high or none.
"""

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
)
from rich.text import Text

log = logging.getLogger(__name__)

_LOGGED_EVERY_S = 60.0


@contextmanager
def counting(total: int, done: int, *, quiet: bool) -> Iterator[Callable[[], None]]:
    """Show how many of `total` are done; yields what moves it on by one."""
    if quiet or not sys.stderr.isatty():
        yield _Logged(total, done).advance
        return
    columns = (BarColumn(), MofNCompleteColumn(), _Pace(done))
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("batch", total=total, completed=done)
        yield lambda: progress.advance(task)


class _Pace(ProgressColumn):
    """Rate and time left; `before` were done by earlier runs."""

    def __init__(self, before: int) -> None:
        super().__init__()
        self._before = before

    def render(self, task: Task) -> Text:
        made = task.completed - self._before
        if not made or not task.elapsed or task.total is None:
            return Text("")
        return Text(pace(made, task.elapsed, left=task.total - task.completed))


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
        said = pace(self._done - self._before, now - self._began, left=self._total - self._done)
        log.info("%d of %d done, %s", self._done, self._total, said)


def pace(made: float, seconds: float, *, left: float) -> str:
    """Return the rate of articles, by the second or minute, and the time that `left` more take."""
    rate = made / seconds
    said = f"{rate:.1f}/s" if rate >= 1 else f"{60 * rate:.1f}/min"
    return f"{said}, {timedelta(seconds=round(left / rate))} left"
