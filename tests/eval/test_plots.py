"""Plots of a run, and the commands that make reports."""

from __future__ import annotations

import json
import re

from typer.testing import CliRunner

from eval import report
from eval.__main__ import app
from tests.eval.reporting import altered, run_quietly


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
    copy = altered(ran, tmp_path, lambda run: None)
    assert report.breakdowns([copy], seed=0) == ""
    assert [path.name for path in report.draw([copy], tmp_path, seed=0)] == ["quality.png"]
    assert report.overview(report.load(copy)) == report.overview(report.load(ran))


def test_a_run_without_articles_has_only_the_plot_of_quality(tmp_path):
    run_quietly(["gate-sides"], ["lead"], tmp_path)
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
