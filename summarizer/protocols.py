"""What the stages ask of a model: by what it does, not by its class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

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
class Passage:
    """n sentences to be read in context, behind a prefix: a title, a question or a statement.

    `paragraphs` numbers the paragraph of each sentence; empty for a bare list of texts, whose order
    means nothing. `holders` numbers who says it, -1 for the article's own voice; empty when nobody
    looked.
    """

    sentences: tuple[str, ...]
    paragraphs: tuple[int, ...] = ()
    holders: tuple[int, ...] = ()
    prefix: str = ""

    @property
    def ordered(self) -> bool:
        """Whether the sentences stand in reading order."""
        return bool(self.paragraphs)


VIEWPOINT, BACKGROUND, FURNITURE = 0, 1, 2
"""Columns of `Reading.types`, and the numbers of these types in training."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a relation encoder says about the n sentences of a passage.

    types: (n, 3) probabilities of viewpoint, background, furniture.
    sides: (n, n) log-odds that two sentences stand on one side; symmetric, zero diagonal.
    stances: (n,) in [-1, 1], favours (+) or opposes (-) the prefix.
    """

    types: Matrix
    sides: Matrix
    stances: npt.NDArray[np.float64]


@runtime_checkable
class RelationEncoder(Encoder, Protocol):
    """An encoder trained on sides as well: reads sentences in context."""

    def read(self, passages: Sequence[Passage], /) -> list[Reading]:
        """Return one `Reading` per passage, independent of the other passages."""
        ...


@runtime_checkable
class SalienceEncoder(Encoder, Protocol):
    """An encoder that knows what the summary of a viewpoint is made of."""

    def salience(self, vectors: Vectors, /) -> npt.NDArray[np.float64]:
        """Return (n,), for texts with these `encode` vectors, how much of a summary each holds.

        On a scale of ROUGE; only differences between the texts of one viewpoint mean anything.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Relations:
    """Of n claims: types (n, 3) as in `Reading`; sides and similarity (n, n), symmetric.

    `sides` are log-odds with a zero diagonal, `similarity` cosines.
    """

    types: Matrix
    sides: Matrix
    similarity: Matrix


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


@runtime_checkable
class Scorer(Writer, Protocol):
    """A writer too small for words of its own: it chooses among texts that are given."""

    def score(
        self, requests: Sequence[WriteRequest], candidates: Sequence[Sequence[str]], /
    ) -> list[tuple[float, ...]]:
        """Return the log-likelihood of each candidate as the text of its request."""
        ...
