"""Machines that fail: kills, full disks, no home, little memory. Nothing is lost or doubled."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.batch import batch, survey
from summarizer.cli import app as cli
from summarizer.cli import console
from summarizer.errors import DataError
from summarizer.extract import extract
from summarizer.settings import Settings
from summarizer.types import Page
from tests.fakes import TEXT, FakeSummarizer
from tests.limits import limited
from tests.steady.kill_batch import torment

LONG = " ".join([TEXT] * 3)
ROWS = [{"id": f"a{n}", "text": f"{LONG} “Ünïcödé”, said number {n}."} for n in range(5)]


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The input, and what an undisturbed run makes of it."""
    folder = tmp_path_factory.mktemp("whole")
    source, target = folder / "in.jsonl", folder / "out.jsonl"
    lines = [json.dumps(row) for row in ROWS]
    source.write_text("\n".join([lines[0], "not JSON", *lines[1:], ""]), encoding="utf-8")
    run(source, target)
    return source, target.read_bytes()


def run(source, target):
    return batch(FakeSummarizer(), survey(source, target), window=2)


@given(cut=st.floats(0, 1))
@settings(max_examples=60)
def test_a_run_that_was_killed_at_any_byte_goes_on_to_the_same_output(whole, tmp_path_factory, cut):
    source, expected = whole
    target = tmp_path_factory.mktemp("cut") / "out.jsonl"
    target.write_bytes(expected[: round(cut * len(expected))])
    run(source, target)
    assert target.read_bytes() == expected


@pytest.mark.parametrize(
    "content",
    [
        b"my only copy of something",
        b'{"id": 3, "notes": "mine"}',
        b'[{"id": 1}]',
        b'{"key": 1}',
        b"{x",
    ],
)
def test_a_file_that_no_batch_wrote_is_left_as_it_is(whole, tmp_path, content):
    target = tmp_path / "precious.json"
    target.write_bytes(content)
    with pytest.raises(DataError, match="name another file"):
        run(whole[0], target)
    assert target.read_bytes() == content


def test_two_runs_do_not_write_one_output(whole, tmp_path):
    source, expected = whole
    target = tmp_path / "out.jsonl"
    target.write_bytes(expected[:100])
    with target.open("ab") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(DataError, match="another run"):
            run(source, target)
    assert target.read_bytes() == expected[:100]
    run(source, target)
    assert target.read_bytes() == expected


def test_what_another_run_wrote_meanwhile_is_not_cut(whole, tmp_path):
    source, expected = whole
    target = tmp_path / "out.jsonl"
    plan = survey(source, target)
    target.write_bytes(expected)
    with pytest.raises(DataError, match="has changed"):
        batch(FakeSummarizer(), plan)
    assert target.read_bytes() == expected


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
def test_a_full_disk_is_said_and_leaves_whole_lines(whole, tmp_path, share):
    source, expected = whole
    target = tmp_path / "out.jsonl"
    with (
        limited(resource.RLIMIT_FSIZE, round(share * len(expected))),
        pytest.raises(OSError, match="large") as full,
    ):
        run(source, target)
    assert full.value.errno == errno.EFBIG
    assert full.value.filename == str(target)
    assert "make room" in full.value.strerror
    written = target.read_bytes()
    assert expected.startswith(written)
    assert written.endswith(b"\n") or not written
    run(source, target)
    assert target.read_bytes() == expected


def test_a_full_disk_keeps_the_report_that_was_there(tmp_path):
    target = tmp_path / "report.json"
    target.write_text("the old one")
    with limited(resource.RLIMIT_FSIZE, 100), pytest.raises(OSError, match="large"):
        console._write(b"x" * 1000, target)
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [
        ("report.json", "the old one")
    ]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
def test_a_stdout_that_cannot_be_written_is_an_error(root):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "summarizer", "fetch", "examples/article.html"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            cwd=root,
        )
    assert done.returncode == 1
    assert "No space left" in done.stderr


@pytest.mark.parametrize("home", [None, "/dev/null/home", "/proc/no-such-home"])
def test_no_home_is_needed(root, home):
    keep = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-m", "summarizer", "fetch", "examples/article.html"],
        capture_output=True,
        text=True,
        check=False,
        cwd=root,
        env=keep | ({"HOME": home} if home else {}),
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["language"] == "en"


def test_the_clock_of_the_machine_changes_no_result():
    page = (
        '<html><head><meta property="article:published_time" content="2090-03-01T08:00:00Z">'
        f"<title>A tram</title></head><body><article><p>{LONG}</p><p>{LONG} So it is.</p></article>"
    )
    article = extract(Page(source="page", content=page, kind="html"), settings=Settings())
    assert article.published == "2090-03-01"  # with the clock as limit, not before that day


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes"),
        ImportError("libtorch_cpu.so: failed to map segment from shared object"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_too_little_memory_is_said_in_one_line(monkeypatch, capsys, tmp_path, error):
    def starve(*args, **options):
        raise error

    monkeypatch.setattr(cli, "_load", starve)
    page = tmp_path / "page.txt"
    page.write_text(LONG)
    with pytest.raises(SystemExit) as stop:
        cli.main([str(page)])
    assert stop.value.code == 1
    assert capsys.readouterr().err == (
        "summarizer: not enough memory; free some, or give fewer or shorter articles at once\n"
    )


@pytest.mark.slow
def test_a_machine_with_little_memory_says_so_and_leaves_no_half_report(root, tmp_path):
    target = tmp_path / "report.json"
    script = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[1]),) * 2); "
        "from summarizer.cli.app import main; main(sys.argv[2:])"
    )
    codes = []
    for megabytes in (300, 700, 1200):
        done = subprocess.run(
            [
                *(sys.executable, "-c", script, str(megabytes << 20)),
                *("--offline", "-o", str(target), "examples/article.html"),
            ],
            capture_output=True,
            text=True,
            check=False,
            cwd=root,
            env={**os.environ, "OMP_NUM_THREADS": "1"},
        )
        codes.append((megabytes, done.returncode, done.stderr[-300:]))
        assert (done.returncode == 0) == target.exists(), codes
        # Below zero a library in C++ ended the process by itself, which nobody can catch.
        assert done.returncode <= 0 or "not enough memory" in done.stderr, codes
        assert not list(tmp_path.glob(".*")), codes
        target.unlink(missing_ok=True)


@pytest.mark.slow
def test_a_batch_that_is_killed_and_killed_again_ends_with_every_line_once(tmp_path):
    assert torment(tmp_path, kills=10, lines=20, seed=1).kills == 10
