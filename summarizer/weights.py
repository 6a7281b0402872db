"""Where weights lie, what identifies them, and which folders are refused."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Literal

from summarizer.errors import ModelError

Kind = Literal["encoder", "writer"]

_BUNDLED = {"encoder": "relation", "writer": "writer"}
_IDENTITY = (
    "*.safetensors",
    "config.json",
    "heads.json",
    "tokenizer.json",
    "generation_config.json",
)


def locate(name_or_path: str | Path | None, *, kind: Kind) -> Path | str:
    """Return the folder of the weights, or the hub name if `name_or_path` is none of a folder.

    None stands for the bundled weights. Raises ModelError for a folder that is missing, holds no
    config.json, or holds weights as pickles only, which may run code when they are loaded.
    """
    if name_or_path is None:
        return _checked(bundled(kind), f"the bundled {kind} is missing; reinstall the package")
    path = Path(name_or_path).expanduser()
    if path.is_dir():
        return _checked(path, "")
    text = str(name_or_path)
    # A hub name has at most one slash: organisation/name.
    if isinstance(name_or_path, Path) or text.startswith((".", "/", "~")) or text.count("/") > 1:
        raise ModelError(f"{text}: no such folder; name a folder with weights or a hub name")
    return text


def bundled(kind: Kind) -> Path:
    """Return the folder in which the bundled weights of `kind` belong."""
    return Path(__file__).resolve().parent / "weights" / _BUNDLED[kind]


def digest(folder: str | Path) -> str:
    """Return 16 hex digits of SHA-256 over weights, config and tokenizer of a folder.

    Raises ModelError when the folder holds no safetensors.
    """
    home = Path(folder)
    files = sorted({file for pattern in _IDENTITY for file in home.glob(pattern)})
    if not any(file.suffix == ".safetensors" for file in files):
        raise ModelError(f"{home}: holds no safetensors")
    total = hashlib.sha256()
    for file in files:
        total.update(file.name.encode())
        with file.open("rb") as stream:
            total.update(hashlib.file_digest(stream, "sha256").digest())
    return total.hexdigest()[:16]


def _checked(folder: Path, missing: str) -> Path:
    if not (folder / "config.json").is_file():
        raise ModelError(missing or f"{folder}: holds no config.json, so it is no model folder")
    if not any(folder.glob("*.safetensors")):
        pickled = any(folder.glob("*.bin")) or any(folder.glob("*.pt"))
        reason = "pickles only; convert them to safetensors" if pickled else "no safetensors"
        raise ModelError(f"{folder}: holds {reason}")
    return folder
