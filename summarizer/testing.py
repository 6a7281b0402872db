"""Models without weights: run every stage in tests, demos and examples, and set the floor.

A trained model that does not beat these two is not worth loading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from zlib import crc32

import numpy as np

from summarizer.protocols import Vectors, WriteRequest

_WORD = re.compile(r"\w+")


class HashEncoder:
    """Bags of words by the hashing trick (Weinberger et al. 2009), as unit vectors.

    The same text gives the same vector in every process; a text without words gives a unit vector
    too, so that a cosine always exists.
    """

    def __init__(self, width: int = 512) -> None:
        if width < 2:
            raise ValueError(f"width is {width}, not 2 or more")
        self.width = width
        self.digest = f"hash-encoder-{width}"

    def encode(self, texts: Sequence[str], /) -> Vectors:
        """Return (n, width) unit vectors of `texts`."""
        rows = np.zeros((len(texts), self.width), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            self._fill(row, text)
        return rows

    def _fill(self, row: Vectors, text: str) -> None:
        words = _WORD.findall(text.casefold()) or [""]
        for word in words:
            # crc32, not hash(): the builtin changes with every process
            row[crc32(word.encode("utf-8", "surrogatepass")) % self.width] += 1.0
        row /= np.linalg.norm(row)


class FirstClaimWriter:
    """Writes nothing of its own: the first text of a request is its one candidate."""

    digest = "first-claim-writer"

    def write(self, requests: Sequence[WriteRequest], /) -> list[tuple[str, ...]]:
        """Return the first text of each request, or no candidate where there is no text."""
        return [request.texts[:1] for request in requests]
