from __future__ import annotations

import contextlib
import json
import os
import pty
import re
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

from summarizer import __version__, pipeline
from summarizer.analysis import Analysis
from summarizer.cli import app as cli
from summarizer.cli import model_options
from summarizer.errors import FetchError, NoArticleError, PaywallError, SummarizerError
from summarizer.testing import FirstClaimWriter, HashEncoder
from tests.fakes import TEXT, FakeSummarizer

ADDRESS = "https://example.org/tram"
MORE = (
    "Engineers have drawn two routes, and both cross the market square. The longer one costs a "
    "third more but spares the old bridge, which they would otherwise have to widen."
)


class Outcome:
    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


pytestmark = pytest.mark.usefixtures("logging_as_before")


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


def raising(monkeypatch, error: BaseException) -> None:
    def load(*args: object, **options: object) -> None:
        raise error

    monkeypatch.setattr(cli, "_load", load)


# What comes out


def test_a_source_alone_needs_no_command_name(call):
    result = call(ADDRESS)
    assert result.code == 0
    assert "The mayor says the new tram" in re.sub(r"\s+", " ", result.out)
    assert result.err == ""


def test_json_on_stdout_is_the_analysis_and_nothing_else(call):
    result = call("--json", ADDRESS)
    assert Analysis.from_dict(json.loads(result.out)).articles[0].text == TEXT


def test_options_may_stand_before_or_after_the_source(call):
    assert call(ADDRESS, "--json").out == call("--json", ADDRESS).out


def test_markdown_and_html_are_what_the_library_gives(call, loaded):
    analysis = loaded[0]["summarizer"].analyze(ADDRESS)
    assert call("--markdown", ADDRESS).out.rstrip("\n") == analysis.to_markdown().rstrip("\n")
    assert call("--html", ADDRESS).out.rstrip("\n") == analysis.to_html().rstrip("\n")


def test_several_sources_are_one_story(call, loaded):
    call("--json", ADDRESS, "https://example.org/other")
    assert loaded[0]["summarizer"].seen == [[ADDRESS, "https://example.org/other"]]


def test_two_formats_at_once_are_a_usage_error(call):
    result = call("--json", "--html", ADDRESS)
    assert result.code == 2
    assert "choose one" in result.err


@pytest.mark.parametrize(
    ("name", "start"), [("a.json", '{\n  "schema"'), ("a.html", "<!"), ("a.md", "#")]
)
def test_the_suffix_of_the_output_file_sets_the_format(call, tmp_path, name, start):
    result = call("-o", tmp_path / name, ADDRESS)
    assert (result.code, result.out) == (0, "")
    assert (tmp_path / name).read_text(encoding="utf-8").lower().startswith(start)


def test_a_format_option_wins_over_the_suffix(call, tmp_path):
    call("--json", "-o", tmp_path / "a.html", ADDRESS)
    json.loads((tmp_path / "a.html").read_text(encoding="utf-8"))


def test_a_terminal_report_in_a_file_holds_no_escape_codes(call, tmp_path):
    call("-o", tmp_path / "a.txt", ADDRESS)
    text = (tmp_path / "a.txt").read_text(encoding="utf-8")
    assert "The mayor says" in text
    assert "\x1b" not in text


def test_output_replaces_the_old_file_at_once_and_leaves_nothing_beside_it(call, tmp_path):
    target = tmp_path / "a.json"
    target.write_text("old", encoding="utf-8")
    link = tmp_path / "link.json"
    link.symlink_to(target)
    call("-o", link, ADDRESS)
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8").startswith("{")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.json", "link.json"]


def test_an_analysis_that_fails_leaves_the_old_file(call, tmp_path):
    target = tmp_path / "a.json"
    target.write_text("old", encoding="utf-8")
    assert call("-o", target, "https://example.org/short").code == 4
    assert target.read_text(encoding="utf-8") == "old"


def test_a_folder_that_is_missing_is_said_in_one_line(call, tmp_path):
    result = call("-o", tmp_path / "no" / "a.json", ADDRESS)
    assert result.code == 1
    assert result.err.count("\n") == 1
    assert "No such file or directory" in result.err


# What is passed on

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


# Help and usage


@pytest.mark.parametrize("args", [["--help"], ["batch", "--help"], ["fetch", "--help"]])
def test_help_goes_to_stdout_and_names_its_command(call, args):
    result = call(*args)
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith(f"Usage: {' '.join(['summarizer', *args[:-1]])} [OPTIONS]")


def test_the_help_of_the_main_command_leads_to_the_others(call):
    text = call("--help").out
    assert all(name in text for name in ("summarizer batch", "summarizer fetch", "Exit codes"))


def test_version(call):
    assert call("--version").out == f"summarizer {__version__}\n"


@pytest.mark.parametrize(
    "args", [[], ["--no-such"], ["batch"], ["batch", "a"], ["batch", "a", "b", "--engine", "x"]]
)
def test_wrong_usage_ends_with_2_and_a_hint(call, args):
    result = call(*args)
    assert result.code == 2
    assert result.out == ""
    assert "--help" in result.err


def test_help_loads_no_heavy_module():
    heavy = ["torch", "transformers", "numpy", "trafilatura", "httpx", "jinja2"]
    code = (
        "import atexit, sys; from summarizer.cli.app import main;"
        f"atexit.register(lambda: print([m for m in {heavy} if m in sys.modules]));"
        "main(['--help'])"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert result.returncode == 0
    assert result.stdout.splitlines()[-1] == "[]"


def test_python_dash_m_is_the_same_command():
    args = [sys.executable, "-m", "summarizer", "--version"]
    result = subprocess.run(args, capture_output=True, text=True)
    assert (result.returncode, result.stdout) == (0, f"summarizer {__version__}\n")


# Errors


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


# batch and fetch


@pytest.fixture
def lines(tmp_path):
    path = tmp_path / "in.jsonl"
    rows = [{"id": n, "url": f"https://example.org/{n}"} for n in range(4)]
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path


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
    assert result.err == f"summarizer: {failing} of 4 lines failed: {failing} TooShortError\n"
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
