"""Results as tables: a figure and its interval, or why there is none."""

from __future__ import annotations

import re

import pytest
from typer.testing import CliRunner

from eval import report
from eval.__main__ import app
from eval.report.tables import cell, number
from summarizer import DataError
from tests.eval.reporting import altered, run_quietly


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
    found = run_quietly(["gate-sides"], ["lead"], tmp_path, limit=2)
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
    file = altered(ran, tmp_path, change)
    with pytest.raises(DataError, match=reason):
        report.overview(report.load(file))


def test_files_that_are_no_results_are_refused(ran, tmp_path):
    with pytest.raises(DataError, match="No such file"):
        report.load(tmp_path / "results.json")
    (tmp_path / "results.json").write_text("[]", encoding="utf-8")
    with pytest.raises(DataError, match="not the results"):
        report.load(tmp_path / "results.json")
    with pytest.raises(DataError, match="another version"):
        report.load(altered(ran, tmp_path, lambda run: run.update(schema=1)))
