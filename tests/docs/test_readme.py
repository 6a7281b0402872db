from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from summarizer.models import int8

EXAMPLE = re.compile(
    r"(?<=<!-- example:begin -->\n```text\n).*?(?=```\n<!-- example:end -->)", re.DOTALL
)


@pytest.fixture(scope="module")
def readme(root) -> str:
    return (root / "README.md").read_text(encoding="utf-8")


def run(root, *args: str) -> str:
    result = subprocess.run(
        [sys.executable, *args],
        cwd=root,
        env={**os.environ, "HF_HUB_OFFLINE": "1", "COLUMNS": "96"},
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


@pytest.mark.skipif(not int8.available(), reason="the README shows what eight bits give")
def test_the_readme_shows_what_the_example_gives(root, readme):
    out = run(root, "-m", "summarizer", "--offline", "examples/article.html")
    if os.environ.get("UPDATE_GOLDEN"):
        page = EXAMPLE.sub(lambda _: out, readme)
        (root / "README.md").write_text(page, encoding="utf-8")
        pytest.skip("written anew: read the diff")
    assert EXAMPLE.findall(readme) == [out], "run this test with UPDATE_GOLDEN=1, read the diff"


def test_every_link_between_the_pages_leads_to_a_file(root):
    pages = [*root.glob("*.md"), *root.glob("docs/*.md"), *root.glob("*/README.md")]
    pages += root.glob("summarizer/*/README.md")
    links = [
        (page, link)
        for page in pages
        for link in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
        if "://" not in link
    ]
    assert len(links) > 10
    assert not [(page.name, link) for page, link in links if not (page.parent / link).exists()]


def test_every_path_that_the_pages_name_exists(root):
    pages = [root / "README.md", root / "CONTRIBUTING.md", *root.glob("docs/*.md")]
    named = {
        path
        for page in pages
        for path in re.findall(
            r"`((?:summarizer|eval|tests|docs|examples|prompts|benchmarks)/[\w./]+)`",
            page.read_text(encoding="utf-8"),
        )
    }
    assert len(named) > 10
    assert not [path for path in named if not (root / path).exists()]
