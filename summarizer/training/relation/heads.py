"""Second stage of the relation encoder: mixer and heads, many passes over frozen vectors.

A pass over the vectors of a thousand articles takes seconds, where reading them takes minutes. What
depends on the whole article, above all who speaks where, is learnt here.
"""

from __future__ import annotations

import copy
import logging
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from summarizer.models.network import RelationNetwork
from summarizer.training.relation.draws import Draw, draw
from summarizer.training.relation.losses import mixed_losses
from summarizer.training.relation.measure import NewsScores, score_news
from summarizer.training.relation.stories import UNKNOWN, Story

log = logging.getLogger(__name__)

SCALARS = frozenset({"side_distance", "side_paragraph", "side_holder", "types_holder"})
"""What distance, paragraph and holders add to the log-odds: a number each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadsRecipe:
    """How long and how fast; the pass that scores best on held-out articles is kept."""

    passes: int = 16
    batch: int = 8
    rate: float = 5e-4
    scalar_rate: float = 1e-2  # log-odds of up to 2, from zero, in some thousand steps
    weight_decay: float = 0.05
    dropout: float = 0.3  # on vectors: some thousand articles are few
    debates: int = 600  # draws of bare lists, so that these are not forgotten ...
    draws: int = 20  # ... but at most so many of one list
    seed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A draw and the frozen (n, d) vectors of its sentences."""

    draw: Draw
    vectors: Tensor


def train_heads(
    network: RelationNetwork,
    stories: Sequence[Story],
    held_out: Sequence[Story],
    recipe: HeadsRecipe,
) -> list[dict[str, float]]:
    """Train mixer, type and side heads of `network` in place; return the scores of each pass."""
    rng = np.random.default_rng(recipe.seed)
    debates = min(recipe.debates, recipe.draws * len(stories))
    training = read_all(network, stories, rng, debates=debates)
    held = read_all(network, held_out, rng, debates=0)
    heads = [p for n, p in network.named_parameters() if _trained(n)]
    few = [p for n, p in network.named_parameters() if n in SCALARS]
    rest = [p for n, p in network.named_parameters() if _trained(n) and n not in SCALARS]
    optimizer = torch.optim.AdamW(
        [
            {"params": rest, "lr": recipe.rate, "weight_decay": recipe.weight_decay},
            {"params": few, "lr": recipe.scalar_rate, "weight_decay": 0.0},
        ]
    )
    total = recipe.passes * (len(training) // recipe.batch + 1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, [recipe.rate, recipe.scalar_rate], total_steps=total + 1
    )
    scores = measure_heads(network, held)
    history = [{"pass": 0.0, **scores}]
    best, kept = scores["side_auc"] + scores["type_f1"], copy.deepcopy(network.state_dict())
    for number in range(1, recipe.passes + 1):
        network.train()
        order = [int(i) for i in rng.permutation(len(training))]
        for first in range(0, len(order), recipe.batch):
            batch = [training[i] for i in order[first : first + recipe.batch]]
            loss = sum(
                value
                for read in batch
                for value in mixed_losses(network, _dropped(read, recipe), read.draw).values()
            )
            if isinstance(loss, Tensor):
                optimizer.zero_grad()
                (loss / len(batch)).backward()  # type: ignore[no-untyped-call]
                torch.nn.utils.clip_grad_norm_(heads, 1.0)
                optimizer.step()
            schedule.step()
        scores = measure_heads(network, held)
        history.append({"pass": float(number), **scores})
        log.info("heads, pass %d: %s", number, scores)
        if scores["side_auc"] + scores["type_f1"] > best:
            best = scores["side_auc"] + scores["type_f1"]
            kept = copy.deepcopy(network.state_dict())
    network.load_state_dict(kept)
    network.eval()
    return history


@torch.no_grad()
def read_all(
    network: RelationNetwork, stories: Sequence[Story], rng: np.random.Generator, *, debates: int
) -> list[Read]:
    """Return every ordered story behind its title, and some draws of debates, with vectors."""
    network.eval()
    draws = [_titled(story) for story in stories if story.ordered]
    lists = [s for s in stories if not s.ordered and len(s.sentences) > 3]
    if lists:
        draws.extend(draw(lists[int(rng.integers(len(lists)))], rng) for _ in range(debates))
    return [
        Read(
            draw=one,
            vectors=network.vectors(network.lay_out(one.passage), len(one.passage.sentences)),
        )
        for one in draws
    ]


def _titled(story: Story) -> Draw:
    """Return the whole article behind its title, as the product reads it."""
    unknown = (UNKNOWN,) * len(story.sentences)
    passage = story.passage(story.topics[0])
    return Draw(passage=passage, types=story.types, sides=story.sides, stances=unknown)


def _trained(name: str) -> bool:
    return not name.startswith(("encoder.", "norm.", "stance_head."))


def _dropped(read: Read, recipe: HeadsRecipe) -> Tensor:
    return torch.nn.functional.dropout(read.vectors, recipe.dropout, training=True)


@torch.no_grad()
def measure_heads(network: RelationNetwork, held: Sequence[Read]) -> NewsScores:
    """Return `score_news` of frozen vectors."""
    network.eval()
    rows = []
    for read in held:
        mixed = network.mixed(read.vectors, read.draw.passage)
        sides = network.sides(mixed, read.draw.passage).numpy()
        rows.append(
            (
                read.draw.types,
                read.draw.sides,
                network.types(mixed, read.draw.passage).argmax(-1).tolist(),
                sides,
            )
        )
    return score_news(rows)
