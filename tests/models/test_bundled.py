"""The bundled shapes without transformers: tokens, states and texts are those of transformers."""

from __future__ import annotations

import json
import shutil

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.torch import load_file, save_file
from transformers import AutoModel, AutoModelForSeq2SeqLM, AutoTokenizer

from summarizer import weights
from summarizer.models import beam, load_encoder
from summarizer.models.bart import Bart, is_bundled_bart
from summarizer.models.beam import search
from summarizer.models.bert import Bert, is_bert_folder
from summarizer.models.bundled import Bundled
from summarizer.models.checkpoint import Checkpoint
from summarizer.models.seq2seq import Seq2SeqWriter
from summarizer.models.tokens import Tokens
from summarizer.protocols import Passage, WriteRequest
from tests import tiny_models

CLAIMS = (
    "The mayor says the tram will bring people to the shops, and that it pays for itself.",
    "Shops on the tram line will close, says a grocer who has run one for 20 years.",
    "The line costs 84 million.",
)
TEXTS = st.lists(st.text(max_size=40), min_size=1, max_size=6)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """A writer of random weights, once as a bundled one and once as any other checkpoint."""
    home = tmp_path_factory.mktemp("tiny")
    other = tiny_models.writer(home / "other")
    stored = load_file(other / "model.safetensors")
    stored["model.shared.weight"] *= 60  # or all tokens are as likely, and ties are anybody's
    save_file(stored, other / "model.safetensors", metadata={"format": "pt"})
    return tiny_models.as_own(shutil.copytree(other, home / "own")), other


def _requests(task="summary"):
    return [
        WriteRequest(task=task, texts=CLAIMS),
        WriteRequest(task="label", texts=CLAIMS[:1]),
        WriteRequest(task="point", texts=CLAIMS[1:2]),
        WriteRequest(task="question", texts=CLAIMS[:2]),
    ]


def test_the_bundled_weights_are_of_the_shapes_that_are_run_without_transformers():
    assert is_bert_folder(weights.bundled("encoder"))
    assert is_bundled_bart(weights.bundled("writer"))


@given(texts=TEXTS)
@settings(max_examples=40, deadline=None)
@pytest.mark.parametrize("which", ["encoder", "writer"])
@pytest.mark.parametrize("split", [True, False])
def test_tokens_are_those_of_transformers(which, split, texts):
    ours, theirs = _tokenizers(which)
    texts = [*texts, "the [SEP] of [CLS]", "", "Ünïcode — “quotes” …"]
    for options in ({"add_special_tokens": False}, {"truncation": True, "max_length": 8}, {}):
        found = ours(texts, split_special_tokens=split, **options)["input_ids"]
        assert found == theirs(texts, split_special_tokens=split, **options)["input_ids"]
    assert ours.batch_decode(found) == theirs.batch_decode(found, skip_special_tokens=True)


_CACHE: dict[str, tuple] = {}


def _tokenizers(which):
    if which not in _CACHE:
        folder = weights.bundled(which)
        _CACHE[which] = Tokens(folder), AutoTokenizer.from_pretrained(folder)
    return _CACHE[which]


def test_a_tokenizer_says_of_itself_what_that_of_transformers_says():
    for which in ("encoder", "writer"):
        ours, theirs = _tokenizers(which)
        assert len(ours) == len(theirs)
        assert sorted(ours.all_special_ids) == sorted(theirs.all_special_ids)
        for name in ("pad", "unk", "cls", "sep"):
            assert getattr(ours, f"{name}_token_id") == getattr(theirs, f"{name}_token_id")


