"""Tiny random checkpoints of each family, made here: shapes and rules, not quality."""

from __future__ import annotations

import pytest
import torch
from transformers import (
    BartConfig,
    BartForConditionalGeneration,
    LEDConfig,
    LEDForConditionalGeneration,
    PegasusConfig,
    PegasusForConditionalGeneration,
    T5Config,
    T5ForConditionalGeneration,
)

from summarizer.errors import ModelError
from summarizer.models.constraint import Vocabulary, inflections
from summarizer.models.seq2seq import Seq2SeqWriter
from summarizer.protocols import WriteRequest
from tests import tiny_models

WORDS = (
    "the a of to and is not will should council bridge close open cost work ##s ##ed ##ing "
    "market mayor river ferry tax jobs plan 12 400 million , . ? ' \" ( )"
)
PIECES = dict.fromkeys([*tiny_models.SPECIAL, *tiny_models.LETTERS, *WORDS.split()])
VOCABULARY = {piece: row for row, piece in enumerate(PIECES)}
CLAIMS = (
    "The council should close the bridge, since repairs cost 400 million.",
    "Ferries will do the work of the bridge.",
)


def _tokenizer():
    return tiny_models.wordpiece(VOCABULARY)


SHARED = {
    "vocab_size": len(VOCABULARY),
    "pad_token_id": 0,
    "bos_token_id": 2,
    "eos_token_id": 3,
    "decoder_start_token_id": 2,
}
BART_LIKE = {
    "d_model": 16,
    "encoder_layers": 1,
    "decoder_layers": 1,
    "encoder_attention_heads": 2,
    "decoder_attention_heads": 2,
    "encoder_ffn_dim": 32,
    "decoder_ffn_dim": 32,
}


def _bart():
    config = BartConfig(**SHARED, **BART_LIKE, max_position_embeddings=256)
    config.forced_eos_token_id = 3
    return BartForConditionalGeneration(config)


def _pegasus():
    return PegasusForConditionalGeneration(
        PegasusConfig(**SHARED, **BART_LIKE, max_position_embeddings=256)
    )


def _led():
    return LEDForConditionalGeneration(
        LEDConfig(
            **SHARED,
            **BART_LIKE,
            max_encoder_position_embeddings=512,
            max_decoder_position_embeddings=128,
            attention_window=8,
        )
    )


def _t5():
    return T5ForConditionalGeneration(
        T5Config(**SHARED, d_model=16, d_kv=8, d_ff=32, num_layers=1, num_heads=2)
    )


FAMILIES = {"bart": _bart, "pegasus": _pegasus, "led": _led, "t5": _t5}


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    made = {}
    for name, build in FAMILIES.items():
        torch.manual_seed(1)
        folder = tmp_path_factory.mktemp(name)
        build().save_pretrained(folder)
        _tokenizer().save_pretrained(folder)
        made[name] = folder
    return made


def _requests():
    return [
        WriteRequest(task="summary", texts=CLAIMS),
        WriteRequest(task="label", texts=CLAIMS[:1]),
        WriteRequest(task="question", texts=("The bridge", *CLAIMS)),
    ]


@pytest.mark.parametrize("name", sorted(FAMILIES))
def test_every_family_writes_the_same_twice_and_only_words_of_its_claims(folders, name):
    writer = Seq2SeqWriter(folders[name])
    requests = _requests()
    first = writer.write(requests)
    assert first == writer.write(requests)
    assert len(first) == len(requests)
    vocabulary = Vocabulary(_tokenizer(), len(VOCABULARY))
    for request, candidates in zip(requests, first, strict=True):
        constraint = vocabulary.constraint(request.texts)
        for text in candidates:
            written: list[int] = []
            for token in _tokenizer()(text, add_special_tokens=False)["input_ids"]:
                assert constraint.allowed(written)[token], (text, token)
                written.append(token)


@pytest.mark.parametrize("name", ["bart", "t5"])
def test_a_result_does_not_depend_on_what_else_is_asked(folders, name):
    writer = Seq2SeqWriter(folders[name])
    together = writer.write(_requests())
    assert together == [writer.write([request])[0] for request in _requests()]


def test_the_prompt_family_follows_the_model_type(folders):
    families = {name: Seq2SeqWriter(folder).prompts.family for name, folder in folders.items()}
    assert families == {"bart": "plain", "pegasus": "plain", "led": "plain", "t5": "instruction"}


def test_long_input_is_written_in_parts_and_none_of_it_is_cut(folders, monkeypatch):
    writer = Seq2SeqWriter(folders["bart"])
    seen: list[str] = []
    generate = writer._generate

    def spy(requests, *, sources=None):
        seen.extend(text for request in requests for text in request.texts)
        return generate(requests, sources=sources)

    monkeypatch.setattr(writer, "_generate", spy)
    texts = tuple(f"The mayor will open market {number} of the plan." for number in range(40))
    (candidates,) = writer.write([WriteRequest(task="summary", texts=texts)])
    assert set(texts) <= set(seen)
    assert len(candidates) <= 3
    endless = WriteRequest(task="summary", texts=(" ".join(["bridge"] * 700),))
    writer.write([endless])
    assert sum(text.count("bridge") for text in seen) >= 700


def test_no_request_needs_no_model(folders):
    assert Seq2SeqWriter(folders["bart"]).write([]) == []


def test_weights_that_are_missing_or_misshapen_are_refused(tmp_path):
    _tokenizer().save_pretrained(tmp_path)
    model = _bart()
    state = model.state_dict()
    del state["model.encoder.layers.0.fc1.weight"]
    model.save_pretrained(tmp_path, state_dict=state)
    with pytest.raises(ModelError, match="missing"):
        Seq2SeqWriter(tmp_path)


def test_an_encoder_alone_is_refused(tmp_path):
    with pytest.raises(ModelError, match="no seq2seq"):
        Seq2SeqWriter(tiny_models.encoder(tmp_path))


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(ModelError, match="no seq2seq"):
        Seq2SeqWriter(tmp_path / "nothing")


def test_pieces_cannot_be_joined_to_words_that_the_source_lacks():
    constraint = Vocabulary(_tokenizer(), len(VOCABULARY)).constraint(["the council works"])
    ids = VOCABULARY
    assert constraint.allowed([])[ids["council"]]
    assert not constraint.allowed([])[ids["bridge"]]
    assert constraint.allowed([ids["work"]])[ids["##s"]]
    assert not constraint.allowed([ids["council"]])[ids["##z"]]
    assert not constraint.allowed([ids["the"], ids[","]])[ids[","]]


def test_inflections_are_of_words_only():
    assert {"closes", "closed", "closing"} <= set(inflections("close"))
    assert "argue" in set(inflections("argues"))
    assert "stop" in set(inflections("stopped"))
    assert not inflections("Close")
    assert not inflections("2020")
