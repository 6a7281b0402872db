"""Progress on a terminal; `batch` and `fetch`."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import ADDRESS
from tests.fakes import TEXT, FakeSummarizer

pytestmark = pytest.mark.usefixtures("logging_as_before")

MORE = (
    "Engineers have drawn two routes, and both cross the market square. The longer one costs a "
    "third more but spares the old bridge, which they would otherwise have to widen."
)


def run_on_a_terminal(tmp_path, *args: object) -> tuple[str, str]:
    """Run with stderr on a pseudo-terminal; give stdout and what the terminal showed."""
    code = (
        "import sys; from summarizer.cli import app as cli, model_options;"
        "from tests.fakes import FakeSummarizer;"
        "cli._load = model_options.load = lambda *a, **k: FakeSummarizer();"
        "cli.main(sys.argv[1:])"
    )
    ours, theirs = pty.openpty()
    with os.fdopen(ours, "rb", buffering=0) as screen:
        result = subprocess.run(
            [sys.executable, "-c", code, *map(str, args)],
            stdout=subprocess.PIPE,
            stderr=theirs,
            cwd=Path(__file__).parents[2],
            env={**os.environ, "TERM": "xterm", "COLUMNS": "100"},
        )
        os.close(theirs)
        shown = bytearray()
        with contextlib.suppress(OSError):  # Linux says EIO when the other end has closed
            while part := screen.read(65536):
                shown += part
    assert result.returncode == 0
    return result.stdout.decode(), shown.decode()


def test_progress_is_shown_on_a_terminal_and_stays_off_stdout(tmp_path, lines):
    out, screen = run_on_a_terminal(tmp_path, "--json", ADDRESS)
    assert "Analysing" in screen
    json.loads(out)
    out, screen = run_on_a_terminal(tmp_path, "batch", lines, tmp_path / "out.jsonl")
    assert "4/4" in screen
    assert re.search(r"\d/(s|min)", screen)
    assert out == ""


def test_quiet_shows_no_progress(tmp_path):
    _, screen = run_on_a_terminal(tmp_path, "-q", "--json", ADDRESS)
    assert screen == ""


def test_batch_writes_its_lines_and_prints_nothing(call, lines, tmp_path):
    result = call("batch", lines, tmp_path / "out.jsonl")
    assert (result.code, result.out, result.err) == (0, "", "")
    assert len((tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()) == 4


@pytest.mark.parametrize(("failing", "code"), [(1, 0), (2, 0), (3, 126), (4, 126)])
def test_batch_ends_with_126_when_most_lines_failed(call, loaded, lines, tmp_path, failing, code):
    loaded[0]["summarizer"] = FakeSummarizer(
        failing=[f"https://example.org/{n}" for n in range(failing)]
    )
    result = call("batch", lines, tmp_path / "out.jsonl")
    assert result.code == code
    said = (
        f"{failing} of 4 lines failed: {failing} TooShortError; {tmp_path / 'out.jsonl'} says why"
    )
    assert result.err == f"summarizer: {said}\n"
    # run again, nothing is left to do and the verdict stays
    assert call("batch", lines, tmp_path / "out.jsonl").code == code


def test_batch_refuses_a_bad_input_before_it_loads_a_model(call, loaded, tmp_path):
    result = call("batch", tmp_path / "none.jsonl", tmp_path / "out.jsonl")
    assert result.code == 1
    assert "no such file" in result.err
    assert len(loaded) == 1


def test_fetch_prints_the_article_and_what_was_dropped(call, tmp_path, loaded):
    page = tmp_path / "page.txt"
    page.write_text(f"{TEXT}\n\n{MORE}", encoding="utf-8")
    result = call("fetch", page)
    assert result.code == 0
    article = json.loads(result.out)
    assert TEXT in article["text"]
    assert {"title", "url", "outlet", "authors", "published", "language", "dropped"} < set(article)
    assert len(loaded) == 1
