"""What the command line says and where: results on stdout, progress and logs on stderr."""

from __future__ import annotations

import io
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.errors import ReadError

if TYPE_CHECKING:
    from rich.console import Console

    from summarizer.analysis import Analysis

TERMINAL = "terminal"
_PLAIN_WIDTH = 100  # a report that goes to a file has no window to fit


class _Printable(logging.Formatter):
    """Log lines quote pages and servers; none of them may steer the terminal."""

    def format(self, record: logging.LogRecord) -> str:
        from summarizer.report.plain import printable

        return printable(super().format(record))


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkOptions:
    """How much is said on stderr."""

    verbose: Annotated[
        int,
        typer.Option(
            "-v",
            "--verbose",
            count=True,
            show_default=False,
            help="Say more; -vv shows tracebacks.",
        ),
    ] = 0
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Say nothing but errors.")] = False

    def start_logging(self) -> None:
        """Send the package's log to stderr: warnings, more if verbose, errors only if quiet."""
        level = {0: logging.WARNING, 1: logging.INFO}.get(self.verbose, logging.DEBUG)
        handler = logging.StreamHandler()
        handler.setFormatter(_Printable("%(levelname)s %(name)s: %(message)s"))
        logger = logging.getLogger("summarizer")
        logger.handlers = [handler]
        logger.setLevel(logging.ERROR if self.quiet else level)


def show(analysis: Analysis) -> None:
    """Print the report on the terminal."""
    from rich.console import Console

    _print(analysis, Console())
    sys.stdout.flush()  # so that a closed pipe is noticed here, not at exit


def render(analysis: Analysis, form: str) -> str:
    """Return the analysis as "json", "markdown", "html" or the plain report."""
    if form == "json":
        return analysis.to_json()
    if form == "markdown":
        return analysis.to_markdown()
    if form == "html":
        return analysis.to_html()
    from rich.console import Console

    page = io.StringIO()
    _print(analysis, Console(file=page, width=_PLAIN_WIDTH, no_color=True))
    return page.getvalue()


def _print(analysis: Analysis, console: Console) -> None:
    from summarizer.report import render_terminal

    render_terminal(analysis, console)


def check_output(output: Path | None) -> None:
    """Raise ReadError now, before any work is done, when nothing could be written to `output`."""
    if output is None or str(output) == "-":
        if sys.__stdout__ is None:  # as Python has it when its caller closed it
            raise ReadError("standard output is closed; give -o FILE")
        return
    target = output.resolve()
    if target.is_dir():
        raise ReadError(f"{output}: a folder; name a file in it")
    if not target.parent.is_dir():
        raise ReadError(f"{output}: its folder does not exist; make it, or write elsewhere")
    needed = target if target.exists() and not target.is_file() else target.parent
    if not os.access(needed, os.W_OK):
        raise ReadError(f"{output}: no permission to write it; write elsewhere")


def emit(text: str, output: Path | None) -> None:
    """Write `text` to stdout, or in one step to `output`."""
    data = (text if text.endswith("\n") else f"{text}\n").encode()
    if output is None or str(output) == "-":
        sys.stdout.buffer.write(data)  # UTF-8 whatever the locale: other programs read this
        sys.stdout.flush()
    else:
        _write(data, output)


def _write(data: bytes, output: Path) -> None:
    """Replace `output` in one step: a reader sees the old file or the new one, never half."""
    target = output.resolve()
    if target.exists() and not target.is_file():
        target.write_bytes(data)  # a device or a pipe cannot be replaced
        return
    part = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        part.write_bytes(data)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def working(what: str, *, quiet: bool) -> Iterator[None]:
    """Say on a terminal what is being done, as long as it is."""
    if quiet or not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(f"{what} …"):
        yield
