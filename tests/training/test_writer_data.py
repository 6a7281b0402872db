"""Rows of the writer: what is left out, held out, copied, and drawn when."""

from __future__ import annotations

import json
import random

import pytest
import torch

from summarizer.errors import DataError
from summarizer.training.files import read_json, read_jsonl
from summarizer.training.leakage import Blocked, load_blocked
from summarizer.training.writer.articles import ArticleRows, clean
from summarizer.training.writer.batches import Mixture, weights_at
from summarizer.training.writer.data import Row, held_out, load_rows, sentences
from summarizer.training.writer.model import load_base
from summarizer.training.writer.reach import Reach, places
from tests.training.writer_data import SENTENCES, newsroom_row, write

pd = pytest.importorskip("pandas", reason="training needs the extra `train`")


def test_texts_of_development_and_test_sets_are_left_out(data):
    assert load_rows(data, load_blocked(data)).dropped == {}
    leak = newsroom_row(1, summary="x")
    write(data / "newsroom/newsroom-dev.jsonl", json.dumps({**leak, "viewpoints": [
        {"summary": "TRADERS fear for the market, of the town!", "sentences": []}
    ]}))  # fmt: skip
    rows = load_rows(data, load_blocked(data))
    assert rows.dropped["newsroom-summary: stands in a development or test set"] == 60
    # The title of the development article is a training title here, and source of a question.
    assert rows.dropped["newsroom-question: stands in a development or test set"] == 1


def test_each_measured_set_blocks_its_texts(tmp_path):
    neus = tmp_path / "neus-allsides/data/naacl2022_lrc_roundup_random_order_probe"
    write(neus / "test.source", "TITLE=> A bridge is closed. ARTICLE=> The old bridge is shut now.")
    write(neus / "test.target", "TITLE=> Neutral title here. ARTICLE=> Neutral text stands here.")
    write(tmp_path / "debatepedia-qfs/data/test_query", "<s> is the ferry too slow ? <eos>")
    procon = tmp_path / "perspectrum-extra/data/raw_data/procon/procon.json"
    write(procon, json.dumps([{"claim_title": "Bridges should be free", "topic": ""}]))
    flipside = {"sides": {"Left": {"summary": "The left likes bridges.", "excerpts": []}}}
    write(tmp_path / "perspectives-news/flipside-dev.jsonl", json.dumps(flipside))
    folder = tmp_path / "perspectrum"
    write(folder / "dataset_split_v1.0.json", json.dumps({"1": "train", "2": "test"}))
    write(
        folder / "perspective_pool_v1.0.json", json.dumps([{"pId": 7, "text": "Tolls are unfair."}])
    )
    claim = {"perspectives": [{"pids": [7]}]}
    write(
        folder / "perspectrum_with_answers_v1.0.json",
        json.dumps(
            [
                {"cId": 1, "text": "Trains should be free", "perspectives": []},
                {"cId": 2, "text": "Roads should be free", **claim},
            ]
        ),
    )
    blocked = load_blocked(tmp_path)
    for text in (
        "A bridge is closed",
        "neutral text stands here",
        "Is the ferry too slow?",
        "bridges should be FREE",
        "The left likes bridges",
        "Tolls are unfair",
        "Roads should be free",
    ):
        assert text in blocked, text
    assert "Trains should be free" not in blocked


def test_short_texts_block_nothing():
    assert "Yes!" not in Blocked(["yes"])


def test_the_procon_file_is_no_training_source(data):
    procon = data / "perspectrum-extra/data/raw_data/procon/procon.json"
    write(procon, json.dumps([{"claim_title": "Bridges should be free", "topic": ""}]))
    rows = load_rows(data, load_blocked(data))
    assert {row.origin for row in rows.train} == {
        "newsroom-summary",
        "newsroom-label",
        "newsroom-point",
        "newsroom-question",
    }


def test_documents_are_held_out_whole(data):
    rows = load_rows(data, load_blocked(data))
    assert rows.held_out
    assert not {id(row) for row in rows.train} & {id(row) for row in rows.held_out}
    per_document = len(rows.train) + len(rows.held_out)
    assert per_document == 60 * 6
    assert len(rows.held_out) % 6 == 0
    assert held_out("a") == held_out("a")


