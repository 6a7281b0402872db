"""The table of the README: made from committed runs and nothing else."""

from __future__ import annotations

import re

import pytest

from eval import report
from summarizer import DataError
from tests.eval.reporting import altered, run_quietly


def test_the_overview_holds_the_main_figure_of_every_system(ran, tmp_path):
    other = run_quietly(["gate-sides"], ["random"], tmp_path)
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

    changed = report.load(altered(ran, tmp_path, worse))
    assert "0.111 (0.100–0.200)" in report.overview(report.load(ran), changed)
    assert "0.111 (0.100–0.200)" not in report.overview(changed, report.load(ran))


def test_weights_whose_figures_a_later_run_replaced_are_not_named(ran, tmp_path):
    def other(run):
        run["systems"]["fakes"]["encoder"] = "other-encoder"
        run["seed"] = 7

    text = report.overview(report.load(altered(ran, tmp_path, other)), report.load(ran))
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
