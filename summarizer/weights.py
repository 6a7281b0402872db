"""Where weights lie, what identifies them, and which folders are refused.

`python -m summarizer.weights [DIR...]` writes the digests that a folder is checked against when it
is loaded; without DIR, those of the bundled weights.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import Literal, get_args

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
SUMS = "SHA256SUMS"
_SUMMED = ("*.safetensors", "*.json")
_PICKLES = ("*.bin", "*.pt", "*.pth", "*.ckpt", "*.pkl", "*.pickle")


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
    if path.is_file():
        raise ModelError(
            f"{text}: a file; name the folder that holds weights, config and tokenizer"
        )
    # A hub name has at most one slash: organisation/name.
    if isinstance(name_or_path, Path) or text.startswith((".", "/", "~")) or text.count("/") > 1:
        raise ModelError(f"{text}: no such folder; name a folder with weights or a hub name")
    return text


def bundled(kind: Kind) -> Path:
    """Return the folder in which the bundled weights of `kind` belong."""
    return Path(__file__).resolve().parent / "weights" / _BUNDLED[kind]


def digest(folder: str | Path) -> str:
    """Return 16 hex digits of SHA-256 over weights, config and tokenizer of a folder.

    Raises ModelError when the folder holds no safetensors, or a file that is not the one named in
    its SHA256SUMS.
    """
    home = Path(folder)
    files = sorted({file for pattern in _IDENTITY for file in home.glob(pattern)})
    if not any(file.suffix == ".safetensors" for file in files):
        raise ModelError(f"{home}: holds no safetensors")
    sums = {file.name: _sum(file) for file in files}
    _check_sums(home, sums)
    total = hashlib.sha256()
    for name, found in sums.items():
        total.update(name.encode())
        total.update(bytes.fromhex(found))
    return total.hexdigest()[:16]


def record(folder: str | Path) -> Path:
    """Write the SHA256SUMS of a folder, as `sha256sum` reads it, and return where it lies."""
    home = Path(folder)
    files = sorted({file for pattern in _SUMMED for file in home.glob(pattern)})
    target = home / SUMS
    target.write_text("".join(f"{_sum(file)}  {file.name}\n" for file in files), encoding="ascii")
    return target


def _sum(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _check_sums(home: Path, known: dict[str, str]) -> None:
    """Raise ModelError unless all files named in SHA256SUMS are there as they were; `known` is."""
    listed = home / SUMS
    if not listed.is_file():
        return
    for line in listed.read_text(encoding="utf-8", errors="replace").splitlines():
        wanted, _, name = line.partition("  ")
        file = home / Path(name).name
        if not file.is_file() or (known.get(name) or _sum(file)) != wanted:
            raise ModelError(
                f"{file}: is not the file named in {SUMS}; reinstall the package, or after "
                f"training run: python -m summarizer.weights {home}"
            )


def _checked(folder: Path, missing: str) -> Path:
    if not (folder / "config.json").is_file():
        raise ModelError(missing or f"{folder}: holds no config.json, so it is no model folder")
    if not any(folder.glob("*.safetensors")):
        pickled = any(file for pattern in _PICKLES for file in folder.glob(pattern))
        reason = "pickles only; convert them to safetensors" if pickled else "no safetensors"
        raise ModelError(f"{folder}: holds {reason}")
    return folder


if __name__ == "__main__":
    named = [Path(name) for name in sys.argv[1:]]
    for place in named or [bundled(kind) for kind in get_args(Kind)]:
        sys.stdout.write(f"{record(place)}\n")
