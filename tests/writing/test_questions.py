from __future__ import annotations

import pytest

from summarizer.types import Article, Claim
from summarizer.writing.questions import asking_title, contested_question, verified_question

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
    found = contested_question(views, ("Council to close safe bridge after repairs",))
    assert found == question


def test_no_question_is_asked_about_what_no_title_mentions():
    views = [_claims("The council should close the bridge."), _claims("The ferry is slow.")]
    assert contested_question(views, ("Prices rise again",)) is None
    assert contested_question(views, ()) is None


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
    assert contested_question(views, ("Minister offered soldiers to a neighbour",)) == question


def _story(title, *sides):
    """Return viewpoints whose claims are the sentences of one article."""
    article = Article(text=" ".join(text for side in sides for text in side), title=title)
    views = []
    for side in sides:
        starts = [article.text.index(text) for text in side]
        views.append(
            [
                Claim(article=article, start=start, end=start + len(text))
                for start, text in zip(starts, side, strict=True)
            ]
        )
    return views


FERRY = (
    ["Traders called the ferry to Holm Island a waste of money before the council in May."],
    ["Islanders said the Holm Island ferry keeps the school open, and thanked the council."],
)


@pytest.mark.parametrize(
    ("title", "question"),
    [
        (
            "Council scraps Holm Island ferry",
            "Is the council right to scrap the Holm Island ferry?",
        ),
        (
            "Council Scraps Holm Island Ferry",
            "Is the council right to scrap the Holm Island ferry?",
        ),
        ("Council hears of Holm Island ferry", None),
        ("Storm scraps Holm Island ferry", None),
        ("Council scraps old bandstand", None),
        ("Council scraps its Holm Island ferry", None),
    ],
)
def test_a_deed_of_the_title_is_asked_about_as_right(title, question):
    assert contested_question(_story(title, *FERRY), (title,)) == question


@pytest.mark.parametrize(
    ("title", "question"),
    [
        (
            "Traders urge council to scrap Holm Island ferry",
            "Should the council scrap the Holm Island ferry?",
        ),
        ("Council to scrap Holm Island ferry", "Should the council scrap the Holm Island ferry?"),
        (
            "Council plans to scrap Holm Island ferry",
            "Should the council scrap the Holm Island ferry?",
        ),
        (
            "Anger at the council's plan to scrap Holm Island ferry",
            "Should the council scrap the Holm Island ferry?",
        ),
        (
            "Council says it will scrap Holm Island ferry on Friday",
            "Should the council scrap the Holm Island ferry?",
        ),
        ("Traders used to watch Holm Island ferry", None),
    ],
)
def test_what_somebody_plans_or_is_asked_to_do_is_asked_about_with_should(title, question):
    assert contested_question(_story(title, *FERRY), (title,)) == question


TOLL = (
    [
        "Drivers oppose the harbour toll.",
        "Drivers called the harbour toll unfair to nurses.",
    ],
    [
        "Residents support the harbour toll.",
        "Residents called the harbour toll the right answer to the noise.",
    ],
)


def test_a_proposal_that_viewpoints_take_sides_on_is_asked_about():
    law = [[text.replace("toll", "law") for text in side] for side in TOLL]
    title = "Harbour law divides the town"
    assert contested_question(_story(title, *law), (title,)) == "Is the harbour law a good idea?"
    laws = [[text.replace("the harbour law", "harbour laws") for text in side] for side in law]
    title = "Harbour laws divide the town"
    assert contested_question(_story(title, *laws), (title,)) == "Are harbour laws a good idea?"


def test_no_question_is_asked_about_a_proposal_that_one_side_names_or_nobody_judges():
    title = "Harbour law divides the town"
    one = (["Drivers oppose the harbour law."], ["Residents want sleep and fewer lorries."])
    assert contested_question(_story(title, *one), (title,)) is None
    told = (["The harbour law was read on Monday."], ["The harbour law has nine pages."])
    assert contested_question(_story(title, *told), (title,)) is None


def test_a_title_that_judges_is_turned_around():
    title = "OPINION: The harbour toll is wrong"
    assert contested_question(_story(title, *TOLL), (title,)) == "Is the harbour toll wrong?"


def test_an_effect_that_is_claimed_is_asked_about():
    views = _story(
        "Harbour toll and trade",
        ["The harbour toll hurts local trade."],
        ["Trade grows with a harbour toll, residents said."],
    )
    asked = contested_question(views, ("Harbour toll and trade",))
    assert asked == "Does the harbour toll hurt local trade?"


def test_a_title_in_capitals_that_asks_is_written_as_a_sentence():
    title = "Should the Council Scrap the Holm Island Ferry?"
    asked = contested_question(_story(title, *FERRY), (title,))
    assert asked == "Should the council scrap the Holm Island ferry?"
    title = "Should Ann Lee Scrap the Holm Island Ferry?"  # nobody else tells of an Ann
    assert contested_question(_story(title, *FERRY), (title,)) == title


@pytest.mark.parametrize(
    ("title", "question"),
    [
        (
            "Old mill shut in May. Should the council open the old mill again?",
            "Should the council open the old mill again?",
        ),
        (
            "Should the council tax every empty mill? One trader thinks so",
            "Should the council tax every empty mill?",
        ),
        ("Old mill shut in May. Was it safe?", "Old mill shut in May. Was it safe?"),
        ("Was it safe? How the old mill burnt", None),
    ],
)
def test_of_a_title_of_two_sentences_the_one_that_asks_is_the_question(title, question):
    assert asking_title((title,)) == question


def test_what_should_be_done_is_asked_about_before_a_deed_and_a_deed_before_another_claim():
    title = "Council scraps Holm Island ferry"
    deed = "Is the council right to scrap the Holm Island ferry?"
    worn = [[*FERRY[0], "The Holm Island ferry is worn out."], FERRY[1]]
    assert contested_question(_story(title, *worn), (title,)) == deed
    wants = [[*FERRY[0], "The council should scrap the Holm Island ferry."], FERRY[1]]
    asked = contested_question(_story(title, *wants), (title,))
    assert asked == "Should the council scrap the Holm Island ferry?"
