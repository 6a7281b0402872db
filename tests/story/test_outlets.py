"""One story, several outlets: what is repeated counts once, what fails is named."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.console import Console

from summarizer import Article, NoArticleError, Summarizer
from summarizer.analysis import Analysis
from summarizer.batch import batch, survey
from summarizer.protocols import Relations
from summarizer.report import render_terminal
from summarizer.report.outlets import exclusives, places
from summarizer.story.merge import merge, merge_relations
from summarizer.story.outlets import outlet_names
from summarizer.story.syndication import copies, stand_ins, statement, wording
from summarizer.testing import FirstClaimWriter
from summarizer.types import Claim, Point
from tests.strategies import analyses, few
from tests.test_pipeline import AGAINST, FACT, FOR, MORE, Counting

OTHER = "Fishermen in the bay believe that the harbour will bring them new customers."
LATE = "The ministry warned that the harbour does not have enough pilots for a safe start."


def article(*lines, outlet=None, **fields):
    return Article(text="\n\n".join(lines), outlet=outlet, **fields)


COURIER = article(FOR, AGAINST, FACT, outlet="Courier", url="https://courier.example/harbour")
HERALD = article(MORE, AGAINST, LATE, outlet="Herald", url="https://www.herald.example/port")
POST = article(OTHER, FOR, outlet="Post", title="Harbour to open")


@pytest.fixture
def summarizer():
    return Summarizer(Counting(), FirstClaimWriter())


def claims_of(*articles):
    return [
        Claim(article=a, start=found.start(), end=found.end())
        for a in articles
        for found in re.finditer(r"[^\n]+", a.text)
    ]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("The mayor said on Monday that “it is done”.", 'Mayor said Monday "it is done."', True),
        ("The U.S. plan costs $1,200.", "the US plan costs $1,200", True),
        ("The plan costs $1,200.", "The plan costs $1,300.", False),
        ("The plan costs $5.", "The plan costs 5%.", False),
        ("The mayor will sign it.", "The mayor will not sign it.", False),
        ("The mayor beat the clerk.", "The clerk beat the mayor.", False),
        ("She won’t sign.", "She won't sign.", True),
    ],
)
def test_wording_is_the_same_in_every_house_style_and_in_nothing_else(one, other, same):
    assert (wording(one) == wording(other)) is same


QUOTE = "we shall open the harbour before the first frost of the year"


@pytest.mark.parametrize(
    ("claim", "same"),
    [
        (f"“{QUOTE.capitalize()}.”", True),
        (f'"{QUOTE.capitalize()}," Ruiz said.', True),
        (f"The union leader said on Friday: “{QUOTE}”", True),
        (f"“{QUOTE.capitalize()}", True),  # goes on in the next sentence
        (f"{QUOTE.capitalize()},” she added.", True),  # began in the one before
        (f"She denied that “{QUOTE}”.", False),
        (f"She would not say that “{QUOTE}”.", False),
        (f"“{QUOTE.replace('first', 'last')},” Ruiz said.", False),
        (
            f"“{QUOTE}” was what the flyer said, but nobody knew who had had it printed or why.",
            False,
        ),
        (f'We shall wait," she said, and {QUOTE}.', False),
    ],
)
def test_a_quotation_is_the_same_whoever_says_who_said_it(claim, same):
    assert (statement(claim) == statement(f"“{QUOTE.capitalize()},” said the mayor.")) is same


def test_twins_stand_in_different_articles_and_are_long_enough_to_mean_the_same():
    short = article("He said no.", "He said no.", AGAINST, AGAINST)
    long = article("He said no.", AGAINST.upper())
    assert stand_ins(claims_of(short)) == [0, 1, 2, 3]
    assert stand_ins(claims_of(short, long)) == [0, 1, 2, 2, 4, 2]


def test_the_twin_that_names_its_holder_stands_for_the_others():
    one, two = claims_of(article(AGAINST), article(AGAINST, outlet="x"))
    assert stand_ins([one, replace(two, holder="Ana Ruiz")]) == [1, 1]


@given(st.lists(st.sampled_from([FOR, MORE, AGAINST, FACT, OTHER, LATE]), min_size=6, max_size=9))
def test_groups_of_twins_hold_every_claim_once(lines):
    claims = claims_of(article(*lines[:3], outlet="a"), article(*lines[3:], outlet="b"))
    merged = merge(claims)
    everywhere = merged.places(range(len(merged.rows)))
    assert len(everywhere) == len(claims)
    assert set(everywhere) == set(claims)
    assert all(len({statement(c.text) for c in own}) == 1 for own in merged.groups)


def test_what_an_article_says_again_is_read_once_and_follows_its_first_place():
    short = "He said no."
    claims = claims_of(article(FOR, short, AGAINST, FOR.upper(), short, FACT))
    merged = merge(claims)
    assert [claim.text for claim in merged.claims] == [FOR, short, AGAINST, short, FACT]
    assert merged.repeats == {claims[0]: (claims[3],)}
    assert merged.places([0]) == (claims[0], claims[3])
    assert merged.everywhere([[claims[2], claims[0]]]) == [(claims[2], claims[0], claims[3])]


def test_relations_of_twins_are_taken_where_both_claims_stand_in_one_article():
    import numpy as np

    claims = claims_of(article(FOR, AGAINST, outlet="a"), article(FOR, LATE, outlet="b"))
    sides = np.array([[0, -2, 6, 1], [-2, 0, -1, 3], [6, -1, 0, -4], [1, 3, -4, 0]], dtype=float)
    types = np.array([[0.8, 0.2, 0], [1, 0, 0], [0.6, 0.4, 0], [1, 0, 0]])
    found = Relations(types=types, sides=sides, similarity=np.eye(4))
    merged = merge_relations(found, merge(claims))
    assert merged.sides.tolist() == [[0, -2, -4], [-2, 0, 3], [-4, 3, 0]]
    assert merged.types[0] == pytest.approx([0.7, 0.3, 0])
    assert merged.similarity.shape == (3, 3)
    alone = merge(claims[:2])
    assert merge_relations(found, alone) is found


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


def test_a_dead_outlet_among_three_is_named_and_the_rest_goes_on(summarizer, tmp_path):
    for name, lines in (("one", [FOR, AGAINST, FACT]), ("two", [MORE, LATE, OTHER])):
        (tmp_path / f"{name}.txt").write_text("\n\n".join(lines), encoding="utf-8")
    dead = tmp_path / "dead.html"
    found = summarizer.analyze([tmp_path / "one.txt", dead, tmp_path / "two.txt"])
    assert len(found.articles) == 2
    assert [w for w in found.warnings if "left out" in w and str(dead) in w]


def test_an_address_that_does_not_answer_is_named_and_the_rest_goes_on(summarizer):
    dead = "http://127.0.0.1:9/story"
    found = summarizer.analyze([COURIER, dead, POST])
    assert found.articles == (COURIER, POST)
    assert any(w.startswith(f"left out: {dead}") for w in found.warnings)


def test_all_outlets_dead_is_an_error_that_names_the_first(summarizer, tmp_path):
    with pytest.raises(Exception, match=r"a\.html"):
        summarizer.analyze([tmp_path / "a.html", tmp_path / "b.html"])


def test_an_empty_article_among_several_is_left_out_by_name(summarizer):
    found = summarizer.analyze([COURIER, Article(text=" ", title="Empty one")])
    assert any(w.startswith("left out: Empty one: ") for w in found.warnings)


def test_one_place_under_two_names_is_read_once_and_said(summarizer, tmp_path):
    path = tmp_path / "story.txt"
    path.write_text(COURIER.text, encoding="utf-8")
    found = summarizer.analyze([path, str(path), f"{tmp_path}/../{tmp_path.name}/story.txt"])
    assert len(found.articles) == 1
    assert sum("given more than once" in w for w in found.warnings) == 2


def test_a_page_whose_boxes_changed_between_two_visits_is_one_article(summarizer):
    again = replace(COURIER, dropped=("Most read",))
    found = summarizer.analyze([COURIER, again])
    assert len(found.articles) == 1
    assert any(COURIER.url in w and "more than once" in w for w in found.warnings)


GERMAN = (
    "Der Hafen soll im Herbst eröffnet werden, sagen Fachleute der Hafenbehörde. "
    "Die Gewerkschaft glaubt nicht daran und rechnet erst im nächsten Jahr damit. "
    "Der Stadtrat hat dem Bau vor einigen Jahren nach langer Debatte zugestimmt. "
    "Viele Fischer in der Bucht hoffen dagegen auf neue Kunden und höhere Preise."
)


def test_of_a_story_in_two_languages_the_foreign_article_is_left_out_by_name(summarizer, tmp_path):
    english, german = tmp_path / "en.txt", tmp_path / "de.txt"
    english.write_text("\n\n".join([FOR, MORE, AGAINST, FACT]), encoding="utf-8")
    german.write_text(GERMAN, encoding="utf-8")
    for foreign in (german, Article(text=GERMAN, language="de", url="https://zeitung.example/h")):
        found = summarizer.analyze([english, foreign])
        assert len(found.articles) == 1
        told = [w for w in found.warnings if w.startswith("left out")]
        assert len(told) == 1
        assert (str(german) if foreign is german else "zeitung.example") in told[0]
    with pytest.raises(NoArticleError):
        summarizer.analyze([german])


def test_an_outlet_is_named_by_itself_else_by_its_host_else_by_number():
    articles = [
        Article(text="a", outlet=" The  Courier "),
        Article(text="b", outlet="the courier"),
        Article(text="c", url="https://www.herald.example:8080/x"),
        Article(text="d", url="https://[bad"),
        Article(text="e"),
    ]
    assert outlet_names(articles) == (
        "The Courier", "The Courier", "herald.example", "article 4", "article 5",
    )  # fmt: skip


def test_the_matrix_counts_what_each_outlet_carries(summarizer):
    found = summarizer.analyze([COURIER, HERALD, POST])
    matrix = found.by_outlet()
    assert matrix.outlets == ("Courier", "Herald", "Post")
    assert matrix.counts == ((1, 1, 2), (1, 2, 0))
    assert matrix.alone() == {}
    alone = summarizer.analyze([article(FOR, outlet="Courier"), HERALD, POST]).by_outlet()
    assert alone.alone() == {1: 1}


@few
@given(analyses())
def test_every_claim_is_carried_by_somebody_and_nobody_carries_more_than_there_are(a):
    matrix = a.by_outlet()
    for viewpoint, counts in zip(a.viewpoints, matrix.counts, strict=True):
        assert max(counts) <= len(viewpoint.claims)
        assert sum(counts) <= len(viewpoint.claims)
        assert sum(counts) >= 1


def test_every_report_of_several_outlets_says_who_carries_what(summarizer):
    several = summarizer.analyze([COURIER, HERALD, POST])
    screen = io.StringIO()
    render_terminal(several, Console(file=screen, width=100))
    for shown in (screen.getvalue(), several.to_markdown(), several.to_html()):
        assert re.search("[Oo]nly in Post|- Post: A|<dt[^>]*>Post</dt>", shown)
        assert "(1 repeated)" in shown
    assert "| A. " in several.to_markdown()
    alone = summarizer.analyze(COURIER)
    assert "carries what" not in alone.to_markdown() + alone.to_html()


def test_a_point_that_a_copy_makes_elsewhere_is_not_one_outlets_own(summarizer):
    found = summarizer.analyze([COURIER, HERALD, POST])
    against = found.viewpoints[1]
    own = [Point(label=c.text[:9], claims=(c,)) for c in against.claims]
    changed = replace(found, viewpoints=(found.viewpoints[0], replace(against, points=tuple(own))))
    told = {(e.outlet, p.label) for e in exclusives(changed, places(changed)) for _, p in e.points}
    assert ("Herald", LATE[:9]) in told
    assert not [label for _, label in told if label == AGAINST[:9]]


def test_many_outlets_are_numbered_on_a_narrow_terminal(summarizer):
    several = summarizer.analyze([COURIER, HERALD, POST])
    screen = io.StringIO()
    render_terminal(several, Console(file=screen, width=40))
    assert "1 Courier  2 Herald  3 Post" in screen.getvalue()


def test_a_line_of_a_batch_holds_several_articles_of_which_a_bad_one_is_named(summarizer, tmp_path):
    good = [{"text": "\n\n".join([*lines, FACT]) * 2} for lines in ([FOR, AGAINST], [MORE, LATE])]
    rows = [
        {"id": "harbour", "articles": [*good, {"text": "Too short."}]},
        {"id": "mixed", "articles": good, "text": FOR},
        {"id": "empty", "articles": []},
        {"id": "file", "articles": [{"url": "/etc/passwd"}]},
        {"id": "none", "articles": [{"text": "Too short."}, {"text": "And this."}]},
    ]
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    batch(summarizer, survey(source, target))
    found = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert len(found[0]["analysis"]["articles"]) == 2
    assert any("harbour, article 3" in line for line in found[0]["analysis"]["warnings"])
    assert [row["error"]["type"] for row in found[1:]] == ["DataError"] * 3 + ["TooShortError"]


@pytest.mark.parametrize("name", ["a | b", "\\| x", "<b>bold</b>", "line\nbreak |", "`code` | *x*"])
def test_an_outlets_name_stays_in_its_cell(summarizer, name):
    found = summarizer.analyze([COURIER, article(MORE, LATE, outlet=name)])
    tokens = MarkdownIt("commonmark").enable("table").parse(found.to_markdown())
    heads = [tokens[n + 1] for n, token in enumerate(tokens) if token.type == "th_open"]
    assert len(heads) == 3
    assert "".join(child.content for child in heads[2].children) == " ".join(name.split())
    assert {child.type for child in heads[2].children} <= {"text", "text_special"}
