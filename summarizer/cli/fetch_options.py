"""Command-line options that say what may be fetched, and what they change in the settings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from summarizer.settings import Settings

DEFAULT_TIMEOUT = Settings().timeout_s

AllowPrivate = Annotated[
    bool,
    typer.Option("--allow-private", help="Fetch from loopback and intranet addresses too."),
]
AllowPort = Annotated[
    list[int] | None,
    typer.Option(
        "--allow-port",
        metavar="PORT",
        min=1,
        max=65_535,
        show_default=False,
        help="Fetch from this port too; without it 80 and 443 only. May be repeated.",
    ),
]
IgnoreRobots = Annotated[
    bool, typer.Option("--ignore-robots", help="Do not ask robots.txt: for a site of your own.")
]
Timeout = Annotated[
    float,
    typer.Option("--timeout", metavar="SECONDS", min=0.1, help="For one page, retries included."),
]


def fetching(
    *, allow_private: bool, allow_port: Sequence[int] | None, ignore_robots: bool, timeout: float
) -> dict[str, Any]:
    """Return the fields of `Settings` that the options change, by name."""
    return {
        "allow_private": allow_private,
        "ports": (*Settings().ports, *(allow_port or ())),
        "ignore_robots": ignore_robots,
        "timeout_s": timeout,
    }
