"""What goes with an article and is none: boxes, bios, bylines, datelines, cards."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.extract.furniture import Line, drop_furniture
from tests.extract.pages_of import BODY, LAST, LEAD, MIDDLE, article

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
