from __future__ import annotations

import pytest

from summarizer.types import Article, Claim
from summarizer.writing.standalone import alone, standalone


@pytest.mark.parametrize(
    ("text", "holder", "expected"),
    [
        ("“The dam holds,” she said.", "Ida Holm", "“The dam holds,” Ida Holm said."),
        ("They say the dam holds.", "engineers", "Engineers say the dam holds."),
        ("He also warned of rain.", "Bo Kim", "Bo Kim warned of rain."),
        ("“The dam holds.”", "Ida Holm", "“The dam holds,” Ida Holm said."),
        ("“The dam holds,” she said.", None, "“The dam holds,” she said."),
        (
            "“For my dam, I ask a price,” she said.",
            "Bo Kim",
            "“For my dam, I ask a price,” Bo Kim said.",
        ),
        ("They say the dam holds.", "Ida Holm", "They say the dam holds."),
        ("“The dam holds,” she said.", "harbour engineers", "“The dam holds,” she said."),
        ("“‘The dam holds,’ the paper said.”", "Ida Holm", "“‘The dam holds,’ the paper said.”"),
        ("It holds, the mayor said.", "the mayor", "It holds, the mayor said."),
    ],
)
def test_a_pronoun_that_speaks_gets_its_name(text, holder, expected):
    assert standalone(text, holder) == expected


def test_a_holder_is_named_only_where_the_viewpoint_names_it():
    text = "“The dam holds,” she said. Ida Holm inspected it."
    article = Article(text=text)
    quote = Claim(article=article, start=0, end=26, holder="Ida Holm")
    other = Claim(article=article, start=27, end=len(text))
    assert alone([quote])[0] == "“The dam holds,” she said."
    assert alone([quote, other])[0] == "“The dam holds,” Ida Holm said."


def test_a_holder_goes_by_the_last_name_where_the_viewpoint_names_no_more():
    for name, speaker in (("Holm", "Holm"), ("Mr. Holm", "Holm"), ("Bo Holm", "she")):
        text = f"“The dam holds,” she said. Nobody knows it better than {name}."
        article = Article(text=f"{text} Ida Holm was asked.")
        quote = Claim(article=article, start=0, end=26, holder="Ida Holm")
        other = Claim(article=article, start=27, end=len(text))
        assert alone([quote, other])[0] == f"“The dam holds,” {speaker} said."


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


def test_a_shouted_name_is_spelt_as_elsewhere_or_with_capitals():
    quote = "“The dam holds,” she said. IDA HOLM runs the port."
    for rest, speaker in (
        (" Ask Ida Holm.", "Ida Holm"),
        ("", "Ida Holm"),
        (" IDA HOLM’s", "Ida Holm"),
    ):
        article = Article(text=quote + rest)
        claim = Claim(article=article, start=0, end=26, holder="IDA HOLM")
        other = Claim(article=article, start=27, end=len(quote))
        assert alone([claim, other])[0] == f"“The dam holds,” {speaker} said."


@pytest.mark.parametrize(
    ("rest", "speaker"), [(" Ask Holm.", "Holm"), ("", "HOLM"), (" NATO", "HOLM")]
)
def test_a_shouted_last_name_is_spelt_as_elsewhere(rest, speaker):
    quote = "“The dam holds,” she said. HOLM runs the port."
    article = Article(text=quote + rest)
    claim = Claim(article=article, start=0, end=26, holder="HOLM")
    other = Claim(article=article, start=27, end=len(quote))
    assert alone([claim, other])[0] == f"“The dam holds,” {speaker} said."


@pytest.mark.parametrize(
    ("before", "opening"),
    [
        ("Some dam engineers fear a flood.", "Other dam engineers"),
        ("While some engineers say it leaks,", "Other engineers"),
        ("Some of it leaks.", "Others"),
        ("Some engineers fear a flood.\n\nThe mayor laughs.", "Others"),
    ],
)
def test_others_are_those_of_whom_some_were_told(before, opening):
    text = f"{before} Others say the dam holds."
    claim = Claim(article=Article(text=text), start=len(before) + 1, end=len(text))
    assert alone([claim]) == [f"{opening} say the dam holds."]
