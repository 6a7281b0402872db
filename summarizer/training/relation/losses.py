"""What the relation network is told is wrong, per passage: types, sides and stances."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import torch
from torch import Tensor
from torch.nn import functional

from summarizer.models.network import RelationNetwork
from summarizer.models.windows import Window
from summarizer.training.relation.draws import Draw
from summarizer.training.relation.stories import UNKNOWN


def story_losses(
    network: RelationNetwork, batch: Sequence[Draw], *, hidden: float = 0.0
) -> dict[str, Tensor]:
    """Return the mean loss of each task that something in `batch` is known of.

    Of an article in reading order a share `hidden` of the tokens is masked, so that a network that
    sees it many times cannot know it by its words. A text alone keeps all: a "not" decides there.
    """
    windows: list[Window] = []
    sizes: list[int] = []
    for one in batch:
        offset = sum(sizes)
        share = hidden if one.passage.ordered else 0.0
        windows.extend(
            _masked(window, share, network).shifted(offset)
            for window in network.lay_out(one.passage)
        )
        sizes.append(len(one.passage.sentences))
    vectors = network.vectors(windows, sum(sizes)).float()
    losses: dict[str, list[Tensor]] = {}
    stances = _labels([label for one in batch for label in one.stances], vectors)
    if (stances != UNKNOWN).any():
        scores = network.stance_head(vectors)
        losses["stance"] = [functional.cross_entropy(scores, stances, ignore_index=UNKNOWN)]
    for one, own in zip(batch, torch.split(vectors, sizes), strict=True):
        for name, value in mixed_losses(network, own, one).items():
            losses.setdefault(name, []).append(value)
    return {name: torch.stack(values).mean() for name, values in losses.items()}


def point_loss(network: RelationNetwork, left: Sequence[str], right: Sequence[str]) -> Tensor:
    """Return how badly each text of `left` finds the one of `right` at its own place.

    In-batch negatives (Henderson et al. 2017, arXiv 1705.00652), asked in both directions.
    """
    scores = network.embed(left, max_tokens=64) @ network.embed(right, max_tokens=64).T
    scores = scores.float() * 20
    own = torch.arange(len(left), device=scores.device)
    return (functional.cross_entropy(scores, own) + functional.cross_entropy(scores.T, own)) / 2


def _masked(window: Window, share: float, network: RelationNetwork) -> Window:
    if not share:
        return window
    lots = torch.rand(len(window.ids)).tolist()
    mask = int(network.tokenizer.mask_token_id)
    return replace(
        window,
        ids=tuple(
            mask if row >= 0 and lot < share else piece
            for piece, row, lot in zip(window.ids, window.rows, lots, strict=True)
        ),
    )


def mixed_losses(network: RelationNetwork, vectors: Tensor, one: Draw) -> dict[str, Tensor]:
    """Return the losses of one passage that look at all of its sentences: type and side."""
    losses: dict[str, Tensor] = {}
    if len(vectors) == 1:
        return losses
    mixed = network.mixed(vectors, one.passage)
    types = _labels(one.types, vectors)
    if (types != UNKNOWN).any():
        scores = network.types(mixed, one.passage)
        losses["type"] = functional.cross_entropy(scores, types, ignore_index=UNKNOWN)
    side = _side_loss(network, mixed, one)
    if side is not None:
        losses["side"] = side
    return losses


def _side_loss(network: RelationNetwork, mixed: Tensor, one: Draw) -> Tensor | None:
    """Return the loss over pairs of known side; same and opposite pairs weigh the same."""
    sides = _labels(one.sides, mixed)
    known = (sides != UNKNOWN).nonzero()[:, 0]
    if len(known) < 2:
        return None
    sides = sides[known]
    scores = network.sides(mixed, one.passage)[known][:, known]
    same = (sides[:, None] == sides[None]).float()
    pairs = torch.triu(torch.ones_like(same), 1) > 0
    each = functional.binary_cross_entropy_with_logits(scores[pairs], same[pairs], reduction="none")
    alike = same[pairs] > 0
    parts = [each[chosen].mean() for chosen in (alike, ~alike) if chosen.any()]
    return torch.stack(parts).sum() / 2


def _labels(labels: Sequence[int], like: Tensor) -> Tensor:
    return torch.tensor(list(labels), device=like.device)
