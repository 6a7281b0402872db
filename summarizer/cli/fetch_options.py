"""Command-line options that say what may be fetched, and what they change in the settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

import typer

from summarizer.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchOptions:
    """What may be fetched."""

    allow_private: Annotated[
        bool,
        typer.Option("--allow-private", help="Fetch from loopback and intranet addresses too."),
    ] = False
    allow_port: Annotated[
        list[int] | None,
        typer.Option(
            "--allow-port",
            metavar="PORT",
            min=1,
            max=65_535,
            show_default=False,
            help="Fetch from this port too; without it 80 and 443 only. May be repeated.",
        ),
    ] = None
    ignore_robots: Annotated[
        bool,
        typer.Option("--ignore-robots", help="Do not ask robots.txt: for a site of your own."),
    ] = False
    timeout: Annotated[
        float,
        typer.Option(
            "--timeout", metavar="SECONDS", min=0.1, help="For one page, retries included."
        ),
    ] = Settings().timeout_s

    def changes(self) -> dict[str, Any]:
        """Return the fields of `Settings` that the options change, by name."""
        return {
            "allow_private": self.allow_private,
            "ports": (*Settings().ports, *(self.allow_port or ())),
            "ignore_robots": self.ignore_robots,
            "timeout_s": self.timeout,
        }
