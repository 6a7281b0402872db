"""Sentence boundaries: table cases of sentences.toml, and laws for any text."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.english.sentences import split_sentences, strip_span

CASES = tomllib.loads((Path(__file__).parent / "sentences.toml").read_text(encoding="utf-8"))[
    "case"
]
NEWS_LIKE = st.text(
    alphabet=st.sampled_from("ab AB.,!?…\n \t\"“”'’()…\u200b\u2028\r—;:é中"), max_size=200
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_sentences_are_cut_where_a_reader_would_cut(case):
    text = case["text"]
    assert [text[start:end] for start, end in split_sentences(text)] == case["sentences"]


@given(st.one_of(st.text(max_size=200), NEWS_LIKE))
def test_every_visible_character_is_in_exactly_one_sentence_in_order(text):
    position = 0
    for start, end in split_sentences(text):
        assert position <= start < end
        assert strip_span(text, position, start)[0] == start
        assert strip_span(text, start, end) == (start, end)
        position = end
    assert strip_span(text, position, len(text)) == (len(text), len(text))


@given(NEWS_LIKE)
def test_no_sentence_crosses_a_blank_line(text):
    assert not any("\n\n" in text[start:end] for start, end in split_sentences(text))


def test_two_thousand_sentences_in_one_paragraph_take_linear_time():
    def seconds(count: int) -> float:
        text = 'Mr. Hale said the U.S. plan was bad. "I do not like it," he added. ' * count
        began = time.process_time()
        assert len(split_sentences(text)) == 2 * count
        return time.process_time() - began

    seconds(10)
    assert seconds(1000) < 12 * seconds(250)  # quadratic would be sixteen times
