"""Run as `python -m eval`: run suites, compare two runs, render tables, hold the gate."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from eval import gate as gates
from eval import report as reports
from eval.session import Options, run_all
from eval.suites import SUITES
from eval.systems import names
from summarizer import SummarizerError

app = typer.Typer(add_completion=False, no_args_is_help=True, help=__doc__)
_errors = Console(stderr=True)

Data = Annotated[Path | None, typer.Option(help="Data folder; else SUMMARIZER_DATA.")]


def _fail(error: Exception) -> typer.Exit:
    _errors.print(f"[red]{type(error).__name__}[/red]: {error}", highlight=False)
    return typer.Exit(1)


@app.command("list")
def list_suites() -> None:
    """List suites and systems."""
    table = Table("suite", "what", "main metric", "licence")
    for suite in SUITES.values():
        table.add_row(suite.name, suite.title, suite.main, suite.licence)
    console = Console()
    console.print(table)
    console.print("Systems: " + ", ".join([*names(), "ours:NAME_OR_FOLDER", "file:PATH"]))


@app.command()
def run(
    suites: Annotated[list[str], typer.Argument(help="Suites, or `all`.")],
    data: Data = None,
    out: Annotated[Path, typer.Option(help="Folder for results.")] = Path("runs/eval"),
    systems: Annotated[str, typer.Option(help="Names, separated by commas.")] = ",".join(names()),
    limit: Annotated[
        int | None, typer.Option(help="First N samples: for smoke tests only.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Seed of baselines and intervals.")] = 0,
) -> None:
    """Score systems on suites; an interrupted run goes on where it stopped."""
    options = Options(data=data, out=out, limit=limit, seed=seed)
    try:
        result = run_all(suites, systems.split(","), options, console=_errors)
    except SummarizerError as error:
        raise _fail(error) from error
    print(reports.markdown(result))
    _errors.print(f"Written: {out / 'results.json'}")


@app.command()
def compare(
    a: Annotated[Path, typer.Argument(help="results.json of A.")],
    b: Annotated[Path, typer.Argument(help="results.json of B; may be the same file.")],
    system_a: Annotated[str, typer.Option(help="System of A.")] = "ours",
    system_b: Annotated[str, typer.Option(help="System of B.")] = "ours",
    seed: Annotated[int, typer.Option(help="Seed of the test.")] = 0,
) -> None:
    """Print A minus B with interval and p-value, and the documents that moved most."""
    try:
        print(reports.comparison(a, b, systems=(system_a, system_b), seed=seed))
    except SummarizerError as error:
        raise _fail(error) from error


@app.command()
def report(
    results: Annotated[list[Path], typer.Argument(help="One or more results.json.")],
    readme: Annotated[Path | None, typer.Option(help="Replace the table of this file.")] = None,
) -> None:
    """Print every figure as Markdown; with --readme, put the main ones between its markers."""
    try:
        runs = [reports.load(path) for path in results]
        text = reports.markdown(*runs)
        if readme:
            reports.replace_table(readme, reports.overview(*runs))
    except SummarizerError as error:
        raise _fail(error) from error
    print(text)


@app.command()
def gate(
    update: Annotated[bool, typer.Option(help="Raise the floors to what is measured.")] = False,
    lower: Annotated[bool, typer.Option(help="With --update: let floors sink as well.")] = False,
) -> None:
    """Fail when a system falls below its floor on the bundled set."""
    try:
        print(gates.update(lower=lower) if update else gates.check())
    except SummarizerError as error:
        raise _fail(error) from error


if __name__ == "__main__":
    sys.exit(app())
