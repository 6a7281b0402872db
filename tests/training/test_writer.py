"""Training of the writer: from start to folder, resumed, and gone on with."""

from __future__ import annotations

import json

import pytest
import torch
from transformers import AutoModelForSeq2SeqLM

from summarizer.errors import ModelError
from summarizer.training import averaging
from summarizer.training.writer import loop
from summarizer.training.writer.model import SIZES, build_writer, load_base
from summarizer.training.writer.recipe import Recipe, schedule
from summarizer.training.writer.train import train_writer
from summarizer.weights import digest
from tests.training.writer_data import SENTENCES


def test_the_rate_rises_falls_and_never_stops():
    assert schedule(0.0, 0.1) > 0
    assert schedule(0.1, 0.1) == 1.0
    assert 0 < schedule(1.0, 0.1) < 0.1


class _Clock:
    """One second per look, so that a run takes the same steps on any machine."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        self.now += 1.0
        return self.now


def _train(data, out, base, **kwargs):
    recipe = Recipe(size="tiny", seed=3, save_every_s=2.0, measure_every_s=1e9, samples=1)
    return train_writer(
        data, out, time_budget=3, recipe=recipe, base=base, clock=_Clock(), **kwargs
    )


def test_a_short_run_leaves_a_folder_that_loads_a_report_and_a_checkpoint(data, base, tmp_path):
    out = _train(data, tmp_path / "out", base)
    model, info = AutoModelForSeq2SeqLM.from_pretrained(out, output_loading_info=True)
    assert not info["missing_keys"]
    assert model.config.model_type == "bart"
    assert model.config.prompt_family == "bundled"
    assert {"README.md", "config.json", "model.safetensors", "tokenizer.json"} <= {
        path.name for path in out.iterdir()
    }
    card = (out / "README.md").read_text()
    assert "newsroom-summary" in card
    assert SENTENCES[0] not in card
    report = json.loads((tmp_path / "out-run/report.json").read_text())
    assert report["steps"] >= 2
    assert report["rows"]["newsroom-summary"] > 0
    assert report["dropped"]["articles: stands in a development or test set"] == 10
    assert report["curve"][-1]["held_out"]["samples"]
    resumed = train_writer(
        data,
        tmp_path / "out",
        time_budget=5,
        recipe=Recipe(size="tiny", seed=3, samples=0),
        base=base,
        clock=_Clock(),
        resume=True,
    )
    again = json.loads((tmp_path / "out-run/report.json").read_text())
    assert resumed == out
    assert again["steps"] > report["steps"]


def test_a_run_goes_on_from_trained_weights(data, base, tmp_path):
    first = _train(data, tmp_path / "one", base)
    second = _train(data, tmp_path / "two", base, start=first)
    report = json.loads((tmp_path / "two-run/report.json").read_text())
    assert report["recipe"]["start"] == digest(first)
    assert report["recipe"]["mix_from"] > 0.5
    assert [point["share"] for point in report["between"]] == list(averaging.SHARES)
    assert (first / "tokenizer.json").read_bytes() == (second / "tokenizer.json").read_bytes()
    assert (first / "model.safetensors").read_bytes() != (second / "model.safetensors").read_bytes()


def test_going_on_from_a_folder_that_is_no_writer_is_an_error(data, base, tmp_path):
    with pytest.raises(ModelError, match="holds no safetensors"):
        _train(data, tmp_path / "out", base, start=tmp_path)
    (tmp_path / "model.safetensors").write_bytes(b"nothing")
    with pytest.raises(ModelError, match="no writer to go on from"):
        _train(data, tmp_path / "out", base, start=tmp_path)


def test_the_same_seed_gives_the_same_weights(data, base, tmp_path):
    first = _train(data, tmp_path / "one", base) / "model.safetensors"
    second = _train(data, tmp_path / "two", base) / "model.safetensors"
    assert first.read_bytes() == second.read_bytes()


def test_a_loss_that_is_no_number_stops_the_run_and_leaves_no_folder(
    data, base, tmp_path, monkeypatch
):
    broken = torch.tensor(float("nan")), torch.tensor(0.0)
    monkeypatch.setattr(loop, "losses", lambda *_, **__: broken)
    with pytest.raises(ModelError, match="loss is nan"):
        _train(data, tmp_path / "out", base)
    assert not (tmp_path / "out").exists()


def test_resuming_needs_a_checkpoint(data, base, tmp_path):
    with pytest.raises(ModelError, match="no checkpoint"):
        _train(data, tmp_path / "out", base, resume=True)


def test_a_base_model_too_small_for_the_size_is_refused(base):
    encoder, tokenizer = load_base(base)
    with pytest.raises(ModelError, match="2 layers only"):
        build_writer(encoder, tokenizer, SIZES["small"], texts=SENTENCES)
