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
from summarizer.cli.cache_options import DEFAULT_SIZE, CacheFolder, CacheSize, NoCache, caching
from summarizer.cli.console import TERMINAL, emit, render, show, start_logging, working
from summarizer.cli.fetch_options import (
    DEFAULT_TIMEOUT,
    AllowPort,
    AllowPrivate,
    IgnoreRobots,
    Timeout,
    fetching,
)
from summarizer.cli.model_options import (
    Device,
    EncoderName,
    Offline,
    Prompts,
    Quiet,
    Verbose,
    WriterName,
)
from summarizer.cli.model_options import load as _load
from summarizer.cli.serve import serve
from summarizer.errors import SummarizerError, out_of_memory
from summarizer.settings import Settings

log = logging.getLogger(__name__)

_SUFFIXES = {".json": "json", ".md": "markdown", ".markdown": "markdown", ".html": "html"}


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
    encoder: EncoderName = None,
    writer: WriterName = None,
    device: Device = "cpu",
    offline: Offline = False,
    prompts: Prompts = None,
    allow_private: AllowPrivate = False,
    allow_port: AllowPort = None,
    ignore_robots: IgnoreRobots = False,
    timeout: Timeout = DEFAULT_TIMEOUT,
    no_cache: NoCache = False,
    cache_dir: CacheFolder = None,
    cache_size: CacheSize = DEFAULT_SIZE,
    verbose: Verbose = 0,
    quiet: Quiet = False,
    version: Version = False,
) -> None:
    """Find the viewpoints in a news article, who holds them, and sum each up with its evidence."""
    start_logging(verbose, quiet)
    changes = fetching(
        allow_private=allow_private,
        allow_port=allow_port,
        ignore_robots=ignore_robots,
        timeout=timeout,
    )
    wanted = {"json": as_json, "markdown": as_markdown, "html": as_html}
    form = _format([name for name, flag in wanted.items() if flag], output)
    if len(sources) == 1:
        _check_file(sources[0], replace(Settings(), **changes))
    is_fetched = any("://" in source for source in sources)  # else nothing would be kept
    wanted_cache = is_fetched and not (no_cache or offline)
    with caching(wanted=wanted_cache, folder=cache_dir, megabytes=cache_size) as cache:
        with working("Reading the models", quiet=quiet):
            summarizer = _load(
                encoder,
                writer,
                device=device,
                offline=offline,
                prompts=prompts,
                changes=changes,
                cache=cache,
            )
        with working("Analysing", quiet=quiet):
            analysis = summarizer.analyze(sources[0] if len(sources) == 1 else sources)
    if form == TERMINAL and output is None:
        show(analysis)
    else:
        emit(render(analysis, form), output)


def _fetch(
    source: Source,
    output: Output = None,
    allow_private: AllowPrivate = False,
    allow_port: AllowPort = None,
    ignore_robots: IgnoreRobots = False,
    timeout: Timeout = DEFAULT_TIMEOUT,
    verbose: Verbose = 0,
    quiet: Quiet = False,
) -> None:
    """Print the article that the extractor kept of SOURCE, and what it dropped, as JSON."""
    from summarizer import report
    from summarizer.extract import extract
    from summarizer.read import read

    start_logging(verbose, quiet)
    changes = fetching(
        allow_private=allow_private,
        allow_port=allow_port,
        ignore_robots=ignore_robots,
        timeout=timeout,
    )
    settings = replace(Settings(), **changes)
    with working("Reading", quiet=quiet):
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
    app.command(epilog=None if name else _EPILOG)(_COMMANDS[name] if name else _analyze)
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
    return _SUFFIXES.get(output.suffix.lower(), TERMINAL) if output else TERMINAL


def _check_file(source: str, settings: Settings) -> None:
    """Raise now, before the models are loaded, when `source` is a file that cannot be read."""
    from summarizer.read import read

    if source != "-" and "://" not in source:
        read(source, settings=settings)