def test_states_of_bert_are_those_of_transformers(tmp_path):
    folder = tiny_models.encoder(tmp_path)
    ours, theirs = Bert(folder), AutoModel.from_pretrained(folder).eval()
    ids = torch.randint(4, 60, (3, 11))
    kinds = (torch.arange(11) > 4).long().expand(3, -1)
    mask = torch.ones(3, 11, dtype=torch.long)
    mask[1, 7:] = 0
    given_ = {"input_ids": ids, "token_type_ids": kinds, "attention_mask": mask}
    with torch.inference_mode():
        one, other = ours(**given_).last_hidden_state, theirs(**given_).last_hidden_state
    kept = mask.bool()
    assert torch.allclose(one[kept], other[kept], atol=1e-5)
    texts = [ids[0].tolist(), ids[1, :4].tolist(), ids[2, :4].tolist(), ids[0, :1].tolist()]
    with torch.inference_mode():
        alone = [theirs(input_ids=torch.tensor([t])).last_hidden_state.mean(1) for t in texts]
        for tokens in (1, 9, 1000):
            assert torch.allclose(ours.pooled(texts, tokens=tokens), torch.cat(alone), atol=1e-5)


def test_states_and_odds_of_bart_are_those_of_transformers(tiny):
    own, other = tiny
    ours, theirs = Bart(own), AutoModelForSeq2SeqLM.from_pretrained(other).eval()
    sources = [[2, 9, 11, 30, 3], [2, 40, 3]]
    written = torch.tensor([[2, 12, 13], [2, 50, 51]])
    padded = torch.tensor([[2, 9, 11, 30, 3], [2, 40, 3, 0, 0]])
    with torch.inference_mode():
        wanted = theirs(
            input_ids=padded,
            attention_mask=(padded != 0).long(),
            decoder_input_ids=written,
        ).logits
        past = ours.start(*ours.encode(sources), beams=1, most=3)
        for place in range(3):
            found = ours.logits(
                ours.step(written[:, place : place + 1], past), ours.words, ours.bias
            )
            assert torch.allclose(found[:, 0], wanted[:, place], atol=1e-5)


@pytest.fixture
def over_all(monkeypatch):
    """Odds over the whole vocabulary, as any other model's are."""
    scores = beam._Columns.scores

    def over_all_scores(self, hidden, live):
        model = self._model
        total = model.logits(hidden, model.words, model.bias).logsumexp(-1, keepdim=True)
        monkeypatch.setattr(beam._Columns, "_total", lambda self, logits, live: total)
        return scores(self, hidden, live)

    monkeypatch.setattr(beam._Columns, "scores", over_all_scores)


@pytest.mark.usefixtures("over_all")
def test_texts_are_those_of_generate(tiny, monkeypatch):
    ours = Seq2SeqWriter(tiny[0])
    monkeypatch.setattr("summarizer.models.seq2seq.is_bundled_bart", lambda folder: False)
    theirs = Seq2SeqWriter(tiny[0])
    assert isinstance(ours._generator, Bundled)
    assert isinstance(theirs._generator, Checkpoint)
    assert ours.write(_requests()) == theirs.write(_requests())


def test_odds_are_over_the_tokens_that_the_own_source_allows(tiny):
    writer = Seq2SeqWriter(tiny[0])
    model, sources = writer._generator._model, (CLAIMS[:1], CLAIMS[2:])
    constraints = [writer._vocabulary.constraint(texts) for texts in sources]
    columns = beam._Columns(model, constraints, end=writer._generator.end)
    texts = [
        beam._Text(
            number=n,
            limit=9,
            constraint=one,
            beams=[beam._Beam(tokens=[2], spot=one.start)],
        )
        for n, one in enumerate(constraints)
    ]
    past = model.start(*model.encode([[2, 9, 3], [2, 40, 11, 3]]), beams=1, most=2)
    with torch.inference_mode():
        hidden = model.step(torch.tensor([[2], [2]]), past)
        found = columns.scores(hidden, texts)
        logits = model.logits(hidden, model.words, model.bias)
    for row, one in enumerate(constraints):
        reach = sorted({*one.tokens, columns.end})
        wanted = logits[row, 0, reach].log_softmax(-1)
        own = {token: wanted[place].item() for place, token in enumerate(reach)}
        for place, token in enumerate(columns.tokens):
            score = found[row, 0, place].item()
            assert score == -np.inf or score == pytest.approx(own[token], abs=1e-3)


