"""Temperatures of the relation encoder: its log-odds divided so that they mean what they say.

Temperature scaling (Guo et al. 2017, arXiv 1706.04599), fitted on data that was not trained on. A
temperature moves no decision; it only says how sure one is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import torch
from scipy.optimize import minimize_scalar
from torch import Tensor
from torch.nn import functional

from summarizer.models.network import RelationNetwork
from summarizer.training.relation.corpus import StancePair
from summarizer.training.relation.measure import known_pairs, read_story, stance_scores
from summarizer.training.relation.stories import Story

BOUNDS = (0.25, 8.0)


def calibrate(
    network: RelationNetwork, stories: Sequence[Story], pairs: Sequence[StancePair]
) -> None:
    """Set the temperatures of sides, on `stories`, and of stance, on `pairs`, where there are any.

    Same-side and opposite pairs weigh the same, as they do in training.
    """
    sides = [known_pairs(story.sides, read_story(network, story)[1]) for story in stories]
    both = [(same, scores) for same, scores in sides if 0 < same.sum() < len(same)]
    if both:
        same, scores = (torch.tensor(np.concatenate(parts)) for parts in zip(*both, strict=True))
        scale = _fit(lambda scale: _side_loss(scores / scale, same.float()))
        network.config = replace(network.config, side_scale=scale)
    if pairs:
        stances = stance_scores(network, pairs)
        gold = torch.tensor([stance for _, _, stance in pairs])
        scale = _fit(lambda scale: functional.cross_entropy(stances / scale, gold).item())
        network.config = replace(network.config, stance_scale=scale)


def _fit(loss: Callable[[float], float]) -> float:
    """Return the temperature, to three digits, at which `loss` is least."""
    return round(float(minimize_scalar(loss, bounds=BOUNDS, method="bounded").x), 3)


def _side_loss(scores: Tensor, same: Tensor) -> float:
    """Return the cross-entropy of same-side pairs; pairs of both kinds weigh the same."""
    weight = torch.where(same > 0, 0.5 / same.sum(), 0.5 / (1 - same).sum())
    return functional.binary_cross_entropy_with_logits(
        scores, same, weight=weight, reduction="sum"
    ).item()
