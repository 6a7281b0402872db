"""Command-line options that say what is kept between runs, and where."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from summarizer.cache import Cache


@dataclass(frozen=True, slots=True, kw_only=True)
class CacheOptions:
    """What is kept, and where."""

    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Take nothing from earlier runs and keep nothing.")
    ] = False
    cache_dir: Annotated[
        Path | None,
        typer.Option(
            "--cache-dir",
            metavar="DIR",
            envvar="SUMMARIZER_CACHE",
            show_envvar=True,
            help="Keep what is fetched there, not in the user's own cache folder.",
        ),
    ] = None
    cache_size: Annotated[
        int,
        typer.Option(
            "--cache-size", metavar="MB", min=1, help="The most that is kept, in megabytes."
        ),
    ] = 500  # some 10,000 pages with their analyses

    @contextmanager
    def opened(
        self, *, useful: bool, texts: bool = False, shared: bool = False
    ) -> Iterator[Cache | None]:
        """Yield the open cache; None where it is not wanted, or not `useful`."""
        if self.no_cache or not useful:
            yield None
            return
        from summarizer.cache import Cache

        size = self.cache_size * 1_000_000
        with Cache.open(self.cache_dir, max_bytes=size, texts=texts, shared=shared) as cache:
            yield cache
