from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.english.casing import restore

SOURCES = [
    "Jane Okafor, the mayor's aide, said the U.S. won't pay $1,200.50 for \"green\" buses.",
    "Critics said Okafor is wrong, and that New York-based firms aren’t “ready”.",
]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (
            'jane okafor said the u. s. won \' t pay $ 1, 200. 50 for " green " buses .',
            'Jane Okafor said the U.S. won\'t pay $1,200.50 for "green" buses.',
        ),
        (
            "critics say the mayor ' s aide is wrong . okafor disagrees .",
            "Critics say the mayor's aide is wrong. Okafor disagrees.",
        ),
        (
            "the new york - based firms aren ’ t “ ready ” .",
            "The New York-based firms aren’t “ready”.",
        ),
        ("it is wrong , critics say", "It is wrong, critics say"),
        ("", ""),
    ],
)
def test_case_and_spacing_come_from_the_source(written, expected):
    assert restore(written, SOURCES) == expected


def test_a_name_seen_only_at_the_start_of_sentences_is_found_in_the_context():
    sources = ["Marlow said no."]
    assert restore("it is marlow .", sources) == "It is marlow."
    assert restore("it is marlow .", sources, context=["We met Marlow."]) == "It is Marlow."


def test_a_or_an_follows_the_source():
    assert restore("a aide said an plan", ["An aide had a plan"]) == "An aide said a plan"


@given(st.text(max_size=80))
def test_letters_are_never_changed_beyond_case(text):
    def bare(value):
        return "".join(value.casefold().split())

    assert bare(restore(text.lower(), [text])) == bare(text.lower())
