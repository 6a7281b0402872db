"""Turns of an article: what a "but" of another speaker parts, and what it leaves together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.protocols import Passage
from summarizer.viewpoints.turns import turned


def passage(*rows: tuple[str, int, int]) -> Passage:
    """A passage of (text, holder, paragraph) rows."""
    texts, holders, paragraphs = zip(*rows, strict=True)
    return Passage(sentences=texts, holders=holders, paragraphs=paragraphs)


@pytest.mark.parametrize(
    "opening",
    ["But the mayor says", "However, the mayor says", "The mayor, however, says", "“But I say"],
)
def test_a_turn_to_another_holder_parts_both_sides(opening: str) -> None:
    found = turned(passage(("The union wants it.", 0, 0), (f"{opening} no.", 1, 1)))
    assert found.tolist() == [[False, True], [True, False]]


@pytest.mark.parametrize(
    ("holder", "text"),
    [(0, "But it costs much."), (-1, "But it costs much."), (1, "The mayor says no.")],
)
def test_without_a_word_or_another_holder_there_is_no_turn(holder: int, text: str) -> None:
    assert not turned(passage(("The union wants it.", 0, 0), (text, holder, 1))).any()


def test_a_turn_parts_what_stands_near_it_and_no_claims_of_one_holder() -> None:
    found = turned(
        passage(
            ("Riders ask for it.", 2, 0),
            ("It is slow.", -1, 1),
            ("The union wants it.", 0, 2),
            ("But the mayor says no.", 1, 3),
            ("It is dear.", -1, 4),
            ("The union laughs.", 0, 4),
            ("The bus is red.", -1, 5),
        )
    )
    pairs = {(i, j) for i in range(7) for j in range(i, 7) if found[i, j]}
    assert pairs == {(1, 3), (1, 4), (1, 5), (2, 3), (2, 4)}


def test_a_second_turn_does_not_part_what_stands_before_the_first() -> None:
    found = turned(passage(("A is.", 0, 0), ("But B is.", 1, 1), ("Yet C is.", 2, 2)))
    assert found[0, 1]
    assert found[1, 2]
    assert not found[0, 2]


def test_a_list_has_no_turns() -> None:
    assert not turned(Passage(sentences=("A is.", "But B is."))).any()
    assert not turned(Passage(sentences=("A is.", "But B is."), paragraphs=(0, 1))).any()


rows = st.tuples(st.sampled_from(["But no.", "Yes."]), st.integers(-1, 2), st.integers(0, 1))


@given(st.lists(rows, min_size=1, max_size=8))
def test_it_is_symmetric_and_parts_nobody_from_himself(rows: list[tuple[str, int, int]]) -> None:
    paragraph, placed = 0, []
    for text, holder, step in rows:
        paragraph += step
        placed.append((text, holder, paragraph))
    found = turned(passage(*placed))
    assert (found == found.T).all()
    for i, (_, one, _) in enumerate(placed):
        for j, (_, other, _) in enumerate(placed):
            assert not (found[i, j] and one == other >= 0)
