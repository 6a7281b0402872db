from __future__ import annotations

import json
import re

import numpy as np
import pytest
from rich.console import Console
from typer.testing import CliRunner

from eval import align, build, data, gate, report, results, scorers, text
from eval.__main__ import app
from eval.session import Options, run_all
from eval.suite import Sample, Score, f1_score
from eval.suites import SUITES
from eval.suites.newsroom import article_sample, sides_sample
from eval.systems import Product, system
from summarizer import Analysis, DataError, SummarizerError

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


# -- runs ------------------------------------------------------------------------------------


def test_the_oracle_scores_full_marks_and_chance_does_not(tmp_path):
    run = _run(["gate", "gate-sides"], ["oracle", "random", "lead"], tmp_path)
    for name in ("gate", "gate-sides"):
        systems = run["suites"][name]["systems"]
        assert systems["oracle"]["metrics"]["ari"]["value"] == 1.0
        assert systems["random"]["metrics"]["ari"]["value"] < 0.4
        assert systems["lead"]["failed"] == 0
    gold = run["suites"]["gate"]["systems"]["oracle"]["metrics"]
    assert gold["background_f1"]["value"] == gold["holder_f1"]["value"] == 1.0
    assert gold["furniture_leaks"]["value"] == gold["unsupported"]["value"] == 0.0


def test_every_figure_lies_in_its_interval(tmp_path):
    run = _run(["gate"], ["lead", "tfidf"], tmp_path)
    for entry in run["suites"]["gate"]["systems"].values():
        for figure in entry["metrics"].values():
            assert figure["low"] <= figure["value"] <= figure["high"]


def test_the_fakes_run_every_task_they_have_through_the_product(tmp_path):
    run = _run(["gate", "gate-sides"], ["fakes"], tmp_path)
    for suite in run["suites"].values():
        assert suite["systems"]["fakes"]["failed"] == 0


def test_two_runs_give_the_same_figures(tmp_path):
    runs = [_run(["gate-sides"], ["random"], tmp_path / name) for name in "ab"]
    figures = [run["suites"]["gate-sides"]["systems"]["random"]["metrics"] for run in runs]
    assert figures[0] == figures[1]


def test_an_interrupted_run_goes_on_where_it_stopped(tmp_path):
    _run(["gate-sides"], ["lead"], tmp_path)
    file = tmp_path / "gate-sides.lead.jsonl"
    lines = file.read_text(encoding="utf-8").splitlines()
    marked = json.loads(lines[1]) | {"seconds": 99.0}
    torn = "\n".join([lines[0], json.dumps(marked), lines[2][:20]])
    file.write_text(torn, encoding="utf-8")
    again = _run(["gate-sides"], ["lead"], tmp_path)["suites"]["gate-sides"]["systems"]["lead"]
    assert again["seconds"] >= 99.0
    assert again["samples"] == len(ROWS) - 1
    assert len(file.read_text(encoding="utf-8").splitlines()) == len(ROWS)


def test_rows_made_with_another_seed_are_not_kept(tmp_path):
    first = _run(["gate-sides"], ["random"], tmp_path)["suites"]["gate-sides"]["systems"]["random"]
    second = _run(["gate-sides"], ["random"], tmp_path, seed=1)["suites"]["gate-sides"]["systems"][
        "random"
    ]
    assert first["metrics"] != second["metrics"]


def test_a_failing_system_is_counted_and_not_scored(tmp_path):
    class Broken:
        def analyze(self, article):
            if "tram" in article.text:
                raise SummarizerError("no trams")
            return Analysis.from_dict(_empty(article))

    def _empty(article):
        return build.analysis({"text": article.text}, [], [], sides=[], made_with="empty")

    suite, samples = GATE, GATE.load(data.BUNDLED)
    tool = Product("broken", Broken(), tasks=frozenset({"analyze"}))
    rows = _answer_all(suite, samples, tool, tmp_path)
    failed = sum("tram" in row["text"] for row in ROWS)
    found = results.figures(suite, rows, seed=0)
    assert found["failed"] == failed > 0
    assert found["documents"] == len(ROWS) - failed


def _answer_all(suite, samples, tool, folder):
    from rich.progress import Progress

    from eval.run import run

    with Progress(console=QUIET) as progress:
        return run(suite, samples, tool, out=folder / "rows.jsonl", header={}, progress=progress)


def test_predictions_of_another_system_can_be_scored(tmp_path):
    _run(["gate-sides"], ["oracle"], tmp_path)
    file = tmp_path / "answers.jsonl"
    rows = data.read_jsonl(tmp_path / "gate-sides.oracle.jsonl")[1:]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    run = _run(["gate-sides"], [f"file:{file}"], tmp_path / "scored")
    assert run["suites"]["gate-sides"]["systems"]["file:answers"]["metrics"]["ari"]["value"] == 1.0


