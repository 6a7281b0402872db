from __future__ import annotations

import time
from pathlib import Path

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
from summarizer.types import Page

PAGES = Path(__file__).parents[1] / "pages"
SETTINGS = Settings()
LEAD = (
    "The harbour council will vote next week on whether drivers should pay to cross the old iron "
    "bridge, a plan that has split shopkeepers and residents on both banks of the river."
)
MIDDLE = (
    "Supporters of the toll say the crossing costs the town two million a year and that those who "
    "use it should pay for its upkeep. “Nobody repairs rust with good wishes,” said Ines Falk."
)
LAST = (
    "Shopkeepers on the north bank argue that a toll would send their customers to the ring road, "
    "and a baker beside the bridge expects to lose a third of his trade."
)
BODY = [LEAD, MIDDLE, LAST]


def page(content, kind="text", **more):
    return Page(source="tides", content=content, kind=kind, **more)


def html(name):
    return page(
        (PAGES / name).read_text(encoding="utf-8"), "html", url="https://tidewater.example/x"
    )


def article(*lines, kind="text"):
    return extract(page("\n".join(lines), kind), settings=SETTINGS)


# --- HTML


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


# --- plain text and Markdown


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


def test_the_first_heading_of_markdown_is_the_title():
    assert (
        article(f"# Toll on bridge\n\n{LEAD}\n\n{MIDDLE}", kind="markdown").title
        == "Toll on bridge"
    )


FURNITURE = [
    "Advertisement",
    "ADVERTISEMENT",
    "Story continues below",
    "SEE ALSO: Ferry timetable changes again",
    "Read more: Lighthouse to get new lamp",
    "( PHOTOS: The bridge through the years)",
    "Share this article",
    "Facebook Twitter Email",
    "Subscribe to The Tidewater Post",
    "Sign up for our weekly newsletter",
    "The news of the coast, delivered to your inbox.",
    "By signing up, you agree to our privacy policy and terms of use.",
    "Already a subscriber? Log in.",
    "Copyright 2024 The Tidewater Post. All rights reserved.",
    "© 2024 Coast Media",
    "FILE PHOTO: The bridge in winter. REUTERS/Lena Ort",
    "Councillors inspect the bridge on Monday, March 4, 2024. (Lena Ort/Getty Images)",
    "Getty Images",
    "Enlarge this image",
    "By Mara Quill, Transport Correspondent",
    "Updated at 6:12 p.m. ET",
    "3 hours ago",
    "March 5, 2024",
    "Reporting by Mara Quill; editing by Bo Ray",
    "Bo Ray contributed to this report.",
    "Mara Quill can be reached at mara@tidewater.example.",
    "This article was originally published by Coast Media.",
    "The views expressed here do not necessarily reflect those of the newspaper.",
    "More on this...",
    "Skip Twitter post by @harbourwatch",
    "— Mara Quill (@maraquill) March 5, 2024",
    "(Laughter.)",
    "Add Harbours as an interest to stay up to date.",
    "[Editor's note: an earlier version misnamed the bay.]",
    "We regret the error.",
    "This is an opinion column.",
    "Let our coast news meet your inbox.",
    "WHAT COMES NEXT",
    "What comes next",
    "So what happens now?",
    "Tides",
    "-",
    "* * *",
]


@pytest.mark.parametrize("line", FURNITURE)
def test_a_line_of_furniture_is_dropped(line):
    found = article(LEAD, line, MIDDLE, LAST)
    assert found.text == "\n\n".join(BODY)
    assert found.dropped == (line,)


PROSE = [
    "Read the report and you will see why the council fears the winter.",
    "An agreement can be reached, both banks say, if the study is honest.",
    "Support for local journalism has fallen in every town along the coast.",
    "Not a member of the council himself, Reed has been to every meeting.",
    "Listen to the shopkeepers, and the plan sounds like ruin.",
    "Published in 2016, the first study of the bridge found little wear.",
    "Her views were expressed in a letter that the council did not answer.",
    "Full coverage of the costs would need a toll of five pounds.",
    "Credit-card payments would be taken at both ends of the bridge.",
    "Like this mayor, the last one promised a ferry.",
    "By entering the scheme, the town would agree to pay half.",
    "“I will not pay,” said Ann Low",
    "The council received support from nobody, and went deeper into debt.",
    "They will receive letters, the council says, before the bridge is closed.",
]


