"""The command `summarizer batch`: what its own options do."""

from __future__ import annotations

import json
import logging
import sys

import pytest

from summarizer.batch import Tally
from summarizer.cli import app as cli
from summarizer.cli import model_options, progress
from tests.fakes import FakeSummarizer

pytestmark = pytest.mark.usefixtures("logging_as_before")


@pytest.fixture
def call(capsys, monkeypatch):
    """Run the command with a fake that fails on two of the addresses; give code and stderr."""
    failing = [f"https://example.org/{n}" for n in (1, 2)]
    monkeypatch.setattr(model_options, "load", lambda *a, **k: FakeSummarizer(failing=failing))

    def run(*args: object) -> tuple[int, str]:
        with pytest.raises(SystemExit) as stop:
            cli.main(["batch", *map(str, args)])
        out, err = capsys.readouterr()
        assert out == ""
        return int(stop.value.code or 0), err

    return run


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "in.jsonl"
    rows = [{"id": n, "url": f"https://example.org/{n}"} for n in range(6)]
    lines = [json.dumps(row) for row in rows]
    path.write_text("\n".join([*lines[:4], "garbage", *lines[4:], ""]), encoding="utf-8")
    return path


@pytest.fixture
def target(tmp_path):
    return tmp_path / "out.jsonl"


def test_what_failed_is_counted_by_type_and_written_beside(call, source, target, tmp_path):
    code, err = call(source, target, "--errors", tmp_path / "errors.jsonl")
    assert code == 0
    counted = "3 of 7 lines failed: 2 TooShortError, 1 DataError"
    assert err == f"summarizer: {counted}; {target} says why\n"
    failed = (tmp_path / "errors.jsonl").read_text(encoding="utf-8").splitlines()
    assert failed == [
        line for line in target.read_text(encoding="utf-8").splitlines() if '"error"' in line
    ]
    named = [(json.loads(line)["id"], json.loads(line).get("line")) for line in failed]
    assert named == [(1, None), (2, None), (None, 5)]


def test_a_second_run_writes_the_same_errors(call, source, target, tmp_path):
    errors = tmp_path / "errors.jsonl"
    call(source, target, "--errors", errors)
    before = errors.read_bytes()
    errors.unlink()
    call(source, target, "--errors", errors)
    assert errors.read_bytes() == before


@pytest.mark.parametrize("name", ["in.jsonl", "out.jsonl", "no/such/errors.jsonl"])
def test_errors_that_cannot_go_there_are_refused_before_the_run(
    call, source, target, tmp_path, name
):
    before = source.read_bytes()
    code, err = call(source, target, "--errors", tmp_path / name)
    assert (code, "name another file" in err) == (1, True)
    assert source.read_bytes() == before
    assert not target.exists()


@pytest.mark.parametrize("option", [["--workers", "2"], ["--address", "auto"]])
def test_options_of_ray_do_not_go_without_it(call, source, target, option):
    code, err = call(source, target, *option)
    assert (code, "--engine ray" in err) == (2, True)


def test_one_gpu_of_many_is_not_named_with_ray(call, source, target):
    code, err = call(source, target, "--engine", "ray", "--device", "cuda:1")
    assert (code, "--device cuda:" in err) == (2, True)


def test_without_ray_the_extra_is_named(call, source, target, monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    monkeypatch.delitem(sys.modules, "summarizer.batch.on_ray", raising=False)
    code, err = call(source, target, "--engine", "ray")
    assert code == 1
    assert "pip install 'viewpoint-summarizer[batch]'" in err
    assert not target.exists()


def test_without_pyarrow_the_extra_is_named(call, tmp_path, target, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.delitem(sys.modules, "summarizer.batch.parquet", raising=False)
    monkeypatch.delattr("summarizer.batch.parquet", raising=False)
    code, err = call(tmp_path / "in.parquet", target)
    assert (code, "viewpoint-summarizer[batch]" in err) == (1, True)


def test_ray_gets_what_the_options_say(call, source, target, monkeypatch):
    pytest.importorskip("ray", reason="Ray is not installed: pip install .[batch]")
    from summarizer.batch import on_ray

    asked = {}

    def pretend(load, plan, **options):
        asked.update(options, loaded=load())
        return Tally(total=plan.total, failures={})

    monkeypatch.setattr(on_ray, "batch_on_ray", pretend)
    options = ["--workers", "3", "--address", "10.0.0.1:6379", "--device", "cuda"]
    assert call(source, target, "--engine", "ray", *options)[0] == 0
    assert asked.pop("advance")
    assert isinstance(asked.pop("loaded"), FakeSummarizer)
    assert asked == {"workers": 3, "address": "10.0.0.1:6379", "gpus": 1}


def test_a_run_that_nobody_watches_logs_a_line_a_minute(caplog, monkeypatch):
    now = 0.0
    monkeypatch.setattr(progress.time, "monotonic", lambda: now)
    caplog.set_level(logging.INFO, "summarizer")
    with progress.counting(1000, 400, quiet=False) as advance:
        for _ in range(250):
            now += 0.5
            advance()
    assert [record.getMessage() for record in caplog.records] == [
        "520 of 1000 done, 2.0/s, 0:04:00 left",
        "640 of 1000 done, 2.0/s, 0:03:00 left",
    ]


@pytest.mark.parametrize(
    ("made", "seconds", "said"),
    [(100, 8, "12.5/s, 0:00:04 left"), (5, 10, "30.0/min, 0:01:40 left")],
)
def test_a_rate_below_one_a_second_is_said_by_the_minute(made, seconds, said):
    assert progress.pace(made, seconds, left=50) == said


def test_the_bar_counts_what_this_run_did(monkeypatch):
    column = progress._Pace(before=400)
    task = progress.Task(1, "batch", 1000, 400, _get_time=lambda: 60.0)
    task.start_time = 0.0
    assert column.render(task).plain == ""
    task.completed = 520
    assert column.render(task).plain == "2.0/s, 0:04:00 left"


def test_ctrl_c_says_that_the_same_command_goes_on(call, monkeypatch, source, target):
    with monkeypatch.context() as patch:
        patch.setattr(model_options, "load", lambda *a, **k: FakeSummarizer(stop_after=2))
        assert call(source, target) == (
            130,
            "summarizer: stopped; the same command goes on from here\n",
        )
        assert call(source, target, "-q") == (130, "")
    assert call(source, target)[0] == 0
    lines = target.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == [0, 1, 2, 3, None, 4, 5]
