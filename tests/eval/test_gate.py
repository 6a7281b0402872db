from __future__ import annotations

import json

import pytest

from eval import gate
from summarizer import DataError


@pytest.fixture
def pinned(tmp_path, monkeypatch):
    monkeypatch.setattr(gate, "_SYSTEMS", ("lead",))
    file = tmp_path / "baseline.json"
    gate.update(file)
    return file


def _read(file):
    return json.loads(file.read_text(encoding="utf-8"))


def _floor(file, metric="ari"):
    return _read(file)["floors"]["lead"]["gate"][metric]


def _set(file, value, metric="ari"):
    content = _read(file)
    content["floors"]["lead"]["gate"][metric] = value
    file.write_text(json.dumps(content), encoding="utf-8")


def test_the_gate_holds_what_was_pinned(pinned):
    assert "at or above" in gate.check(pinned)


def test_the_gate_fails_below_a_floor_and_update_does_not_lower_it(pinned):
    measured = _floor(pinned)
    _set(pinned, 0.99)
    before = pinned.read_bytes()
    with pytest.raises(gate.GateError, match=r"lead gate ari: 0\.\d+ \(floor 0\.990\)"):
        gate.check(pinned)
    with pytest.raises(gate.GateError, match="would lower 1 floors"):
        gate.update(pinned)
    assert pinned.read_bytes() == before
    said = gate.update(pinned, lower=True)
    assert said.startswith("lowered lead gate ari: 0.")
    assert "(floor 0.990)" in said
    assert _floor(pinned) == measured
    assert "at or above" in gate.check(pinned)


def test_the_gate_allows_noise_and_no_more(pinned):
    value = _floor(pinned)
    _set(pinned, value + gate.EPSILON * 0.9)
    gate.check(pinned)
    _set(pinned, value + gate.EPSILON * 1.1)
    with pytest.raises(gate.GateError):
        gate.check(pinned)


def test_small_losses_do_not_add_up_over_updates(pinned):
    floor = _floor(pinned) + gate.EPSILON * 0.9
    _set(pinned, floor)
    gate.update(pinned)
    assert _floor(pinned) == floor


def test_an_update_raises_floors_and_says_so(pinned):
    measured = _floor(pinned)
    _set(pinned, 0.1)
    assert "raised lead gate ari: 0.100 → " in gate.update(pinned)
    assert _floor(pinned) == measured


def test_where_less_is_better_more_fails(pinned):
    value = _floor(pinned, "furniture_leaks")
    _set(pinned, value + 0.5, "furniture_leaks")
    gate.check(pinned)
    _set(pinned, value - 0.5, "furniture_leaks")
    with pytest.raises(gate.GateError, match="furniture_leaks"):
        gate.check(pinned)


def test_a_pinned_system_that_cannot_run_fails_the_gate(pinned):
    content = _read(pinned)
    content["floors"]["bertopic-of-nowhere"] = content["floors"]["lead"]
    pinned.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(DataError, match="no system"):
        gate.check(pinned)


def test_weights_that_are_missing_fail_the_gate(pinned, monkeypatch):
    content = _read(pinned)
    content["floors"]["bertopic"] = {"gate-sides": {"ari": 0.0}}
    pinned.write_text(json.dumps(content), encoding="utf-8")
    monkeypatch.setattr("eval.systems.topics.find_spec", lambda _: None)
    with pytest.raises(gate.GateError, match="bertopic gate-sides ari: not measured"):
        gate.check(pinned)


def test_another_bundled_set_has_no_floors(pinned):
    content = _read(pinned)
    content["data"] = {"gate.jsonl": "0" * 64}
    pinned.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(DataError, match="changed"):
        gate.check(pinned)


def test_the_committed_floors_cover_the_fakes_and_the_bundled_models():
    content = _read(gate.BASELINE)
    assert set(gate._SYSTEMS) <= set(content["floors"])
    assert content["epsilon"] == gate.EPSILON
    assert content["data"] == gate._data()
    assert {"encoder", "writer"} <= set(content["weights"]["ours"])
