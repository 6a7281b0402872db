"""Run as `python -m eval`: run suites, compare two runs, render tables and plots, hold the gate."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from eval import data as files
from eval import gate as gates
from eval import report as reports
from eval import robustness as robust
from eval.cache import Cache, default_folder
from eval.session import Options, chosen, run_all
from eval.suites import SUITES
from eval.systems import NAMED, names, system
from eval.systems.product import Product
from summarizer import SummarizerError

app = typer.Typer(add_completion=False, no_args_is_help=True, help=__doc__)
_errors = Console(stderr=True)

Data = Annotated[Path | None, typer.Option(help="Data folder; else SUMMARIZER_DATA.")]
Suites = Annotated[list[str], typer.Argument(help="Suites, or `all`.")]


@contextmanager
def _told() -> Iterator[None]:
    """Say on stderr what went wrong, and leave with the exit code of the error."""
    try:
        yield
    except SummarizerError as error:
        _errors.print(f"[red]{type(error).__name__}[/red]: {error}", highlight=False)
        raise typer.Exit(error.exit_code) from error


@app.command("list")
def list_suites() -> None:
    """List suites and systems."""
    table = Table("suite", "what", "main metric", "licence")
    for suite in SUITES.values():
        table.add_row(suite.name, suite.title, suite.main, suite.licence)
    console = Console()
    console.print(table)
    console.print("Systems: " + ", ".join([*names(), *NAMED]), highlight=False)


@app.command()
def run(
    suites: Suites,
    data: Data = None,
    out: Annotated[Path, typer.Option(help="Folder for results.")] = Path("runs/eval"),
    systems: Annotated[str, typer.Option(help="Names, separated by commas.")] = ",".join(names()),
    limit: Annotated[
        int | None, typer.Option(min=1, help="First N samples: for smoke tests only.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Seed of baselines and intervals.")] = 0,
    cache: Annotated[
        Path | None, typer.Option(help="Folder of kept encodings and predictions.")
    ] = None,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Compute everything.")] = False,
) -> None:
    """Score systems on suites; an interrupted run goes on where it stopped."""
    kept = None if no_cache else cache or default_folder()
    options = Options(data=data, out=out, limit=limit, seed=seed, cache=kept)
    with _told():
        result = run_all(suites, systems.split(","), options, console=_errors)
    print(reports.markdown(result))
    _errors.print(f"Written: {out / 'results.json'}")


@app.command()
def inputs(suites: Suites, data: Data = None) -> None:
    """Print the samples of suites as JSON lines, without gold, for a system from elsewhere."""
    with _told():
        for suite in chosen(suites):
            for sample in suite.load(files.root(suite, files.folder(data))):
                row = {"suite": suite.name, "id": sample.id, "task": sample.task}
                print(json.dumps(row | {"input": dict(sample.input)}, ensure_ascii=False))


@app.command()
def compare(
    a: Annotated[Path, typer.Argument(help="results.json of A.")],
    b: Annotated[Path, typer.Argument(help="results.json of B; may be the same file.")],
    system_a: Annotated[str, typer.Option(help="System of A.")] = "ours",
    system_b: Annotated[str, typer.Option(help="System of B.")] = "ours",
    seed: Annotated[int, typer.Option(help="Seed of interval and test.")] = 0,
) -> None:
    """Print A against B with intervals and p-values, and the samples that moved most."""
    with _told():
        print(reports.comparison(a, b, systems=(system_a, system_b), seed=seed))


@app.command()
def report(
    results: Annotated[list[Path], typer.Argument(help="One or more results.json.")],
    plots: Annotated[Path | None, typer.Option(help="Folder for plots (PNG).")] = None,
    readme: Annotated[Path | None, typer.Option(help="Replace the table of this file.")] = None,
    seed: Annotated[int, typer.Option(help="Seed of intervals in plots.")] = 0,
) -> None:
    """Print every figure as Markdown; draw plots; put the main figures into a README."""
    with _told():
        runs = [reports.load(path) for path in results]
        table = reports.overview(*runs) if readme else ""
        text = reports.markdown(*runs)
        shown = reports.breakdowns(results, seed=seed)
        drawn = reports.draw(results, plots, seed=seed) if plots else []
        if readme:
            reports.replace_table(readme, table)
    print("\n\n".join(part for part in (text, shown) if part))
    for path in drawn:
        _errors.print(f"Written: {path}")


@app.command()
def robustness(
    suites: Suites,
    data: Data = None,
    systems: Annotated[str, typer.Option(help="Names, separated by commas.")] = "ours",
    seed: Annotated[int, typer.Option(help="Seed of changes and intervals.")] = 0,
) -> None:
    """Print what doubled sentences, furniture, other titles and another order do to results."""
    with _told():
        for suite in chosen(suites):
            samples = suite.load(files.root(suite, files.folder(data)))
            for name in systems.split(","):
                tool = system(name, seed=seed, cache=Cache())
                tool = tool.unwritten() if isinstance(tool, Product) else tool
                tool.fit(samples)
                found = robust.measure(suite, samples, tool.predict, seed=seed)
                print(robust.table(f"{suite.name} · {name}", *found) + "\n", flush=True)


@app.command()
def gate(
    update: Annotated[bool, typer.Option(help="Raise the floors to what is measured.")] = False,
    lower: Annotated[bool, typer.Option(help="With --update: floors may sink.")] = False,
) -> None:
    """Fail when a system falls below its floor on the bundled set."""
    with _told():
        if lower and not update:
            raise typer.BadParameter("--lower goes with --update")
        print(gates.update(lower=lower) if update else gates.check())


if __name__ == "__main__":
    sys.exit(app())
