"""Who says it: table cases of cases.toml, and laws of merging names."""

from __future__ import annotations

import itertools
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.claims import find_claims
from summarizer.english.sentences import split_sentences
from summarizer.holders import find_holders, find_quotes, merge_names, shown_holders
from summarizer.types import Article

CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text(encoding="utf-8"))["case"]
WORDS = st.sampled_from(
    [
        "Ann",
        "Lee",
        "Mr.",
        "Mrs.",
        "the",
        "Herald’s",
        "Bank",
        "of",
        "Critics",
        "critics",
        "BOE",
        "J.",
    ]
)
NAMES = st.lists(st.lists(WORDS, min_size=1, max_size=4).map(" ".join), max_size=6)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_claims_have_the_holder_that_the_article_names(case):
    claims = find_claims(Article(text=case["text"]))
    assert [claim.holder or "" for claim in claims] == case["holders"]


def test_the_source_is_where_the_article_names_it():
    text = "Mary Holt waited. She said the dam was safe."
    sentences = split_sentences(text)
    holding = find_holders(text, sentences, sentences)[1]
    assert holding is not None
    assert (holding.name, text[slice(*holding.source)]) == ("Mary Holt", "She")


def test_variants_of_a_name_are_one_holder():
    variants = [
        "Rosen",
        "Steve Rosen",
        "Herald's Steve Rosen",
        "Mr. Rosen",
        "the Herald’s Steve Rosen",
    ]
    assert set(merge_names(variants).values()) == {"Steve Rosen"}


def test_a_surname_of_two_people_stays_by_itself_unless_a_title_tells():
    merged = merge_names(["Anna Lind", "John Lind", "Lind", "Mrs. Lind", "Mr. Lind"])
    assert merged["Lind"] == "Lind"
    assert merged["Mrs. Lind"] == "Anna Lind"
    assert merged["Mr. Lind"] == "John Lind"


def test_groups_merge_over_case_and_article_but_not_over_their_last_word():
    merged = merge_names(["Critics", "critics", "the White House", "White House", "the House"])
    assert merged["Critics"] == merged["critics"]
    assert merged["the White House"] == merged["White House"]
    assert merged["the House"] == "the House"


def test_an_acronym_goes_with_its_full_name():
    assert (
        merge_names(["HFA", "Harbour Fishing Association"])["HFA"] == "Harbour Fishing Association"
    )


@given(NAMES)
def test_merging_is_a_choice_among_the_names_for_any_order(names):
    merged = merge_names(names)
    assert set(merged) == set(names)
    assert set(merged.values()) <= set(names)
    assert all(merge_names(order) == merged for order in itertools.islice(_orders(names), 6))


def _orders(names):
    return itertools.permutations(names)


@given(st.text(alphabet=st.sampled_from("a \"“”'’‘.,\nB:"), max_size=120))
def test_quotations_are_in_order_and_do_not_overlap(text):
    position = 0
    for quote in find_quotes(text):
        assert position <= quote.start < quote.end <= len(text)
        position = quote.end


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (("many", "Ida Holm", "critics", "Ida Holm"), ("Ida Holm", "critics")),
        (("the company", "Others", "Holm"), ("Holm",)),
        (("others", "observers"), ("others", "observers")),  # nobody else
        (("The Harbour Board", "the board"), ("The Harbour Board",)),
        (("lawmakers of both parties", "a poll of the Herald"), ("lawmakers of both parties",)),
        (("Connecticut Democrat", "Ida Holm", "the Safe Harbours Act"), ("Ida Holm",)),
        (("Ida Holm", "the Harbour Times", "Kent Press"), ("Ida Holm",)),  # they report
        (("the Harbour Times",), ("the Harbour Times",)),
        (("Michael Bloomberg", "critics"), ("Michael Bloomberg", "critics")),  # no outlet
        ((), ()),
    ],
)
def test_a_viewpoint_names_who_tells_the_reader_something(names, shown):
    assert shown_holders(names) == shown


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("The deal holds, said U.S. Secretary of State John Kerry.", "John Kerry"),
        ("They’ve said the law works.", None),
        ("Ann Lee called the law a mistake. They’ve said it works.", None),
    ],
)
def test_an_office_and_a_contraction_are_no_names(text, holder):
    claims = find_claims(Article(text=text))
    assert claims[-1].holder == holder


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("Harbour chief Ann Lee brushed aside critics who say the ferry is unsafe.", "critics"),
        ("The change may appease critics who argue that the ferry is unsafe.", "critics"),
        ("After House Republicans said the ferry is unsafe, Lee left.", "House Republicans"),
        ("SEE ALSO Ann Lee says the ferry is unsafe.", "Ann Lee"),
        ("FILE PHOTO: The ferry is unsafe, the captain said.", None),
        ("UPDATE: The ferry is safe for now.", None),
    ],
)
def test_a_holder_is_a_noun_phrase_without_what_stands_beside_it(text, holder):
    assert find_claims(Article(text=text))[0].holder == holder


def test_two_people_named_together_are_two_holders():
    assert shown_holders(["Ann Lee and Tom Beck"]) == ("Ann Lee", "Tom Beck")
    assert shown_holders(["Coast and Harbour Board"]) == ("Coast and Harbour Board",)


def test_a_kind_of_people_is_listed_once_however_it_is_counted():
    assert shown_holders(["some officials", "The officials", "Officials"]) == ("some officials",)
    assert shown_holders(["Lía García", "Lía Garcia"]) == ("Lía García",)
