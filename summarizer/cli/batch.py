"""The command `summarizer batch`."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from summarizer.cli import model_options
from summarizer.cli.console import TalkOptions, working
from summarizer.cli.fetch_options import FetchOptions
from summarizer.cli.model_options import ModelOptions

if TYPE_CHECKING:
    from summarizer.batch import Plan, Tally
    from summarizer.pipeline import Summarizer

log = logging.getLogger(__name__)

MOST_FAILED: Final = 126


class Engine(StrEnum):
    """Where a batch runs."""

    local = "local"
    ray = "ray"


Input = Annotated[
    Path, typer.Argument(metavar="IN", help="JSON lines, or .parquet: a file or a folder of them.")
]
Output = Annotated[
    Path, typer.Argument(metavar="OUT", help="JSON lines, or .parquet. Continued if it exists.")
]
Errors = Annotated[
    Path | None,
    typer.Option("--errors", metavar="FILE", help="In the end, the failed lines once more, there."),
]
Where = Annotated[
    Engine, typer.Option("--engine", help="This process, or workers of Ray (extra 'batch').")
]
Workers = Annotated[
    int | None,
    typer.Option("--workers", metavar="N", min=1, help="With ray: processes, each with models."),
]
Address = Annotated[
    str | None,
    typer.Option(
        "--address", metavar="HOST:PORT", help="With ray: of a running cluster; 'auto' finds it."
    ),
]


def batch(
    source: Input,
    target: Output,
    errors: Errors = None,
    engine: Where = Engine.local,
    workers: Workers = None,
    address: Address = None,
    *,
    models: ModelOptions,
    fetch: FetchOptions,
    talk: TalkOptions,
) -> None:
    """Analyse each row of IN into a row of OUT, in order; a stopped run goes on where it was.

    A row in holds "id", one of "url", "text" or "html", and perhaps a "title"; or "id" and
    "articles", a list of such rows on one story. A line out holds "id" and either "analysis" or
    "error" with its "type" and "message".
    """
    from summarizer.batch import check_errors, survey, write_errors

    talk.start_logging()
    place = _place(engine, workers=workers, address=address, device=models.device)
    load = partial(model_options.load, models, changes=fetch.changes())
    with working("Reading the input", quiet=talk.quiet):
        plan = survey(source, target)
    if errors is not None:
        check_errors(plan, errors)
    with _stoppable(quiet=talk.quiet):
        tally = _run(load, plan, place, quiet=talk.quiet)
    if errors is not None:
        write_errors(plan, errors)
    _report(tally, target, quiet=talk.quiet)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Workers of Ray and what each takes; none for this process."""

    workers: int = 0
    address: str | None = None
    gpus: int = 0


def _place(engine: Engine, *, workers: int | None, address: str | None, device: str) -> _Place:
    if engine is Engine.local:
        if workers or address:
            raise typer.BadParameter("--workers and --address go with --engine ray")
        return _Place()
    if device.startswith("cuda:"):
        raise typer.BadParameter("with --engine ray say --device cuda: Ray shares out the devices")
    return _Place(workers=workers or 1, address=address, gpus=int(device == "cuda"))


@contextmanager
def _stoppable(*, quiet: bool) -> Iterator[None]:
    """Say on Ctrl-C what becomes of what was done."""
    try:
        yield
    except KeyboardInterrupt:
        if not quiet:
            typer.echo("summarizer: stopped; the same command goes on from here", err=True)
        raise


def _run(load: Callable[[], Summarizer], plan: Plan, place: _Place, *, quiet: bool) -> Tally:
    from summarizer.batch import batch as run
    from summarizer.cli.progress import counting

    log.info("%d of %d rows are done already", plan.resumed, plan.total)
    if not place.workers:
        with working("Reading the models", quiet=quiet):
            summarizer = load()
        with counting(plan.total, plan.resumed, quiet=quiet) as advance:
            return run(summarizer, plan, advance=advance)
    from summarizer.batch.on_ray import batch_on_ray

    with counting(plan.total, plan.resumed, quiet=quiet) as advance:
        return batch_on_ray(
            load,
            plan,
            workers=place.workers,
            address=place.address,
            gpus=place.gpus,
            advance=advance,
        )


def _report(tally: Tally, target: Path, *, quiet: bool) -> None:
    """Say on stderr what failed; exit with 126 when most did."""
    if tally.failed and not quiet:
        most_first = sorted(tally.failures.items(), key=lambda pair: (-pair[1], pair[0]))
        kinds = ", ".join(f"{count} {kind}" for kind, count in most_first)
        said = f"{tally.failed} of {tally.total} lines failed: {kinds}; {target} says why"
        typer.echo(f"summarizer: {said}", err=True)
    if tally.failed * 2 > tally.total:
        raise typer.Exit(MOST_FAILED)
