from __future__ import annotations

from pathlib import Path

import pytest

from summarizer import weights
from summarizer.errors import ModelError


def _folder(path: Path, *names: str) -> Path:
    path.mkdir()
    for name in names:
        (path / name).write_bytes(name.encode())
    return path


def test_a_folder_stands_for_itself_and_a_name_for_the_hub(tmp_path):
    folder = _folder(tmp_path / "own", "config.json", "model.safetensors")
    assert weights.locate(folder, kind="writer") == folder
    assert weights.locate(str(folder), kind="writer") == folder
    assert weights.locate("facebook/bart-large-cnn", kind="writer") == "facebook/bart-large-cnn"


def test_nothing_named_means_the_bundled_weights(tmp_path, monkeypatch):
    folder = _folder(tmp_path / "bundled", "config.json", "model.safetensors")
    monkeypatch.setattr(weights, "bundled", lambda kind: folder)
    assert weights.locate(None, kind="encoder") == folder
    (folder / "config.json").unlink()
    with pytest.raises(ModelError, match="reinstall"):
        weights.locate(None, kind="encoder")


@pytest.mark.parametrize("name", ["./nowhere", "/nowhere/at/all", "a/b/c", "~/nowhere-at-all"])
def test_a_path_that_is_not_there_is_not_taken_for_a_hub_name(name):
    with pytest.raises(ModelError, match="no such folder"):
        weights.locate(name, kind="writer")


def test_pickles_are_refused(tmp_path):
    folder = _folder(tmp_path / "old", "config.json", "pytorch_model.bin")
    with pytest.raises(ModelError, match="pickles"):
        weights.locate(folder, kind="writer")
    with pytest.raises(ModelError, match=r"no config\.json"):
        weights.locate(_folder(tmp_path / "empty"), kind="writer")


def test_the_digest_follows_weights_and_config_and_nothing_else(tmp_path):
    folder = _folder(tmp_path / "own", "config.json", "model.safetensors")
    first = weights.digest(folder)
    (folder / "README.md").write_text("a card")
    assert weights.digest(folder) == first
    (folder / "config.json").write_text("{}")
    assert weights.digest(folder) != first
    (folder / "model.safetensors").unlink()
    with pytest.raises(ModelError, match="safetensors"):
        weights.digest(folder)
