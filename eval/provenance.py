"""What a figure depends on beside data and models: code, library versions, hardware."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import subprocess
import time
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

_PACKAGES = (
    "viewpoint-summarizer",
    "bertopic",
    "nltk",
    "numpy",
    "rouge-score",
    "safetensors",
    "scikit-learn",
    "scipy",
    "sentence-transformers",
    "sumy",
    "syntok",
    "tokenizers",
    "torch",
    "trafilatura",
    "transformers",
)
_HERE = Path(__file__).resolve().parent
_STARTED = time.time()  # what changes on disk later is not what this process imported
_ALL = ("summarizer", "eval", "prompts")
_CODE = frozenset({".py", ".txt"})
_NOT_CODE = frozenset({"weights", "training", "data", "__pycache__"})


@cache
def environment() -> dict[str, Any]:
    """Return commit, digest of the code, versions and hardware, as JSON.

    Read once per process: a file that changes during a run does not change what was imported.
    """
    return {
        "git": _git(),
        "code": code_digest() if unchanged() else f"{code_digest()}+changed-{time.time_ns()}",
        "python": platform.python_version(),
        "packages": {name: version(name) for name in _PACKAGES},
        "hardware": _hardware(),
    }


@cache
def code_digest(*parts: str) -> str:
    """Return 16 hex digits over the sources of product and harness, or over `parts` of these.

    A part is a file or folder such as `summarizer/models` or `eval/text.py`. Weights and benchmark
    data have digests of their own and do not count, nor does training.
    """
    total = sha256()
    for name, file in sorted(_named(parts or _ALL)):
        total.update(f"{name} {sha256(file.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()[:16]


def unchanged() -> bool:
    """Return whether the sources still are what this process imported.

    While they are not, nothing may be kept under their digest or found by it.
    """
    return all(file.stat().st_mtime <= _STARTED for _, file in _named(_ALL))


def _named(parts: Iterable[str]) -> Iterator[tuple[str, Path]]:
    """Yield the name and place of each source file of `parts`."""
    for part in parts:
        place = _HERE.parent / part
        for file in [place] if place.is_file() else place.rglob("*"):
            name = file.relative_to(_HERE.parent)
            if file.suffix in _CODE and not _NOT_CODE & set(name.parts):
                yield name.as_posix(), file


@cache
def version(package: str) -> str | None:
    """Return the installed version of `package`, None when it is not installed."""
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def _git() -> dict[str, Any] | None:
    """Return the commit and whether tracked files differ from it; None outside a checkout."""
    try:
        commit, changes = (
            subprocess.run(("git", *words), capture_output=True, check=True, cwd=_HERE).stdout
            for words in (("rev-parse", "HEAD"), ("status", "--porcelain", "-uno"))
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return {"commit": commit.decode().strip(), "dirty": bool(changes.strip())}


def _hardware() -> dict[str, Any]:
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "cores_used": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else None,
        "threads": os.environ.get("OMP_NUM_THREADS"),
        "memory_gb": _memory(),
        "platform": platform.platform(),
    }


def _processor() -> str:
    """Return the model of the processor; Python itself knows it on few systems."""
    known = Path("/proc/cpuinfo")
    lines = known.read_text(encoding="utf-8").splitlines() if known.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def _memory() -> float | None:
    if "SC_PHYS_PAGES" not in getattr(os, "sysconf_names", {}):
        return None
    return round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30, 1)