def test_predictions_of_a_wrong_shape_are_refused(tmp_path):
    file = tmp_path / "answers.jsonl"
    file.write_text('{"id": "quay-tram", "prediction": [0]}\n', encoding="utf-8")
    tool = system(f"file:{file}")
    sample = sides_sample(ROWS[0])
    with pytest.raises(DataError, match="expected 8 numbers"):
        tool.predict(sample)
    with pytest.raises(DataError, match="no prediction for"):
        tool.predict(sides_sample(ROWS[1]))
    file.write_text("{}\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"answers\.jsonl:1"):
        system(f"file:{file}")


def test_names_that_do_not_exist_are_told(tmp_path):
    with pytest.raises(DataError, match="no suite"):
        _run(["nothing"], ["lead"], tmp_path)
    with pytest.raises(DataError, match="no system"):
        _run(["gate"], ["nothing"], tmp_path)


def test_a_suite_without_its_data_says_where_to_get_it(tmp_path, monkeypatch):
    monkeypatch.delenv(data.VARIABLE, raising=False)
    run = _run(["procon", "gate-sides"], ["lead"], tmp_path)
    assert "github.com" in run["skipped"]["procon"]
    assert list(run["suites"]) == ["gate-sides"]
    with pytest.raises(DataError, match=r"procon\.json is missing; get it from"):
        data.root(SUITES["procon"], tmp_path)


# -- reports ---------------------------------------------------------------------------------


def test_the_table_of_a_readme_is_replaced_between_its_markers(tmp_path):
    readme = tmp_path / "README.md"
    readme.write_text(f"before\n{report.BEGIN}\nold\n{report.END}\nafter\n", encoding="utf-8")
    report.replace_table(readme, "new")
    expected = f"before\n{report.BEGIN}\nnew\n{report.END}\nafter\n"
    assert readme.read_text(encoding="utf-8") == expected
    readme.write_text("no markers", encoding="utf-8")
    with pytest.raises(DataError, match="markers"):
        report.replace_table(readme, "new")


def test_the_overview_holds_the_main_figure_of_every_system(tmp_path):
    one = _run(["gate-sides"], ["lead"], tmp_path / "one")
    other = _run(["gate-sides"], ["oracle"], tmp_path / "two")
    head, _, row = report.overview(one, other).split("\n")
    assert head == "| suite | metric | lead | oracle |"
    assert row.startswith("| gate-sides | ari | 0.")
    assert row.endswith("| 1.000 (1.000–1.000) |")
    with pytest.raises(DataError, match="smoke tests"):
        report.overview(_run(["gate-sides"], ["lead"], tmp_path / "three", limit=1))


def test_the_commands_run_list_compare_and_report(tmp_path):
    runner = CliRunner()
    out = ["--out", str(tmp_path), "--systems", "lead,oracle", "--limit", "4"]
    ran = runner.invoke(app, ["run", "gate-sides", *out])
    assert ran.exit_code == 0
    assert "smoke test" in ran.stdout
    file = str(tmp_path / "results.json")
    compared = runner.invoke(
        app, ["compare", file, file, "--system-a", "lead", "--system-b", "oracle"]
    )
    assert compared.exit_code == 0
    assert re.search(r"\| ari \| -0\.\d+ \|", compared.stdout)
    assert "gate-sides" in runner.invoke(app, ["report", file]).stdout
    assert "procon" in runner.invoke(app, ["list"]).stdout
    assert runner.invoke(app, ["run", "nothing", "--out", str(tmp_path)]).exit_code == 1


# -- the gate --------------------------------------------------------------------------------


@pytest.fixture
def pinned(tmp_path, monkeypatch):
    monkeypatch.setattr(gate, "_SYSTEMS", ("lead",))
    file = tmp_path / "baseline.json"
    gate.update(file)
    return file


def _set_ari(file, value):
    content = json.loads(file.read_text(encoding="utf-8"))
    content["floors"]["lead"]["gate"]["ari"] = value
    file.write_text(json.dumps(content), encoding="utf-8")


def test_the_gate_holds_what_was_pinned(pinned):
    assert "at or above" in gate.check(pinned)


def test_the_gate_fails_below_a_floor_and_update_does_not_lower_it(pinned):
    _set_ari(pinned, 0.99)
    with pytest.raises(gate.GateError, match="lead gate ari"):
        gate.check(pinned)
    with pytest.raises(gate.GateError, match="lower"):
        gate.update(pinned)
    gate.update(pinned, lower=True)
    assert "at or above" in gate.check(pinned)


def test_the_gate_allows_noise_and_no_more(pinned):
    value = json.loads(pinned.read_text(encoding="utf-8"))["floors"]["lead"]["gate"]["ari"]
    _set_ari(pinned, value + gate.EPSILON * 0.9)
    gate.check(pinned)
    _set_ari(pinned, value + gate.EPSILON * 1.1)
    with pytest.raises(gate.GateError):
        gate.check(pinned)


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


@pytest.mark.slow
def test_the_published_tfidf_row_of_perspectrum_is_reproduced(tmp_path):
    root = _data("perspectrum-points")
    run = run_all(
        ["perspectrum-points"], ["tfidf"], Options(data=root, out=tmp_path), console=QUIET
    )
    for floor in run["suites"]["perspectrum-points"]["floors"]:
        if floor["system"] == "tfidf":
            assert floor["measured"] == pytest.approx(floor["expected"], abs=0.02)


def test_labels_of_one_document_are_resampled_together():
    rows = [
        {"document": "a", "error": None, "scores": {"m": {"value": v, "weight": 1.0}}}
        for v in (0.0, 1.0)
    ]
    assert np.array_equal(results.table(rows).sums, [[[1.0, 2.0]]])
