from __future__ import annotations

import json
import math
import re

import numpy as np
import pytest
from rich.console import Console
from typer.testing import CliRunner

from eval import build, data, diagnose, report
from eval.__main__ import app
from eval.report.breakdown import calibration, lengths, where
from eval.report.compare import comparison
from eval.report.tables import cell, number
from eval.session import Options, run_all
from eval.suite import Sample
from summarizer import DataError

QUIET = Console(quiet=True)
SYSTEMS = ["lead", "oracle", "fakes"]


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ran")
    _run(["gate", "gate-sides"], SYSTEMS, folder)
    return folder / "results.json"


def _run(suites, systems, out, **options):
    return run_all(suites, systems, Options(data=None, out=out, **options), console=QUIET)


def _changed(ran, folder, change):
    """Return a copy of a results.json under `change`, which gets the content."""
    content = json.loads(ran.read_text(encoding="utf-8"))
    change(content)
    file = folder / "results.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    return file


# -- cells and tables ------------------------------------------------------------------------


def test_a_cell_holds_a_figure_and_its_interval_or_says_why_not():
    assert cell({"value": -0.0312, "low": -0.1, "high": 0.25}) == "−0.031 (−0.100–0.250)"
    assert cell({"value": 0.5, "low": None, "high": None}) == "0.500 (one document)"
    assert cell({"value": None, "low": None, "high": None}) == cell(None) == "–"
    assert number(-0.0001) == "0.000"


def test_every_figure_of_a_table_stands_with_its_interval(ran):
    text = report.markdown(report.load(ran))
    rows = [line for line in text.splitlines() if line.startswith(("| lead", "| oracle"))]
    assert len(rows) == 4
    for row in rows:
        for one in row.split("|")[2:-3]:
            assert re.fullmatch(r" (–|−?\d\.\d{3} \(−?\d\.\d{3}–\d\.\d{3}\)) ", one), one


def test_smoke_tests_are_marked_and_make_no_readme(tmp_path):
    found = _run(["gate-sides"], ["lead"], tmp_path, limit=2)
    assert found["smoke_test"] is True
    assert "**smoke test only**, first 2 samples" in report.markdown(found)
    with pytest.raises(DataError, match="smoke tests only"):
        report.overview(found)
    readme = tmp_path / "README.md"
    readme.write_text(f"{report.BEGIN}\nold\n{report.END}\n", encoding="utf-8")
    before = readme.read_bytes()
    file = str(tmp_path / "results.json")
    ran = CliRunner().invoke(app, ["report", file, "--readme", str(readme)])
    assert ran.exit_code == 1
    assert readme.read_bytes() == before


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda run: run.update(complete=False), "interrupted"),
        (lambda run: run["suites"]["gate"].update(as_pinned=False), "other data"),
    ],
)
def test_what_is_not_comparable_makes_no_readme(ran, tmp_path, change, reason):
    file = _changed(ran, tmp_path, change)
    with pytest.raises(DataError, match=reason):
        report.overview(report.load(file))


def test_files_that_are_no_results_are_refused(ran, tmp_path):
    with pytest.raises(DataError, match="No such file"):
        report.load(tmp_path / "results.json")
    (tmp_path / "results.json").write_text("[]", encoding="utf-8")
    with pytest.raises(DataError, match="not the results"):
        report.load(tmp_path / "results.json")
    with pytest.raises(DataError, match="another version"):
        report.load(_changed(ran, tmp_path, lambda run: run.update(schema=1)))


# -- the README's table ----------------------------------------------------------------------


def test_the_overview_holds_the_main_figure_of_every_system(ran, tmp_path):
    other = _run(["gate-sides"], ["random"], tmp_path)
    table = report.overview(report.load(ran), other)
    head, _, *rows = table.split("\n\n")[0].split("\n")
    # with two suites, a system that answers one of them shares a column
    assert head == "| suite | figure | lead | oracle | fakes | others |"
    assert rows[1].startswith("| gate-sides | ari | 0.")
    assert "| 1.000 (1.000–1.000) |" in rows[1]
    assert re.search(r"\| random −?0\.\d{3} \(", rows[1])
    assert rows[0].endswith("| – |")


