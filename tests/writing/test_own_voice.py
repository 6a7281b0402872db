"""An opinion of the article itself is told as its author's; nothing else is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from summarizer.types import Article, Claim, Summary, SummarySentence
from summarizer.writing.own_voice import as_the_authors, is_own_voice

SENTENCES = (
    "The harbour toll punishes the wrong people.",
    "Fishermen pay it twice a day.",
    "The council never asked them.",
    "A toll on cruise ships would raise more.",
    "Critics say the toll is fair.",
)
ARTICLE = Article(text=" ".join(SENTENCES))


def _claims(*rows: int, holder: str | None = None) -> list[Claim]:
    found = []
    for row in rows:
        start = ARTICLE.text.index(SENTENCES[row])
        end = start + len(SENTENCES[row])
        found.append(Claim(article=ARTICLE, start=start, end=end, holder=holder))
    return found


def _summary(text: str, claims: list[Claim]) -> Summary:
    sentence = SummarySentence(text=text, claims=tuple(claims), support=1.0)
    other = replace(sentence, text="Fishermen pay it twice a day.")
    return Summary(sentences=(sentence, other), method="extractive")


EVERYTHING = _claims(0, 1, 2, 3, 4)


def test_a_view_that_takes_up_its_article_and_names_nobody_is_the_articles_own() -> None:
    assert is_own_voice(_claims(0, 1, 2, 3), story=EVERYTHING)


@pytest.mark.parametrize(
    ("claims", "story"),
    [
        (_claims(0, 1, 2), EVERYTHING),  # too few to tell
        (_claims(0, 1, 2, 3), EVERYTHING * 2),  # one view among others in a long report
        ([*_claims(0, 1), *_claims(2, 3, holder="Ida Holm")], EVERYTHING),  # somebody holds it
    ],
)
def test_any_other_view_is_not(claims: list[Claim], story: list[Claim]) -> None:
    assert not is_own_voice(claims, story=story)


def test_a_story_of_two_articles_has_no_one_author() -> None:
    other = Article(text=ARTICLE.text, title="Elsewhere")
    claims = _claims(0, 1, 2, 3)
    assert not is_own_voice(claims, story=[*claims, replace(claims[0], article=other)])


def test_the_first_sentence_is_told_as_the_authors() -> None:
    told = as_the_authors(_summary(SENTENCES[0], _claims(0)))
    assert [sentence.text for sentence in told.sentences] == [
        "The author says that the harbour toll punishes the wrong people.",
        "Fishermen pay it twice a day.",
    ]


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("Critics say the toll is fair.", "Critics"),  # it is theirs
        ("Who would pay such a toll?", None),  # nobody says a question
        ("We should scrap the toll.", None),  # not the same "we" behind "that"
    ],
)
def test_what_is_anothers_or_would_mean_something_else_stays(text: str, holder: str | None) -> None:
    summary = _summary(text, _claims(0, holder=holder))
    assert as_the_authors(summary) == summary
