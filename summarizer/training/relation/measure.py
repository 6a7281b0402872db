"""What training looks at on the way: held-out news articles, Perspectrum's development claims."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import torch
from sklearn.metrics import f1_score, roc_auc_score
from torch import Tensor

from summarizer.models.network import RelationNetwork
from summarizer.protocols import Passage
from summarizer.training.relation.corpus import StancePair
from summarizer.training.relation.stories import UNKNOWN, Story

PAIRS = 64  # stance pairs read at a time

NewsScores = dict[str, float]
NewsRow = tuple[Sequence[int], Sequence[int], Sequence[int], npt.NDArray[np.float32]]


def measure_news(network: RelationNetwork, stories: Sequence[Story]) -> NewsScores:
    """Return `score_news` of articles read behind their titles; nothing without articles."""
    if not stories:
        return {}
    return score_news(
        [(story.types, story.sides, *read_story(network, story)) for story in stories]
    )


def score_news(rows: Sequence[NewsRow]) -> NewsScores:
    """Return macro-F1 of types, and AUC and balanced accuracy of same-side pairs over articles.

    A row is (gold types, gold sides, given types, given (n, n) log-odds).
    """
    types: list[tuple[int, int]] = []
    areas: list[float] = []
    accuracies: list[float] = []
    for gold_types, gold_sides, given, scores in rows:
        pairs = zip(gold_types, given, strict=True)
        types.extend((t, int(g)) for t, g in pairs if t != UNKNOWN)
        same, score = known_pairs(gold_sides, scores)
        if 0 < same.sum() < len(same):
            areas.append(roc_auc_score(same, score))
            accuracies.append(((score[same] > 0).mean() + (score[~same] < 0).mean()) / 2)
    gold, given_all = zip(*types, strict=True)
    return {
        "type_f1": round(float(f1_score(gold, given_all, average="macro")), 4),
        "side_auc": _mean(areas),
        "side_accuracy": _mean(accuracies),
    }


def _mean(values: Sequence[float]) -> float:
    """Return the mean; 0.0 when no article has pairs of both kinds."""
    return round(float(np.mean(values)), 4) if values else 0.0


@torch.no_grad()
def read_story(
    network: RelationNetwork, story: Story, *, prefix: str | None = None
) -> tuple[list[int], npt.NDArray[np.float32]]:
    """Return the type of each sentence and (n, n) same-side log-odds, read behind the title."""
    passage = story.passage(story.topics[0] if prefix is None else prefix)
    vectors = network.vectors(network.lay_out(passage), len(story.sentences))
    mixed = network.mixed(vectors, passage)
    scores = network.sides(mixed, passage).float().cpu().numpy()
    return network.types(mixed, passage).argmax(-1).tolist(), scores


def known_pairs(
    gold: Sequence[int], scores: npt.NDArray[np.float32]
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.float32]]:
    """Return of each pair of sentences of known side whether it is one side, and its log-odds."""
    known = np.array([i for i, side in enumerate(gold) if side != UNKNOWN], dtype=int)
    sides = np.array(gold)[known]
    i, j = np.triu_indices(len(known), 1)
    return sides[i] == sides[j], scores[known[i], known[j]]


def measure_stance(network: RelationNetwork, pairs: Sequence[StancePair]) -> dict[str, float]:
    """Return macro-F1 of favours against opposes; nothing where there is no pair."""
    if not pairs:
        return {}
    given = stance_scores(network, pairs)[:, :2].argmax(-1).tolist()
    gold = [stance for _, _, stance in pairs]
    return {"stance_f1": round(float(f1_score(gold, given, average="macro")), 4)}


@torch.no_grad()
def stance_scores(network: RelationNetwork, pairs: Sequence[StancePair]) -> Tensor:
    """Return (n, 3) log-odds of `STANCES` of each text to its statement."""
    parts = []
    for first in range(0, len(pairs), PAIRS):
        some = pairs[first : first + PAIRS]
        windows = [
            window.shifted(row)
            for row, (statement, text, _) in enumerate(some)
            for window in network.lay_out(Passage(prefix=statement, sentences=(text,)))
        ]
        parts.append(network.stance_head(network.vectors(windows, len(some))).float().cpu())
    return torch.cat(parts)
