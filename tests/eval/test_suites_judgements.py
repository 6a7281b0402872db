"""Suites that ask for a number: stance in three classes, key-point matching, support."""

from __future__ import annotations

import csv
import json

import pytest
from rich.console import Console

from eval.session import Options, run_all
from eval.suites import SUITES
from summarizer import DataError

QUIET = Console(quiet=True)


def _figures(suite, answers, folder):
    """Return the figures that a file of answers (id → prediction) gets on `suite`."""
    file = folder / "answers.jsonl"
    rows = [json.dumps({"id": name, "prediction": one}) for name, one in answers.items()]
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    options = Options(data=folder, out=folder / "out")
    found = run_all([suite], [f"file:{file}"], options, console=QUIET)
    (entry,) = found["suites"][suite]["systems"].values()
    assert entry["failed"] == 0
    return {name: figure["value"] for name, figure in entry["metrics"].items()}


def _write(path, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


# -- VAST ------------------------------------------------------------------------------------


def _pairs(*stances):
    return [
        {"Tweet": f'The ferry, "{n}", is late.\nAgain.', "Target 1": "None", "Stance 1": stance}
        for n, stance in enumerate(stances)
    ]


@pytest.fixture
def vast(tmp_path):
    folder = tmp_path / "zerostance/vast"
    _write(folder / "raw_val_all_onecol.csv", _pairs("NONE", "FAVOR", "AGAINST"))
    _write(folder / "raw_test_all_onecol.csv", _pairs("NONE", "FAVOR", "AGAINST", "AGAINST"))
    return tmp_path


def test_comments_and_topics_are_read_as_they_stand(vast):
    samples = {sample.id: sample for sample in SUITES["vast"].load(vast)}
    assert len(samples) == 7
    first = samples["test/0"]
    assert first.input == {"question": "None", "texts": ['The ferry, "0", is late.\nAgain.']}
    assert first.gold["labels"] == [0]
    # the same comment is one document, whatever it is asked about
    assert first.document == samples["dev/0"].document != samples["test/1"].document


def test_the_neutral_threshold_is_that_of_the_development_pairs(vast):
    dev = {"dev/0": [0.3], "dev/1": [0.8], "dev/2": [-0.8]}
    test = {"test/0": [0.25], "test/1": [0.9], "test/2": [-0.35], "test/3": [0.6]}
    found = _figures("vast", dev | test, vast)
    # .3 is the least threshold that gets all of dev right; at it one "against" reads "favour"
    assert found["threshold"] == 0.3
    assert found["f1_neutral"] == 1.0
    assert found["f1_favour"] == pytest.approx(2 / 3)
    assert found["f1_against"] == pytest.approx(2 / 3)
    assert found["macro_f1"] == pytest.approx(7 / 9, abs=1e-5)
    assert set(found) == {"macro_f1", "f1_favour", "f1_against", "f1_neutral", "threshold"}


def test_the_threshold_is_blind_to_test_pairs(vast):
    dev = {"dev/0": [0.0], "dev/1": [0.1], "dev/2": [-0.1]}
    test = {"test/0": [0.25], "test/1": [0.9], "test/2": [-0.35], "test/3": [-0.6]}
    found = _figures("vast", dev | test, vast)
    assert found["threshold"] == 0.0
    assert found["f1_neutral"] == 0.0


def test_without_test_pairs_nothing_is_judged(vast):
    suite = SUITES["vast"]
    sample = next(one for one in suite.load(vast) if one.gold["dev"])
    names = suite.score(sample, [0.5])
    assert all(name.startswith("_dev_") for name in names)


# -- ArgKP -----------------------------------------------------------------------------------


@pytest.fixture
def argkp(tmp_path):
    arguments = [f"trams are good {n}" for n in range(4)] + ["trams are loud"] * 2
    _write(
        tmp_path / "argkp/arguments_test.csv",
        [
            {"arg_id": f"a{n}", "argument": one, "topic": "Trams", "stance": 1 if n < 4 else -1}
            for n, one in enumerate(arguments)
        ],
    )
    points = [("k0", "Trams are clean", 1), ("k1", "Trams are fast", 1), ("k2", "Noise", -1)]
    _write(
        tmp_path / "argkp/key_points_test.csv",
        [
            {"key_point_id": key, "key_point": text, "topic": "Trams", "stance": stance}
            for key, text, stance in points
        ],
    )
    labels = [("a0", "k0", 1), ("a0", "k1", 0), ("a1", "k0", 0), ("a4", "k2", 0), ("a5", "k2", 1)]
    _write(
        tmp_path / "argkp/labels_test.csv",
        [{"arg_id": a, "key_point_id": k, "label": label} for a, k, label in labels],
    )
    return tmp_path


def test_arguments_meet_the_key_points_of_their_side_only(argkp):
    pro, con = SUITES["argkp-match"].load(argkp)
    assert (pro.id, con.id) == ("Trams (1)", "Trams (-1)")
    assert pro.input["points"] == ["Trams are clean", "Trams are fast"]
    assert pro.gold["labels"] == [[1, 0], [0, None], [None, None], [None, None]]


def test_both_published_metrics_of_a_case_worked_by_hand(argkp):
    # pro: kept are a2 → k1 (undecided) and a0 → k0 (match); con: kept is a4 (no match)
    pro = [[0.8, 0.1], [0.2, 0.1], [0.0, 0.9], [0.3, 0.3]]
    found = _figures("argkp-match", {"Trams (1)": pro, "Trams (-1)": [[0.5], [0.4]]}, argkp)
    assert found["map_strict"] == pytest.approx((1 / 2 + 0) / 2)
    assert found["map_strict_retrieval"] == pytest.approx((1 / 2 * 1 / 2 + 0) / 2)
    assert found["map_relaxed"] == pytest.approx((1 + 0) / 2)
    assert found["map_relaxed_retrieval"] == pytest.approx((1 + 0) / 2)


def test_a_table_without_its_columns_is_told(argkp):
    _write(argkp / "argkp/labels_test.csv", [{"arg_id": "a0", "label": 1}])
    with pytest.raises(DataError, match=r"labels_test\.csv: no table with arg_id, key_point_id"):
        SUITES["argkp-match"].load(argkp)


# -- QAGS ------------------------------------------------------------------------------------


# The checksum of an article's text puts it on the half that chooses the threshold, or the other.
CHOOSING, TESTED = "The ferry sails at nine. It is blue.", "The ferry sails at nine. It is green."


@pytest.fixture
def qags(tmp_path):
    def judged(sentence, *answers):
        return {"sentence": sentence, "responses": [{"response": one} for one in answers]}

    def read(article):
        sentences = [
            judged("The ferry is green.", "yes", "yes", "no"),
            judged("It sails at nine.", "yes", "yes", "yes"),
            judged("The ferry sank.", "no", "no", "yes"),
        ]
        return {"article": article, "summary_sentences": sentences}

    file = tmp_path / "qags/data/mturk_xsum.jsonl"
    file.parent.mkdir(parents=True)
    rows = (json.dumps(read(article)) + "\n" for article in (CHOOSING, TESTED))
    file.write_text("".join(rows), encoding="utf-8")
    return tmp_path


def test_the_majority_of_the_readers_is_gold(qags):
    samples = SUITES["qags-xsum"].load(qags)
    assert [sample.gold["supported"] for sample in samples] == [True, True, False] * 2
    assert [sample.gold["dev"] for sample in samples] == [True] * 3 + [False] * 3
    assert samples[3].input["texts"] == ["The ferry sails at nine.", "It is green."]
    assert [sample.document for sample in samples] == ["0"] * 3 + ["1"] * 3


def test_balanced_accuracy_of_a_case_worked_by_hand(qags):
    # .4 is the least threshold that parts the first article; at it the second loses one of two
    dev, test = {"0/0": 0.9, "0/1": 0.7, "0/2": 0.4}, {"1/0": 0.9, "1/1": 0.2, "1/2": 0.0}
    found = _figures("qags-xsum", dev | test, qags)
    assert found == {
        "balanced_accuracy": 0.75,
        "let_through": 0.5,
        "refused": 1.0,
        "threshold": 0.4,
    }


def test_always_saying_the_same_is_worth_one_half(qags):
    names = [sample.id for sample in SUITES["qags-xsum"].load(qags)]
    assert _figures("qags-xsum", dict.fromkeys(names, 1.0), qags)["balanced_accuracy"] == 0.5
