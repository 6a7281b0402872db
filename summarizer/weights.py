"""Where weights lie, what identifies them, and which folders are refused.

`python -m summarizer.weights [DIR...]` writes the digests that a folder is checked against when it
is loaded; without DIR, those of the bundled weights.
"""

from __future__ import annotations

import hashlib
import re
import sys
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
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
_CRC = "# crc32 "  # begins a line of SUMS; to `sha256sum` a comment
_SHA256 = re.compile("[0-9a-f]{64}")
_PART = 1 << 20  # bytes read at a time
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
    recorded = _recorded(home)
    sums = {file.name: _sum(file, recorded.get(file.name)) for file in files}
    _check_sums(home, recorded, sums)
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
    lines = [f"{_CRC}{_crc(file)}  {file.name}\n" for file in files]
    lines += [f"{_sum(file)}  {file.name}\n" for file in files]
    target.write_text("".join(lines), encoding="ascii")
    return target


@dataclass(frozen=True, slots=True, kw_only=True)
class _Recorded:
    """What SHA256SUMS says of a file; "" for what it does not say."""

    sha256: str = ""
    crc32: str = ""


def _recorded(home: Path) -> dict[str, _Recorded]:
    """Return what the SHA256SUMS of a folder says, by name of the file."""
    listed = home / SUMS
    if not listed.is_file():
        return {}
    lines = listed.read_text(encoding="utf-8", errors="replace").splitlines()
    quick = [line.removeprefix(_CRC) for line in lines if line.startswith(_CRC)]
    crcs = {name: crc for crc, _, name in (line.partition("  ") for line in quick)}
    sums = (line.partition("  ") for line in lines if not line.startswith("#"))
    return {name: _Recorded(sha256=wanted, crc32=crcs.get(name, "")) for wanted, _, name in sums}


def _sum(file: Path, recorded: _Recorded | None = None) -> str:
    """Return the SHA-256 of a file: as it was `recorded`, if its CRC-32 is what it was then.

    That takes a seventh of the time, and finds whatever happens to a file by accident. Against
    intent neither sum helps, since both lie beside the file.
    """
    if recorded and _SHA256.fullmatch(recorded.sha256) and recorded.crc32 == _crc(file):
        return recorded.sha256
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _crc(file: Path) -> str:
    value = 0
    with file.open("rb") as stream:
        while part := stream.read(_PART):
            value = zlib.crc32(part, value)
    return f"{value:08x}"


def _check_sums(home: Path, recorded: Mapping[str, _Recorded], known: Mapping[str, str]) -> None:
    """Raise ModelError unless all files `recorded` are there as they were; sums may be `known`."""
    for name, was in recorded.items():
        file = home / Path(name).name
        if not file.is_file() or (known.get(name) or _sum(file, was)) != was.sha256:
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
