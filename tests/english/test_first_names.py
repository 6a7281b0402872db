"""First names: which are known, what sex they tell, what they are not taken for."""

from __future__ import annotations

import pytest

from summarizer.english.first_names import FEMALE, FIRST_NAMES, MALE
from summarizer.english.tagging import tag


def test_no_name_tells_both_sexes() -> None:
    assert not MALE & FEMALE
    assert len(FIRST_NAMES) > len(MALE | FEMALE) > 4_000


@pytest.mark.parametrize(
    ("name", "male", "female"),
    [("neil", True, False), ("ruth", False, True), ("robin", False, False)],
)
def test_a_name_tells_a_sex_where_hardly_anybody_else_bears_it(
    name: str, male: bool, female: bool
) -> None:
    assert (name in MALE, name in FEMALE) == (male, female)
    assert name in FIRST_NAMES


@pytest.mark.parametrize("word", ["georgia", "justice", "will", "early", "summer", "an"])
def test_places_offices_and_words_are_no_names(word: str) -> None:
    assert word not in FIRST_NAMES


def test_a_name_that_opens_a_sentence_is_no_adverb() -> None:
    assert tag("Kelly Noakes said no.")[0].tag == "N"
    assert tag("Really Noakes said no.")[0].tag == "R"
