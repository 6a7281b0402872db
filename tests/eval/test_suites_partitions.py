"""Suites that ask which texts belong together, each on a folder made here."""

from __future__ import annotations

import json

import pytest
from rich.console import Console

from eval import data
from eval.session import Options, run_all
from eval.suites import SUITES
from summarizer import DataError
from tests.eval.judge import without_model

QUIET = Console(quiet=True)


@pytest.fixture(autouse=True)
def _bag_of_words(monkeypatch):
    without_model(monkeypatch)


def _write(path, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def _oracle(suite, folder):
    options = Options(data=folder, out=folder / "out")
    entry = run_all([suite], ["oracle"], options, console=QUIET)["suites"][suite]
    assert not entry["as_pinned"]
    assert entry["systems"]["oracle"]["failed"] == 0
    return {name: figure["value"] for name, figure in entry["systems"]["oracle"]["metrics"].items()}


# -- newsroom --------------------------------------------------------------------------------


@pytest.fixture
def newsroom(tmp_path):
    row = {
        "id": "n1",
        "title": "The quay",
        "question": "Should the quay close?",
        "text": "Cars choke the quay. Shops need cars. The vote is on Monday. Subscribe now.",
        "viewpoints": [
            {
                "label": "Shops first",
                "holders": [],
                "summary": "Shops need cars.",
                "sentences": ["Shops need cars."],
            },
            {
                "label": "Close it",
                "holders": [],
                "summary": "Cars choke the quay.",
                "sentences": ["Cars choke the quay."],
            },
        ],
        "background": ["The vote is on Monday."],
        "boilerplate": ["Subscribe now."],
    }
    _write(tmp_path / "newsroom/newsroom-dev.jsonl", [row])
    return tmp_path


def test_newsroom_gives_gold_full_marks(newsroom):
    found = _oracle("newsroom", newsroom)
    for metric in ("ari", "b_cubed", "background_f1", "rouge1"):
        assert found[metric] == 1.0
    assert found["embedding_f1"] == pytest.approx(1.0)
    assert found["pair_f1"] is None  # one sentence on each side: no pair
    assert found["furniture_leaks"] == 0.0


def test_sentences_given_stand_in_the_order_of_the_article(newsroom):
    (sample,) = SUITES["newsroom-sides"].load(newsroom)
    assert sample.input["texts"] == ["Cars choke the quay.", "Shops need cars."]
    assert sample.gold["labels"] == [1, 0]
    assert sample.input["question"] == "Should the quay close?"


# -- ProCon and Perspectrum ------------------------------------------------------------------


@pytest.fixture
def procon(tmp_path):
    page = {
        "url": "u1",
        "claim_title": "Quays should close.",
        "perspectives_for": [{"perspective_title": f"for {n}"} for n in range(3)],
        "perspectives_against": [{"perspective_title": f"against {n}"} for n in range(3)],
    }
    file = tmp_path / "perspectrum-extra/data/raw_data/procon/procon.json"
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps([page]), encoding="utf-8")
    return tmp_path


def test_procon_tells_the_statement_only_where_it_says_so(procon):
    bare, told, stance = (
        SUITES[name].load(procon)[0] for name in ("procon", "procon-question", "procon-stance")
    )
    assert "question" not in bare.input
    assert told.input["question"] == "Quays should close."
    for text, side, sign in zip(
        bare.input["texts"], bare.gold["labels"], stance.gold["labels"], strict=True
    ):
        assert text.startswith("against" if side else "for")
        assert sign == (-1 if side else 1)
    # an order by lot: position must not give the sides away
    assert bare.gold["labels"] != sorted(bare.gold["labels"])
    assert _oracle("procon", procon)["ari"] == 1.0
    assert _oracle("procon-stance", procon)["accuracy"] == 1.0


@pytest.fixture
def perspectrum(tmp_path):
    folder = tmp_path / "perspectrum"
    folder.mkdir()

    def points(*rows):
        return [{"stance_label_3": stance, "pids": pids} for stance, pids in rows]

    claims = [
        {
            "cId": 1,
            "text": "Close it",
            "perspectives": points(("SUPPORT", [0, 1]), ("UNDERMINE", [2])),
        },
        {"cId": 2, "text": "Keep it", "perspectives": points(("SUPPORT", [3]))},
        {"cId": 3, "text": "Train", "perspectives": points(("SUPPORT", [4, 5]))},
    ]
    files = {
        "perspectrum_with_answers_v1.0.json": claims,
        "perspective_pool_v1.0.json": [{"pId": n, "text": f"text {n}"} for n in range(6)],
        "dataset_split_v1.0.json": {"1": "test", "2": "test", "3": "train"},
    }
    for name, content in files.items():
        (folder / name).write_text(json.dumps(content), encoding="utf-8")
    return tmp_path


def test_perspectrum_reads_test_claims_only(perspectrum):
    stance = SUITES["perspectrum-stance"].load(perspectrum)
    assert [sample.id for sample in stance] == ["1", "2"]
    assert stance[0].gold["labels"] == [1, 1, -1]
    (points,) = SUITES["perspectrum-points"].load(perspectrum)
    assert points.gold["labels"] == [0, 0, 1]  # a single perspective is nothing to cluster
    assert _oracle("perspectrum-stance", perspectrum)["macro_f1"] == 1.0
    assert _oracle("perspectrum-points", perspectrum)["pair_f1"] == 1.0


# -- The Flip Side ---------------------------------------------------------------------------


@pytest.fixture
def flipside(tmp_path):
    def side(summary, *excerpts):
        return {"summary": summary, "excerpts": list(excerpts)}

    left, right = side("It is bad.", "Bad.", "Worse."), side("It is good.", "Good.", "Fine.")
    rows = [
        {"id": "f1", "sides": {"Left": left, "Right": right}},
        {"id": "f2", "sides": {"Left": side("No.", "No, never."), "Right": side(None, "Yes.")}},
        {"id": "f3", "sides": {"Left": side("No.", "Never."), "Right": side("Yes.")}},
    ]
    _write(tmp_path / "perspectives-news/flipside-dev.jsonl", rows)
    return tmp_path


def test_stories_need_excerpts_of_both_sides_to_be_told_apart(flipside):
    samples = SUITES["flipside-sides"].load(flipside)
    assert [sample.id for sample in samples] == ["f1", "f2"]
    found = _oracle("flipside-sides", flipside)
    assert found["ari"] == found["b_cubed"] == found["pair_f1"] == 1.0


def test_a_side_needs_a_sentence_and_excerpts_to_be_summed_up(flipside):
    samples = SUITES["flipside-summary"].load(flipside)
    assert [sample.id for sample in samples] == ["f1/Left", "f1/Right", "f2/Left", "f3/Left"]
    assert {sample.document for sample in samples} == {"f1", "f2", "f3"}


# -- reading ---------------------------------------------------------------------------------


def test_only_a_line_feed_ends_a_line(tmp_path):
    file = tmp_path / "lines"
    file.write_text("one\u2028still one\ntwo\n", encoding="utf-8")
    assert data.read_lines(file) == ["one\u2028still one", "two"]


def test_cells_are_text_as_they_stand(tmp_path):
    file = tmp_path / "table.csv"
    file.write_text('id,text,more\n007,"NA, ""so""\nit is",x\n1,null,\n', encoding="utf-8")
    found = list(data.read_table(file, columns=("text", "id")))
    assert found == [{"id": "007", "text": 'NA, "so"\nit is'}, {"id": "1", "text": "null"}]
    with pytest.raises(DataError, match=r"table\.csv: no table with absent"):
        data.read_table(file, columns=("absent",))
