"""How training stories become batches: which source, which prefix, which of the texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from summarizer.protocols import Passage
from summarizer.training.relation.stories import FAVOURS, OPPOSES, UNKNOWN, Labels, Story

EARLY = {
    "inference": 28, "ibm30k": 16, "perspectrum": 8, "debatewise": 8, "ibm-claims": 4, "iam": 6,
    "procon20": 5, "wtwt": 3, "vast": 6, "newsroom": 16, "own": 16,
}  # fmt: skip
LATE = {
    "inference": 6, "ibm30k": 12, "perspectrum": 11, "debatewise": 10, "ibm-claims": 5, "iam": 6,
    "procon20": 6, "wtwt": 2, "vast": 7, "newsroom": 35, "own": 16,
}  # fmt: skip
"""Shares of the tokens seen at the start and at the end; in between, a straight line."""

MOST_TEXTS = 10
AS_LIST = 0.1  # share of an article's readings in which its claims are a bare list
ALONE = 0.5  # share of a debate's batches in which a text is read alone, as `stance` asks
AS_STATEMENT = 0.2  # share of a list's readings behind one of its own texts
BARE = 0.2  # share of a list's readings behind nothing
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
    if not story.ordered:
        return _draw_list(story, rng, LONG_TEXTS if story.source == "vast" else most)
    if rng.random() < AS_LIST and len(_sided(story)) > 3:
        return _draw_list(_as_list(story), rng, 2 * most)
    prefix, stances = _prefix(story, rng)
    return Draw(
        passage=story.passage(prefix),
        types=story.types,
        sides=story.sides,
        stances=stances,
    )


def _draw_list(story: Story, rng: np.random.Generator, most: int) -> Draw:
    """Return some texts of a bare list, in any order."""
    rows = [int(i) for i in rng.permutation(len(story.sentences))[: max(1, most)]]
    chance = rng.random()
    if len(rows) > 2 and chance < AS_STATEMENT and story.sides[rows[0]] != UNKNOWN:
        # One text as the statement: who stands on its side favours it.
        own, rows = rows[0], rows[1:]
        prefix, stances = story.sentences[own], _agreement(story.sides, story.sides[own])
    elif len(rows) > 1 and chance < AS_STATEMENT + BARE:
        prefix, stances = "", (UNKNOWN,) * len(story.sentences)
    else:
        prefix, stances = _prefix(story, rng)
    return Draw(
        passage=Passage(prefix=prefix, sentences=tuple(story.sentences[i] for i in rows)),
        types=tuple(story.types[i] for i in rows),
        sides=tuple(story.sides[i] for i in rows),
        stances=tuple(stances[i] for i in rows),
    )


def _agreement(sides: Labels, side: int) -> Labels:
    return tuple(
        UNKNOWN if other == UNKNOWN else FAVOURS if other == side else OPPOSES for other in sides
    )


def _sided(story: Story) -> list[int]:
    return [i for i, side in enumerate(story.sides) if side != UNKNOWN]


def _as_list(story: Story) -> Story:
    """Return the claims of an article as a bare list, as `cluster_claims` meets them."""
    rows = _sided(story)
    return replace(
        story,
        sentences=tuple(story.sentences[i] for i in rows),
        sides=tuple(story.sides[i] for i in rows),
        types=(UNKNOWN,) * len(rows),
        paragraphs=(),
        holders=(),
        statements=tuple(
            (statement, tuple(stances[i] for i in rows)) for statement, stances in story.statements
        ),
    )


def _prefix(story: Story, rng: np.random.Generator) -> tuple[str, Labels]:
    """Return what stands in front, and the stances of the story's sentences to it."""
    news = story.source == "newsroom"
    if story.statements and (not news or rng.random() < 0.4):
        return story.statements[int(rng.integers(len(story.statements)))]
    unknown = (UNKNOWN,) * len(story.sentences)
    if news and rng.random() < 0.8:
        return story.topics[int(rng.integers(len(story.topics)))], unknown
    return "", unknown


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
        most = 1 if rng.random() < ALONE else MOST_TEXTS  # one for a batch: windows of like length
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