def test_the_overview_names_run_weights_and_code(ran):
    text = report.overview(report.load(ran))
    content = report.load(ran)
    assert "encoder hash-encoder-512, writer first-claim-writer" in text
    assert f"Run of {content['started'][:10]}" in text
    git = content["environment"]["git"]
    if git:
        assert git["commit"][:12] in text
        assert ("uncommitted" in text) == git["dirty"]
    assert "seed 0" in text


def test_of_two_runs_the_last_one_counts(ran, tmp_path):
    def worse(run):
        figure = run["suites"]["gate-sides"]["systems"]["lead"]["metrics"]["ari"]
        figure.update(value=0.111, low=0.1, high=0.2)

    changed = report.load(_changed(ran, tmp_path, worse))
    assert "0.111 (0.100–0.200)" in report.overview(report.load(ran), changed)
    assert "0.111 (0.100–0.200)" not in report.overview(changed, report.load(ran))


def test_weights_whose_figures_a_later_run_replaced_are_not_named(ran, tmp_path):
    def other(run):
        run["systems"]["fakes"]["encoder"] = "other-encoder"
        run["seed"] = 7

    text = report.overview(report.load(_changed(ran, tmp_path, other)), report.load(ran))
    assert "other-encoder" not in text
    assert "seed 7" not in text


def test_the_table_of_a_readme_is_replaced_between_its_markers(tmp_path):
    readme = tmp_path / "README.md"
    readme.write_text(f"before\n{report.BEGIN}\nold\n{report.END}\nafter\n", encoding="utf-8")
    report.replace_table(readme, "new")
    expected = f"before\n{report.BEGIN}\nnew\n{report.END}\nafter\n"
    assert readme.read_text(encoding="utf-8") == expected
    readme.write_text("no markers", encoding="utf-8")
    with pytest.raises(DataError, match="markers"):
        report.replace_table(readme, "new")


def test_the_table_of_the_readme_comes_from_the_committed_results(root, tmp_path):
    text = (root / "README.md").read_text(encoding="utf-8")
    copy = tmp_path / "README.md"
    copy.write_text(text, encoding="utf-8")
    results = sorted((root / "eval" / "measured").glob("*.json"))
    report.replace_table(copy, report.overview(*map(report.load, results)))
    assert copy.read_text(encoding="utf-8") == text


# -- A against B -----------------------------------------------------------------------------


def test_a_against_b_worked_by_hand(ran, tmp_path):
    """Two documents, ARI 1 and 0 against 0 and 0: A − B is 0.5, and half of the swaps differ so."""
    for name, values in (("a", (1.0, 0.0)), ("b", (0.0, 0.0))):
        _made(tmp_path / name, ran, values)
    a, b = (tmp_path / name / "results.json" for name in "ab")
    text = comparison(a, b, systems=("lead", "lead"), seed=0)
    row = next(line for line in text.splitlines() if line.startswith("| ari |"))
    # each of the two documents carries A − B = 1 or 0, so the resampled means are 0, 0.5 and 1
    assert row.endswith("| +0.500 (0.000 to +1.000) | 1.000 |")
    assert "**gate-sides**, 2 documents that both answered" in text
    moved = text.partition("Moved most (ari):")[2]
    assert "| one | 1.000 | 0.000 | +1.000 | [0, 1] | [0, 1] |" in moved
    assert "| two |" not in moved


def _made(folder, ran, values):
    folder.mkdir()

    def keep_one(run):
        suite = run["suites"].pop("gate-sides")
        suite["systems"] = {"lead": suite["systems"]["lead"]}
        run["suites"] = {"gate-sides": suite}

    _changed(ran, folder, keep_one)
    rows = [
        {
            "id": name,
            "document": name,
            "prediction": [0, 1],
            "scores": {"ari": {"value": value, "weight": 1.0, "reason": ""}},
            "about": {"words": 2},
            "seconds": 0.0,
            "error": None,
        }
        for name, value in zip(("one", "two"), values, strict=True)
    ]
    lines = [json.dumps(row) + "\n" for row in [{"header": {}}, *rows]]
    (folder / "gate-sides.lead.jsonl").write_text("".join(lines), encoding="utf-8")


