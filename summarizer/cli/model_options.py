"""Command-line options that say which models run and where, and the models' loading."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from summarizer.cache import Cache
    from summarizer.pipeline import Summarizer


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelOptions:
    """Which models run, and where."""

    encoder: Annotated[
        str | None,
        typer.Option("--encoder", metavar="NAME|DIR", help="Another encoder than the bundled one."),
    ] = None
    writer: Annotated[
        str | None,
        typer.Option(
            "--writer", metavar="NAME|DIR", help="Another seq2seq model than the bundled."
        ),
    ] = None
    device: Annotated[str, typer.Option("--device", help="cpu, cuda, mps, cuda:1 and so on.")] = (
        "cpu"
    )
    offline: Annotated[bool, typer.Option("--offline", help="Use no network at all.")] = False
    prompts: Annotated[
        Path | None,
        typer.Option(
            "--prompts", metavar="DIR", exists=True, file_okay=False, help="Other prompt files."
        ),
    ] = None


def load(
    models: ModelOptions, *, changes: dict[str, Any], cache: Cache | None = None
) -> Summarizer:
    """Return the models with the settings that fit them, but for `changes`.

    Raises:
        ModelError: see `Summarizer.from_pretrained`.
    """
    from summarizer.pipeline import Summarizer

    loaded = Summarizer.from_pretrained(
        models.encoder,
        models.writer,
        device=models.device,
        offline=models.offline,
        prompts=models.prompts,
    )
    return Summarizer(
        loaded.encoder,
        loaded.writer,
        settings=replace(loaded.settings, **changes),
        offline=models.offline,
        cache=cache and cache.on(models.device),
    )
