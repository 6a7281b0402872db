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


def test_a_recorded_folder_has_the_digest_of_its_files_at_once(tmp_path, monkeypatch):
    folder = _folder(tmp_path / "own", "config.json", "model.safetensors")
    exact = weights.digest(folder)
    weights.record(folder)
    monkeypatch.setattr(weights.hashlib, "file_digest", lambda *_: pytest.fail("read twice"))
    assert weights.digest(folder) == exact


@pytest.mark.parametrize("change", [lambda b: b[:-1], lambda b: b + b" ", lambda b: b[::-1]])
def test_a_file_that_is_not_as_recorded_is_refused(tmp_path, change):
    folder = _folder(tmp_path / "own", "config.json", "model.safetensors")
    weights.record(folder)
    file = folder / "model.safetensors"
    file.write_bytes(change(file.read_bytes()))
    with pytest.raises(ModelError, match="is not the file named in SHA256SUMS"):
        weights.digest(folder)


@pytest.mark.parametrize("sums", ["", "no sum", "ab  config.json", "# crc32 00000000  config.json"])
def test_sums_of_which_half_is_missing_are_no_reason_to_trust_a_file(tmp_path, sums):
    folder = _folder(tmp_path / "own", "config.json", "model.safetensors")
    exact = weights.digest(folder)
    (folder / weights.SUMS).write_text(sums)
    if sums and not sums.startswith("#"):
        with pytest.raises(ModelError, match="is not the file named in SHA256SUMS"):
            weights.digest(folder)
    else:
        assert weights.digest(folder) == exact


def test_a_recorded_sum_that_is_none_is_refused_though_the_quick_one_is_right(tmp_path):
    folder = _folder(tmp_path / "own", "config.json", "model.safetensors")
    target = weights.record(folder)
    lines = target.read_text().splitlines()
    target.write_text("\n".join(f"zz  {x.split()[-1]}" if x[0] != "#" else x for x in lines))
    with pytest.raises(ModelError, match="is not the file named in SHA256SUMS"):
        weights.digest(folder)
