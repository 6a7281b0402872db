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
from torch.nn import functional

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
    """Train mixer, type and side heads of `network` in place; return the scores of each pass.

    The first scores are those before any pass. The weights that score best are kept.
    """
    rng = np.random.default_rng(recipe.seed)
    debates = min(recipe.debates, recipe.draws * len(stories))
    training = read_all(network, stories, rng, debates=debates)
    held = read_all(network, held_out, rng, debates=0)
    descent = _Descent(network, recipe, rows=len(training))
    history = [{"pass": 0.0, **measure_heads(network, held)}]
    best, kept = _value(history[0]), copy.deepcopy(network.state_dict())
    for number in range(1, recipe.passes + 1):
        descent.go_through([training[int(i)] for i in rng.permutation(len(training))])
        scores = measure_heads(network, held)
        history.append({"pass": float(number), **scores})
        log.info("heads, pass %d: %s", number, scores)
        if _value(scores) > best:
            best, kept = _value(scores), copy.deepcopy(network.state_dict())
    network.load_state_dict(kept)
    network.eval()
    return history


def _value(scores: NewsScores) -> float:
    """Return what is to be largest."""
    return scores["side_auc"] + scores["type_f1"]


class _Descent:
    """Optimiser and rates of a run of passes over `rows` rows."""

    def __init__(self, network: RelationNetwork, recipe: HeadsRecipe, *, rows: int) -> None:
        self._network, self._recipe = network, recipe
        trained = {n: p for n, p in network.named_parameters() if _trained(n)}
        self._heads = list(trained.values())
        rates = [recipe.rate, recipe.scalar_rate]
        self._optimizer = torch.optim.AdamW(
            [
                {
                    "params": [p for n, p in trained.items() if n not in SCALARS],
                    "lr": recipe.rate,
                    "weight_decay": recipe.weight_decay,
                },
                {
                    "params": [p for n, p in trained.items() if n in SCALARS],
                    "lr": recipe.scalar_rate,
                    "weight_decay": 0.0,
                },
            ]
        )
        steps = recipe.passes * (rows // recipe.batch + 1) + 1
        self._schedule = torch.optim.lr_scheduler.OneCycleLR(
            self._optimizer, rates, total_steps=steps
        )

    def go_through(self, reads: Sequence[Read]) -> None:
        """Take a step for each batch of `reads`, in their order."""
        self._network.train()
        for first in range(0, len(reads), self._recipe.batch):
            self._step(reads[first : first + self._recipe.batch])
            self._schedule.step()

    def _step(self, batch: Sequence[Read]) -> None:
        loss = sum(
            value
            for read in batch
            for value in mixed_losses(self._network, self._dropped(read), read.draw).values()
        )
        if isinstance(loss, Tensor):  # else nothing is known of these
            self._optimizer.zero_grad()
            (loss / len(batch)).backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(self._heads, 1.0)
            self._optimizer.step()

    def _dropped(self, read: Read) -> Tensor:
        return functional.dropout(read.vectors, self._recipe.dropout)


def _trained(name: str) -> bool:
    return not name.startswith(("encoder.", "norm.", "stance_head."))


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
