"""What goes from a sentence, and what stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.english.text import words
from summarizer.english.trimming import trimmed


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("OSLO (AP) — The dam will hold.", "The dam will hold."),
        ("NEW YORK — The dam will hold.", "The dam will hold."),
        ("OSLO, Nor./BERGEN (Reuters) - The dam will hold.", "The dam will hold."),
        ("(CNN) — The dam will hold.", "The dam will hold."),
        ("ANN LEE: The dam will hold.", "The dam will hold."),
        ("Ann Lee: The dam will hold.", "Ann Lee: The dam will hold."),
        ("NATO — and others — will build the dam.", "NATO — and others — will build the dam."),
        ("4. The dam will hold.", "The dam will hold."),
        ("Sir, The dam will hold.", "The dam will hold."),
        ("To the Editor: The dam will hold.", "The dam will hold."),
        ("Q: The dam will hold.", "The dam will hold."),
        ("A. Lee will hold the dam.", "A. Lee will hold the dam."),
        ("Ida Holm told the Bell:", "Ida Holm told the Bell:"),
        ("Ida Holm has two plans:", "Ida Holm has two plans."),
        ("• “The dam will hold,” she said.", "“The dam will hold,” she said."),
        ("(Meanwhile, the dam will hold.)", "The dam will hold."),
        ("12 dams will hold.", "12 dams will hold."),
        ("The dam — an old wall — will hold.", "The dam — an old wall — will hold."),
        (
            "Rep. Bo Kim Bo Jan KimFerry to sail in spring Dam sold at last MORE said it holds.",
            "Rep. Bo Kim said it holds.",
        ),
    ],
)
def test_datelines_labels_list_marks_brackets_and_links_go(text, kept):
    assert trimmed(text) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Instead of a dam, they want a weir", "Instead of a dam, they want a weir."),
        ("Instead they want a weir", "They want a weir."),
        ("Instead, they want a weir", "They want a weir."),
        ("So far, no dam has failed", "So far, no dam has failed."),
        ("But so the dam holds", "The dam holds."),
        ("The town needs it, too, not just me.", "The town needs it, not just me."),
        ("The port, meanwhile, which is old, leaks.", "The port, which is old, leaks."),
        ("So traders are sure that it holds", "Traders are sure that it holds."),
        ("So it was clear that it paid", "It was clear that it paid."),
        ("So sure was the town that it paid", "So sure was the town that it paid."),
        ("So are the traders, who hope for more", "So are the traders, who hope for more."),
        ("Some call it safe, though, leaving it open.", "Some call it safe, leaving it open."),
        ("Regardless, the dam holds", "The dam holds."),
        ("Secondly, and more specifically, the dam holds", "The dam holds."),
        ("But wait, the dam holds", "The dam holds."),
        ("To put that in perspective, the dam holds", "The dam holds."),
        ("Make no mistake: the dam holds", "The dam holds."),
        ("Ann Lee, meanwhile, said the dam will hold .", "Ann Lee said the dam will hold."),
        ("Ann Lee, meanwhile said the dam will hold.", "Ann Lee said the dam will hold."),
        ("Ann Lee meanwhile, said the dam will hold.", "Ann Lee said the dam will hold."),
        ("“Of course the dam will hold,” she said.", "“The dam will hold,” she said."),
        ("There are no other dams, however.", "There are no other dams."),
        ("Ann Lee also said the dam holds.", "Ann Lee said the dam holds."),
        ("The dam, also known as Old Wall, holds.", "The dam, also known as Old Wall, holds."),
        ("It not only leaks, it also breaks.", "It not only leaks, it also breaks."),
        ("The town is instead selling the dam.", "The town is selling the dam."),
        ("The town sold that instead of the dam.", "The town sold that instead of the dam."),
        ("Ann Lee then responded with a plan.", "Ann Lee responded with a plan."),
        ("The town has heard nothing since then.", "The town has heard nothing."),
        ("“The dam, however, also holds,” she said.", "“The dam, however, also holds,” she said."),
    ],
)
def test_a_connective_goes_only_where_it_connects_and_nobody_is_quoted_with_it(text, kept):
    assert trimmed(text) == kept


def test_a_quotation_cut_off_at_a_sentence_break_is_opened_or_closed():
    assert trimmed('The bridge is old," she said.') == '"The bridge is old," she said.'
    assert trimmed("Lee said, “The bridge is old.") == "Lee said, “The bridge is old.”"
    assert trimmed("“It is old,” she said.") == "“It is old,” she said."


PIECES = (
    "But ",
    "the dam ",
    "also ",
    ", however, ",
    "holds",
    ", though",
    "“",
    "”",
    " (",
    ")",
    ". ",
)


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_trimming_only_leaves_words_out(text):
    remaining = iter(words(text))
    assert all(word in remaining for word in words(trimmed(text)))
