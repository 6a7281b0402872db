"""Suites that ask for a text: roundups, key points, gists, headings, and what is not in them."""

from __future__ import annotations

import csv
import json

import pytest
from rich.console import Console

from eval import build, scorers
from eval.session import Options, run_all
from eval.suite import Sample
from eval.suites import SUITES
from eval.systems import minilm
from summarizer import DataError, MissingExtraError
from summarizer.training.writer.data import arc, held_out
from tests.eval.judge import without_model

QUIET = Console(quiet=True)


@pytest.fixture(autouse=True)
def _bag_of_words(monkeypatch):
    without_model(monkeypatch)


def _write(path, lines):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _run(suite, systems, folder):
    options = Options(data=folder, out=folder / "out")
    found = run_all([suite], systems, options, console=QUIET)["suites"][suite]["systems"]
    assert all(entry["failed"] == 0 for entry in found.values())
    return {
        system: {name: figure["value"] for name, figure in entry["metrics"].items()}
        for system, entry in found.items()
    }


# -- NeuS ------------------------------------------------------------------------------------

NEUS = "neus-allsides/data/naacl2022_lrc_roundup_random_order_probe"


@pytest.fixture
def neus(tmp_path):
    reports = [
        "TITLE=> Harbour shut. ARTICLE=> The harbour was shut on Friday. Boats wait.",
        "TITLE=> A storm at sea. ARTICLE=> A storm shut the harbour.",
        "TITLE=> Port. ARTICLE=> Nobody was hurt, the mayor said.",
    ]
    _write(tmp_path / NEUS / "test.source", [" [SEP] ".join(reports)])
    _write(tmp_path / NEUS / "test.target", ["TITLE=> Harbour shut. ARTICLE=> The mayor shut it. "])
    return tmp_path


def test_a_roundup_is_title_and_text_and_as_long_as_the_first_report(neus):
    (sample,) = SUITES["neus"].load(neus)
    assert sample.input["texts"][0] == "Harbour shut. The harbour was shut on Friday. Boats wait."
    assert sample.input["number"] == 3
    assert sample.gold["reference"] == "Harbour shut. The mayor shut it."


def test_the_lead_of_a_roundup_is_the_first_report_as_it_is(neus):
    found = _run("neus", ["lead", "lexrank", "random", "oracle", "fakes"], neus)
    # harbour, shut ×2, the of 6 words in the reference and 10 in the report
    assert found["lead"]["rouge1"] == pytest.approx(2 * (4 / 6) * (4 / 10) / (4 / 6 + 4 / 10))
    assert found["lead"]["novelty"] == 0.0
    assert found["oracle"]["rouge1"] >= max(found["lead"]["rouge1"], found["random"]["rouge1"])


def test_reports_without_their_references_are_refused(neus):
    _write(neus / NEUS / "test.target", ["one", "two"])
    with pytest.raises(DataError, match="1 lines for 2 references"):
        SUITES["neus"].load(neus)


# -- ArgKP summaries -------------------------------------------------------------------------


def _side():
    return Sample(
        id="x",
        document="x",
        task="highlights",
        input={"texts": [], "number": 2},
        gold={"references": ["red boats", "green hills"]},
    )


def test_key_points_of_a_case_worked_by_hand():
    scores = SUITES["argkp-summary"].score(_side(), ["red boats", "red boats", "snow"])
    # words are orthogonal: two of three have a partner, and one of two references
    assert scores["soft_precision"].value == pytest.approx(2 / 3)
    assert scores["soft_recall"].value == pytest.approx(1 / 2)
    assert scores["soft_f1"].value == pytest.approx(4 / 7)
    assert scores["rouge1"].value == pytest.approx(1 / 3)
    assert scores["found"].value == 3


def test_no_key_points_at_all_cannot_be_compared():
    scores = SUITES["argkp-summary"].score(_side(), [])
    assert scores["soft_f1"].value is None
    assert scores["rouge1"].value == 0.0


# -- texts to one line -----------------------------------------------------------------------


def test_debatepedia_reads_as_plain_text(tmp_path):
    folder = tmp_path / "debatepedia-qfs/data"
    _write(folder / "test_content", ["<s> `` boats ca n't sail . '' <eos>", "<s> <eos>"])
    _write(folder / "test_query", ["<s> boats : why ? <eos>", "<s> boats : why ? <eos>"])
    _write(folder / "test_summary", ["<s> boats wo n't sail <eos>", "<s> snow <eos>"])
    (sample,) = SUITES["debatepedia"].load(tmp_path)
    assert sample.input["texts"] == ['"boats can\'t sail."']
    assert sample.gold["reference"] == "boats won't sail"
    assert sample.document == "boats: why?"
    assert _run("debatepedia", ["lead"], tmp_path)["lead"]["unsupported"] == 0.0