def test_a_system_against_itself_does_not_move(ran):
    text = comparison(ran, ran, systems=("lead", "lead"), seed=0)
    assert "| 0.000 (0.000 to 0.000) | 1.000 |" in text
    assert "Moved most" not in text


def test_runs_that_share_nothing_cannot_be_compared(ran, tmp_path):
    with pytest.raises(DataError, match="share no suite"):
        comparison(ran, ran, systems=("lead", "nobody"), seed=0)

    def other(run):
        run["suites"]["gate"]["data"] = {"gate.jsonl": "0" * 64}

    with pytest.raises(DataError, match="different data"):
        comparison(ran, _changed(ran, tmp_path, other), systems=("lead", "lead"), seed=0)


def test_rows_that_are_gone_are_told(ran, tmp_path):
    copy = _changed(ran, tmp_path, lambda run: None)
    with pytest.raises(DataError, match=r"gate\.lead\.jsonl: missing"):
        comparison(copy, copy, systems=("lead", "lead"), seed=0)


# -- what lies behind the figures ------------------------------------------------------------

BODY = "Trams are loud. Trams are clean. The vote is on Monday. Read more here."
SPANS = [(0, 15), (16, 32), (33, 55), (56, 71)]
GOLD = {
    "viewpoints": [{"sentences": [BODY[:15]]}, {"sentences": [BODY[16:32]]}],
    "background": [BODY[33:55]],
    "boilerplate": [BODY[56:]],
}


def _diagnosed(places):
    sides = [build.Side(label=name, summary=name) for name in ("No", "Yes")]
    spans = SPANS[: len(places)]
    found = build.analysis({"text": BODY}, spans, places, sides=sides, made_with="test")
    sample = Sample(id="x", document="x", task="analyze", input={"text": BODY}, gold=GOLD)
    return diagnose.diagnose(sample, found)


def test_where_sentences_went_is_counted_against_their_own_viewpoint():
    found = _diagnosed([1, 0, 0])
    assert found["words"] == 14
    # which number a viewpoint has does not matter; background among claims is wrong
    assert found["went"] == {
        "viewpoint": {"its viewpoint": 2},
        "background": {"wrong viewpoint": 1},
        "furniture": {"left out": 1},
    }
    assert found["viewpoints"] == [[1.0, 2, 1], [1.0, 1, 1]]
    together = _diagnosed([0, 0, -1, -1])["went"]
    assert together["viewpoint"] == {"its viewpoint": 1, "wrong viewpoint": 1}
    assert together["background"] == together["furniture"] == {"background": 1}


def _row(words=10, ari=0.5, **about):
    return {"scores": {"ari": {"value": ari}}, "about": {"words": words, **about}}


def test_shares_are_of_all_labelled_sentences_with_an_interval_over_articles():
    went = [
        {"viewpoint": {"its viewpoint": 3}, "background": {}, "furniture": {}},
        {"viewpoint": {"wrong viewpoint": 1}, "background": {}, "furniture": {}},
    ]
    found = where([_row(went=one) for one in went], seed=0)
    assert set(found) == {"viewpoint"}
    own = found["viewpoint"]["its viewpoint"]
    assert (own.value, own.low, own.high) == (0.75, 0.0, 1.0)


def test_lengths_are_averaged_by_thirds_of_the_articles():
    rows = [_row(words, ari) for words, ari in ((9, 1.0), (1, 0.1), (2, 0.3), (3, 0.5), (4, 0.7))]
    points, bins = lengths([*rows, _row(99, None)], seed=0)
    assert points == [(1, 0.1), (2, 0.3), (3, 0.5), (4, 0.7), (9, 1.0)]
    assert [(one.x, one.count) for one in bins] == [(1.5, 2), (3.5, 2), (9.0, 1)]
    assert bins[0].figure.value == pytest.approx(0.2)
    assert (bins[0].figure.low, bins[0].figure.high) == pytest.approx((0.1, 0.3))
    assert math.isnan(bins[2].figure.low)


