"""What is no article is named: walls, other languages, too little, too much."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.errors import (
    LanguageError,
    PaywallError,
    ScriptShellError,
    SummarizerError,
    TooLongError,
    TooShortError,
)
from summarizer.extract import extract
from summarizer.extract.furniture import Line, drop_furniture
from summarizer.settings import Settings
from tests.extract.pages_of import BODY, LAST, LEAD, MIDDLE, SETTINGS, article, html, page


@pytest.mark.parametrize(
    ("name", "error", "said"),
    [
        ("paywall.html", PaywallError, "subscription wall"),
        ("consent.html", PaywallError, "consent page"),
        ("shell.html", ScriptShellError, "loaded by scripts"),
    ],
)
def test_a_wall_is_named(name, error, said):
    with pytest.raises(error, match=said) as caught:
        extract(html(name), settings=SETTINGS)
    assert caught.value.exit_code == 4
    assert "save the page" in str(caught.value)


def test_a_full_article_beside_a_request_to_subscribe_is_read():
    full = " ".join(BODY * 2)
    found = article(
        *BODY, f"The study was paid for by the port. {full}", "Subscribe to continue reading"
    )
    assert found.dropped == ("Subscribe to continue reading",)


CHINESE = "港口委员会下周将投票决定是否对过桥司机收费，居民和店主对此意见不一。" * 5
GERMAN = (
    "Der Hafenrat stimmt nächste Woche darüber ab, ob Fahrer für die alte Brücke zahlen sollen. "
    * 5
)


@pytest.mark.parametrize(("text", "code"), [(CHINESE, "zh"), (GERMAN, "de"), (CHINESE[:30], "zh")])
def test_another_language_is_named(text, code):
    with pytest.raises(LanguageError, match=rf"found: {code}.*only language"):
        article(text)


def test_an_english_article_with_foreign_quotations_is_read():
    quoted = f"“{CHINESE[:30]}”, said the harbour master, and then repeated it in English."
    assert quoted in article(LEAD, quoted, MIDDLE, LAST).text


@pytest.mark.parametrize("text", ["Ten words about the tide are not enough to compare.", "x", "\n"])
def test_too_little_text_is_named(text):
    with pytest.raises(TooShortError, match="give the whole article"):
        article(text)


def test_too_much_text_is_named():
    with pytest.raises(TooLongError, match=r"3,000,000 characters.*split it"):
        article("tide. " * 500_000)


def test_a_page_of_furniture_alone_is_too_short():
    with pytest.raises(TooShortError, match="only 0 words"):
        article(*["Advertisement"] * 60)


MARKS = ["<p>", "</p>", "<div>", "<ul><li>", "<table><tr><td>", "<h2>", "<script>", "<!--", "|"]
MORE_MARKS = ["<html>", "<noscript>", "&amp;", "\x00", "\ud800", "# ", "- ", "> ", "---\n"]
pieces = st.sampled_from([*MARKS, *MORE_MARKS, LEAD, CHINESE]) | st.text(max_size=20)
markup = st.lists(pieces, max_size=25)


@settings(max_examples=150)
@given(parts=markup, kind=st.sampled_from(["html", "text", "markdown"]))
def test_no_page_raises_anything_outside_the_error_tree(parts, kind):
    content = "".join(parts)
    try:
        found = extract(page(content, kind), settings=Settings(min_words=5))
    except SummarizerError as error:
        assert "\n" not in str(error)  # noqa: PT017
    else:
        assert found.text == found.text.strip()


def test_hostile_lines_take_no_time():
    hostile = [
        "share " * 5_000 + "!",
        "1" * 50_000 + "!",
        "(" * 20_000,
        "By " + "A. " * 8_000,
        "A" * 50_000 + ".",
        "Follow " + "a " * 8_000,
        "x / " * 5_000,
    ]
    begun = time.monotonic()
    drop_furniture([Line(text=line) for line in hostile])
    assert time.monotonic() - begun < 5
