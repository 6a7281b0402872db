from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from summarizer.report.markdown import escape
from summarizer.report.plain import one_line
from tests import example
from tests.hostile import HOSTILE, story_of
from tests.strategies import analyses, few


def _shown(line):
    rendered = MarkdownIt("gfm-like", {"linkify": False, "html": True}).render(line)
    return rendered, unescape(re.sub(r"<[^>]*>", "", rendered)).strip()


@given(st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(HOSTILE))
def test_markdown_shows_an_escaped_line_as_it_was(text):
    rendered, shown = _shown(escape(text))
    assert shown == one_line(text)
    assert rendered in ("", f"<p>{rendered[3:-5]}</p>\n")
    assert "<" not in rendered[3:-5]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_from_an_article_acts_in_markdown(text):
    rendered, _ = _shown(story_of(text, url=text).to_markdown())
    tags = set(re.findall(r"<(\w+)", rendered))
    assert tags <= {"h1", "h2", "h3", "p", "em", "strong", "ul", "li", "blockquote"}


@few
@given(analyses())
def test_markdown_names_every_claim(a):
    lines = a.to_markdown().splitlines()
    numbers = [int(m[1]) for line in lines if (m := re.match(r"- \[(\d+)\]", line))]
    assert sorted(numbers) == list(range(len(a.claims)))


def test_markdown_links_to_the_article():
    assert "](<https://courier.example/" in example.analysis().to_markdown()
