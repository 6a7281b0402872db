"""Errors: one line, an exit code, no traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from summarizer.cli import app as cli
from summarizer.errors import FetchError, NoArticleError, PaywallError, SummarizerError
from tests.cli.command import ADDRESS

pytestmark = pytest.mark.usefixtures("logging_as_before")


def raising(monkeypatch, error: BaseException) -> None:
    def load(*args: object, **options: object) -> None:
        raise error

    monkeypatch.setattr(cli, "_load", load)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (SummarizerError("wrong; do that"), 1),
        (FetchError("wrong; do that"), 3),
        (NoArticleError("wrong; do that"), 4),
        (PaywallError("wrong;\n  do that"), 4),
        (OSError(28, "wrong; do that"), 1),
    ],
)
def test_an_error_is_one_line_on_stderr_with_its_exit_code(call, monkeypatch, error, code):
    raising(monkeypatch, error)
    result = call(ADDRESS)
    assert (result.code, result.out, result.err) == (code, "", "summarizer: wrong; do that\n")


def test_a_bug_too_is_one_line_that_asks_for_a_report(call, monkeypatch):
    raising(monkeypatch, KeyError("missing"))
    result = call(ADDRESS)
    assert result.code == 1
    assert result.err.count("\n") == 1
    assert "report" in result.err
    assert "KeyError('missing')" in result.err


def test_twice_verbose_shows_the_traceback(call, monkeypatch):
    raising(monkeypatch, FetchError("wrong"))
    assert "Traceback" not in call(ADDRESS, "-v").err
    assert "Traceback" in call(ADDRESS, "-vv").err


def test_ctrl_c_ends_with_130_and_no_traceback(call, monkeypatch):
    raising(monkeypatch, KeyboardInterrupt())
    result = call(ADDRESS)
    assert result.code == 130
    assert "Traceback" not in result.err


def test_a_reader_that_goes_away_is_no_error_message():
    code = (
        "from summarizer.cli import app as cli; from tests.fakes import FakeSummarizer;"
        "cli._load = lambda *a, **k: FakeSummarizer();"
        f"cli.main(['--json', '{ADDRESS}'])"
    )
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed:
        result = subprocess.run(
            [sys.executable, "-c", code],
            stdout=closed,
            stderr=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
    assert result.stderr == ""
    assert result.returncode != 0
