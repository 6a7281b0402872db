"""Settings go by what the loaded writer can do, wherever its folder lies."""

from __future__ import annotations

from pathlib import Path

import pytest

from summarizer import Summarizer
from summarizer.cli.model_options import ModelOptions, load
from summarizer.models import load_writer, settings_for
from summarizer.settings import FOR_A_SCORER, Settings
from summarizer.types import Article
from tests import tiny_models
from tests.fakes import TEXT


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_models.encoder(tmp_path_factory.mktemp("encoder"))


def test_a_writer_of_our_own_training_is_asked_as_the_bundled_one_is(
    encoder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tiny_models.own_writer(tmp_path / "my-writer")
    summarizer = Summarizer.from_pretrained(encoder, folder, offline=True)
    assert summarizer.settings == Settings(**FOR_A_SCORER) == settings_for(load_writer())

    def write(*_: object) -> None:
        raise AssertionError("a writer that only chooses was asked to write")

    monkeypatch.setattr(summarizer.writer, "write", write)
    assert summarizer.summarize_viewpoint([TEXT]).text
    assert summarizer.analyze(Article(text=TEXT)).claims


def test_any_other_writer_writes_freely(encoder: Path, tmp_path: Path) -> None:
    folder = tiny_models.writer(tmp_path / "other")
    assert Summarizer.from_pretrained(encoder, folder, offline=True).settings == Settings()


def test_settings_that_are_given_stay(encoder: Path, tmp_path: Path) -> None:
    folder, given = tiny_models.own_writer(tmp_path / "my-writer"), Settings(claims_apart=1)
    found = Summarizer.from_pretrained(encoder, folder, offline=True, settings=given)
    assert found.settings == given


@pytest.mark.parametrize("own", [True, False])
def test_options_change_the_settings_that_fit_the_writer(
    encoder: Path, tmp_path: Path, own: bool
) -> None:
    folder = (tiny_models.own_writer if own else tiny_models.writer)(tmp_path / "w")
    options = ModelOptions(encoder=str(encoder), writer=str(folder), offline=True)
    found = load(options, changes={"timeout_s": 3.0}).settings
    assert found == Settings(**(FOR_A_SCORER if own else {}), timeout_s=3.0)
