"""Models: the only files, beside training, that import torch and transformers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from summarizer.weights import digest, locate

if TYPE_CHECKING:
    from summarizer.protocols import Encoder, Writer


def load_encoder(
    name_or_path: str | Path | None = None,
    *,
    revision: str | None = None,
    device: str = "cpu",
    offline: bool = False,
) -> Encoder:
    """Return the bundled relation encoder, or any encoder by hub name or folder.

    Raises:
        ModelError: nothing is there, or it is incomplete or not an encoder.
    """
    from summarizer.models.encoder import TransformerEncoder
    from summarizer.models.relation import RelationTransformer, is_relation_folder

    place = locate(name_or_path, kind="encoder")
    with _quiet():
        if isinstance(place, Path) and is_relation_folder(place):
            return RelationTransformer(place, digest=digest(place), device=device)
        return TransformerEncoder(
            place,
            digest=digest(place) if isinstance(place, Path) else f"{place}@{revision or 'main'}",
            revision=revision,
            device=device,
            offline=offline or isinstance(place, Path),
        )


def load_writer(
    name_or_path: str | Path | None = None,
    *,
    revision: str | None = None,
    device: str = "cpu",
    offline: bool = False,
    prompts: Path | None = None,
) -> Writer:
    """Return the bundled writer, or any seq2seq model by hub name or folder.

    Raises:
        ModelError: nothing is there, or it is incomplete or not a seq2seq model.
    """
    from summarizer.models.seq2seq import Seq2SeqWriter

    place = locate(name_or_path, kind="writer")
    with _quiet():
        return Seq2SeqWriter(
            place, revision=revision, device=device, offline=offline, prompts_folder=prompts
        )


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the loading bars and reports of transformers off stderr; what is wrong is raised."""
    from transformers.utils import logging

    level, bars = logging.get_verbosity(), logging.is_progress_bar_enabled()
    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        logging.set_verbosity(level)
        if bars:
            logging.enable_progress_bar()  # type: ignore[no-untyped-call]
