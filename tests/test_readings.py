from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.protocols import Reading
from summarizer.readings import ORDERS, READ, mean, orders, reordered

TEXTS = st.lists(st.text(max_size=8), min_size=1, max_size=12, unique=True)


def reading(n: int, seed: int) -> Reading:
    rng = np.random.default_rng(seed)
    sides = np.round(rng.normal(size=(n, n)), 2)
    return Reading(
        types=np.round(rng.dirichlet(np.ones(3), n), 2),
        sides=sides + sides.T,
        stances=np.round(rng.uniform(-1, 1, n), 2),
    )


@given(TEXTS, st.randoms())
def test_orders_follow_from_the_texts_not_from_how_they_are_given(texts, random) -> None:
    shuffled = random.sample(texts, len(texts))
    read = [[texts[row] for row in order] for order in orders(texts)]
    assert read == [[shuffled[row] for row in order] for order in orders(shuffled)]
    assert all(sorted(order) == list(range(len(texts))) for order in orders(texts))


def test_a_list_is_read_in_several_orders_a_long_one_in_fewer() -> None:
    short = orders([f"Text {n}" for n in range(20)])
    assert len({tuple(order) for order in short}) == ORDERS
    assert len(orders([str(n) for n in range(READ // 2)])) == 2
    assert len(orders([str(n) for n in range(5 * READ)])) == 1
    assert orders(["one"]) == [[0]]


@given(st.permutations(range(5)))
def test_a_reordered_reading_speaks_of_the_sentences_as_given(order) -> None:
    given_order = reading(5, 1)
    rows = list(order)
    as_read = Reading(
        types=given_order.types[rows],
        sides=given_order.sides[np.ix_(rows, rows)],
        stances=given_order.stances[rows],
    )
    back = reordered(as_read, rows)
    assert np.array_equal(back.types, given_order.types)
    assert np.array_equal(back.sides, given_order.sides)
    assert np.array_equal(back.stances, given_order.stances)


def test_the_mean_of_readings_is_their_mean() -> None:
    one, other = reading(4, 1), reading(4, 2)
    found = mean([one, other])
    assert found.types == pytest.approx((one.types + other.types) / 2, abs=1e-4)
    assert found.sides == pytest.approx((one.sides + other.sides) / 2, abs=1e-4)
    assert found.stances == pytest.approx((one.stances + other.stances) / 2, abs=1e-4)
    assert mean([one]).sides == pytest.approx(one.sides, abs=1e-4)
