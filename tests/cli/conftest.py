from __future__ import annotations

import json
from dataclasses import asdict

import pytest

from summarizer.cli import app as cli
from summarizer.cli import model_options
from tests.cli.command import Outcome
from tests.fakes import FakeSummarizer


@pytest.fixture
def loaded(monkeypatch):
    """Put a fake where the models would be loaded; gives what the command line asked for."""
    calls: list[dict] = []
    calls.append({"summarizer": FakeSummarizer(failing=["https://example.org/short"])})

    def load(models, *, changes, cache=None):
        calls[0]["cache"] = cache
        calls.append({**asdict(models), "changes": changes})
        return calls[0]["summarizer"]

    monkeypatch.setattr(cli, "_load", load)
    monkeypatch.setattr(model_options, "load", load)  # the batch's
    return calls


@pytest.fixture
def call(capsys, loaded):
    def run(*args: object) -> Outcome:
        with pytest.raises(SystemExit) as stop:
            cli.main([str(arg) for arg in args])
        out, err = capsys.readouterr()
        return Outcome(int(stop.value.code or 0), out, err)

    return run


@pytest.fixture
def lines(tmp_path):
    path = tmp_path / "in.jsonl"
    rows = [{"id": n, "url": f"https://example.org/{n}"} for n in range(4)]
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path