@pytest.mark.usefixtures("over_all")
@pytest.mark.slow
def test_texts_of_the_bundled_weights_are_those_of_generate(monkeypatch):
    folder = weights.bundled("writer")
    monkeypatch.setattr("summarizer.models.int8.available", lambda: False)
    ours = Seq2SeqWriter(folder)
    monkeypatch.setattr("summarizer.models.seq2seq.is_bundled_bart", lambda folder: False)
    assert ours.write(_requests()) == Seq2SeqWriter(folder).write(_requests())


def test_a_text_does_not_depend_on_its_company(tiny):
    writer = Seq2SeqWriter(tiny[0])
    many = [WriteRequest(task="point", texts=(f"the tram {n} will",)) for n in range(40)]
    together = writer.write([*_requests(), *many])
    assert together[:4] == [writer.write([request])[0] for request in _requests()]
    assert together[4:] == writer.write(many)


def test_no_text_is_longer_than_its_limit_and_none_says_a_trigram_twice(tiny):
    model, vocabulary = Bart(tiny[0]), Seq2SeqWriter(tiny[0])._vocabulary
    limits = [1, 2, 5, 30]
    constraints = [vocabulary.constraint(CLAIMS)] * 4
    found = search(model, [[2, 9, 3]] * 4, constraints, limits, beams=3, end=3)
    for limit, texts in zip(limits, found, strict=True):
        assert 1 <= len(texts) <= 3
        for tokens in texts:
            assert len(tokens) <= limit
            grams = list(zip(tokens, tokens[1:], tokens[2:], strict=False))
            assert len(grams) == len(set(grams))


def test_texts_are_encoded_once_and_singles_are_read_as_alone(tmp_path):
    encoder = load_encoder(
        tiny_models.relation(tmp_path / "relation", tiny_models.encoder(tmp_path / "base"))
    )
    vectors = encoder.encode(["the tram", "the mayor says", "the tram"])
    assert np.array_equal(vectors[0], vectors[2])
    assert np.array_equal(vectors, encoder.encode(["the tram", "the mayor says", "the tram"]))
    pairs = [Passage(prefix=f"the tram {n} says", sentences=("the mayor will",)) for n in range(70)]
    together = encoder.read(pairs)
    for pair, reading in list(zip(pairs, together, strict=True))[::9]:
        alone = encoder.read([pair])[0]
        assert np.allclose(alone.stances, reading.stances, atol=2e-4)
        assert np.allclose(alone.types, reading.types, atol=2e-4)


def test_what_may_follow_a_beam_is_what_its_constraint_says(tiny):
    writer, random = Seq2SeqWriter(tiny[0]), np.random.default_rng(0)
    model, constraint = writer._generator._model, writer._vocabulary.constraint(CLAIMS[:1])
    columns = beam._Columns(model, [constraint], end=writer._generator.end)
    for _ in range(8):
        one = beam._Beam(tokens=[2], spot=constraint.start)
        text = beam._Text(number=0, limit=20, constraint=constraint, beams=[one])
        for _ in range(6):
            found = {columns.tokens[i] for i in columns._allowed([text])[0].nonzero()[0]}
            repeated = set(beam._repeats(one.tokens))
            wanted = set(constraint.allowed(one.tokens[1:]).nonzero()[:, 0].tolist()) - repeated
            assert found == wanted
            going = sorted(found - {columns.end})
            one = beam._continued(one, int(random.choice(going)), constraint)
            text.beams = [one]


@pytest.mark.parametrize("name", ["tokenizer.json", "tokenizer_config.json"])
def test_a_tokenizer_that_is_not_there_is_said(tiny, tmp_path, name):
    folder = shutil.copytree(tiny[0], tmp_path / "writer")
    (folder / name).unlink()
    with pytest.raises(Exception, match=str(folder)):
        Bundled(folder, device="cpu")


def test_a_special_token_outside_the_vocabulary_is_said(tiny, tmp_path):
    folder = shutil.copytree(tiny[0], tmp_path / "writer")
    config = json.loads((folder / "tokenizer_config.json").read_text())
    config["sep_token"] = "[NOWHERE]"
    (folder / "tokenizer_config.json").write_text(json.dumps(config))
    with pytest.raises(ValueError, match="sep_token is not in the vocabulary"):
        Tokens(folder)
