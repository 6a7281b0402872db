"""A story of several outlets, analysed: what is repeated counts once."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from summarizer import Summarizer
from summarizer.analysis import Analysis
from summarizer.story.syndication import copies, wording
from summarizer.testing import FirstClaimWriter
from tests.harbour import AGAINST, FACT, FOR, MORE, Counting
from tests.story.outlets import COURIER, HERALD, POST, article


def test_a_sentence_of_two_outlets_counts_once_and_stands_in_both_places(summarizer):
    found = summarizer.analyze([COURIER, HERALD, POST])
    against = next(v for v in found.viewpoints if any(c.text == AGAINST for c in v.claims))
    places = [c.article.outlet for c in against.claims if c.text == AGAINST]
    assert sorted(places) == ["Courier", "Herald"]
    assert against.holders.count("Ana Ruiz") == 1
    cited = [c for s in against.summary.sentences for c in s.claims]
    assert len({wording(c.text) for c in cited}) == len(cited)
    whole = [c for a in found.articles for c in found.claims if c.article == a]
    assert len(whole) == len(set(whole)) == len(found.claims) == 8
    assert all(c.article.text[c.start : c.end] == c.text for c in found.claims)
    assert Analysis.from_dict(found.to_dict()) == found


def test_a_repeated_sentence_is_read_by_the_writer_once(summarizer):
    seen = []

    class Listening(FirstClaimWriter):
        def write(self, requests, /):
            seen.extend(requests)
            return super().write(requests)

    copy = replace(COURIER, outlet="Wire", url="https://wire.example/1")
    alone = Summarizer(Counting(), Listening()).analyze(COURIER)
    texts = [request.texts for request in seen]
    seen.clear()
    twice = Summarizer(Counting(), Listening()).analyze([COURIER, copy])
    assert [request.texts for request in seen] == texts
    assert [v.confidence for v in twice.viewpoints] == [v.confidence for v in alone.viewpoints]
    assert len(twice.claims) == 2 * len(alone.claims)


def test_articles_that_carry_the_same_text_are_named(summarizer):
    lines = [FOR, MORE, AGAINST, FACT]
    one, two = article(*lines, outlet="Herald"), article(*lines[:3], outlet="Courier")
    found = summarizer.analyze([one, two, POST])
    told = [line for line in found.warnings if "same text" in line]
    assert told == [
        "Courier and Herald carry the same text (100% of the shorter one); "
        "each of its sentences counts once"
    ]
    assert copies([one, POST]) == []


def test_two_copies_in_one_outlet_are_told_apart_by_their_titles(summarizer):
    one = replace(COURIER, title="Morning", url=None)
    found = summarizer.analyze([one, replace(one, title="Evening")])
    assert any(w.startswith("Evening and Morning carry the same text") for w in found.warnings)


@given(st.permutations([COURIER, HERALD, POST]))
def test_the_order_of_outlets_changes_nothing_but_numbers(order):
    tool = Summarizer(Counting(), FirstClaimWriter())
    first, other = tool.analyze([COURIER, HERALD, POST]), tool.analyze(order)
    assert other.articles == tuple(order)
    assert replace(other, articles=first.articles) == first
