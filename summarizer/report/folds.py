"""Paragraphs of an article in blocks: those that take sides, and runs of others, to be folded."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from itertools import groupby

from summarizer.report.passages import Passage
from summarizer.types import Claim

Paragraph = Sequence[Passage]
_WORTH_FOLDING = 160  # characters; what is folded away still takes a line


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Paragraphs that follow each other; `sentences` counts those of a block to be folded."""

    paragraphs: tuple[Paragraph, ...]
    folded: bool
    sentences: int

    @property
    def opening(self) -> str:
        """The first characters of the text: enough for a line."""
        return "".join(passage.text for passage in self.paragraphs[0])[:_WORTH_FOLDING]


def blocks(paragraphs: Sequence[Paragraph], sided: Container[Claim]) -> list[Block]:
    """Return `paragraphs` in blocks; one is folded where none of its claims is in `sided`."""
    runs = groupby(paragraphs, key=lambda own: not any(p.claim in sided for p in own if p.claim))
    return [_block(tuple(own), plain) for plain, own in runs]


def _block(paragraphs: tuple[Paragraph, ...], plain: bool) -> Block:
    passages = [passage for paragraph in paragraphs for passage in paragraph]
    return Block(
        paragraphs=paragraphs,
        folded=plain and sum(len(passage.text) for passage in passages) > _WORTH_FOLDING,
        sentences=sum(passage.first for passage in passages),
    )
