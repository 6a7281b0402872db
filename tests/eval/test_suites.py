from __future__ import annotations

import numpy as np
import pytest
from rich.console import Console

from eval import align, build, data, results, scorers, text
from eval.session import Options, run_all
from eval.suite import Sample, Score, f1_score
from eval.suites import SUITES
from eval.suites.newsroom import article_sample
from summarizer import DataError
from tests.eval.judge import without_model

QUIET = Console(quiet=True)
GATE = SUITES["gate"]
ROWS = data.read_jsonl(data.BUNDLED / "gate.jsonl")


def _run(names, systems, out, **options):
    return run_all(names, systems, Options(data=None, out=out, **options), console=QUIET)


# -- the bundled set -------------------------------------------------------------------------


def test_the_bundled_set_is_the_one_its_suite_describes():
    assert len(ROWS) == 12
    assert {len(row["viewpoints"]) for row in ROWS} == {0, 1, 2, 3}
    assert data.changed(GATE, data.digests(GATE, data.BUNDLED)) == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_every_bundled_label_is_a_sentence_of_its_article(row):
    labelled = [s for view in row["viewpoints"] for s in view["sentences"]]
    labelled += row["background"] + row["boilerplate"]
    assert len(labelled) == len(set(labelled))
    assert sorted(labelled) == sorted(text.sentences(row["text"]))
    assert 120 <= len(row["text"].split()) <= 350


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_bundled_holders_stand_in_their_article(row):
    words = set(text.words(row["text"])) | {"author"}
    for view in row["viewpoints"]:
        for holder in view["holders"]:
            assert set(text.words(holder)) <= words


# -- alignment and scoring -------------------------------------------------------------------

BODY = "Trams are loud. Trams are clean. The vote is on Monday. Read more here."
ROW = {
    "id": "trams",
    "title": "Trams",
    "question": "Are trams good?",
    "text": BODY,
    "viewpoints": [
        {
            "label": "No",
            "holders": ["Ann Lee"],
            "summary": "Trams are loud.",
            "sentences": [BODY[:15]],
        },
        {
            "label": "Yes",
            "holders": ["Bo"],
            "summary": "Trams are clean.",
            "sentences": [BODY[16:32]],
        },
    ],
    "background": [BODY[33:55]],
    "boilerplate": [BODY[56:]],
}
SPANS = [(0, 15), (16, 32), (33, 55), (56, 71)]
SIDES = [
    build.Side(label="a", summary="Trams are loud.", holders=("Lee",)),
    build.Side(label="b", summary="Trams of Berlin."),
]


def _analysis(places):
    return build.analysis(ROW, SPANS[: len(places)], places, sides=SIDES, made_with="test")


def test_a_sentence_is_where_most_of_its_characters_are():
    found = _analysis([0, 1, -1])
    assert align.places(found, ["Trams are loud.", "Trams are\n clean."]) == [0, 1]
    assert align.places(found, ["Trams are clean. The"]) == [1]
    assert align.places(found, [BODY[33:55], BODY[56:], "Not in it."]) == [
        align.BACKGROUND,
        align.ABSENT,
        align.ABSENT,
    ]


def test_unplaced_sentences_are_told_from_background():
    found = _analysis([0, 1, -1])
    found["background"], found["unplaced"] = [], found["background"]
    assert align.places(found, [BODY[33:55]]) == [align.UNPLACED]


def test_scores_of_an_analysis_worked_by_hand():
    scores = scorers.score_analysis(article_sample(ROW), _analysis([0, 1, 1, 0]))
    assert scores["ari"].value == 1.0
    assert scores["background_f1"].value == 0.0
    assert scores["furniture_leaks"].value == 1.0
    assert scores["holder_f1"].value == pytest.approx(2 / 3)  # Lee is Ann Lee, Bo is missed
    assert scores["number_exact"].value == 1.0
    assert scores["rouge1"].value == pytest.approx((1 + 1 / 3) / 2)
    assert scores["unsupported"].value == 0.5  # Berlin, in one of two summaries
    assert scores["placed"].value == 1.0


def test_a_summary_is_on_the_side_whose_claims_it_is_nearer_to(monkeypatch):
    without_model(monkeypatch)
    found = _analysis([0, 1, -1, -1])
    assert scorers.side_kept(found).value == 0.5  # Berlin is as near to either
    first, second = (view["summary"] for view in found["viewpoints"])
    first["text"], second["text"] = second["text"], first["text"]
    assert scorers.side_kept(found).value == 0.0
    second["text"] = " "
    assert scorers.side_kept(found).weight == 1


@pytest.mark.parametrize("places", [[-1, -1, -1, -1], [0, 0, 0, 0]])
def test_with_fewer_than_two_viewpoints_there_is_no_other_side(places):
    assert scorers.side_kept(_analysis(places)).value is None


def test_whose_words_a_summary_has_is_scored_over_summaries():
    scores = scorers.score_wording(_analysis([0, 1, -1, -1]))
    assert scores["coverage"].value == pytest.approx((1 + 1 / 3) / 2)  # of Berlin stand nowhere
    assert scores["coverage"].weight == 2
    assert scores["abstractive"].value == 0.0


