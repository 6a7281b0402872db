from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.english.facts import coverage, missing_facts, names, numbers
from summarizer.english.phrasing import faults, seams, turns_around
from summarizer.english.trimming import trimmed
from summarizer.settings import Settings
from summarizer.testing import HashEncoder
from summarizer.types import Article, Claim
from summarizer.writing.verify import (
    Part,
    Written,
    verified_label,
    verify,
)

TEXTS = (
    "Ann Lee said the council should close the bridge, since repairs cost 1,200 million euros.",
    "But Bo Kim wants a ferry by March.",
    "Seven traders fear for the market.",
)


def _claims(texts=TEXTS):
    article = Article(text=" ".join(texts))
    claims, start = [], 0
    for text in texts:
        claims.append(Claim(article=article, start=start, end=start + len(text)))
        start += len(text) + 1
    return tuple(claims)


def _one(*candidates, texts=TEXTS, settings=None):
    claims = _claims(texts)
    row = Written(parts=(Part(candidates=candidates, sources=texts, claims=claims),), claims=claims)
    (summary,) = verify([row], encoder=HashEncoder(), settings=settings or Settings())
    return summary


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Ann Lee fears for the market.", []),
        ("Ann Kim fears for the market.", ["Ann Kim"]),
        ("The council pays 1200 million.", []),
        ("The council pays 1,300 million.", ["1300"]),
        ("The council pays 1,200 billion.", ["billion"]),
        ("7 traders fear.", []),
        ("Eight traders fear.", ["8"]),
        ("A ferry in March.", []),
        ("A ferry in May 2021.", ["2021"]),
        ("A ferry in April.", ["April", "april"]),
        ("The ferry goes to Oslo.", ["Oslo"]),
    ],
)
def test_names_numbers_and_dates_must_stand_in_the_claims(text, missing):
    assert missing_facts(text, TEXTS) == missing


def test_names_are_runs_of_capitals_and_numbers_have_one_form():
    assert names("Ann Lee met them. Bo Kim of New York did not.") == [
        "Ann Lee",
        "Bo Kim",
        "New York",
    ]
    assert numbers("1,200 people, seven of 12.5 million; one said one million") == [
        "1200",
        "7",
        "12.5",
        "million",
        "1",
        "million",
    ]


def test_coverage_forgives_inflection_only():
    assert coverage("Closing the bridges costs a council.", TEXTS) == 1.0
    assert coverage("The bridge collapsed.", TEXTS) == 0.5
    assert coverage("It is what it is.", TEXTS) == 0.0


def test_the_first_candidate_that_holds_is_taken():
    good = "Repairs of the bridge cost 1,200 million euros."
    summary = _one("Repairs cost 1,300 million euros.", "But repairs cost", good)
    assert summary.text == good
    assert summary.method == "abstractive"
    (sentence,) = summary.sentences
    assert [claim.text for claim in sentence.claims] == [TEXTS[0]]
    assert 0.5 <= sentence.support <= 1.0


def test_a_fused_sentence_points_to_all_the_claims_it_needs():
    (sentence,) = _one(
        "The council should close the bridge, and traders fear for the market."
    ).sentences
    assert [claim.text for claim in sentence.claims] == [TEXTS[0], TEXTS[2]]


def test_when_none_holds_the_central_claims_that_stand_alone_are_quoted():
    summary = _one("Oslo will pay for a tunnel.", "")
    assert summary.method == "extractive"
    assert 1 <= len(summary.sentences) <= 2
    for sentence in summary.sentences:
        assert sentence.text == trimmed(sentence.claims[0].text)
        assert not faults(sentence.text)


def test_a_quoted_claim_loses_its_connective():
    summary = _one(texts=("But, of course, Bo Kim wants a ferry by March.",))
    assert summary.text == "Bo Kim wants a ferry by March."
    assert summary.method == "extractive"


def test_support_below_the_setting_is_not_let_through():
    good = "Repairs of the bridge cost 1,200 million euros."
    assert _one(good, settings=Settings(min_support=1.0)).method == "extractive"


@given(st.lists(st.text(max_size=60), max_size=4))
def test_whatever_is_written_a_summary_holds_no_fact_of_its_own(candidates):
    summary = _one(*candidates)
    assert not missing_facts(summary.text, TEXTS)
    assert all(sentence.claims for sentence in summary.sentences)
    assert all(0.0 <= sentence.support <= 1.0 for sentence in summary.sentences)


