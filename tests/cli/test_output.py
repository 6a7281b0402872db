"""What comes out, and where it goes."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest

from summarizer.analysis import Analysis
from tests.cli.command import ADDRESS
from tests.fakes import TEXT

pytestmark = pytest.mark.usefixtures("logging_as_before")


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
    ("name", "start"),
    [("a.json", '{\n  "schema"'), ("a.html", "<!"), ("a.htm", "<!"), ("a.md", "#")],
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


def test_a_folder_that_is_missing_is_said_in_one_line(call, loaded, tmp_path):
    result = call("-o", tmp_path / "no" / "a.json", ADDRESS)
    assert result.code == 1
    assert result.err.count("\n") == 1
    assert "its folder does not exist; make it" in result.err
    assert len(loaded) == 1, "said before any work is done"


def test_what_cannot_be_written_is_said_before_the_models_load(call, loaded, tmp_path):
    assert "a folder; name a file in it" in call("-o", tmp_path, ADDRESS).err
    assert "its folder does not exist" in call("fetch", "-o", tmp_path / "no" / "a", ADDRESS).err
    assert len(loaded) == 1


def test_a_suffix_of_no_format_is_a_usage_error_unless_a_format_is_given(call, tmp_path):
    result = call("-o", tmp_path / "a.pdf", ADDRESS)
    assert (result.code, "no format ends in .pdf" in result.err) == (2, True)
    assert call("--html", "-o", tmp_path / "a.pdf", ADDRESS).code == 0


def test_a_standard_output_that_is_closed_is_said_before_any_work(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    command = f'"{sys.executable}" -m summarizer --offline "{tmp_path / "a.txt"}" >&-'
    found = subprocess.run(command, shell=True, stderr=subprocess.PIPE, text=True)
    assert found.returncode == 1
    assert found.stderr == "summarizer: standard output is closed; give -o FILE\n"
