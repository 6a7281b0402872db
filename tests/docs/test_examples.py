"""The examples, run as a newcomer runs them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import html

from summarizer.extract import extract
from summarizer.read import read
from summarizer.settings import Settings
from tests import example

EXAMPLES = example.PAGE.parent


def run(name, *arguments, folder):
    """Return what the example script prints; it may not warn or fail."""
    command = [sys.executable, "-W", "error::DeprecationWarning:summarizer", EXAMPLES / name]
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "PYTHONPATH": str(EXAMPLES.parent)}
    done = subprocess.run(
        [*command, *arguments], cwd=folder, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_example_page_is_extracted_to_its_article_and_nothing_else():
    settings = Settings()
    article = extract(read(str(example.PAGE), settings=settings), settings=settings)
    wanted = example.article()
    assert article.text == wanted.text
    assert (article.title, article.outlet) == (wanted.title, wanted.outlet)
    assert (article.authors, article.published) == (wanted.authors, wanted.published)


def test_the_example_page_loads_nothing_from_elsewhere():
    page = html.parse(str(example.PAGE))
    assert not [link for link in page.xpath("//@src") if "//" in link]


def test_the_library_example_shows_viewpoints_with_their_evidence(tmp_path):
    out = run("library.py", folder=tmp_path)
    assert "The same as JSON:" in out
    assert "stance" in out
    assert "summary" in out
    quoted = [line.split(": ", 1)[1] for line in out.splitlines() if line.startswith("    ")]
    assert quoted
    assert all(text in example.article().text for text in quoted)


def test_the_batch_example_goes_on_after_a_failure(tmp_path):
    target = tmp_path / "out.jsonl"
    out = run("batch.py", target, folder=tmp_path)
    rows = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert [sorted(row) for row in rows] == [["analysis"], ["error", "source"], ["analysis"]]
    assert "no-such-page.html" in rows[1]["error"]
    assert "failed: " in out


@pytest.mark.parametrize("part", ["saved models", "own class", "no models"])
def test_the_own_models_example_names_the_models_it_used(part, own_models):
    heads = [line for line in own_models.splitlines() if line.startswith(part)]
    assert len(heads) == 1
    found = re.fullmatch(r".*: \d+ viewpoints, (\d+) claims", heads[0])
    assert int(found[1]) >= len(example.SENTENCES)  # a sentence with two sides is two claims


def test_the_result_says_which_models_made_it(own_models):
    assert "length-encoder" in own_models
    assert "hash-encoder-512" in own_models
    assert "first-claim-writer" in own_models


@pytest.fixture(scope="module")
def own_models(tmp_path_factory):
    return run("own_models.py", folder=Path(tmp_path_factory.mktemp("own")))
