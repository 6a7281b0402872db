from __future__ import annotations

import io
import re
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from summarizer import report
from tests import example
from tests.hostile import HOSTILE, story_of
from tests.strategies import analyses, few


def terminal(analysis, *, width=100, evidence=False, **console):
    out = io.StringIO()
    options = {"file": out, "width": width, "legacy_windows": False, **console}
    report.render_terminal(analysis, Console(**options), evidence=evidence)
    return out.getvalue()


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("width", [20, 80, 140])
def test_no_control_character_of_an_article_reaches_the_terminal(text, width):
    shown = terminal(story_of(text), width=width, evidence=True)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", shown)


def test_markup_of_rich_in_an_article_is_text():
    assert "[bold red]markup[/] :smile:" in terminal(story_of("[bold red]markup[/] :smile:"))


def test_escape_codes_come_only_from_the_report_itself():
    coloured = {"force_terminal": True, "color_system": "standard"}
    shown = terminal(story_of("\x1b[2J\x1b]0;owned\x07fine"), **coloured)
    codes = set(re.findall(r"\x1b[^m]*m?", shown))
    assert codes
    assert all(re.fullmatch(r"\x1b\[[0-9;]*m", code) for code in codes)
    assert "owned" not in shown


@few
@given(analyses(), st.integers(10, 160))
def test_no_line_is_wider_than_the_terminal(a, width):
    console = Console(file=io.StringIO(), width=width, legacy_windows=False)
    report.render_terminal(a, console, evidence=True)
    lines = console.file.getvalue().splitlines()
    assert max(Console().measure(line).maximum for line in lines) <= width


def test_the_terminal_says_what_was_found_and_what_was_not_used():
    shown = terminal(example.analysis(), width=140)
    assert "2 viewpoints · 23 of 31 sentences · 1 article" in shown
    assert "11 claims, confidence 0.86" in shown
    assert "test trains run to time [4]" in shown
    assert "(quoted)" in shown
    assert "Background: 7 sentences" in shown
    assert "Left out: 4 lines of page furniture" in shown
    assert "no written one passed the check" in shown


def test_short_holders_stand_in_the_border():
    a = example.analysis()
    viewpoint = replace(a.viewpoints[0], holders=("Helen Varga",))
    shown = terminal(replace(a, viewpoints=(viewpoint, a.viewpoints[1])), width=100)
    border = next(line for line in shown.splitlines() if "Opening on time" in line)
    assert re.fullmatch(
        r"╭─ A  Opening on time ── Helen Varga ─+ 11 claims, confidence 0.86 ─+╮", border
    )


def test_what_is_too_long_for_the_border_stands_whole_in_the_panel():
    label = "Opening in December is out of reach for the builders"
    a = example.analysis()
    story = replace(a, viewpoints=(replace(a.viewpoints[0], label=label), a.viewpoints[1]))
    shown = terminal(story, width=40)
    assert re.search("^╭─ A ─+╮$", shown, re.MULTILINE)
    assert label in " ".join(shown.replace("│", " ").split())
    assert "11 claims, confidence 0.86 ─╯" in shown
    narrow = terminal(story, width=28)
    assert "11 claims, confidence 0.86" in " ".join(narrow.replace("│", " ").split())


def test_evidence_is_every_claim_with_its_holder():
    a = example.analysis()
    shown = " ".join(terminal(a, width=110, evidence=True).split())
    assert all(" ".join(claim.text.split()) in shown for claim in a.claims)
    assert "(Petra Lindqvist)" in shown


@pytest.mark.parametrize("noted", [(), ("only one viewpoint was found",)])
def test_each_warning_is_shown_once_in_every_format_and_no_other_note(noted):
    a = replace(example.analysis(), warnings=noted)
    for shown in (terminal(a), a.to_markdown(), a.to_html()):
        assert shown.count("viewpoint was found") == len(noted)


def test_reports_are_the_same_bytes_in_another_process():
    code = (
        "import hashlib, sys; sys.path.insert(0, '.'); from tests import example;"
        "a = example.analysis(); text = a.to_html() + a.to_markdown() + a.to_json();"
        "print(hashlib.sha256(text.encode()).hexdigest())"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            check=True,
            cwd=example.PAGE.parents[1],
            env={"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1
