from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.english.phrasing import faults
from summarizer.english.text import words
from summarizer.writing.indirect import indirect
from summarizer.writing.shortening import MOST, rewordings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“The dam is safe,” Ida Holm said.", "Ida Holm said that the dam is safe."),
        ('"The dam is safe," said Mayor Ida Holm.', "Mayor Ida Holm said that the dam is safe."),
        (
            "“Towns must have dams,” the mayor told the Bell in May.",
            "The mayor told the Bell in May that towns must have dams.",
        ),
        ("The dam is not safe, critics say.", "Critics say that the dam is not safe."),
        ("“Oslo needs the dam,” Ida Holm said.", "Ida Holm said that Oslo needs the dam."),
        ("“NATO paid for it,” Ida Holm said.", "Ida Holm said that NATO paid for it."),
        ("“The dam,” Ida Holm said, “is safe.”", "Ida Holm said that the dam is safe."),
        (
            "“If it rains,” Ida Holm said, “the dam will break.”",
            "Ida Holm said that if it rains, the dam will break.",
        ),
        ("The dam, critics say, is not safe.", "Critics say that the dam is not safe."),
        (
            "In the old town, engineers say, the dam is safe.",
            "Engineers say that in the old town, the dam is safe.",
        ),
        ("Oslo, said Bo Kim, is “safe.”", "Bo Kim said that Oslo is “safe.”"),
        ("“It is wrong to sell dams,” Bo Kim said.", "Bo Kim said that it is wrong to sell dams."),
        ("“I think the dam is safe,” Ida Holm said.", "Ida Holm thinks that the dam is safe."),
        (
            "“I don’t think that the dam is safe,” said Ida Holm.",
            "Ida Holm does not think that the dam is safe.",
        ),
        ("“I keep my word,” Ida Holm said.", "Ida Holm said that she keeps her word."),
        (
            "“I’m sure I have never lied to them,” Ida Holm told Radio Six.",
            "Ida Holm told Radio Six that she is sure she has never lied to them.",
        ),
        ("“Many towns have dams,” Ida Holm said.", "Ida Holm said that many towns have dams."),
    ],
)
def test_direct_speech_becomes_indirect(text, expected):
    assert indirect(text, context="Many towns have dams, and Oslo has one.") == expected


@pytest.mark.parametrize(
    "text",
    [
        "“We built the dam,” Ida Holm said.",
        "“The dam is yours,” Ida Holm said.",
        "“Is the dam safe?” Ida Holm said.",
        "“The dam is safe!” Ida Holm said.",
        "“It is safe,” Ida Holm said.",
        "“Close the dam,” Ida Holm said.",
        "“The dam is safe. The wall is not,” Ida Holm said.",
        "“The dam will open tomorrow,” Ida Holm said.",
        "“Grommets hold the dam,” Ida Holm said.",  # a name, or no name?
        "The dam will close, a step that critics warned would cost jobs.",
        "“The dam is safe,” Ida Holm asked.",
        "“I love dams and want to build more,” Ida Holm said.",  # wants
        "“Lee knows my dams,” Ida Holm said.",  # whose?
        "“I think it will hold another winter,” Ida Holm said.",
        "“I think (the dam is) no great risk for the town,” Ida Holm said.",
        "“A dam that would hold a thousand boats,” Ida Holm said.",
        "“She told me to keep the dam,” Ida Holm said.",
        "“I keep my word,” the mayor said.",  # he or she?
        "“I think you are wrong,” Ida Holm said.",
        "The dam is safe, Ida Holm said, adding that it will hold.",
        "Ida Holm responded to a post that reads, “The dam is safe.”",
        "The dam is safe.",
        "",
    ],
)
def test_what_would_mean_something_else_stays_as_it_is(text):
    assert indirect(text) == text


def test_wordings_leave_out_and_turn_around_and_the_shortest_does_both():
    text = "“The dam is safe to cross,” Ida Holm, an engineer at the port, said in a statement."
    found = rewordings(text)
    assert "Ida Holm said that the dam is safe to cross." in found
    assert "“The dam is safe to cross,” Ida Holm said." in found
    assert text not in found
    assert len(found) <= MOST


@pytest.mark.parametrize(
    "text",
    [
        "The dam is safe.",
        "Ida Holm, an engineer, said so on Monday.",  # what is left says too little
        "The dam will hold, unless the winter is wet and the wall gives way.",
    ],
)
def test_what_has_no_other_wording_has_none(text):
    assert rewordings(text) == ()


PIECES = (
    *("Ida Holm", "said", "on Monday", "in a statement", ",", "who", "runs", "the", "old", "dam"),
    *("and", "after", "“", "”", "(", ")", "—", ":", "is", "safe", "not", "if", "critics", "say"),
    *("an engineer", ".", "that", "by", "closing", "it", "will hold", "the council", "warned"),
)


@given(st.lists(st.sampled_from(PIECES), min_size=6, max_size=30))
def test_a_wording_has_no_word_of_its_own_but_that_and_no_fault_of_its_own(pieces):
    text = " ".join(pieces)
    for wording in rewordings(text):
        more = Counter(words(wording)) - Counter(words(text))
        assert set(more) <= {"that"}
        assert set(faults(wording)) <= set(faults(text))
        assert wording != text
