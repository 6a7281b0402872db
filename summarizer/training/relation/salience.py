"""Last stage of the relation encoder: what the summary of a viewpoint is made of.

Ridge regression (Hoerl and Kennard 1970) on the plain vectors of claims, of that part of their
ROUGE-1 to the viewpoint's summary that the features of `writing.ranking` leave unexplained; both
less their mean in the viewpoint, since claims only compete with those beside them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from summarizer.english.text import stem, words
from summarizer.models.encoder import encode_texts
from summarizer.models.network import RelationNetwork
from summarizer.training.files import read_jsonl
from summarizer.training.leakage import Blocked
from summarizer.training.relation.news import HELD_OUT, labelled_claims
from summarizer.types import Claim
from summarizer.writing.ranking import plain_salience
from summarizer.writing.standalone import alone

PENALTY = 0.5  # of .1 to 30 by cross-validation over articles (LOG 2026-11-23)
LEAST = 5  # claims of a viewpoint within which a correlation means something

Values = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The n claims of a viewpoint: `plain` is what its features say, `overlap` is the truth."""

    texts: tuple[str, ...]
    plain: tuple[float, ...]
    overlap: tuple[float, ...]


def load_told(data: Path, blocked: Blocked) -> tuple[tuple[Told, ...], tuple[Told, ...]]:
    """Return the viewpoints of newsroom-train: those to fit on, and those of held-out articles.

    Articles with a title, a question, a label, a summary or a claim that is `blocked` are left out.

    Raises:
        DataError: the set is missing or has the wrong shape.
    """
    training: list[Told] = []
    held_out = load_told_held_out(data, blocked)
    for number, row in enumerate(_rows(data)):
        if number % HELD_OUT:
            training.extend(told(row, blocked))
    return tuple(training), held_out


def load_told_held_out(data: Path, blocked: Blocked) -> tuple[Told, ...]:
    """Return the viewpoints of the articles that are measured on, as `load_told` does."""
    rows = (row for number, row in enumerate(_rows(data)) if number % HELD_OUT == 0)
    return tuple(one for row in rows for one in told(row, blocked))


def _rows(data: Path) -> Iterator[dict[str, Any]]:
    return read_jsonl(data / "newsroom-train/newsroom-train.jsonl")


def told(row: dict[str, Any], blocked: Blocked) -> Iterator[Told]:
    """Yield the viewpoints of one labelled article that have a summary and a choice of claims."""
    views = list(row["viewpoints"])
    claims, labels = labelled_claims(row)
    texts = [row["title"], row["question"], *(claim.text for claim in claims)]
    texts += [view.get(key) for view in views for key in ("label", "summary")]
    if any(str(text) in blocked for text in texts if text):
        return
    for number, view in enumerate(views):
        own = [claim for claim, (_, side) in zip(claims, labels, strict=True) if side == number]
        if view.get("summary") and len(own) > 1:
            yield _told(own, str(view["summary"]))


def _told(claims: Sequence[Claim], summary: str) -> Told:
    return Told(
        texts=tuple(claim.text for claim in claims),
        plain=tuple(plain_salience(claims)),
        overlap=tuple(overlap(summary, text) for text in alone(claims)),
    )


def overlap(one: str, other: str) -> float:
    """Return ROUGE-1 (F1, Lin 2004) of two texts, on stems."""
    bags = [Counter(stem(word) for word in words(text)) for text in (one, other)]
    return 2 * (bags[0] & bags[1]).total() / max(1, bags[0].total() + bags[1].total())


def fit_salience(network: RelationNetwork, viewpoints: Sequence[Told]) -> None:
    """Set the salience of `network`, which is left as it is without `viewpoints`."""
    if not viewpoints:
        return
    x = np.concatenate([_centred(vectors) for vectors in _vectors(network, viewpoints)])
    y = np.concatenate([_centred(np.subtract(one.overlap, one.plain)) for one in viewpoints])
    weights = np.linalg.solve(x.T @ x + PENALTY * np.eye(x.shape[1]), x.T @ y)
    network.salience.copy_(torch.from_numpy(weights).half())  # as it is written


def measure_salience(network: RelationNetwork, viewpoints: Sequence[Told]) -> dict[str, float]:
    """Return the mean correlation of salience and ROUGE-1 in a viewpoint; nothing without any."""
    weights = network.salience.double().cpu().numpy()
    found = [
        np.corrcoef(one.plain + vectors @ weights, one.overlap)[0, 1]
        for one, vectors in zip(viewpoints, _vectors(network, viewpoints), strict=True)
        if len(one.texts) >= LEAST and np.ptp(one.overlap)
    ]
    return {"salience": round(float(np.mean(found)), 4)} if found else {}


def _vectors(network: RelationNetwork, viewpoints: Sequence[Told]) -> list[Values]:
    """Return (n, d) vectors of the claims of each viewpoint."""
    texts = sorted({text for one in viewpoints for text in one.texts})
    device = str(next(network.parameters()).device)
    vectors = encode_texts(network.encoder, network.tokenizer, texts, device=device)
    known = dict(zip(texts, vectors.astype(np.float64), strict=True))
    return [np.stack([known[text] for text in one.texts]) for one in viewpoints]


def _centred(values: Values) -> Values:
    return np.asarray(values - values.mean(axis=0))
