"""Answers from elsewhere: read from a file, scored as ours are."""

from __future__ import annotations

import json
import math
import re

import numpy as np
import pytest
from typer.testing import CliRunner

from eval import data, report
from eval.__main__ import app
from eval.suite import Sample
from summarizer import DataError
from tests.eval.reporting import run_quietly


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
    found = run_quietly(["gate", "gate-sides"], [f"file:{rows}"], tmp_path)
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
