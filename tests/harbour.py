"""A story of two sides in four sentences, and models that tell its sides and count their calls."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from summarizer.protocols import Passage, Reading, WriteRequest
from summarizer.testing import FirstClaimWriter, HashEncoder

FOR = "Analysts at the port authority say the new harbour will open on time this autumn."
MORE = "They point out that the last crane arrived in May, and that staff are trained."
AGAINST = "Union leader Ana Ruiz said the harbour will not open before next year."
FACT = "The town council voted for the harbour in 2019 after a long debate about its cost."
TEXT = "\n\n".join([f"{FOR} {MORE}", AGAINST, FACT])


class Counting(HashEncoder):
    """Opposes what holds "not", calls what holds "voted" background; counts its calls."""

    def __init__(self) -> None:
        super().__init__()
        self.reads = 0

    def read(self, passages: Sequence[Passage]) -> list[Reading]:
        self.reads += 1
        return [self._read(passage.sentences) for passage in passages]

    @staticmethod
    def _read(sentences: Sequence[str]) -> Reading:
        sign = np.array([-1.0 if " not " in s else 1.0 for s in sentences])
        kinds = [[0.1, 0.9, 0.0] if "voted" in s else [0.9, 0.1, 0.0] for s in sentences]
        return Reading(
            types=np.array(kinds).reshape(-1, 3), sides=3 * np.outer(sign, sign), stances=sign
        )


class CountingWriter(FirstClaimWriter):
    """Counts its calls."""

    def __init__(self) -> None:
        self.writes = 0

    def write(self, requests: Sequence[WriteRequest]) -> list[tuple[str, ...]]:
        self.writes += 1
        return super().write(requests)
