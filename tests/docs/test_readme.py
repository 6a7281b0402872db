from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest


@pytest.fixture(scope="module")
def readme(root) -> str:
    return (root / "README.md").read_text(encoding="utf-8")


def run(root, *args: str) -> str:
    result = subprocess.run(
        [sys.executable, *args],
        cwd=root,
        env={**os.environ, "HF_HUB_OFFLINE": "1"},
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_the_python_of_the_readme_runs_as_it_stands(root, readme):
    [code] = re.findall(r"```python\n(.*?)```", readme, re.S)
    out = run(root, "-c", code)
    assert " held by " in out


def test_each_option_in_the_readme_is_one_of_the_command_line(root, readme):
    usage = readme.split("    summarizer SOURCE...")[1].split("\n\n")[0]
    options = set(re.findall(r"--[a-z]+", usage))
    assert {"--json", "--encoder", "--offline"} <= options
    text = run(root, "-m", "summarizer", "--help")
    assert options <= set(re.findall(r"--[a-z]+", text))


def test_each_make_target_in_the_documents_exists(root, readme):
    pages = readme + (root / "CONTRIBUTING.md").read_text(encoding="utf-8")
    used = set(re.findall(r"(?:`|^    )make ([a-z-]+)", pages, re.M))
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.M))
    assert {"demo", "test", "check"} <= used
    assert used <= targets


def test_every_make_target_is_phony(root):
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    [phony] = re.findall(r"^\.PHONY: (.+)$", makefile, re.M)
    assert set(re.findall(r"^([a-z-]+):", makefile, re.M)) == set(phony.split())
