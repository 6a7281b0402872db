"""The numbers of clustering: what is scored, and that a fit says what is right how often."""

from __future__ import annotations

import numpy as np
import pytest

from summarizer.protocols import BACKGROUND, VIEWPOINT, Relations
from summarizer.settings import Settings
from summarizer.training.relation.stories import UNKNOWN, Story
from summarizer.training.relation.tune import GRID, evaluate, fit_confidence, margins, search

SIDES = (0, 0, 1, 1, UNKNOWN, UNKNOWN)


def story() -> Story:
    return Story(
        source="newsroom",
        sentences=tuple(f"sentence {i}" for i in range(6)),
        sides=SIDES,
        types=(VIEWPOINT,) * 4 + (BACKGROUND,) * 2,
        paragraphs=tuple(range(6)),
    )


def relations(*, wrong: bool = False, background: bool = True) -> Relations:
    """Perfect knowledge of the story; `wrong` puts the second sentence on the other side."""
    side = np.array([1, -1 if wrong else 1, -1, -1, 1, 1], dtype=float)
    sides = 3 * np.outer(side, side)
    np.fill_diagonal(sides, 0.0)
    types = np.tile([0.9, 0.1, 0.0], (6, 1))
    if background:
        types[4:] = [0.1, 0.9, 0.0]
    return Relations(types=types, sides=sides, similarity=np.eye(6))


def test_perfect_knowledge_scores_one() -> None:
    scores = evaluate([(story(), relations())], settings=Settings())
    assert (scores.ari, scores.background_f1, scores.within_one) == (1.0, 1.0, 1.0)
    assert scores.value == pytest.approx(1.75)


def test_each_fault_costs_its_own_score() -> None:
    mixed = evaluate([(story(), relations(wrong=True))], settings=Settings())
    assert mixed.ari < 0.5
    assert mixed.background_f1 == 1.0
    flat = evaluate([(story(), relations(background=False))], settings=Settings())
    assert flat.background_f1 == 0.0


def test_the_best_of_the_grid_comes_first() -> None:
    rows = search([(story(), relations())], start=Settings())
    assert len(rows) == np.prod([len(values) for values in GRID.values()])
    values = [scores.value for _, scores in rows]
    assert values == sorted(values, reverse=True)


def test_a_claim_on_the_wrong_side_is_a_wrong_margin() -> None:
    found = list(margins([(story(), relations(wrong=True))], settings=Settings()))
    assert [right for _, right in found].count(False) == 1
    assert len(found) == 4


def test_confidence_learns_that_margins_mean_little_or_much() -> None:
    mixed = [(story(), relations()), (story(), relations(wrong=True))] * 4
    fitted, table = fit_confidence(mixed, settings=Settings())
    said = sum(mean * n for _, mean, _, n in table) / sum(n for *_, n in table)
    right = sum(share * n for _, _, share, n in table) / sum(n for *_, n in table)
    assert said == pytest.approx(right, abs=0.02)
    assert fitted.min_viewpoint == Settings().min_viewpoint
