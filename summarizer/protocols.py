"""What the stages ask of a model: by what it does, not by its class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from summarizer.types import Claim

Vectors = npt.NDArray[np.float32]
"""(n, d) array of float32; row i belongs to text or claim i."""

Matrix = npt.NDArray[np.float64]
"""(n, n) array of float64, symmetric where a relation is symmetric."""


@runtime_checkable
class Encoder(Protocol):
    """Turns texts into vectors whose cosine is topical similarity."""

    digest: str
    """Identifies weights and settings; goes into `made_with`."""

    def encode(self, texts: Sequence[str], /) -> Vectors:
        """Return (n, d) unit vectors of `texts`, whatever the batch they stand in."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a relation encoder says about the n claims of one story.

    types: (n, 3) probabilities of viewpoint, background, furniture.
    same_side: (n, n) log-odds that two claims are on one side; symmetric, zero diagonal.
    """

    types: Matrix
    same_side: Matrix


@runtime_checkable
class RelationEncoder(Encoder, Protocol):
    """An encoder trained on sides as well: reads claims in context, and stance to a statement."""

    def read(self, stories: Sequence[Sequence[Claim]], /) -> list[Reading]:
        """Return one `Reading` per story; its claims are read in context, title first."""
        ...

    def stance(self, statement: str, texts: Sequence[str], /) -> Vectors:
        """Return (n,) scores in [-1, 1]: favours (+) or opposes (-) the statement, 0 neutral."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteRequest:
    """One text to be written: a task name of `prompts/` and the texts it is made from."""

    task: str
    texts: tuple[str, ...]
    question: str | None = None


@runtime_checkable
class Writer(Protocol):
    """Writes short texts from claims; deterministic."""

    digest: str

    def write(self, requests: Sequence[WriteRequest], /) -> list[tuple[str, ...]]:
        """Return candidates for each request, best first; empty when the model has none."""
        ...
