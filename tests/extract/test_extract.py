"""A page becomes an article: text and metadata, from HTML, plain text and Markdown."""

from __future__ import annotations

from summarizer.extract import extract
from tests.extract.pages_of import BODY, LAST, LEAD, MIDDLE, SETTINGS, article, html, page


def test_a_page_gives_its_text_and_metadata():
    found = extract(html("news.html"), settings=SETTINGS)
    assert (found.title, found.outlet, found.authors, found.published, found.language) == (
        "Harbour council weighs toll on old bridge",
        "The Tidewater Post",
        ("Mara Quill",),
        "2024-03-05",
        "en",
    )
    assert found.url == "https://tidewater.example/local/harbour-toll"
    assert [paragraph.split()[0] for paragraph in found.text.split("\n\n")] == [
        "The",
        "Supporters",
        "Shopkeepers",
        "The",
    ]
    assert "  " not in found.text


def test_the_furniture_of_a_page_is_kept_aside():
    found = extract(html("news.html"), settings=SETTINGS)
    for trace in ("inbox", "newsletter", "staff writer", "Getty", "rights", "Most read", "Ferry"):
        assert trace not in found.text
    assert "What comes next" in found.dropped
    assert any("staff writer" in line for line in found.dropped)


def test_a_canonical_address_that_is_only_the_front_page_is_not_taken():
    content = html("news.html").content.replace("/local/harbour-toll", "/")
    found = extract(page(content, "html", url="https://tidewater.example/x"), settings=SETTINGS)
    assert found.url == "https://tidewater.example/x"


def test_a_headline_in_front_of_plain_text_is_the_title():
    found = article("Harbour council weighs toll on old bridge", *BODY)
    assert found.title == "Harbour council weighs toll on old bridge"
    assert found.text == "\n\n".join(BODY)
    assert found.dropped == ()


def test_a_first_sentence_is_no_title():
    assert article("The bridge is old.", *BODY).title is None


def test_a_given_title_is_kept_and_its_copies_dropped():
    found = extract(
        page("\n".join(["Toll on bridge", *BODY]), title="Toll on bridge"), settings=SETTINGS
    )
    assert found.title == "Toll on bridge"
    assert found.dropped == ("Toll on bridge",)


def test_markdown_loses_its_marks():
    text = (
        f"---\ntitle: Toll on bridge\n---\n\n{LEAD}\n\n## Voices\n\n- [{MIDDLE}](https://a.example)\n"
        f"\n![a bridge](b.png)\n\n> {LAST}\n\n```\ncode\n```\n"
    )
    found = article(text, kind="markdown")
    assert found.title == "Toll on bridge"
    assert found.text == "\n\n".join(BODY)
    assert found.dropped == ("Voices",)


def test_a_headline_keeps_the_word_that_says_what_kind_of_article_it_is():
    found = article(f"Opinion: The toll on the bridge must go\n\n{LEAD}\n\n{MIDDLE}", kind="text")
    assert found.title == "Opinion: The toll on the bridge must go"


def test_an_article_in_capitals_loses_no_sentence():
    text = "\n\n".join(["TOLL ON BRIDGE", *(line.upper() for line in BODY), "NOBODY PAYS IT."])
    found = article(text, kind="text")
    assert found.text == "\n\n".join([*(line.upper() for line in BODY), "NOBODY PAYS IT."])


def test_the_first_heading_of_markdown_is_the_title():
    assert (
        article(f"# Toll on bridge\n\n{LEAD}\n\n{MIDDLE}", kind="markdown").title
        == "Toll on bridge"
    )