def test_confidence_is_held_against_the_sentences_of_one_side():
    sure = [[0.9, 4, 4], [0.9, 4, 2]]
    unsure = [[0.3, 2, 1], [0.2, 0, 0]]
    bins = calibration([_row(viewpoints=sure), _row(viewpoints=unsure)], seed=0)
    assert [one.count for one in bins] == [1, 2]
    assert [one.x for one in bins] == pytest.approx([0.3, 0.9])
    assert [one.figure.value for one in bins] == pytest.approx([0.5, 0.75])
    assert calibration([_row(viewpoints=[[1.0, 2, 2], [1.0, 1, 1]])], seed=0) == []


def test_nothing_is_shown_of_what_was_not_judged():
    rows = [_row(ari=None)]
    assert lengths(rows, seed=0) == ([], [])
    assert where(rows, seed=0) == {}
    assert calibration(rows, seed=0) == []


# -- plots and commands ----------------------------------------------------------------------


def test_plots_are_drawn_and_are_the_same_bytes_again(ran, tmp_path):
    first = report.draw([ran], tmp_path / "a", seed=0)
    again = report.draw([ran], tmp_path / "b", seed=0)
    names = ["quality.png", "length-gate.png", "confidence-gate.png", "places-gate.png"]
    assert [path.name for path in first] == names
    for one, other in zip(first, again, strict=True):
        content = one.read_bytes()
        assert content.startswith(b"\x89PNG")
        assert content == other.read_bytes()


def test_results_without_their_rows_still_have_figures(ran, tmp_path):
    copy = _changed(ran, tmp_path, lambda run: None)
    assert report.breakdowns([copy], seed=0) == ""
    assert [path.name for path in report.draw([copy], tmp_path, seed=0)] == ["quality.png"]
    assert report.overview(report.load(copy)) == report.overview(report.load(ran))


def test_a_run_without_articles_has_only_the_plot_of_quality(tmp_path):
    _run(["gate-sides"], ["lead"], tmp_path)
    assert len(report.draw([tmp_path / "results.json"], tmp_path, seed=0)) == 1


def test_the_commands_run_list_compare_and_report(tmp_path):
    runner = CliRunner()
    out = ["--out", str(tmp_path), "--systems", "lead,oracle", "--limit", "4", "--no-cache"]
    ran = runner.invoke(app, ["run", "gate-sides", *out])
    assert ran.exit_code == 0
    assert "smoke test" in ran.stdout
    file = str(tmp_path / "results.json")
    systems = ["--system-a", "lead", "--system-b", "oracle"]
    compared = runner.invoke(app, ["compare", file, file, *systems])
    assert compared.exit_code == 0
    assert re.search(r"\| ari \|.*\| −0\.\d+ \(", compared.stdout)
    drawn = runner.invoke(app, ["report", file, "--plots", str(tmp_path / "plots")])
    assert "gate-sides" in drawn.stdout
    assert (tmp_path / "plots" / "quality.png").is_file()
    assert "procon" in runner.invoke(app, ["list"]).stdout
    assert runner.invoke(app, ["run", "nothing", "--out", str(tmp_path)]).exit_code == 1
    assert runner.invoke(app, ["gate", "--lower"]).exit_code == 2


def test_samples_are_handed_out_without_their_gold():
    out = CliRunner().invoke(app, ["inputs", "gate-sides"]).stdout
    rows = [json.loads(line) for line in out.splitlines()]
    assert len(rows) == 11
    assert {key for row in rows for key in row} == {"suite", "id", "task", "input"}
    assert {key for row in rows for key in row["input"]} == {"texts", "question"}


# -- answers from elsewhere ------------------------------------------------------------------


def test_the_worked_example_of_the_readme_scores_a_foreign_file(root, tmp_path, monkeypatch):
    readme = (root / "eval" / "README.md").read_text(encoding="utf-8")
    section = readme.partition("## Scoring another system")[2].partition("\n## ")[0]
    shell = re.findall(r"^    python -m eval (.+)$", section, re.M)
    [code] = re.findall(r"```python\n(.*?)```", section, re.S)
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()
    first, second = shell
    command, _, target = first.partition(" > ")
    (tmp_path / target).write_text(runner.invoke(app, command.split()).stdout, encoding="utf-8")
    exec(compile(code, "README.md", "exec"), {})
    scored = runner.invoke(app, second.split())
    assert scored.exit_code == 0, scored.output
    assert re.search(r"\| file:answers \| −?0\.\d{3} \(", scored.stdout)
    found = json.loads((tmp_path / "runs" / "eval" / "results.json").read_text(encoding="utf-8"))
    assert found["suites"]["gate-sides"]["systems"]["file:answers"]["failed"] == 0


