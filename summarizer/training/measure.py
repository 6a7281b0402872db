"""What training looks at on the way: held-out news articles and Perspectrum's development claims."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from sklearn.metrics import f1_score, roc_auc_score

from summarizer.models.network import RelationNetwork
from summarizer.protocols import Passage
from summarizer.training.stories import UNKNOWN, Story, perspectrum


def measure_news(network: RelationNetwork, stories: Sequence[Story]) -> dict[str, float]:
    """Return macro-F1 of types, and AUC and balanced accuracy of same-side pairs over articles."""
    types: list[tuple[int, int]] = []
    areas, accuracies = [], []
    for story in stories:
        given, scores = read_story(network, story)
        types.extend((t, g) for t, g in zip(story.types, given, strict=True) if t != UNKNOWN)
        same, score = _pairs(story, scores)
        if 0 < same.sum() < len(same):
            areas.append(roc_auc_score(same, score))
            accuracies.append(((score[same] > 0).mean() + (score[~same] < 0).mean()) / 2)
    gold, given_all = zip(*types, strict=True)
    return {
        "type_f1": round(float(f1_score(gold, given_all, average="macro")), 4),
        "side_auc": round(float(np.mean(areas)), 4),
        "side_accuracy": round(float(np.mean(accuracies)), 4),
    }


def read_story(
    network: RelationNetwork, story: Story, *, prefix: str | None = None
) -> tuple[list[int], np.ndarray]:
    """Return the type of each sentence and (n, n) same-side log-odds, read behind the title."""
    passage = Passage(
        prefix=story.topics[0] if prefix is None else prefix,
        sentences=story.sentences,
        paragraphs=story.paragraphs,
    )
    vectors = network.vectors(network.lay_out(passage), len(story.sentences))
    mixed = network.mixed(vectors, ordered=True)
    places = torch.arange(len(story.sentences), device=mixed.device)
    paragraphs = torch.tensor(story.paragraphs, device=mixed.device)
    scores = network.sides(mixed, places, paragraphs).float().cpu().numpy()
    return network.types_head(mixed).argmax(-1).tolist(), scores


def _pairs(story: Story, scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    known = np.array([i for i, side in enumerate(story.sides) if side != UNKNOWN], dtype=int)
    sides = np.array(story.sides)[known]
    i, j = np.triu_indices(len(known), 1)
    return sides[i] == sides[j], scores[known[i], known[j]]


def measure_stance(
    network: RelationNetwork, data: Path, *, limit: int | None = None
) -> dict[str, float]:
    """Return macro-F1 of favours against opposes on Perspectrum's development pairs."""
    rows = [
        (story.statements[0][0], text, stance)
        for story in perspectrum(data, part="dev")
        for text, stance in zip(story.sentences, story.statements[0][1], strict=True)
    ]
    if limit is not None:
        rows = rows[:: max(1, len(rows) // limit)][:limit]
    given = []
    for statement, text, _ in rows:
        passage = Passage(prefix=statement, sentences=(text,))
        vectors = network.vectors(network.lay_out(passage), 1)
        given.append(int(network.stance_head(vectors)[0, :2].argmax()))
    gold = [stance for _, _, stance in rows]
    return {"stance_f1": round(float(f1_score(gold, given, average="macro")), 4)}
