"""Summarizers for workers of a batch: they die, are slow, or cannot be loaded."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from summarizer.analysis import Analysis
from summarizer.errors import ModelError
from summarizer.types import Article, Failure
from tests.fakes import FakeSummarizer


class Deadly(FakeSummarizer):
    """Kills its process at an article that holds the word, as often as there are `lives` files.

    Each death takes one file from the folder, so that processes need not know of each other.
    """

    def __init__(self, lives: Path, word: str = "poisonous") -> None:
        super().__init__()
        self._lives, self._word = lives, word

    def analyze(self, source: object) -> Analysis:
        if isinstance(source, Article) and self._word in source.text:
            for life in self._lives.iterdir():
                life.unlink()
                os.kill(os.getpid(), signal.SIGKILL)
        return super().analyze(source)


class Slow(FakeSummarizer):
    """Sleeps for each article, as a model would compute."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self._seconds = seconds

    def analyze_many(self, sources: Sequence[object]) -> Iterator[Analysis | Failure]:
        time.sleep(self._seconds * len(sources))
        return super().analyze_many(sources)


def unloadable() -> FakeSummarizer:
    raise ModelError("weights: no such folder")
