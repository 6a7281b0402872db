"""An analysis as an entry of the cache: what it rests on is its key, its JSON the content."""

from __future__ import annotations

import hashlib
import json
import logging
import platform
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Final

from summarizer.errors import DataError
from summarizer.types import Story

if TYPE_CHECKING:
    from summarizer.analysis import Analysis

log = logging.getLogger(__name__)

# The last digits of what a model computes are theirs; all else is in the story or in `made_with`.
_LIBRARIES: Final = (
    "numpy",
    "scipy",
    "scikit-learn",
    "sentence-transformers",
    "tokenizers",
    "torch",
    "transformers",
)


def key_of(story: Story, made_with: Mapping[str, str], place: str) -> str:
    """Return the digest of all that decides an analysis: the story, the models, where they run.

    The whole of `made_with` is in it, settings of fetching too, since it is part of the result.
    """
    number = {article: n for n, article in enumerate(story.articles)}
    rests_on = {
        "articles": [asdict(article) for article in story.articles],
        "claims": [[number[c.article], c.start, c.end, c.holder] for c in story.claims],
        "headings": [[number[c.article], c.start] for c in story.headings],
        "warnings": story.warnings,
        "made_with": dict(made_with),
        "place": [place, *_machine()],
    }
    text = json.dumps(rests_on, sort_keys=True)
    return "analysis-" + hashlib.sha256(text.encode()).hexdigest()


def pack(analysis: Analysis) -> bytes:
    """Return `analysis` as bytes."""
    return analysis.to_json(indent=None).encode()


def unpack(kept: bytes, story: Story) -> Analysis | None:
    """Return the analysis of `story` that `pack` gave; None when it is of something else."""
    from summarizer.analysis import Analysis

    try:
        analysis = Analysis.from_dict(json.loads(kept))
    except (ValueError, DataError) as error:
        log.warning("the cache holds a broken analysis, which is made again (%s)", error)
        return None
    return analysis if analysis.articles == story.articles else None


@cache
def _machine() -> tuple[str, ...]:
    """Return what the same models may give other digits on, and which code this is."""
    return (
        platform.machine(),
        platform.python_version(),
        *(f"{name} {_version(name)}" for name in _LIBRARIES),
        _code(),
    )


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"


def _code() -> str:
    """Return a digest of this package's files by name, size and time: a checkout changes daily."""
    root = Path(__file__).parent.parent
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*.py")):
        stat = path.stat()
        digest.update(f"{path.relative_to(root)} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()
