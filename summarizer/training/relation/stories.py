"""What the relation encoder learns from: sentences behind a prefix, with what is known of them.

Every data set becomes the same thing. A news article is a story in reading order, with types and
sides (`news.py`); a debate is a bare list of texts with a side each, behind the statement debated;
an inference pair is a list of one (`debates.py`). `corpus.py` puts them together.
"""

from __future__ import annotations

from dataclasses import dataclass

from summarizer.protocols import Passage

UNKNOWN = -1
FAVOURS, OPPOSES, NEUTRAL = 0, 1, 2
STANCES = ("favours", "opposes", "neutral")

Labels = tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """n sentences and their labels, UNKNOWN where none is known.

    `topics` are prefixes that say what is discussed, `statements` prefixes that can be favoured or
    opposed, each with the (n,) stances to it. `sides` number the viewpoints. A story that is
    `held_out` is measured on, never trained on.
    """

    source: str
    sentences: tuple[str, ...]
    sides: Labels
    types: Labels
    paragraphs: Labels = ()
    holders: Labels = ()
    topics: tuple[str, ...] = ("",)
    statements: tuple[tuple[str, Labels], ...] = ()
    held_out: bool = False

    @property
    def ordered(self) -> bool:
        """Whether the sentences stand in reading order."""
        return bool(self.paragraphs)

    def passage(self, prefix: str) -> Passage:
        """Return all of the story behind `prefix`, as the product reads it."""
        return Passage(
            prefix=prefix,
            sentences=self.sentences,
            paragraphs=self.paragraphs,
            holders=self.holders,
        )
