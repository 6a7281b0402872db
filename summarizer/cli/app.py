"""The command line: stdout carries the result and nothing else; progress and errors go to stderr.

Heavy modules are imported where they are used, so that `--help` and a mistyped option are quick.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from summarizer import __version__
from summarizer.cli.batch import batch
from summarizer.cli.cache_options import CacheOptions
from summarizer.cli.console import (
    TERMINAL,
    TalkOptions,
    check_output,
    emit,
    render,
    show,
    working,
)
from summarizer.cli.fetch_options import FetchOptions
from summarizer.cli.groups import grouped
from summarizer.cli.model_options import ModelOptions
from summarizer.cli.model_options import load as _load
from summarizer.cli.serve import serve
from summarizer.errors import SummarizerError, out_of_memory
from summarizer.settings import Settings

log = logging.getLogger(__name__)

_SUFFIXES = {
    ".json": "json",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".txt": TERMINAL,
    "": TERMINAL,
}


Source = Annotated[str, typer.Argument(metavar="SOURCE", help="URL, file, or - for stdin.")]
Sources = Annotated[
    list[str],
    typer.Argument(metavar="SOURCE", help="URL, file, or - for stdin. Several are one story."),
]
Output = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="FILE", help="Write there; its suffix sets the format."),
]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"summarizer {__version__}")
        raise typer.Exit


Version = Annotated[
    bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
]


def _analyze(
    sources: Sources,
    as_json: Annotated[bool, typer.Option("--json", help="The whole analysis as JSON.")] = False,
    as_markdown: Annotated[bool, typer.Option("--markdown", help="A Markdown report.")] = False,
    as_html: Annotated[bool, typer.Option("--html", help="One self-contained page.")] = False,
    output: Output = None,
    *,
    models: ModelOptions,
    fetch: FetchOptions,
    cache: CacheOptions,
    talk: TalkOptions,
    version: Version = False,
) -> None:
    """Find the viewpoints in a news article, who holds them, and sum each up with its evidence."""
    talk.start_logging()
    wanted = {"json": as_json, "markdown": as_markdown, "html": as_html}
    form = _format([name for name, flag in wanted.items() if flag], output)
    check_output(output)
    if len(sources) == 1:
        _check_file(sources[0], replace(Settings(), **fetch.changes()))
    is_fetched = any("://" in source for source in sources)  # else nothing would be kept
    with cache.opened(useful=is_fetched and not models.offline) as kept:
        with working("Reading the models", quiet=talk.quiet):
            summarizer = _load(models, changes=fetch.changes(), cache=kept)
        with working("Analysing", quiet=talk.quiet):
            analysis = summarizer.analyze(sources[0] if len(sources) == 1 else sources)
    if form == TERMINAL and output is None:
        show(analysis)
    else:
        emit(render(analysis, form), output)


def _fetch(
    source: Source,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write it there.")
    ] = None,
    *,
    fetch: FetchOptions,
    talk: TalkOptions,
) -> None:
    """Print the article that the extractor kept of SOURCE, and what it dropped, as JSON."""
    from summarizer import report
    from summarizer.extract import extract
    from summarizer.read import read

    talk.start_logging()
    check_output(output)
    settings = replace(Settings(), **fetch.changes())
    with working("Reading", quiet=talk.quiet):
        article = extract(read(source, settings=settings), settings=settings)
    emit(report.dumps(asdict(article), indent=2), output)


_COMMANDS: dict[str, Callable[..., None]] = {"batch": batch, "fetch": _fetch, "serve": serve}
_NO_MEMORY = "not enough memory; free some, or give fewer or shorter articles at once"
_EPILOG = (
    "Other commands: 'summarizer batch IN OUT' analyses many articles, "
    "'summarizer fetch SOURCE' shows what the extractor keeps, 'summarizer serve' answers over "
    "HTTP; each has its --help. "
    "A file of that name is './batch'. Exit codes: 0 ok, 1 error, 2 usage, 3 not fetched, "
    "4 no article in the source, 126 most of a batch failed."
)


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit; `summarizer SOURCE` needs no command name."""
    words = list(sys.argv[1:] if args is None else args)
    name = words[0] if words and words[0] in _COMMANDS else None
    program = f"summarizer {name}" if name else "summarizer"
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    app.command(epilog=None if name else _EPILOG)(grouped(_COMMANDS[name] if name else _analyze))
    try:
        app(args=words[1:] if name else words, prog_name=program)
    except SummarizerError as error:
        _die(str(error), error, code=error.exit_code)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        _die(f"{where}{error.strerror or error}", error, code=1)
    except Exception as error:  # noqa: BLE001 - the outermost edge: a bug too is said in one line
        if out_of_memory(error):
            # Straight out: whatever else is called now may need the memory that is not there.
            sys.stderr.write(f"summarizer: {_NO_MEMORY}\n")
            sys.exit(1)
        _die(f"internal error, please report it (-vv shows where): {error!r}", error, code=1)
    sys.exit(0)


def _die(message: str, error: Exception, *, code: int) -> NoReturn:
    from summarizer.report.plain import one_line

    typer.echo(f"summarizer: {one_line(message)}", err=True)  # it may quote a page or a server
    log.debug("traceback", exc_info=error)
    sys.exit(code)


def _format(wanted: Sequence[str], output: Path | None) -> str:
    if len(wanted) > 1:
        raise typer.BadParameter("choose one of --json, --markdown and --html")
    if wanted:
        return wanted[0]
    suffix = output.suffix.lower() if output else ""
    if suffix not in _SUFFIXES:
        raise typer.BadParameter(
            f"no format ends in {suffix}; name a .json, .md, .html or .txt, or give --json, "
            "--markdown or --html"
        )
    return _SUFFIXES[suffix]


def _check_file(source: str, settings: Settings) -> None:
    """Raise now, before the models are loaded, when `source` is a file that cannot be read."""
    from summarizer.read import read

    if source != "-" and "://" not in source:
        read(source, settings=settings)
