"""The command line of training: one subcommand per model, from data folder to weights folder."""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import Annotated

import typer

from summarizer.errors import SummarizerError

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

_UNITS = {"s": 1.0, "m": 60.0, "h": 3600.0}


def seconds(text: str) -> float:
    """Return the seconds of "90s", "45m" or "2h"; raises typer.BadParameter for anything else."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)([smh])", text.strip())
    if not match:
        raise typer.BadParameter(f"{text!r} is no time; write 90s, 45m or 2h")
    return float(match.group(1)) * _UNITS[match.group(2)]


@app.command()
def writer(
    data: Data,
    out: Out,
    time_budget: Budget = "45m",
    size: Annotated[str, typer.Option(help="tiny, small or base.")] = "small",
    seed: Seed = 0,
    resume: Resume = False,
    base: Base = None,
) -> None:
    """Train the seq2seq writer."""
    from summarizer.training.writer import train_writer
    from summarizer.training.writer_model import SIZES
    from summarizer.training.writer_recipe import Recipe

    if size not in SIZES:
        raise typer.BadParameter(f"{size!r} is no size; choose from {', '.join(SIZES)}")
    recipe = Recipe(size=size, seed=seed)
    train_writer(
        data, out, time_budget=seconds(time_budget), recipe=recipe, base=base, resume=resume
    )


@app.command()
def relation(data: Data, out: Out, time_budget: Budget = "60m", seed: Seed = 0) -> None:
    """Train the relation encoder; goes on from a checkpoint beside the weights if there is one."""
    from summarizer.training.relation import Recipe, train_relation

    train_relation(data, out, Recipe(time_budget_s=seconds(time_budget), seed=seed))


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
