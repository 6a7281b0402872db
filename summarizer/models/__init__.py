"""Models: the only files, beside training, that import torch and transformers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from summarizer.protocols import Encoder, Scorer, Writer
from summarizer.settings import FOR_A_SCORER, Settings
from summarizer.weights import digest, locate


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
    from summarizer.models.loading import check_device
    from summarizer.models.relation import RelationTransformer, is_relation_folder

    place = locate(name_or_path, kind="encoder")
    check_device(device)
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

    The bundled one is a `Scorer`, and so is one that `summarizer.training` wrote.

    Raises:
        ModelError: nothing is there, or it is incomplete or not a seq2seq model.
    """
    from summarizer.models.bart import is_bundled_bart
    from summarizer.models.loading import check_device
    from summarizer.models.seq2seq import Seq2SeqWriter

    place = locate(name_or_path, kind="writer")
    check_device(device)
    if isinstance(place, Path) and is_bundled_bart(place):
        from summarizer.models.scoring import ScoringWriter

        return ScoringWriter(place, device=device, prompts_folder=prompts)
    return Seq2SeqWriter(
        place, revision=revision, device=device, offline=offline, prompts_folder=prompts
    )


def settings_for(writer: Writer) -> Settings:
    """Return the defaults that fit a loaded writer.

    One that can only choose (`Scorer`) is shown claims one by one, and held closely to them.
    """
    fitting: dict[str, Any] = FOR_A_SCORER if isinstance(writer, Scorer) else {}
    return Settings(**fitting)
