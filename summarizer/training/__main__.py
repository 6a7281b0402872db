"""The command line of training: one subcommand per model, from data folder to weights folder."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from summarizer.errors import SummarizerError
from summarizer.weights import bundled

app = typer.Typer(
    help="Train the bundled models from a data folder.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)

Data = Annotated[Path, typer.Option(help="Data folder, one subfolder per set.")]
Out = Annotated[Path, typer.Option(help="Weights folder to write; replaced when training is done.")]
Budget = Annotated[str, typer.Option(help="Time to train, as 90s, 45m or 2h.")]
Seed = Annotated[int, typer.Option(help="Seed of sampling and initialisation.")]
Resume = Annotated[bool, typer.Option("--resume", help="Go on from the last checkpoint.")]
Base = Annotated[Path | None, typer.Option(help="Folder of the encoder to start from.")]
Start = Annotated[
    Path | None, typer.Option(help="Weights of an earlier run to go on from, not --base.")
]
Device = Annotated[str, typer.Option(help="cpu or cuda.")]
Weights = Annotated[Path | None, typer.Option(help="Folder of weights; ours if left out.")]

_UNITS = {"s": 1.0, "m": 60.0, "h": 3600.0}


def seconds(text: str) -> float:
    """Return the seconds of "90s", "45m" or "2h"; raises typer.BadParameter for anything else."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)([smh])", text.strip())
    if not match:
        raise typer.BadParameter(f"{text!r} is no time; write 90s, 45m or 2h")
    return float(match.group(1)) * _UNITS[match.group(2)]


def _check_size(size: str, sizes: Iterable[str]) -> None:
    if size not in sizes:
        raise typer.BadParameter(f"{size!r} is no size; choose from {', '.join(sizes)}")


@app.command()
def writer(
    data: Data,
    out: Out,
    time_budget: Budget = "45m",
    size: Annotated[str, typer.Option(help="tiny, small or base.")] = "small",
    seed: Seed = 0,
    resume: Resume = False,
    base: Base = None,
    start: Start = None,
) -> None:
    """Train the seq2seq writer."""
    from summarizer.training.writer.model import SIZES
    from summarizer.training.writer.recipe import Recipe
    from summarizer.training.writer.train import train_writer

    _check_size(size, SIZES)
    recipe = Recipe(size=size, seed=seed)
    train_writer(
        data,
        out,
        time_budget=seconds(time_budget),
        recipe=recipe,
        base=base,
        start=start,
        resume=resume,
    )


@app.command()
def relation(
    data: Data,
    out: Out,
    time_budget: Budget = "60m",
    size: Annotated[str, typer.Option(help="tiny, small or full.")] = "small",
    seed: Seed = 0,
    device: Device = "cpu",
    tokens: Annotated[int, typer.Option(help="Tokens a step; more on an accelerator.")] = 1536,
    resume: Resume = False,
    base: Base = None,
    start: Start = None,
) -> None:
    """Train the relation encoder."""
    from summarizer.training.relation.model import SIZES
    from summarizer.training.relation.recipe import Recipe
    from summarizer.training.relation.train import train_relation

    _check_size(size, SIZES)
    recipe = Recipe(
        time_budget_s=seconds(time_budget), size=size, seed=seed, device=device, tokens=tokens
    )
    train_relation(data, out, recipe, base=base, start=start, resume=resume)


@app.command("fine-tune")
def fine_tune(
    rows: Annotated[Path, typer.Option(help="JSON Lines: labelled articles, stance pairs.")],
    out: Out,
    start: Annotated[
        Path | None, typer.Option(help="Weights to go on from; ours if left out.")
    ] = None,
    time_budget: Budget = "10m",
    seed: Seed = 0,
    device: Device = "cpu",
    resume: Resume = False,
) -> None:
    """Go on training the relation encoder on your own rows."""
    from summarizer.training.relation.recipe import Recipe
    from summarizer.training.relation.train import fine_tune as go_on

    recipe = Recipe(time_budget_s=seconds(time_budget), seed=seed, device=device)
    go_on(rows, out, recipe, start=start or bundled("encoder"), resume=resume)


@app.command()
def verify(data: Data, weights: Weights = None) -> None:
    """Score weights again and compare with what their folders say; exit code 1 if they differ."""
    from summarizer.models.relation import is_relation_folder
    from summarizer.training.verify import verify_relation, verify_writer

    folders = [weights] if weights else [bundled("encoder"), bundled("writer")]
    differ = False
    for folder in folders:
        check = verify_relation if is_relation_folder(folder) else verify_writer
        for one in check(folder, data):
            differ = differ or not one.holds
            verdict = "ok" if one.holds else "DIFFERS"
            typer.echo(f"{folder.name}: {one.name}: {one.said} said, {one.found} found, {verdict}")
    raise typer.Exit(1 if differ else 0)


@app.command()
def salience(data: Data, weights: Weights = None) -> None:
    """Fit anew which claims summaries are made of; everything else in the folder stays."""
    from summarizer.training.relation.export import refit_salience

    scores = refit_salience(weights or bundled("encoder"), data)
    typer.echo(", ".join(f"{name} {value}" for name, value in scores.items()))


@app.command()
def tune(
    data: Data,
    weights: Weights = None,
    shown: Annotated[int, typer.Option(help="Points of the grid to print.")] = 12,
) -> None:
    """Print the clustering numbers that do best on held-out articles; fit confidence as set."""
    from summarizer.settings import Settings
    from summarizer.training.relation.corpus import load_held_out
    from summarizer.training.relation.tune import (
        GRID,
        evaluate,
        fit_confidence,
        read_held_out,
        search,
    )

    held_out = load_held_out(data)
    read = read_held_out(held_out, weights or bundled("encoder"))
    typer.echo(f"{len(held_out)} articles; as set: {evaluate(read, settings=Settings())}")
    rows = search(read, start=Settings())
    for settings, scores in rows[:shown]:
        typer.echo(f"{[(name, getattr(settings, name)) for name in GRID]}: {scores}")
    fitted, table = fit_confidence(read, settings=Settings())
    typer.echo(f"confidence: {fitted.confidence_scale} x margin + {fitted.confidence_shift}")
    for low, said, right, n in table:
        typer.echo(f"  from {low}: said {said:.2f}, right {right:.2f}, {n} claims")


def main() -> None:
    """Run the command line; an error of the package is one line and its own exit code."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    try:
        app()
    except SummarizerError as error:
        typer.echo(f"error: {error}", err=True)
        raise SystemExit(error.exit_code) from error


if __name__ == "__main__":
    main()
