"""A against B, worked by hand."""

from __future__ import annotations

import json

import pytest

from eval.report.compare import comparison
from summarizer import DataError
from tests.eval.reporting import altered


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

    altered(ran, folder, keep_one)
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
        comparison(ran, altered(ran, tmp_path, other), systems=("lead", "lead"), seed=0)


def test_rows_that_are_gone_are_told(ran, tmp_path):
    copy = altered(ran, tmp_path, lambda run: None)
    with pytest.raises(DataError, match=r"gate\.lead\.jsonl: missing"):
        comparison(copy, copy, systems=("lead", "lead"), seed=0)