def test_labels_are_short_and_made_of_the_claims():
    claims = _claims()
    assert verified_label(["close the bridge."], claims) == "Close the bridge"
    for candidates in ([], ["Build a tunnel"], ["bridge"], ["bridge bridge bridge"]):
        label = verified_label(candidates, claims)
        assert 1 <= len(label.split()) <= 6
        assert coverage(label, TEXTS) == 1.0


def test_seams_are_where_words_meet_that_never_met():
    source = ["The harbour will open in May.", "Critics say the harbour will leak."]
    assert seams("The harbour will open in May", source) == 0
    assert seams("Critics say the harbour will open in May", source) == 0
    assert 0 < seams("Critics open in May", source) < 0.5
    assert seams("May critics open the leak", source) > 0.5
    assert seams("The harbour will open in the harbour say the harbour", source) == 1.0
    assert seams("Engineers say the bridge is safe", ["Engineers say the bridge is not safe"]) == 1


def test_a_phrase_that_leaves_out_its_denial_turns_a_claim_around():
    claim = ["The situation is not really like last year, and the mayor will wait."]
    assert turns_around("like last year", claim)
    assert not turns_around("the mayor will wait", claim)


def test_a_summary_that_rambles_is_not_let_through():
    text = "The ferry will not sail before spring. The captain says the ferry needs new engines."
    article = Article(text=text)
    claims = (Claim(article=article, start=0, end=38), Claim(article=article, start=39, end=84))
    part = Part(
        candidates=("The ferry says the captain needs the ferry before the engines sail.",),
        sources=tuple(claim.text for claim in claims),
        claims=claims,
    )
    written = Written(parts=(part,), claims=claims)
    strict = verify([written], encoder=HashEncoder(), settings=Settings(most_seams=0.12))[0]
    assert strict.method == "extractive"


ALONE = (
    "Ann Lee, who runs the harbour, said the ferry should sail in winter.",
    "Traders need the ferry for the market.",
    "The ferry should sail in winter, Ann Lee said.",
)


def _apart(*answers, words=45, rows=(0, 1, 2)):
    claims = _claims(ALONE)
    parts = tuple(
        Part(candidates=(answer,), sources=(ALONE[row],), claims=(claims[row],))
        for answer, row in zip(answers, rows, strict=False)
    )
    settings = Settings(claims_apart=3, summary_words=words)
    row = Written(parts=parts, claims=claims)
    return verify([row], encoder=HashEncoder(), settings=settings)[0]


def test_a_summary_puts_two_sentences_together_that_say_two_things():
    short = "Ann Lee said the ferry should sail in winter."
    summary = _apart(short, ALONE[1])
    assert summary.text == f"{short} {ALONE[1]}"
    assert summary.method == "abstractive"
    assert [one.claims[0].text for one in summary.sentences] == list(ALONE[:2])
    assert _apart(short, ALONE[1], words=12).text == short
    assert _apart(short, ALONE[2], rows=(0, 2)).text == short  # or it would say the same twice
    assert _apart(short, "").text == f"{short} {ALONE[1]}"  # not written, but fit to be quoted


def test_a_model_that_copies_is_marked_as_quoting():
    assert _apart(ALONE[0]).method == "extractive"


@pytest.mark.parametrize(
    ("text", "method"),
    [
        (ALONE[1], "extractive"),
        ("Traders need the ferry for market.", "extractive"),  # nine tenths of it
        ("Traders need the ferry for the market.", "abstractive"),
        ("The market needs the ferry for traders.", "abstractive"),
    ],
)
def test_a_copy_is_a_claim_in_its_own_words_and_order_but_for_a_tenth(text, method):
    whole = f"{ALONE[1][:-1]} of the old town by the sea."
    given_ = text if method == "abstractive" else text.replace(".", " of the old town by the sea.")
    claims = _claims((whole,))
    part = Part(candidates=(given_,), sources=(whole,), claims=claims)
    (summary,) = verify(
        [Written(parts=(part,), claims=claims)], encoder=HashEncoder(), settings=Settings()
    )
    assert (summary.text, summary.method) == (given_, method)


def test_a_clause_stands_in_for_a_claim_that_cannot_stand_alone():
    summary = _one(texts=("He believed that the old dam will not hold another winter.",))
    assert summary.text == "The old dam will not hold another winter."
    assert summary.method == "extractive"


def test_a_clause_that_its_claim_only_guesses_at_does_not_stand_in_for_it():
    guess = "But they say that it may be a sign that the harbour ferry will close in the winter."
    said = "But they say that it is a sign that the harbour ferry will close in the winter."
    assert _one(texts=(said,)).text == "The harbour ferry will close in the winter."
    assert _one(texts=(guess,)).text != "The harbour ferry will close in the winter."
    assert "may" in _one(texts=(guess,)).text
