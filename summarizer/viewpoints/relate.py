"""Relate: how the claims of one story stand to each other, before anything is decided.

Two signals are kept apart, because claims that oppose each other are about the same thing: topical
similarity (cosine of plain embeddings) and side (log-odds that two claims stand on one side, from
the relation encoder, the holders, turns of the text and repeated text).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from summarizer.english.cues import FINITE_VERBS
from summarizer.english.function_words import WORD_CLASSES
from summarizer.holders import number_holders
from summarizer.protocols import (
    VIEWPOINT,
    Encoder,
    Matrix,
    Passage,
    Reading,
    RelationEncoder,
    Relations,
    Vectors,
)
from summarizer.readings import mean
from summarizer.settings import Settings
from summarizer.types import Article, Claim
from summarizer.viewpoints.turns import turned

MOST_AGREEMENT = 0.98  # no stance is surer than that: log-odds of 4.6
_VERBS = frozenset(WORD_CLASSES["auxiliaries"]) | FINITE_VERBS
SAME = 1e-3  # squared distance below which a text is no different from the mean of all
TOPIC_WORDS = 4  # a topic has no more, unless it is a sentence
REPEATED = 6.0  # log-odds of one side for two claims of the same words: all but certain


def relate(
    stories: Sequence[Sequence[Claim]], encoder: Encoder, *, settings: Settings
) -> list[Relations]:
    """Return the relations of the claims of each story, from `readings` of its articles.

    All stories share one `encode` and one `read` call.
    """
    if not isinstance(encoder, RelationEncoder):
        similarities = _similarities(stories, [range(len(claims)) for claims in stories], encoder)
        return [
            _topical(similarity, claims, settings)
            for similarity, claims in zip(similarities, stories, strict=True)
        ]
    passages = [_passages(claims) for claims in stories]
    found = iter(readings([passage for own in passages for _, passage in own], encoder))
    read = [
        _read(claims, [(rows, passage, next(found)) for rows, passage in own], settings)
        for claims, own in zip(stories, passages, strict=True)
    ]
    compared = [
        _compared(types, settings) if len(own) == 1 else range(len(types))
        for (types, _), own in zip(read, passages, strict=True)
    ]
    similarities = _similarities(stories, compared, encoder)
    return [
        Relations(types=types, sides=sides, similarity=similarity)
        for (types, sides), similarity in zip(read, similarities, strict=True)
    ]


def readings(passages: Sequence[Passage], encoder: RelationEncoder) -> list[Reading]:
    """Return the reading of each passage; behind a title, the mean of one with it and one without.

    Two looks at one article err less than either (LOG 2026-11-23), and what a title says moves them
    half as much.
    """
    titled = [row for row, passage in enumerate(passages) if passage.prefix]
    bare = [replace(passages[row], prefix="") for row in titled]
    read = encoder.read([*passages, *bare])
    found = list(read[: len(passages)])
    for row, other in zip(titled, read[len(passages) :], strict=True):
        found[row] = replace(mean([found[row], other]), stances=found[row].stances)
    return found


def _compared(types: Matrix, settings: Settings) -> Sequence[int]:
    """Return the rows whose similarity somebody may ask for: those that may be viewpoints.

    With several articles all rows may: a type is then the mean over all outlets of a claim.
    """
    return [int(row) for row in np.flatnonzero(types[:, VIEWPOINT] >= settings.min_viewpoint)]


def _similarities(
    stories: Sequence[Sequence[Claim]], compared: Sequence[Sequence[int]], encoder: Encoder
) -> list[Matrix]:
    """Return the similarity of the claims of each story; zero where a row is not `compared`."""
    texts = [
        claims[row].text for claims, rows in zip(stories, compared, strict=True) for row in rows
    ]
    ends = np.cumsum([len(rows) for rows in compared])
    found = []
    parts = np.split(encoder.encode(texts), ends)[:-1]
    for claims, rows, vectors in zip(stories, compared, parts, strict=True):
        similarity = np.zeros((len(claims), len(claims)))
        similarity[np.ix_(rows, rows)] = cosines(vectors)
        found.append(similarity)
    return found


def _read(
    claims: Sequence[Claim],
    readings: Sequence[tuple[list[int], Passage, Reading]],
    settings: Settings,
) -> tuple[Matrix, Matrix]:
    """Return types and sides: the readings of one story laid over each other, the last on top.

    Within an article the encoder has seen the holders, and what its turns say is added here; across
    articles the holders are.
    """
    types = np.zeros((len(claims), 3))
    sides = np.zeros((len(claims), len(claims)))
    for rows, passage, reading in readings:
        across = not passage.ordered
        known = _holder_sides(claims, settings) if across else -settings.turn * turned(passage)
        block = reading.sides + known
        types[rows] = reading.types
        sides[np.ix_(rows, rows)] = block
    return types, _finished(sides, claims)


def _passages(claims: Sequence[Claim]) -> list[tuple[list[int], Passage]]:
    """Return (rows, passage) of each article; of several, all claims first, as a bare list.

    Across articles order means nothing, within one it does.
    """
    rows: dict[Article, list[int]] = {}
    for row, claim in enumerate(claims):
        rows.setdefault(claim.article, []).append(row)
    passages = [(own, passage_of([claims[row] for row in own])) for own in rows.values()]
    if len(rows) > 1:
        everything = Passage(sentences=tuple(claim.text for claim in claims))
        passages.insert(0, (list(range(len(claims))), everything))
    return passages


def relate_texts(
    texts: Sequence[str], encoder: Encoder, *, question: str | None, settings: Settings
) -> Relations:
    """Return the relations of a bare list of texts, whose order means nothing."""
    similarity = cosines(encoder.encode(texts))
    if not isinstance(encoder, RelationEncoder):
        return _topical(similarity, None, settings)
    reading = encoder.read([Passage(sentences=tuple(texts))])[0]
    sides = reading.sides + settings.list_similarity * _contrasts(similarity)
    if question:
        sides = sides + settings.stance_weight * _agreement(encoder, question, texts)
    return Relations(types=_all_viewpoint(len(texts)), sides=sides, similarity=similarity)


def _contrasts(similarity: Matrix) -> Matrix:
    """Return (n, n) cosines of texts once what all of them have in common is taken off; diagonal 0.

    From `similarity`, the cosines as they are, by double centring (Torgerson 1952). Centred vectors
    stand at -1 / (n - 1) to each other on average, which is taken off as well.
    """
    if len(similarity) < 2:
        return np.zeros_like(similarity)
    inner = similarity - similarity.mean(axis=0)
    inner -= inner.mean(axis=1)[:, None]
    length = np.sqrt(np.maximum(np.diag(inner), 0.0))
    scale = np.outer(length, length)
    found: Matrix = np.zeros_like(inner)
    np.divide(inner + inner.T, 2 * scale, out=found, where=scale > SAME)
    found[scale > SAME] += 1 / (len(similarity) - 1)
    np.fill_diagonal(found, 0.0)
    return np.asarray(np.round(found, 4), dtype=np.float64)


def stance(statement: str, texts: Sequence[str], encoder: Encoder) -> npt.NDArray[np.float64]:
    """Return (n,) in [-1, 1]: how much each text, on its own, favours or opposes `statement`.

    An encoder without a stance head gives zeros: it cannot tell.
    """
    if not isinstance(encoder, RelationEncoder) or not texts:
        return np.zeros(len(texts))
    prefix = as_statement(statement)
    passages = [Passage(sentences=(text,), prefix=prefix) for text in texts]
    return np.array([reading.stances[0] for reading in encoder.read(passages)])


def as_statement(question: str) -> str:
    """Return what a text can agree with: `question`, or that we should support it, if a topic.

    A stance to a bare topic ("nuclear power") is learnt from few texts, one to a sentence from many
    (VAST in LOG 2026-11-23).
    """
    tokens = question.split()
    known = {token.strip(".,;:!?\"'").lower() for token in tokens} & _VERBS
    if not tokens or len(tokens) > TOPIC_WORDS or known or question.rstrip().endswith((".", "?")):
        return question
    return f"We should support {question.strip()}."


def _agreement(encoder: Encoder, question: str, texts: Sequence[str]) -> Matrix:
    """Return (n, n) log-odds that two texts take the same stance to `question`.

    With stances a and b in [-1, 1] the chance of the same one is (1 + ab) / 2.
    """
    each = stance(question, texts, encoder)
    agreement: Matrix = 2 * np.arctanh(
        np.clip(np.outer(each, each), -MOST_AGREEMENT, MOST_AGREEMENT)
    )
    np.fill_diagonal(agreement, 0.0)
    return agreement


def passage_of(claims: Sequence[Claim]) -> Passage:
    """Return the claims of one article, in reading order, as they are read: behind its title."""
    title = claims[0].article.title if claims else None
    return Passage(
        prefix=title or "",
        sentences=tuple(claim.text for claim in claims),
        paragraphs=_paragraphs(claims),
        holders=number_holders([claim.holder for claim in claims]),
    )


def _paragraphs(claims: Sequence[Claim]) -> tuple[int, ...]:
    """Return the paragraph of each claim of one article, counting those that hold a claim."""
    breaks = [claim.article.text.count("\n\n", 0, claim.start) for claim in claims]
    return tuple(np.unique(breaks, return_inverse=True)[1].tolist())


def cosines(vectors: Vectors) -> Matrix:
    """Return the (n, n) cosines of unit vectors, rounded so that batches do not show."""
    exact = vectors.astype(np.float64)
    rounded: Matrix = np.round(exact @ exact.T, 4)
    return rounded


def _holder_sides(claims: Sequence[Claim], settings: Settings) -> Matrix:
    """Return (n, n): claims of one holder tend to one side, those of different ones do not."""
    holder = np.array(number_holders([claim.holder for claim in claims]), dtype=int)
    named = (holder[:, None] >= 0) & (holder[None] >= 0)
    same = named & (holder[:, None] == holder[None])
    return np.where(same, settings.same_holder, np.where(named, -settings.other_holder, 0.0))


def _finished(sides: Matrix, claims: Sequence[Claim]) -> Matrix:
    """Set repeated text on one side and the diagonal to zero."""
    words = np.array([" ".join(claim.text.lower().split()) for claim in claims])
    result = np.where(words[:, None] == words[None], REPEATED, sides)
    np.fill_diagonal(result, 0.0)
    return result


def _topical(similarity: Matrix, claims: Sequence[Claim] | None, settings: Settings) -> Relations:
    """Return what an encoder without a sense of sides can say: alike means one side."""
    sides = settings.topical_scale * (similarity - settings.topical_middle)
    if claims is not None:
        sides = _finished(sides + _holder_sides(claims, settings), claims)
    sides = sides.copy()
    np.fill_diagonal(sides, 0.0)
    return Relations(types=_all_viewpoint(len(sides)), sides=sides, similarity=similarity)


def _all_viewpoint(n: int) -> Matrix:
    return np.tile([1.0, 0.0, 0.0], (n, 1))