def test_rows_of_a_run_are_predictions_of_their_suite_only(ran, tmp_path):
    rows = ran.parent / "gate-sides.oracle.jsonl"
    found = _run(["gate", "gate-sides"], [f"file:{rows}"], tmp_path)
    assert list(found["suites"]["gate"]["systems"]) == []
    [scored] = found["suites"]["gate-sides"]["systems"].values()
    assert scored["metrics"]["ari"]["value"] == 1.0


def _predictions(folder, *rows):
    file = folder / "answers.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return f"file:{file}"


def test_answers_are_told_apart_by_suite(tmp_path):
    from eval.systems import for_suite, system

    name = "quay-tram"
    rows = [
        {"suite": "one", "id": name, "prediction": "first"},
        {"id": name, "prediction": "any"},
    ]
    tool = system(_predictions(tmp_path, *rows))
    sample = Sample(id=name, document=name, task="summary", input={"texts": []}, gold={})
    assert for_suite(tool, "one").predict(sample) == "first"
    assert for_suite(tool, "two").predict(sample) == "any"


GIVEN = {"texts": ["a", "b"], "points": ["p"], "sentence": "s", "number": 1}


@pytest.mark.parametrize(
    ("task", "right", "wrong"),
    [
        ("sides", [0, -1], [[0], [0, 0.5], [0, True], "ab", None]),
        ("points", [0, 0], [[0, 0, 0]]),
        ("stance", [0.5, -1], [[0.5], [0.5, "x"], [0.5, math.nan]]),
        ("summary", "text", [["text"], None]),
        ("extract", "", [3]),
        ("highlights", ["a"], ["a", [1]]),
        ("match", [[0.1], [0.2]], [[[0.1]], [[0.1], [0.1, 0.2]]]),
        ("check", 0.5, ["0.5", math.inf]),
        ("attribute", [[0, 1, None], [1, 2, "Lee"]], [[[0, 1]], [[0, 1, 2]]]),
    ],
)
def test_answers_of_a_wrong_shape_are_refused(tmp_path, task, right, wrong):
    from eval.systems import system

    sample = Sample(id="x", document="x", task=task, input=GIVEN, gold={})
    assert system(_predictions(tmp_path, {"id": "x", "prediction": right})).predict(sample) == right
    for one in wrong:
        tool = system(_predictions(tmp_path, {"id": "x", "prediction": one}))
        with pytest.raises(DataError, match="prediction for x: expected"):
            tool.predict(sample)


def test_files_that_hold_no_predictions_are_told(tmp_path):
    from eval.systems import system

    for rows in ([{}], [[]], [{"id": "x"}]):
        with pytest.raises(DataError, match=r"answers\.jsonl:1"):
            system(_predictions(tmp_path, *rows))
    with pytest.raises(DataError, match="cannot be read"):
        system(f"file:{tmp_path / 'nothing.jsonl'}")
    tool = system(_predictions(tmp_path, {"id": "y", "prediction": [0]}))
    sample = Sample(id="x", document="x", task="sides", input=GIVEN, gold={})
    with pytest.raises(DataError, match="no prediction for x"):
        tool.predict(sample)


def test_an_analysis_from_elsewhere_must_fit_the_published_schema(tmp_path):
    from eval.systems import system

    row = data.read_jsonl(data.BUNDLED / "gate.jsonl")[0]
    sample = Sample(id="x", document="x", task="analyze", input=row, gold={})
    tool = system(_predictions(tmp_path, {"id": "x", "prediction": {"schema": 1}}))
    with pytest.raises(DataError):
        tool.predict(sample)


def test_intervals_need_no_global_state(ran):
    np.random.seed(1)  # noqa: NPY002 (that it does not matter is what is tested)
    one = report.breakdowns([ran], seed=0)
    np.random.seed(2)  # noqa: NPY002
    assert report.breakdowns([ran], seed=0) == one != report.breakdowns([ran], seed=5)
