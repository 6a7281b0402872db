"""Claims: clauses where a sentence turns, and laws for any text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.claims import find_claims
from summarizer.types import Article

CLAUSES = {
    "while at the start": [
        "While some farmers fear the dam will drown their fields,",
        "others hope that it will bring them water.",
    ],
    "but": [
        "The mayor says that the bridge will pay for itself,",
        "but the auditors found no sign of that.",
    ],
    "semicolon": [
        "Shops in the centre want the market closed;",
        "the stall owners want it open every day.",
    ],
    "while after a conjunction": [
        "But while some engineers have listed reasons why the dam may leak,",
        "others have pointed out that the wall was never the trouble.",
    ],
    "while at the end": [
        "The ministry insists the water is clean,",
        "while doctors in the town report more cases.",
    ],
    "although, with a comma inside": [
        "Although Ms. Lind, a former judge, supports the reform,",
        "her own party is expected to vote against it.",
    ],
    "a quotation stays whole": [
        "“I like the bridge, but I will not pay for it out of my own pocket,” she said.",
    ],
    "inside a longer quotation": [
        "“Listen to me.",
        "The bridge may be beautiful to look at,",
        "but nobody in this town can afford it.",
        "Let it be,” she said.",
    ],
    "no verb after but": [
        "The plan was not a triumph for the town, but a costly failure for all of us."
    ],
    "shared subject": [
        "The council debated the plan for hours on Monday, but failed to agree on it."
    ],
    "too short": ["The council debated the plan for hours, but it failed."],
    "while without a turn": ["He phoned the office while the others were waiting in the car."],
    "between dashes": [
        "What the town needs—not a dam, which will leak, but really any wall at all—is a decision."
    ],
    "an adverb before the verb": [
        "While the engineer of the dam was silent, Ida Holm, a rower, nonetheless warned the town."
    ],
    "not only": [
        "The storm did not only flood the harbour, but it also cut the power of the town."
    ],
}
WORDS = (
    "While |some say |others argue |that |it is bad|, |but |; |he |said |Ann Lee |Mr. |the senator "
)
MARKS = '“|”|"|. |\n\n|\n|… |(R-Ky.)|’s |—|:|HOLT: |!| |\t|é|中|according to '
PIECES = st.lists(
    st.one_of(st.sampled_from(WORDS.split("|")), st.sampled_from(MARKS.split("|"))),
    max_size=40,
).map("".join)


@pytest.mark.parametrize("clauses", CLAUSES.values(), ids=CLAUSES.keys())
def test_a_sentence_is_cut_where_it_turns(clauses):
    claims = find_claims(Article(text=" ".join(clauses)))
    assert [claim.text for claim in claims] == clauses


@given(st.one_of(st.text(max_size=300), PIECES))
def test_claims_are_verbatim_slices_in_order_that_hold_every_visible_character(text):
    article = Article(text=text)
    position = 0
    for claim in find_claims(article):
        assert claim.article is article
        assert position <= claim.start < claim.end
        assert claim.text == text[claim.start : claim.end] == claim.text.strip()
        assert not text[position : claim.start].strip("\u200b\ufeff\u2060 \t\r\n\v\f").strip()
        position = claim.end
    assert not text[position:].strip("\u200b\ufeff\u2060 \t\r\n\v\f").strip()


@given(PIECES)
def test_a_holder_is_a_name_and_the_same_for_the_same_text(text):
    holders = [claim.holder for claim in find_claims(Article(text=text))]
    assert all(holder is None or holder.strip() for holder in holders)
    assert holders == [claim.holder for claim in find_claims(Article(text=text))]


def test_claims_of_a_long_article_take_linear_time():
    def seconds(count: int) -> float:
        text = "Ann Lee said the plan was bad, but Mr. Hale called it a good one. " * count
        began = time.process_time()
        assert len(find_claims(Article(text=text))) == 2 * count
        return time.process_time() - began

    seconds(10)
    assert seconds(1000) < 12 * seconds(250)  # quadratic would be sixteen times
