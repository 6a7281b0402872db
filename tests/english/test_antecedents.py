"""Whom a pronoun stands for inside one sentence, and where nobody is named for it."""

from __future__ import annotations

import pytest

from summarizer.english.statements import statements


def _named(text):
    """Return whom the pronouns stand for that open the statements of `text`."""
    return " ".join(token.text for one in statements(text) for token in one.named)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ann Lee said she opposes the toll.", "Ann Lee"),
        ("Harbour pilot Mr. Holm said that he was tired of the weir.", "Holm"),
        ("Holm is telling Okafor he's prepared to sell the mill.", "Holm"),
        ("While Holm has praised the dam, he opposes the weir.", "Holm"),
        ("Bo Kim, who built the weir, says he will close it.", "Bo Kim"),
        ("Critics say they want a toll.", "Critics"),
        ("The council said it would sell the mill.", "The council"),
    ],
)
def test_a_pronoun_stands_for_the_subject_before_it(text, name):
    assert _named(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "He said he opposes the toll.",
        "Peter Lee said she opposes the toll.",
        "Ann Lee said the mayor thinks she opposes the toll.",
        "Ann Lee told Bo Kim she should sell the mill.",
        "The weir leaks, and he opposes it.",
        "The town of Oxmere says he opposes the toll.",
        "Critics say they are wrong.",
        "The mayor said it would rain.",
        "Ann Lee sold the mill because it leaks.",
        "Bo Kim’s daughter said he opposes the toll.",
    ],
)
def test_nobody_is_named_where_another_may_be_meant(text):
    assert _named(text) == ""
