from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.english.text import words
from summarizer.types import Article, Claim
from summarizer.writing.standalone import alone, can_spare, spared, standalone


@pytest.mark.parametrize(
    ("text", "holder", "expected"),
    [
        ("“The dam holds,” she said.", "Ida Holm", "“The dam holds,” Ida Holm said."),
        ("They say the dam holds.", "engineers", "Engineers say the dam holds."),
        ("He also warned of rain.", "Bo Kim", "Bo Kim warned of rain."),
        ("“The dam holds.”", "Ida Holm", "“The dam holds,” Ida Holm said."),
        ("“The dam holds,” she said.", None, "“The dam holds,” she said."),
        ("It holds, the mayor said.", "the mayor", "It holds, the mayor said."),
    ],
)
def test_a_pronoun_that_speaks_gets_its_name(text, holder, expected):
    assert standalone(text, holder) == expected


def test_asides_go_while_the_sentence_is_too_long():
    text = "Ida Holm, an engineer at the port, said the dam (built in 1910) holds."
    assert standalone(text, most=40) == text
    assert standalone(text, most=12) == "Ida Holm, an engineer at the port, said the dam holds."
    assert standalone(text, most=6) == "Ida Holm said the dam holds."


@pytest.mark.parametrize(
    "text",
    [
        "Ida Holm, who did not inspect the dam, said it holds.",
        "Ida Holm, an expert if anybody is, said the dam holds.",
        "“The dam, a wall of the last century, holds,” said Ida Holm.",
        "Fortunately, the old dam on the river, holds.",
    ],
)
def test_an_aside_that_matters_stays(text):
    assert standalone(text, most=3) == text


def test_a_holder_is_named_only_where_the_viewpoint_names_it():
    text = "“The dam holds,” she said. Ida Holm inspected it."
    article = Article(text=text)
    quote = Claim(article=article, start=0, end=26, holder="Ida Holm")
    other = Claim(article=article, start=27, end=len(text))
    assert alone([quote])[0] == "“The dam holds,” she said."
    assert alone([quote, other])[0] == "“The dam holds,” Ida Holm said."


SOURCE = "On Monday, Ida Holm, an engineer, said the dam will not hold, even in dry years."


@pytest.mark.parametrize(
    ("text", "goes"),
    [
        (SOURCE, True),
        ("Ida Holm, an engineer, said the dam will not hold, even in dry years.", True),
        ("Ida Holm said the dam will not hold, even in dry years.", True),
        ("Ida Holm said the dam will hold, even in dry years.", False),
        ("Ida Holm said the dam will not hold.", False),  # "even" marks a concession
        ("Ida Holm said the dam will not.", False),
        ("Bo Holm said the dam will not hold, even in dry years.", False),
        ("Ida Holm said the old dam will not hold, even in dry years.", False),
    ],
)
def test_only_what_can_be_spared_may_be_missing(text, goes):
    assert bool(spared(text, SOURCE)) is goes


@given(st.lists(st.sampled_from(SOURCE.split()), min_size=1, max_size=16))
def test_what_spares_is_never_more_than_its_source(tokens):
    text = " ".join(tokens)
    shorter = spared(text, SOURCE)
    if shorter:
        remaining = iter(words(SOURCE))
        assert words(shorter) == words(text)
        assert all(word in remaining for word in words(text))
        assert "not" in words(text)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (
            "on monday, ida holm said the dam will not hold, even in dry years",
            "On Monday, Ida Holm said the dam will not hold, even in dry years.",
        ),
        (
            "ida holm, an engineer said the dam will not hold, even in dry years",
            "Ida Holm, an engineer, said the dam will not hold, even in dry years.",
        ),
    ],
)
def test_what_is_left_has_the_case_and_marks_of_its_source(written, kept):
    assert spared(written, SOURCE) == kept


@pytest.mark.parametrize(
    ("text", "possible"),
    [
        ("The harbour is too small for ferries.", False),
        ("The harbour, built in 1920, is too small.", True),
        ("The harbour (its walls are old) is too small.", True),
        ("The harbour was closed on Monday.", True),
        ("The mayor said no, and the council but one agreed.", False),
        ("The mayor would close it, but never without a vote.", False),
        ("It cost 1,200 pounds.", False),
    ],
)
def test_what_can_be_spared_is_between_marks_or_light(text, possible):
    assert can_spare(text) is possible


@pytest.mark.parametrize(
    ("around", "holder", "speaker"),
    [
        ("The River Guard said so. River Guard boats came.", "River Guard", "the River Guard"),
        ("A boatman told the town. A boatman is old.", "A boatman", "a boatman"),
        ("Ida Holm said so. The Ida Holm papers say more.", "Ida Holm", "Ida Holm"),
    ],
)
def test_a_speaker_is_called_as_the_article_calls_it(around, holder, speaker):
    quote = "“The dam holds,” she said."
    article = Article(text=f"{quote} {around}")
    claim = Claim(article=article, start=0, end=len(quote), holder=holder)
    other = Claim(article=article, start=len(quote) + 1, end=len(article.text))
    assert alone([claim, other])[0] == f"“The dam holds,” {speaker} said."
