from __future__ import annotations

import pytest

from summarizer.types import Article, Claim
from summarizer.writing.questions import asking_title, turned_question, verified_question

TEXTS = (
    "Ann Lee said the council should close the bridge, since repairs cost 1,200 million euros.",
    "But Bo Kim wants a ferry by March.",
    "Seven traders fear for the market.",
)


def _claims(*texts):
    article = Article(text=" ".join(texts))
    starts = [article.text.index(text) for text in texts]
    return tuple(
        Claim(article=article, start=start, end=start + len(text))
        for start, text in zip(starts, texts, strict=True)
    )


def test_a_question_must_be_one_and_be_about_the_claims():
    claims = _claims(*TEXTS)
    asked = "Should the council close the bridge?"
    assert verified_question(["Close the bridge?", asked], claims) == asked
    assert verified_question(["Should the council sell it?"], claims) is None
    assert verified_question(["Should Ann Kim close it?"], claims) is None
    assert verified_question([], claims) is None


def test_a_question_may_join_what_its_claims_say_but_not_word_by_word():
    claims = _claims(*TEXTS)
    joined = "Should the council close the bridge, since repairs cost 1,200 million by March?"
    assert verified_question([joined], claims) == joined
    assert verified_question(["Should traders close by the bridge for March?"], claims) is None


@pytest.mark.parametrize(
    ("titles", "question"),
    [
        (("A dam in doubt: Will it hold? (with video)",), "Will it hold?"),
        (("Old dam: a wall or a ruin?",), "Old dam: a wall or a ruin?"),
        (("The dam holds", "Should the dam go?"), "Should the dam go?"),
        (("The dam holds",), None),
        ((), None),
    ],
)
def test_a_title_that_asks_is_the_question(titles, question):
    assert asking_title(titles) == question


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("The council must close the bridge, traders say.", "Should the council close the bridge?"),
        ("Bridge repairs won’t save the council.", "Will bridge repairs save the council?"),
        ("Ida Holm says the bridge is not safe now.", "Is the bridge safe?"),
        ("He says they should close the bridge for the council.", None),
        ("Nobody asked for a ferry in March.", None),
        ("Ida Holm decided the council would close the bridge.", None),
        (
            "Ida Holm’s bridge should be closed by the council.",
            "Should Ida Holm’s bridge be closed by the council?",
        ),
        ("If it rains, the council will close the bridge.", None),
        ("The council has closed the bridge.", None),
        ("The council is closing the bridge.", None),
        ("GOP council should close the bridge.", "Should GOP council close the bridge?"),
    ],
)
def test_a_claim_near_the_title_is_turned_into_the_question(text, question):
    views = [_claims(text), _claims("The ferry of the town is slow.")]
    found = turned_question(views, ("Council to close safe bridge after repairs",))
    assert found == question


def test_no_question_is_asked_about_what_no_title_mentions():
    views = [_claims("The council should close the bridge."), _claims("The ferry is slow.")]
    assert turned_question(views, ("Prices rise again",)) is None
    assert turned_question(views, ()) is None


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("The minister will most likely hold back.", "Will the minister hold back?"),
        ("The minister will hold back.", None),
        ("The minister will probably fight them.", None),
    ],
)
def test_a_forecast_that_hedges_is_asked_about_if_the_title_names_its_subject(text, question):
    views = [_claims(text), _claims("The ferry of the town is slow.")]
    assert turned_question(views, ("Minister offered soldiers to a neighbour",)) == question
