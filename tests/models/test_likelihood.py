"""All texts of a source in one pass: as likely as transformers finds them one by one."""

from __future__ import annotations

import pytest
import torch
from transformers import AutoModelForSeq2SeqLM

from summarizer.errors import ModelError
from summarizer.models import load_writer
from summarizer.models.bart import Bart
from summarizer.models.likelihood import log_likelihoods
from summarizer.models.scoring import ScoringWriter
from summarizer.protocols import Scorer, WriteRequest
from tests import tiny_models

END = 3
SOURCES = [[2, 9, 11, 30, END], [2, 40, END], [2, 8, 12, 13, 14, 15, END]]
TEXTS = [[[12, 13, 14], [12, 13], [12, 50, 14, 9]], [[41]], [[12, 13, 12, 13], [9, 9]]]
ALLOWED = [[9, 12, 13, 14, 50], [40, 41, 42], [9, 12, 13, 14]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tiny_models.own_writer(tmp_path_factory.mktemp("tiny") / "own")


@torch.inference_mode()
def test_texts_are_as_likely_as_one_by_one_in_transformers(folder):
    model = AutoModelForSeq2SeqLM.from_pretrained(folder).eval()
    found = log_likelihoods(Bart(folder), SOURCES, TEXTS, ALLOWED, end=END)
    for source, texts, allowed, scores in zip(SOURCES, TEXTS, ALLOWED, found, strict=True):
        reach = sorted({*allowed, END})
        for text, score in zip(texts, scores, strict=True):
            start = int(model.config.decoder_start_token_id)
            logits = model(
                input_ids=torch.tensor([source]), decoder_input_ids=torch.tensor([[start, *text]])
            ).logits[0, :, reach]
            odds = logits.log_softmax(-1)
            steps = [reach.index(token) for token in (*text, END)]
            wanted = sum(odds[at, column].item() for at, column in enumerate(steps))
            assert score == pytest.approx(wanted, abs=1e-4)


def test_a_score_does_not_depend_on_its_company(folder):
    model = Bart(folder)
    together = log_likelihoods(model, SOURCES, TEXTS, ALLOWED, end=END)
    for row, scores in enumerate(together):
        own = slice(row, row + 1)
        alone = log_likelihoods(model, SOURCES[own], TEXTS[own], ALLOWED[own], end=END)
        assert scores == pytest.approx(alone[0], abs=1e-4)


def test_a_token_that_its_source_does_not_allow_counts_nothing(folder):
    model = Bart(folder)
    (scores,) = log_likelihoods(model, SOURCES[:1], [[[55]]], ALLOWED[:1], end=END)
    (wanted,) = log_likelihoods(model, SOURCES[:1], [[[55, 55]]], ALLOWED[:1], end=END)
    assert scores[0] != wanted[0]  # the end is as likely as what stands before it makes it
    assert -20 < scores[0] < 0


def test_weights_that_give_no_numbers_are_said(folder):
    model = Bart(folder)
    model.words[12] = torch.nan
    with pytest.raises(ModelError, match="not finite"):
        log_likelihoods(model, SOURCES, TEXTS, ALLOWED, end=END)


def test_the_bundled_writer_is_a_scorer_and_another_is_none(tmp_path):
    assert isinstance(load_writer(), Scorer)
    assert not isinstance(load_writer(tiny_models.writer(tmp_path / "other")), Scorer)
    with pytest.raises(ModelError, match="no writer that this package trained"):
        ScoringWriter(tmp_path / "other")


def test_what_a_claim_says_is_likelier_than_what_it_does_not():
    claim = "The mayor says the tram will bring people to the shops, and that it pays for itself."
    whole, shorter, turned = (
        claim,
        "The mayor says the tram will bring people to the shops.",
        "The shops says the mayor will bring itself to the tram.",
    )
    (scores,) = load_writer().score(
        [WriteRequest(task="summary", texts=(claim,))], [(whole, shorter, turned)]
    )
    assert scores[0] > scores[1] > scores[2]
