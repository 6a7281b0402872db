"""Which runs of words speak of somebody whom they do not name."""

from __future__ import annotations

import pytest

from summarizer.english.pronouns import is_expletive, is_first, points
from summarizer.english.tagging import tag


@pytest.mark.parametrize(
    "text",
    [
        "She opposes the dam",
        "will sell their dam",
        "the traders know him",
        "the dam costs more than that",
        "others want a ferry",
        "such a dam will not hold",
        "It is a danger to the town",
        "It has driven the traders to leave",
        "It is willing to sell the mill",
    ],
)
def test_a_pronoun_without_a_name_before_it_points(text):
    assert points(tag(text))


@pytest.mark.parametrize(
    "text",
    [
        "Ida Holm sold her mill",
        "the traders sold their mill",
        "everybody must sell their mill",
        "It is wrong to sell the mill",
        "the mill was closed this year",
        "those who sold the mill",
        "the council said it would sell the mill",
    ],
)
def test_a_pronoun_that_is_accounted_for_does_not_point(text):
    assert not points(tag(text))


def test_a_subject_that_is_left_out_accounts_for_its_own():
    assert points(tag("would sell her mill"))
    assert not points(tag("would sell her mill"), subject="she")
    assert points(tag("would sell her mill"), subject="he")


def test_it_is_expletive_only_before_a_clause():
    assert is_expletive(tag("It is wrong to sell the mill"))
    assert is_expletive(tag("It is clear that the mill is old"))
    assert not is_expletive(tag("It is a danger to the mill"))
    assert not is_expletive(tag("He is ready to sell"))


def test_who_speaks_is_told_from_others():
    assert is_first(tag("we sold the mill"))
    assert not is_first(tag("they sold the mill"))
