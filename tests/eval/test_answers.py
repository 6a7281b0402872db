from __future__ import annotations

import pytest

from eval import answers
from eval.suite import Sample
from summarizer import Summarizer
from summarizer.testing import FirstClaimWriter, HashEncoder

PRODUCT = Summarizer(HashEncoder(), FirstClaimWriter())
FERRY = ["The green ferry sails at nine every day.", "Nobody on the island owns a car."]


def test_highlights_sum_up_the_largest_points_in_reading_order():
    texts = ["Snow fell.", "The red boat sails. The red boat sails.", "The red boat sails."]
    assert answers.highlights(PRODUCT, texts, 1) == ["The red boat sails."]
    assert answers.highlights(PRODUCT, texts, 2) == ["Snow fell.", "The red boat sails."]
    assert len(answers.highlights(PRODUCT, texts, 9)) == 2


def test_matching_goes_by_the_cosine_of_the_encoder():
    (row,) = answers.cosines(PRODUCT, ["red boat"], ["red boat", "snow", "red"])
    assert row == pytest.approx([1.0, 0.0, 0.5**0.5])


def test_a_sentence_that_the_texts_hold_is_let_through_with_its_support():
    held = answers.check(PRODUCT, FERRY, "The green ferry sails every day.")
    foreign = answers.check(PRODUCT, FERRY, "The green ferry sank in a storm.")
    assert 0.0 < foreign < held <= 1.0


@pytest.mark.parametrize(
    "sentence", ["The green ferry sails at ten every day.", "The ferry of Captain Lund is green."]
)
def test_a_sentence_with_a_foreign_number_or_name_is_refused(sentence):
    assert answers.check(PRODUCT, FERRY, sentence) == 0.0


def test_what_is_not_answered_here_is_said():
    sample = Sample(id="x", document="x", task="summary", input={"texts": []}, gold={})
    with pytest.raises(ValueError, match="summary is not answered here"):
        answers.answer(PRODUCT, sample)


def test_a_sentence_that_stands_in_the_texts_is_supported():
    assert answers.check(PRODUCT, FERRY, FERRY[0]) > 0.5
