"""Which outlet carries what, in numbers and in every report."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from markdown_it import MarkdownIt
from rich.console import Console

from summarizer import Article
from summarizer.batch import batch, survey
from summarizer.report import render_terminal
from summarizer.report.outlets import exclusives, places
from summarizer.story.outlets import outlet_names
from summarizer.types import Point
from tests.harbour import AGAINST, FACT, FOR, MORE
from tests.story.outlets import COURIER, HERALD, LATE, POST, article
from tests.strategies import analyses, few


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
