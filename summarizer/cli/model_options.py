"""Command-line options that say which models run and how much is said, and the models' loading."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from summarizer.settings import settings_for

if TYPE_CHECKING:
    from summarizer.cache import Cache
    from summarizer.pipeline import Summarizer

EncoderName = Annotated[
    str | None,
    typer.Option("--encoder", metavar="NAME|DIR", help="Another encoder than the bundled one."),
]
WriterName = Annotated[
    str | None,
    typer.Option("--writer", metavar="NAME|DIR", help="Another seq2seq model than the bundled."),
]
Device = Annotated[str, typer.Option("--device", help="cpu, cuda, mps, cuda:1 and so on.")]
Offline = Annotated[bool, typer.Option("--offline", help="Use no network at all.")]
Prompts = Annotated[
    Path | None,
    typer.Option(
        "--prompts", metavar="DIR", exists=True, file_okay=False, help="Other prompt files."
    ),
]
Verbose = Annotated[
    int,
    typer.Option(
        "-v", "--verbose", count=True, show_default=False, help="Say more; -vv shows tracebacks."
    ),
]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="Say nothing but errors.")]


def load(
    encoder: str | None,
    writer: str | None,
    *,
    device: str,
    offline: bool,
    prompts: Path | None,
    changes: dict[str, Any],
    cache: Cache | None = None,
) -> Summarizer:
    """Return the models with the settings that fit them, but for `changes`.

    Raises:
        ModelError: see `Summarizer.from_pretrained`.
    """
    from summarizer.pipeline import Summarizer

    return Summarizer.from_pretrained(
        encoder,
        writer,
        device=device,
        offline=offline,
        prompts=prompts,
        settings=settings_for(writer, **changes),
        cache=cache,
    )