def test_sentences_outside_viewpoints_are_clusters_of_their_own():
    sample = article_sample(
        {**ROW, "viewpoints": [{**ROW["viewpoints"][0], "sentences": [BODY[:15], BODY[16:32]]}]}
    )
    together = scorers.score_analysis(sample, _analysis([0, 0, -1]))
    outside = scorers.score_analysis(sample, _analysis([-1, -1, 0]))
    assert together["pair_f1"].value == 1.0
    assert outside["pair_f1"].value == 0.0
    assert outside["background_f1"].value == 0.0


def test_an_article_without_viewpoints_has_no_partition_to_judge():
    sample = article_sample({**ROW, "viewpoints": []})
    scores = scorers.score_analysis(sample, _analysis([-1, -1, -1]))
    assert scores["ari"].value is None
    assert scores["ari"].reason
    assert scores["rouge1"].value is None
    assert scores["number_exact"].value == 1.0


def test_stance_is_scored_by_sign_and_neutral_is_wrong():
    sample = Sample(id="x", document="x", task="stance", input={}, gold={"labels": [1, 1, -1, -1]})
    scores = scorers.score_stance(sample, [0.2, 0.0, -0.9, 0.1])
    assert scores["accuracy"].value == 0.5
    assert scores["f1_supports"] == Score(value=0.5, weight=4.0)
    assert scores["f1_opposes"].value == pytest.approx(2 / 3)


def test_the_weighted_mean_of_f1_is_the_f1_of_pooled_counts():
    parts = [f1_score(tp=1, fp=0, fn=2), f1_score(tp=5, fp=3, fn=0), f1_score(tp=0, fp=0, fn=0)]
    rows = [
        {
            "document": str(n),
            "error": None,
            "scores": {"f1": {"value": p.value, "weight": p.weight}},
        }
        for n, p in enumerate(parts)
    ]
    sums = results.table(rows).sums.sum(axis=0)[0]
    assert sums[0] / sums[1] == pytest.approx(f1_score(tp=6, fp=3, fn=2).value)


BRAT = """T1\tSource 0 7\tAnn Lee
T2\tCue 8 12\tsays
T3\tContent 13 28\ttrams are loud.
E1\tAttribution:T2 Source:T1 Cue:T2 Content:T3
T4\tSource 29 31\tHe
T5\tContent 37 40;45 50\tbus runs.
E2\tAttribution:T4 Source:T4 Content:T5
T6\tSource 60 62\tBo
T7\tContent 52 59\tBetter,
E3\tAttribution:T6 Source:T6 Content:T7
"""


@pytest.fixture
def attributed(tmp_path):
    folder = tmp_path / "polnear" / "data" / "test"
    for name in ("text", "attributions"):
        (folder / name).mkdir(parents=True)
    (folder / "text" / "a.txt").write_text("x" * 70, encoding="utf-8")
    (folder / "attributions" / "a_1.ann").write_text(BRAT, encoding="utf-8")
    return tmp_path


def test_sources_are_scored_by_the_claim_that_holds_the_content(attributed):
    suite = SUITES["attribution"]
    (sample,) = suite.load(attributed)
    claims = [[0, 28, "Lee"], [29, 51, "the mayor"], [52, 65, None], [65, 70, "Cy"]]
    scores = suite.score(sample, claims)
    # Lee is right, "He" does not count, Bo is missed, Cy says nothing that was reported
    assert scores["source_f1"].value == pytest.approx(2 * 1 / (2 * 1 + 1 + 1))
    assert scores["detected_f1"].value == pytest.approx(2 * 2 / (2 * 2 + 1 + 1))


def test_a_wrong_source_costs_twice(attributed):
    suite = SUITES["attribution"]
    (sample,) = suite.load(attributed)
    scores = suite.score(sample, [[0, 28, "Di"], [29, 51, None], [52, 65, None]])
    assert scores["source_f1"] == Score(value=0.0, weight=3.0)


def test_extraction_is_scored_as_its_benchmark_does():
    suite = SUITES["extraction"]
    sample = Sample(id="p", document="p", task="extract", input={}, gold={"text": "a b c d e"})
    half = suite.score(sample, "b c d e f")
    assert (half["precision"].value, half["recall"].value) == (0.5, 0.5)
    nothing = suite.score(sample, "")
    assert nothing["precision"].value is None
    assert nothing["recall"].value == 0.0
    figures = {"precision": np.array(0.5), "recall": np.array(1.0)}
    assert suite.derived["f1"](figures) == pytest.approx(2 / 3)


# -- with data -------------------------------------------------------------------------------


def _data(suite):
    try:
        return data.root(SUITES[suite], data.folder(None))
    except DataError as error:
        pytest.skip(str(error))


@pytest.mark.parametrize("name", [name for name, suite in SUITES.items() if not suite.bundled])
def test_benchmarks_load_as_pinned(name):
    suite, root = SUITES[name], _data(name)
    samples = suite.load(root)
    assert data.changed(suite, data.digests(suite, root)) == []
    assert len({sample.id for sample in samples}) == len(samples) > 0
    assert {sample.task for sample in samples} == {suite.task}


def test_labels_of_one_document_are_resampled_together():
    rows = [
        {"document": "a", "error": None, "scores": {"m": {"value": v, "weight": 1.0}}}
        for v in (0.0, 1.0)
    ]
    assert np.array_equal(results.table(rows).sums, [[[1.0, 2.0]]])
