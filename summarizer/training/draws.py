"""How training stories become batches: which source, which prefix, which of the texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from summarizer.protocols import Passage
from summarizer.training.stories import UNKNOWN, Labels, Story

EARLY = {
    "inference": 18, "ibm30k": 20, "perspectrum": 16, "debatewise": 5, "iam": 7, "wtwt": 4,
    "vast": 5, "newsroom": 25,
}  # fmt: skip
LATE = {
    "inference": 2, "ibm30k": 7, "perspectrum": 8, "debatewise": 2, "iam": 3, "wtwt": 1,
    "vast": 2, "newsroom": 75,
}  # fmt: skip
"""Shares of the tokens seen at the start and at the end; in between, a straight line."""

MOST_TEXTS = 10
LONG_TEXTS = 2  # VAST's comments have some 100 words
WORD_TOKENS = 1.3  # WordPieces per word of English news, to size a batch before it is tokenised


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """A passage to read and what is known of its n sentences (UNKNOWN where nothing is)."""

    passage: Passage
    types: Labels
    sides: Labels
    stances: Labels


def draw(story: Story, rng: np.random.Generator, *, most: int = MOST_TEXTS) -> Draw:
    """Return one reading of `story`: a prefix at random and, of a debate, at most `most` texts."""
    rows = list(range(len(story.sentences)))
    if not story.ordered:
        if story.source == "vast":
            most = min(most, LONG_TEXTS)
        rows = [int(i) for i in rng.permutation(len(rows))[:most]]
    prefix, stances = _prefix(story, rng)
    return Draw(
        passage=Passage(
            prefix=prefix,
            sentences=tuple(story.sentences[i] for i in rows),
            paragraphs=story.paragraphs,
            holders=story.holders,
        ),
        types=tuple(story.types[i] for i in rows),
        sides=tuple(story.sides[i] for i in rows),
        stances=tuple(stances[i] for i in rows),
    )


def _prefix(story: Story, rng: np.random.Generator) -> tuple[str, Labels]:
    unknown = (UNKNOWN,) * len(story.sentences)
    chance = rng.random()
    if story.ordered:
        if story.statements and chance < 0.4:
            return story.statements[int(rng.integers(len(story.statements)))]
        if chance < 0.9 and story.topics:
            return story.topics[int(rng.integers(len(story.topics)))], unknown
        return "", unknown
    if len(story.sentences) > 1 and chance < 0.2:
        return "", unknown
    return story.statements[0]


def batches(
    stories: Sequence[Story],
    *,
    tokens: int,
    progress: Iterator[float],
    rng: np.random.Generator,
) -> Iterator[list[Draw]]:
    """Yield batches of draws from one source each, of about `tokens` tokens.

    `progress` gives the share of training done, in [0, 1], and steers the mix of sources.
    """
    sources: dict[str, list[Story]] = {}
    for story in stories:
        sources.setdefault(story.source, []).append(story)
    queues = {name: _endless(rows, rng) for name, rows in sources.items()}
    for done in progress:
        source = _source(sources, done, rng)
        batch: list[Draw] = []
        size = 0.0
        most = 1 if rng.random() < 0.3 else MOST_TEXTS  # one for a batch: windows of like length
        while size < tokens:
            batch.append(draw(next(queues[source]), rng, most=most))
            size += _tokens(batch[-1])
        yield batch


def _source(names: Mapping[str, object], done: float, rng: np.random.Generator) -> str:
    present = [name for name in EARLY if name in names]
    shares = np.array([EARLY[n] * (1 - done) + LATE[n] * done for n in present])
    return present[int(rng.choice(len(present), p=shares / shares.sum()))]


def _endless(rows: Sequence[Story], rng: np.random.Generator) -> Iterator[Story]:
    """Yield stories in shuffled passes; a debate stands in a pass once for every ten texts."""
    order = [i for i, s in enumerate(rows) for _ in range(_visits(s))]
    while True:
        for i in rng.permutation(len(order)):
            yield rows[order[int(i)]]


def _visits(story: Story) -> int:
    return 1 if story.ordered else 1 + len(story.sentences) // MOST_TEXTS


def _tokens(one: Draw) -> float:
    passage = one.passage
    words = len(passage.prefix.split()) + sum(len(s.split()) for s in passage.sentences)
    return 3 + WORD_TOKENS * words
