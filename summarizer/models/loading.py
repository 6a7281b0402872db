"""What every model is held to when it is loaded, whoever made its folder."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from safetensors import safe_open
from torch import Tensor

from summarizer.errors import ModelError, SummarizerError, out_of_memory

_SHOWN = 160  # characters of a library's own message


@contextmanager
def loading(name: str | Path, kind: str, *, offline: bool) -> Iterator[None]:
    """Turn whatever a library raises about a broken folder into a ModelError.

    Memory that runs out is not the folder's fault and stays what it is.
    """
    try:
        if Path(name).is_dir():
            yield
        else:
            with _hub(offline=offline):
                yield
    except Exception as error:
        if out_of_memory(error):
            raise MemoryError(str(error)) from error
        if isinstance(error, SummarizerError):
            raise
        # tokenizers raises Exception itself, transformers what the first broken file leads to.
        if offline and not Path(name).is_dir():
            raise ModelError(
                f"{name}: no {kind} is on this machine, and --offline allows no download"
            ) from error
        first = str(error).strip().splitlines()[:1] or [type(error).__name__]
        raise ModelError(f"{name}: no {kind} could be loaded ({first[0][:_SHOWN]})") from error


@contextmanager
def _hub(*, offline: bool) -> Iterator[None]:
    """Keep huggingface_hub off the network; `local_files_only` alone still lets it ask who calls.

    Looking for a file in its cache, huggingface_hub 2.4 fetches a list of agents to name in its
    headers.
    """
    from huggingface_hub import constants  # not needed for the bundled models
    from huggingface_hub.utils import logging as hub

    before, level = constants.HF_HUB_OFFLINE, hub.get_verbosity()
    constants.HF_HUB_OFFLINE = before or offline
    hub.set_verbosity(logging.ERROR)  # each of its retries is a warning of two lines
    try:
        yield
    finally:
        constants.HF_HUB_OFFLINE = before
        hub.set_verbosity(level)


def check_device(device: str) -> None:
    """Raise ModelError when nothing can be computed on `device` here."""
    if device == "cpu":
        return
    try:
        torch.empty(0, device=device)
    except Exception as error:  # torch raises AssertionError too, drivers what they like
        if out_of_memory(error):
            raise
        reason = str(error).strip().partition("\n")[0][:_SHOWN]
        raise ModelError(f"device {device!r} cannot be used here; take cpu ({reason})") from error


def check_complete(name: str | Path, missing: Iterable[object]) -> None:
    """Raise ModelError when weights are `missing`: they would be random numbers."""
    faulty = sorted(str(key) for key in missing)
    if faulty:
        raise ModelError(
            f"{name}: {len(faulty)} weights are missing or of another shape, first {faulty[0]}; "
            "the answers would be noise"
        )


def check_vocabulary(name: str | Path, tokenizer: Any, rows: int) -> None:
    """Raise ModelError when `tokenizer` has tokens for which the model has no vector."""
    if len(tokenizer) > rows:
        raise ModelError(
            f"{name}: the tokenizer has {len(tokenizer)} tokens, the model {rows}; "
            "they belong to different models"
        )


def check_finite(values: npt.NDArray[np.floating[Any]], name: str) -> None:
    """Raise ModelError when a model's output is no number."""
    if not np.isfinite(values).all():
        raise ModelError(f"{name}: the model's output is not finite; its weights are broken")


def stored_names(folder: Path) -> set[str]:
    """Return the names of all tensors in the safetensors files of `folder`."""
    names: set[str] = set()
    for file in sorted(folder.glob("*.safetensors")):
        with safe_open(file, framework="pt") as stored:
            names.update(stored.keys())
    return names


def says(folder: Path, wanted: Mapping[str, object]) -> bool:
    """Return whether the config.json of `folder` holds all that is `wanted`."""
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return False  # whoever loads it will say what is wrong
    return isinstance(config, dict) and all(config.get(key) == wanted[key] for key in wanted)


def read_config(folder: Path) -> Any:
    """Return config.json as a namespace."""
    return SimpleNamespace(**json.loads((folder / "config.json").read_text(encoding="utf-8")))


def read_state(
    folder: Path, shapes: Mapping[str, tuple[int, ...]], *, prefix: str
) -> dict[str, Tensor]:
    """Return the weights named in `shapes` from model.safetensors, with or without `prefix`.

    The file is mapped, so only what is used is read. Raises ModelError when a weight is missing or
    of another shape, SafetensorError or OSError when the file is none.
    """
    with safe_open(folder / "model.safetensors", framework="pt") as stored:
        names = {name.removeprefix(prefix): name for name in stored.keys()}  # noqa: SIM118
        state = {name: stored.get_tensor(names[name]) for name in shapes if name in names}
    check_complete(
        folder,
        [n for n, shape in shapes.items() if n not in state or tuple(state[n].shape) != shape],
    )
    return state
