"""The relation network: layout, reading, saving, and that company changes nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
import torch

from summarizer import ModelError
from summarizer.models import load_encoder
from summarizer.models.network import RelationNetwork
from summarizer.models.relation import RelationTransformer
from summarizer.models.windows import lay_out
from summarizer.protocols import Passage, RelationEncoder
from tests import tiny_models

WORDS = (
    *("the", "plan", "will", "not", "work", "say", "analysts", "on", "monday", "critics"),
    *("hope", "it", "fails", "soon", "again", ".", ","),
)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny encoder of random weights, as a Hugging Face folder."""
    return tiny_models.encoder(tmp_path_factory.mktemp("base"), words=WORDS, layers=2)


@pytest.fixture(scope="module")
def folder(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_models.relation(tmp_path_factory.mktemp("relation"), base)


def sentences(n: int) -> tuple[str, ...]:
    rng = np.random.default_rng(0)
    return tuple(" ".join(rng.choice(WORDS, 9)) for _ in range(n))


def article(n: int) -> Passage:
    return Passage(
        sentences=sentences(n),
        paragraphs=tuple(i // 3 for i in range(n)),
        holders=tuple(i % 3 - 1 for i in range(n)),
        prefix="will the plan work",
    )


@pytest.mark.parametrize("n", [1, 5, 100])
def test_every_sentence_stands_in_one_window_and_no_window_is_too_long(base: Path, n: int) -> None:
    tokenizer = RelationNetwork.start(base).tokenizer
    windows = lay_out(article(n), tokenizer, window_tokens=60)
    rows = [sorted({row for row in window.rows if row >= 0}) for window in windows]
    assert [row for some in rows for row in some] == list(range(n))
    assert max(len(window.ids) for window in windows) <= 60
    assert all(
        len(window.ids) == len(window.kinds) == len(window.rows) and window.kinds[0] == 0
        for window in windows
    )


def test_a_long_sentence_is_read_by_its_beginning(base: Path) -> None:
    tokenizer = RelationNetwork.start(base).tokenizer
    passage = Passage(sentences=("plan " * 500, "it fails"))
    windows = lay_out(passage, tokenizer, window_tokens=60)
    assert [max(window.rows) for window in windows] == [0, 1]


def test_a_reading_has_the_promised_shapes(folder: Path) -> None:
    encoder = load_encoder(folder)
    assert isinstance(encoder, RelationEncoder)
    reading = encoder.read([article(40)])[0]
    assert reading.types.shape == (40, 3)
    assert np.allclose(reading.types.sum(1), 1, atol=1e-3)
    assert np.array_equal(reading.sides, reading.sides.T)
    assert not reading.sides.diagonal().any()
    assert np.abs(reading.stances).max() <= 1
    assert encoder.read([Passage(sentences=())])[0].types.shape == (0, 3)


def test_a_text_without_tokens_has_a_row_as_well(folder: Path) -> None:
    reading = load_encoder(folder).read([Passage(sentences=("", "it fails", " "))])[0]
    assert reading.types.shape == (3, 3)


def test_a_reading_does_not_depend_on_company(folder: Path) -> None:
    encoder = RelationTransformer(folder, digest="x")
    alone = encoder.read([article(7)])[0]
    beside = encoder.read([article(90), article(7)])[1]
    assert np.array_equal(alone.sides, beside.sides)
    assert np.array_equal(alone.types, beside.types)


def test_pairs_of_different_lengths_do_not_change_each_other(folder: Path) -> None:
    encoder = load_encoder(folder)
    assert isinstance(encoder, RelationEncoder)
    texts = [" ".join(text.split()[: 2 + i % 7]) for i, text in enumerate(sentences(20))]
    pairs = [Passage(prefix=a, sentences=(b,)) for a, b in zip(texts, texts[3:], strict=False)]
    together = [reading.stances[0] for reading in encoder.read(pairs)]
    assert together == [encoder.read([pair])[0].stances[0] for pair in pairs]


def test_the_order_of_a_bare_list_changes_nothing(folder: Path) -> None:
    encoder = RelationTransformer(folder, digest="x")
    texts = sentences(12)
    shuffled = np.random.default_rng(1).permutation(12)
    one, other = encoder.read(
        [Passage(sentences=texts), Passage(sentences=tuple(texts[i] for i in shuffled))]
    )
    assert np.array_equal(one.sides[np.ix_(shuffled, shuffled)], other.sides)
    assert np.array_equal(one.types[shuffled], other.types)


def test_who_says_it_counts(base: Path) -> None:
    network = RelationNetwork.start(base).eval()
    with torch.no_grad():
        network.side_holder.copy_(torch.tensor([0.0, 0.0, -5.0, 5.0]))
        passage = article(6)
        mixed = torch.zeros(6, 24)
        scores = network.sides(mixed, passage)
    assert passage.holders == (-1, 0, 1, -1, 0, 1)
    assert scores[1, 4] - scores[1, 5] > 8


def test_vectors_are_those_of_the_encoder_alone(folder: Path) -> None:
    vectors = load_encoder(folder).encode(["the plan will work", "it fails", "the plan will work"])
    assert vectors.shape == (3, 24)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)
    assert np.array_equal(vectors[0], vectors[2])


def test_the_folder_is_one_that_sentence_transformers_reads(folder: Path) -> None:
    from sentence_transformers import SentenceTransformer

    theirs = SentenceTransformer(str(folder), device="cpu").encode(
        ["the plan will work", "it fails"], normalize_embeddings=True
    )
    ours = load_encoder(folder).encode(["the plan will work", "it fails"])
    assert np.allclose(theirs, ours, atol=1e-2)


@pytest.mark.parametrize("name", ["heads.json", "model.safetensors", "heads.safetensors"])
def test_a_broken_folder_is_refused(folder: Path, tmp_path: Path, name: str) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(folder, broken)
    (broken / name).write_bytes(b"\x00" * 10)
    with pytest.raises(ModelError, match="broken"):
        load_encoder(broken)


def test_heads_of_another_shape_are_refused(folder: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(folder, broken)
    config = (broken / "heads.json").read_text().replace('"side_hidden": 64', '"side_hidden": 8')
    (broken / "heads.json").write_text(config)
    with pytest.raises(ModelError, match="not a relation encoder"):
        load_encoder(broken)