@pytest.fixture
def gists(tmp_path):
    folder = tmp_path / "arc-rfd/mturk/annotation-task/data/exported-1927-summarized-arguments"
    names = [f"Debate {n}" for n in range(40)]
    _write(
        folder / "argument-summarized.tsv",
        [f'{n}\tThe "ferry, {n} is late.\tIt is late {n}.' for n in range(40)],
    )
    with (folder / "metadata.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "author", "debateMetaData.title"])
        rows.writerows([n, 'A, "B"', name] for n, name in enumerate(names))
    return tmp_path


def test_gists_are_of_the_debates_that_training_holds_out(gists):
    samples = SUITES["arc-gist"].load(gists)
    expected = {f"Debate {n}" for n in range(40) if held_out(f"Debate {n}", share=0.15)}
    assert {sample.document for sample in samples} == expected
    assert 0 < len(samples) < 20
    trained = {row.target for row in arc(gists) if not row.held_out}
    assert not trained & {sample.gold["reference"] for sample in samples}


def test_headings_of_one_story_are_resampled_together(tmp_path):
    row = {"id": "s", "title": "?", "debate": "-", "perspectives": [["Yes", "I do."], ["No", "I."]]}
    _write(tmp_path / "perspectives-news/perspectives360-dev.jsonl", [json.dumps(row)])
    samples = SUITES["perspectives360"].load(tmp_path)
    assert [sample.id for sample in samples] == ["s/0", "s/1"]
    assert {sample.document for sample in samples} == {"s"}
    assert samples[0].gold["reference"] == "Yes"


# -- the judge's vectors ---------------------------------------------------------------------


def test_a_summary_is_compared_by_the_vectors_of_the_judge():
    sample = Sample(
        id="x",
        document="x",
        task="summary",
        input={"texts": ["red boats sail"]},
        gold={"reference": "red boats"},
    )
    scores = scorers.score_summary(sample, "red snow")
    assert scores["embedding_f1"].value == pytest.approx(0.5)
    assert scores["coverage"].value == pytest.approx(0.5)
    assert scorers.score_summary(sample, "")["embedding_f1"].value == 0.0


def test_surplus_summaries_cost_and_none_on_either_side_is_not_judged():
    assert scorers.embedding_f1(["red"], ["snow", "red"]).value == pytest.approx(2 / 3)
    assert scorers.embedding_f1([], ["red"]).value == 0.0
    assert scorers.embedding_f1([], []).value is None


def test_without_the_judge_model_embeddings_are_not_judged_rather_than_zero(monkeypatch):
    def absent():
        raise MissingExtraError("not installed")

    monkeypatch.setattr(minilm, "require", absent)
    found = scorers.embedding_f1(["red"], ["red"])
    assert found.value is None
    assert "not installed" in found.reason


# -- faithfulness ----------------------------------------------------------------------------

BODY = "Ann Lee wants trams. Bo fears noise on 5 May."


def _article():
    return Sample(id="x", document="x", task="analyze", input={"text": BODY}, gold={})


def test_names_and_numbers_are_looked_for_in_the_claims_of_the_same_viewpoint():
    sides = [
        build.Side(label="Trams", summary="Lee wants trams."),
        build.Side(label="Noise of Rome", summary="The fear of Lee is noise on 6 May."),
    ]
    spans = [(0, 20), (21, len(BODY))]
    made = build.analysis({"text": BODY}, spans, [0, 1], sides=sides, made_with="test")
    scores = SUITES["faithfulness"].score(_article(), made)
    assert scores["clean"].value == 0.0
    assert (scores["unsupported"].value, scores["unsupported"].weight) == (1.0, 2)  # Lee, 6
    assert scores["label_unsupported"].value == 0.5  # Rome
    assert scores["abstractive"].value == 0.0


def test_an_article_without_summaries_has_none_to_judge():
    made = build.analysis({"text": BODY}, [(0, 20)], [-1], sides=[], made_with="test")
    scores = SUITES["faithfulness"].score(_article(), made)
    assert {score.value for score in scores.values()} == {None}


def test_articles_are_drawn_by_checksum_and_teasers_left_out(tmp_path):
    datasets = pytest.importorskip("datasets")
    rows = [{"id": f"a{n}", "title": None, "text": "word " * n, "bias": "left"} for n in range(160)]
    file = tmp_path / "articles/articles.parquet"
    file.parent.mkdir()
    datasets.Dataset.from_list(rows).to_parquet(file)
    samples = SUITES["faithfulness"].load(tmp_path)
    assert {sample.id for sample in samples} == {f"a{n}" for n in range(150, 160)}
    assert [sample.id for sample in samples] == [
        sample.id for sample in SUITES["faithfulness"].load(tmp_path)
    ]


def test_articles_without_labels_run_through_product_and_baselines(tmp_path):
    datasets = pytest.importorskip("datasets")
    words = "Ann Lee wants the trams to run at night. Others say that the noise is too much. "
    row = {"id": "a", "title": "Trams", "text": words * 10}
    file = tmp_path / "articles/articles.parquet"
    file.parent.mkdir()
    datasets.Dataset.from_list([row]).to_parquet(file)
    found = _run("faithfulness", ["lead", "oracle", "fakes"], tmp_path)
    assert found["lead"]["clean"] == found["lead"]["coverage"] == 1.0
    assert found["lead"]["abstractive"] == found["lead"]["unsupported"] == 0.0
    assert found["oracle"]["clean"] is None  # no gold, no summary