@pytest.mark.parametrize("line", PROSE)
def test_a_sentence_that_looks_like_furniture_is_kept(line):
    assert line in article(LEAD, line, MIDDLE, LAST).text


def test_a_repeated_line_stands_once():
    assert article(LEAD, MIDDLE, LEAD, LAST).dropped == (LEAD,)


def test_a_byline_at_the_end_of_the_last_paragraph_is_cut():
    found = article(LEAD, MIDDLE, f"{LAST} Mara O’Quill")
    assert found.text == "\n\n".join(BODY)
    assert found.dropped == ("Mara O’Quill",)


def test_the_speaker_behind_a_quotation_is_no_byline():
    assert article(LEAD, MIDDLE, "“It will cost us all.” Ines Falk").text.endswith("Ines Falk")


def test_a_dateline_is_cut():
    found = article(f"NORTHPORT, March 5 (Coast News) — {LEAD}", MIDDLE, LAST)
    assert found.text == "\n\n".join(BODY)


def test_furniture_at_the_end_of_a_paragraph_is_cut():
    found = article(LEAD, MIDDLE, f"{LAST} Click here for reprint permission.")
    assert found.text == "\n\n".join(BODY)


def test_a_biography_is_dropped_at_the_end_only():
    bio = (
        "Mara Quill is a staff writer at The Tidewater Post and the author of two books. "
        "She is a graduate of Northport College. She lives in Northport."
    )
    assert article(*BODY, bio).dropped == (bio,)
    assert bio in article(LEAD, bio, MIDDLE, LAST).text


def test_story_cards_below_the_article_are_dropped():
    cards = [
        "-",
        "Does the ferry have a future?",
        "The Explainer Fewer passengers and an old boat put the crossing in doubt next winter",
        "By Bo Ray, Tidewater Post Published",
        "-",
        "Lighthouse to get new lamp",
        "Speed read The keeper is glad of it",
        "By Ann Low Published",
    ]
    more = ["The study is due before the vote.", "The vote is open to the public."]
    found = article(*BODY, *more, *cards)
    assert found.text == "\n\n".join([*BODY, *more])
    assert list(found.dropped) == cards


def test_a_list_below_the_article_is_dropped_whole():
    tail = ["Most read", "Ferry timetable changes again: what to know", "Who owns the pier?"]
    assert list(article(*BODY, *tail).dropped) == tail


def test_prose_below_a_box_of_links_is_kept():
    found = article(LEAD, "Related stories", "Ferry timetable changes", MIDDLE, LAST)
    assert found.text == "\n\n".join(BODY)


def test_the_items_of_a_list_are_kept():
    items = ["- repairs to the deck;", "- a new coat of paint", "- lamps for the footpath"]
    found = article(LEAD, "The toll would pay for three things:", *items, LAST)
    assert all(item in found.text for item in items)


def test_a_page_without_end_marks_keeps_its_lines():
    lines = [f"the tide turned on day {i} and nobody on the quay saw it go" for i in range(9)]
    assert article("\n\n".join(lines)).text == "\n\n".join(lines)


kinds = st.sampled_from(["text", "paragraph", "heading", "item", "row"])
texts = st.text(max_size=60) | st.sampled_from([*FURNITURE, *PROSE, *BODY])


@given(st.lists(st.builds(Line, text=texts, kind=kinds), max_size=12))
def test_every_line_is_either_kept_or_dropped(lines):
    sieved = drop_furniture(lines, title="Tides")
    parts = "".join("".join(sieved.kept).split()), "".join("".join(sieved.dropped).split())
    whole = "".join("".join(line.text for line in lines).split())
    assert sorted("".join(parts)) == sorted(whole)


# --- what is no article


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
