"""Command-line options that say what is kept between runs, and where."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

if TYPE_CHECKING:
    from summarizer.cache import Cache

DEFAULT_SIZE: Final = 500  # megabytes: some 10,000 pages with their analyses

NoCache = Annotated[
    bool, typer.Option("--no-cache", help="Take nothing from earlier runs and keep nothing.")
]
CacheFolder = Annotated[
    Path | None,
    typer.Option(
        "--cache-dir",
        metavar="DIR",
        envvar="SUMMARIZER_CACHE",
        show_envvar=True,
        help="Keep what is fetched there, not in the user's own cache folder.",
    ),
]
CacheSize = Annotated[
    int,
    typer.Option("--cache-size", metavar="MB", min=1, help="The most that is kept, in megabytes."),
]


@contextmanager
def caching(
    *,
    wanted: bool,
    folder: Path | None,
    megabytes: int,
    texts: bool = False,
    shared: bool = False,
) -> Iterator[Cache | None]:
    """Yield the open cache that the options ask for, or None."""
    if not wanted:
        yield None
        return
    from summarizer.cache import Cache

    size = megabytes * 1_000_000
    with Cache.open(folder, max_bytes=size, texts=texts, shared=shared) as cache:
        yield cache
