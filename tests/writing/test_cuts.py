from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.english.text import words
from summarizer.writing.cuts import cuts


def _left(text):
    return {
        " ".join(f"{text[: cut.start]} {text[cut.end :]}".split())
        .replace(" ,", ",")
        .replace(" .", ".")
        for cut in cuts(text)
    }


HOLM = "Ida Holm said the dam is safe"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Ida Holm said on Monday the dam is safe.", f"{HOLM}."),
        ("Ida Holm said last week the dam is safe.", f"{HOLM}."),
        ("Ida Holm said in an interview with Radio Six the dam is safe.", f"{HOLM}."),
        ("Ida Holm (her firm built it) said the dam is safe.", f"{HOLM}."),
        ("Ida Holm, an engineer at the port, said the dam is safe.", f"{HOLM}."),
        ("Ida Holm, a writer at the Bell, a small paper, said the dam is safe.", f"{HOLM}."),
        ("Ida Holm, who runs the port, said the dam is safe.", f"{HOLM}."),
        ("Ida Holm, 54, said the dam is safe.", f"{HOLM}."),
        ("House Speaker Ida Holm said the dam is safe.", f"{HOLM}."),
        (
            "Ida Holm, R-Holmby, who runs the port, said the dam is safe.",
            "Ida Holm, who runs the port, said the dam is safe.",
        ),
        (
            "The report, released in June by Ida Holm, said the dam is safe.",
            "The report said the dam is safe.",
        ),
        ("Bo Kim, speaking on Radio Six, said the dam is safe.", "Bo Kim said the dam is safe."),
        (
            "The town will close the gates of the dam, to keep the water out.",
            "The town will close the gates of the dam.",
        ),
        (
            "Ida Holm, an engineer, has closed the dam and is proud.",
            "Ida Holm, an engineer, has closed the dam.",
        ),
        (
            "The council has praised the mayor at a time when traders leave.",
            "The council has praised the mayor.",
        ),
        (
            "The council has praised the mayor in the wake of the storm.",
            "The council has praised the mayor.",
        ),
        (
            "Ida Holm, R-Holmby, a friend of dams, said on Radio Six the dam is safe.",
            "Ida Holm, a friend of dams, said on Radio Six the dam is safe.",
        ),
        ("There is no doubt that the old dam is safe.", "the old dam is safe."),
        ("It should be noted that the old dam is safe.", "the old dam is safe."),
        ("The fact is, the old dam is safe.", "the old dam is safe."),
        ("In a show of unity, Ida Holm said the dam is safe.", f"{HOLM}."),
        ("Like most of the builders, Ida Holm said the dam is safe.", f"{HOLM}."),
        (
            "At a rally in Oslo, Bo Kim accused the mayor of fraud.",
            "Bo Kim accused the mayor of fraud.",
        ),
        (
            "Many engineers, including Ida Holm, R-Holmby, said the dam is safe.",
            "Many engineers said the dam is safe.",
        ),
        ("Engineers, such as Ida Holm, said the dam is safe.", "Engineers said the dam is safe."),
        ("Ida Holm said the dam is safe, which pleased the traders.", f"{HOLM}."),
        ("Ida Holm said the dam is safe, and the council agreed with her.", f"{HOLM}."),
        ("Ida Holm said the dam is safe and praised the builders.", f"{HOLM}."),
        ("Ida Holm said the dam is safe after a long look at it.", f"{HOLM}."),
        ("Ida Holm said the dam is safe — a relief to the town.", f"{HOLM}."),
        ("Ida Holm said the dam is safe; the council agreed.", f"{HOLM}."),
        ("During a debate on the harbour, Ida Holm said the dam is safe.", f"{HOLM}."),
        ("“The dam is safe,” Ida Holm said during a debate.", "“The dam is safe,” Ida Holm said."),
        (
            "“The dam is safe,” said Ida Holm, director of the port, which owns it.",
            "“The dam is safe,” said Ida Holm.",
        ),
        (
            "The old dam is safe, making the wall needless, engineers say.",
            "The old dam is safe, engineers say.",
        ),
    ],
)
def test_what_a_sentence_can_spare(text, left):
    assert left in _left(text)


@pytest.mark.parametrize(
    "text",
    [
        "The dam will hold, if the winter is dry.",
        "The dam will hold, though the wall is thin.",
        "Ida Holm, who may be wrong, said the dam is safe.",
        "The dam is not closed because of the storm.",
        "“The dam (built in 1910) is safe, which pleased us,” Ida Holm said.",
        "The dam held from Monday to Friday.",
        "The council meets as soon as Monday to vote.",
        "Ida Holm warned of Tuesday night floods.",
        "The council did not vote after the storm.",
        "The walls were old before the dam — and are thin for all that it costs.",
        "The council is headed for a vote, just as the mayor is leaving it.",
        "Bo Kim, along with Ida Holm, R-Holmby, praised it.",
        "The council will either close the dam and raise the wall or pay.",
        "Ida Holm opposes dams, bridges, and Bo Kim supports them, he said.",
        "Ida Holm closed the dam, sold the ferry, left the town and was praised.",
        "The council has praised traders who stay during the storm.",
        "The council did not praise the mayor during the storm.",
        "“The dam is safe,” Ida Holm said on Radio Six’s “Face the Town.”",
        "Harbour engineer Ida Holm said the dam is safe.",
        "In Oslo, officials oppose the dam.",
        "The dam is safe, and the council will sell it to the traders of Oslo and Bergen.",
        "The mayor will not admit it — God forbid — but the dam is old.",
        "The Post – and the Bell – are for the dam.",
        "The town has yet to grasp a second truth: The dam is old.",
        "She says so, and traders speak of others, such as Bo Kim, who say worse of the dam.",
        "Holm is depicting the case as a tale of a town gone wild.",
        "Owners say the dam—which held after the storm of May—is old.",
        "“The dam is safe,” said Ida Holm, a writer, and Kim.",
        "In a talk with Radio Six, the head of the port, Ida Holm, denied it.",
    ],
)
def test_what_a_sentence_cannot_spare(text):
    assert not cuts(text)


@pytest.mark.parametrize("text", ["", "No.", ",", "“", "On Monday", "—", ": ;", "And and and and."])
def test_scraps_have_nothing_to_spare(text):
    assert cuts(text) == []


PIECES = (
    *("Ida Holm", "said", "on Monday", ",", "who", "runs", "the dam", "and", "after", "“", "”"),
    *(
        "(",
        ")",
        "—",
        ":",
        "is",
        "safe",
        "not",
        "if",
        "an engineer",
        ".",
        "may",
        "by",
        "closing",
        "it",
    ),
)


@given(st.lists(st.sampled_from(PIECES), max_size=24))
def test_cuts_lie_within_the_text_and_say_no_condition(pieces):
    text = " ".join(pieces)
    for cut in cuts(text):
        gone = text[cut.start : cut.end]
        assert 0 <= cut.start < cut.end <= len(text)
        assert cut.kind == "clause" or not {"not", "if", "may"} & set(words(gone))
