"""What is the same text: sentences, quotations, and what stands for its copies."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.protocols import Relations
from summarizer.story.merge import merge, merge_relations
from summarizer.story.syndication import stand_ins, statement, wording
from summarizer.types import Claim
from tests.harbour import AGAINST, FACT, FOR, MORE
from tests.story.outlets import LATE, OTHER, article


def claims_of(*articles):
    return [
        Claim(article=a, start=found.start(), end=found.end())
        for a in articles
        for found in re.finditer(r"[^\n]+", a.text)
    ]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("The mayor said on Monday that “it is done”.", 'Mayor said Monday "it is done."', True),
        ("The U.S. plan costs $1,200.", "the US plan costs $1,200", True),
        ("The plan costs $1,200.", "The plan costs $1,300.", False),
        ("The plan costs $5.", "The plan costs 5%.", False),
        ("The mayor will sign it.", "The mayor will not sign it.", False),
        ("The mayor beat the clerk.", "The clerk beat the mayor.", False),
        ("She won’t sign.", "She won't sign.", True),
    ],
)
def test_wording_is_the_same_in_every_house_style_and_in_nothing_else(one, other, same):
    assert (wording(one) == wording(other)) is same


QUOTE = "we shall open the harbour before the first frost of the year"


@pytest.mark.parametrize(
    ("claim", "same"),
    [
        (f"“{QUOTE.capitalize()}.”", True),
        (f'"{QUOTE.capitalize()}," Ruiz said.', True),
        (f"The union leader said on Friday: “{QUOTE}”", True),
        (f"“{QUOTE.capitalize()}", True),  # goes on in the next sentence
        (f"{QUOTE.capitalize()},” she added.", True),  # began in the one before
        (f"She denied that “{QUOTE}”.", False),
        (f"She would not say that “{QUOTE}”.", False),
        (f"“{QUOTE.replace('first', 'last')},” Ruiz said.", False),
        (
            f"“{QUOTE}” was what the flyer said, but nobody knew who had had it printed or why.",
            False,
        ),
        (f'We shall wait," she said, and {QUOTE}.', False),
    ],
)
def test_a_quotation_is_the_same_whoever_says_who_said_it(claim, same):
    assert (statement(claim) == statement(f"“{QUOTE.capitalize()},” said the mayor.")) is same


def test_twins_stand_in_different_articles_and_are_long_enough_to_mean_the_same():
    short = article("He said no.", "He said no.", AGAINST, AGAINST)
    long = article("He said no.", AGAINST.upper())
    assert stand_ins(claims_of(short)) == [0, 1, 2, 3]
    assert stand_ins(claims_of(short, long)) == [0, 1, 2, 2, 4, 2]


def test_the_twin_that_names_its_holder_stands_for_the_others():
    one, two = claims_of(article(AGAINST), article(AGAINST, outlet="x"))
    assert stand_ins([one, replace(two, holder="Ana Ruiz")]) == [1, 1]


@given(st.lists(st.sampled_from([FOR, MORE, AGAINST, FACT, OTHER, LATE]), min_size=6, max_size=9))
def test_groups_of_twins_hold_every_claim_once(lines):
    claims = claims_of(article(*lines[:3], outlet="a"), article(*lines[3:], outlet="b"))
    merged = merge(claims)
    everywhere = merged.places(range(len(merged.rows)))
    assert len(everywhere) == len(claims)
    assert set(everywhere) == set(claims)
    assert all(len({statement(c.text) for c in own}) == 1 for own in merged.groups)


def test_what_an_article_says_again_is_read_once_and_follows_its_first_place():
    short = "He said no."
    claims = claims_of(article(FOR, short, AGAINST, FOR.upper(), short, FACT))
    merged = merge(claims)
    assert [claim.text for claim in merged.claims] == [FOR, short, AGAINST, short, FACT]
    assert merged.repeats == {claims[0]: (claims[3],)}
    assert merged.places([0]) == (claims[0], claims[3])
    assert merged.everywhere([[claims[2], claims[0]]]) == [(claims[2], claims[0], claims[3])]


def test_relations_of_twins_are_taken_where_both_claims_stand_in_one_article():
    import numpy as np

    claims = claims_of(article(FOR, AGAINST, outlet="a"), article(FOR, LATE, outlet="b"))
    sides = np.array([[0, -2, 6, 1], [-2, 0, -1, 3], [6, -1, 0, -4], [1, 3, -4, 0]], dtype=float)
    types = np.array([[0.8, 0.2, 0], [1, 0, 0], [0.6, 0.4, 0], [1, 0, 0]])
    found = Relations(types=types, sides=sides, similarity=np.eye(4))
    merged = merge_relations(found, merge(claims))
    assert merged.sides.tolist() == [[0, -2, -4], [-2, 0, 3], [-4, 3, 0]]
    assert merged.types[0] == pytest.approx([0.7, 0.3, 0])
    assert merged.similarity.shape == (3, 3)
    alone = merge(claims[:2])
    assert merge_relations(found, alone) is found
