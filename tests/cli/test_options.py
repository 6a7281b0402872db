"""What options pass on: models, cache, what may be fetched."""

from __future__ import annotations

import pytest

from summarizer import pipeline
from summarizer.cli import app as cli
from summarizer.cli import model_options
from summarizer.errors import FetchError
from summarizer.testing import FirstClaimWriter, HashEncoder
from tests.cli.command import ADDRESS
from tests.fakes import TEXT

pytestmark = pytest.mark.usefixtures("logging_as_before")

CLOSED = {"allow_private": False, "ports": (80, 443), "ignore_robots": False, "timeout_s": 20.0}


def test_models_and_prompts_are_passed_on_as_named(call, loaded, tmp_path):
    options = ["--encoder", "e", "--writer", "w", "--device", "cuda:1", "--offline"]
    call(*options, "--prompts", tmp_path, ADDRESS)
    assert loaded[1] == {
        "encoder": "e",
        "writer": "w",
        "device": "cuda:1",
        "offline": True,
        "prompts": tmp_path,
        "changes": CLOSED,
    }


def test_without_options_the_bundled_models_run_on_the_cpu(call, loaded):
    call(ADDRESS)
    assert loaded[1] == {
        "encoder": None,
        "writer": None,
        "device": "cpu",
        "offline": False,
        "prompts": None,
        "changes": CLOSED,
    }


def test_offline_reaches_the_reader_too(monkeypatch):
    monkeypatch.setattr(pipeline, "load_encoder", lambda *args, **options: HashEncoder())
    monkeypatch.setattr(pipeline, "load_writer", lambda *args, **options: FirstClaimWriter())
    loaded = cli._load(model_options.ModelOptions(offline=True), changes={})
    with pytest.raises(FetchError, match="--offline"):
        loaded.analyze("http://127.0.0.1:9/story")


@pytest.mark.parametrize(
    ("words", "kept"),
    [([], True), (["--no-cache"], False), (["--offline"], False), (["--cache-size", "7"], True)],
)
def test_what_is_fetched_may_come_from_the_cache_unless_told_otherwise(call, loaded, words, kept):
    assert call(ADDRESS, *words).code == 0
    assert (loaded[0]["cache"] is not None) == kept


def test_a_file_needs_no_cache(call, loaded, tmp_path):
    page = tmp_path / "page.txt"
    page.write_text(TEXT)
    assert call(page, "--cache-dir", tmp_path / "cache").code == 0
    assert loaded[0]["cache"] is None
    assert not (tmp_path / "cache").exists()


def test_a_file_that_is_not_there_is_said_before_models_load(call, loaded, tmp_path):
    assert call(tmp_path / "no.html").code == 1
    assert len(loaded) == 1  # nothing but the fake itself


@pytest.mark.parametrize("command", [[], ["batch"]])
def test_what_may_be_fetched_is_passed_on(call, loaded, tmp_path, command):
    options = ["--allow-private", "--allow-port", "8080", "--ignore-robots", "--timeout", "3"]
    lines = tmp_path / "in.jsonl"
    lines.write_text('{"id": "1", "text": "tide"}\n', encoding="utf-8")
    call(*command, *options, *([lines, tmp_path / "out.jsonl"] if command else [ADDRESS]))
    assert loaded[1]["changes"] == {
        "allow_private": True,
        "ports": (80, 443, 8080),
        "ignore_robots": True,
        "timeout_s": 3.0,
    }


def test_fetch_takes_the_options_too(call):
    result = call("fetch", "http://127.0.0.1:9/story")
    assert (result.code, "port 9 is not one" in result.err) == (3, True)
    result = call("fetch", "--allow-port", "9", "http://127.0.0.1:9/story")
    assert (result.code, "use --allow-private" in result.err) == (3, True)
    result = call("fetch", "--allow-private", "--allow-port", "9", "http://127.0.0.1:9/story")
    assert (result.code, "connection was refused" in result.err) == (3, True)
