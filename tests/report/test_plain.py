from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.report.passages import passages
from summarizer.report.plain import letter, printable, web_address
from summarizer.types import Article, Claim
from tests.strategies import analyses, few


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;new title\x07text", "text"),
        ("\x1b]8;;https://a.example\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x9b2Jgone\x90q\x9cend", "goneend"),
        ("\x1bcreset\x08\x7f", "reset"),
        ("a\tb\nc", "a\tb\nc"),
        ("cut off \x1b[", "cut off "),
        ("\ud800", "\ufffd"),
        ("\u202eback", "back"),
        ("naïve 日本 👩‍🚒", "naïve 日本 👩‍🚒"),
    ],
)
def test_printable_keeps_the_text_and_nothing_that_steers(text, shown):
    assert printable(text) == shown


@given(st.text())
def test_printable_leaves_no_control_character_and_is_done_after_once(text):
    shown = printable(text)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", shown)
    assert printable(shown) == shown


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://a.example/x?y=1&z=2#f", "https://a.example/x?y=1&z=2#f"),
        ("HTTP://a.example/", "HTTP://a.example/"),
        ("https://a.example/a b\"'<>", "https://a.example/a%20b%22'%3C%3E"),
        ("javascript:alert(1)", None),
        ("JaVaScRiPt://a.example/%0aalert(1)", None),
        (" javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("data:text/html,<script>", None),
        ("vbscript:x", None),
        ("file:///etc/passwd", None),
        ("//a.example", None),
        ("article.html", None),
        ("https:", None),
        ("https://[", None),
        ("", None),
        (None, None),
    ],
)
def test_only_addresses_of_the_web_become_links(url, address):
    assert web_address(url) == address


def test_letters_go_on_after_z():
    assert [letter(n) for n in (0, 1, 25, 26, 27, 701, 702)] == [
        "A", "B", "Z", "AA", "AB", "ZZ", "AAA",
    ]  # fmt: skip


@few
@given(analyses())
def test_passages_joined_are_the_article_and_each_claim_begins_and_ends_once(a):
    for article in a.articles:
        own = [claim for claim in a.claims if claim.article == article]
        cut = [passage for paragraph in passages(article, own) for passage in paragraph]
        assert "".join(passage.text for passage in cut) == article.text
        assert [passage.claim for passage in cut if passage.first] == own
        assert sorted((p.claim for p in cut if p.last), key=lambda c: c.start) == own


def test_a_claim_within_another_keeps_its_place():
    article = Article(text="He says it will rain and it will pour.")
    outer = Claim(article=article, start=0, end=38)
    inner = Claim(article=article, start=8, end=20)
    texts = [p.text for p in passages(article, [outer, inner])[0]]
    assert texts == [article.text, ""]


def test_a_claim_over_two_paragraphs_is_one_passage_in_each():
    article = Article(text="Rain will\n\ncome soon.")
    (claim,) = claims = [Claim(article=article, start=0, end=len(article.text))]
    one, two = passages(article, claims)
    assert [(p.text, p.claim, p.first, p.last) for p in (*one, *two)] == [
        ("Rain will\n\n", claim, True, False),
        ("come soon.", claim, False, True),
    ]