@pytest.mark.parametrize(
    ("content", "message"), [('{"id": ', "truncated"), ("[1, 2]", "object"), ("{}", "columns")]
)
def test_a_broken_file_is_named(tmp_path, content, message):
    write(tmp_path / "newsroom-train/newsroom-train.jsonl", content)
    with pytest.raises(DataError, match=message):
        load_rows(tmp_path, Blocked([]))


def test_a_folder_without_data_is_an_error(tmp_path):
    with pytest.raises(DataError, match="no such folder"):
        load_rows(tmp_path / "nothing", Blocked([]))
    with pytest.raises(DataError, match="none of the sets"):
        load_rows(tmp_path, Blocked([]))
    with pytest.raises(DataError, match="cannot be read"):
        read_json(tmp_path / "nothing.json")
    with pytest.raises(DataError, match="cannot be read"):
        list(read_jsonl(tmp_path / "nothing.jsonl"))


def test_pre_training_rows_copy_from_their_source(data):
    table = pd.read_parquet(data / "articles/articles.parquet")
    make = ArticleRows(list(table.title), list(table.text), rng=random.Random(0))
    for kind in ("copy", "extract"):
        stream = make.rows(kind)
        for _ in range(20):
            row = next(stream)
            assert row.target in row.texts
    title = next(make.rows("title"))
    assert title.task == "title"
    assert "Herald" not in title.target
    assert all("SUBSCRIBE" not in text for text in title.texts)
    assert clean("t", "Read more\n\nSUBSCRIBE NOW OR ELSE YOU LOSE.").paragraphs == ()


def test_a_lead_is_a_summary_of_sentences_that_hold_its_words(data):
    table = pd.read_parquet(data / "articles/articles.parquet")
    make = ArticleRows(list(table.title), list(table.text), rng=random.Random(0))
    row = next(make.rows("lead"))
    assert row.target == SENTENCES[0]
    assert row.target not in row.texts
    assert any("without a debate" in text for text in row.texts)


def test_articles_without_a_lead_that_the_rest_holds_are_an_error():
    make = ArticleRows(["One"] * 300, [SENTENCES[0]] * 300, rng=random.Random(0))
    with pytest.raises(DataError, match="learn lead"):
        next(make.rows("lead"))


def test_only_tokens_of_the_source_and_of_closed_classes_count(base):
    _, tokenizer = load_base(base)
    council, close, bridge, market = (
        tokenizer.convert_tokens_to_ids(word) for word in ("council", "close", "bridge", "market")
    )
    columns, allowed = Reach(tokenizer).of([("The council.",), ("Close the bridge.",)])
    assert allowed.shape == (2, len(columns))
    end = tokenizer.sep_token_id
    labels = torch.tensor([[council, bridge, market, end], [council, bridge, close, -100]])
    found = places(labels, columns, allowed)
    assert (found >= 0).tolist() == [[True, False, False, True], [False, True, True, False]]
    assert torch.equal(columns[found[found >= 0]], labels[found >= 0])


def test_sentences_survive_abbreviations():
    assert sentences("Sen. Lee said no. Mr. Kim of the U.S. agreed. “Yes.” He left.") == [
        "Sen. Lee said no.",
        "Mr. Kim of the U.S. agreed.",
        "“Yes.”",
        "He left.",
    ]


def test_the_curriculum_moves_from_copying_to_writing():
    early, late = weights_at(0.0), weights_at(0.9)
    assert early["copy"] > early["newsroom-summary"]
    assert late["newsroom-summary"] > late["copy"]
    assert weights_at(0.3)["extract"] == pytest.approx(34)


def test_a_mixture_goes_through_a_set_before_it_repeats():
    rows = [Row(task="label", texts=(str(n),), target=str(n), origin="own") for n in range(10)]
    mixture = Mixture(rows, None, rng=random.Random(0))
    drawn = mixture.draw(10, fraction=0.5)
    assert {row.target for row in drawn} == {str(n) for n in range(10)}
    assert mixture.drawn == {"own": 10}
