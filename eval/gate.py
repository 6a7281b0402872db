"""The quality gate: no system may fall below its floor on the bundled set.

A floor is what was measured when it was pinned. EPSILON allows for float noise between processors:
one sentence that changes its viewpoint moves the mean ARI by 0.024 or more, and that is a change
of behaviour, which should be seen.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console

from eval.report.tables import number
from eval.session import Options, run_all
from eval.suites import SUITES
from summarizer import DataError, SummarizerError

EPSILON = 0.005
BASELINE = Path(__file__).parent / "baseline.json"
_SUITES = ("gate", "gate-sides")
_SYSTEMS = ("lead", "tfidf", "fakes", "ours")
_LOWER_IS_BETTER = frozenset({"furniture_leaks", "unsupported"})
_HELD = (
    "ari",
    "pair_f1",
    "b_cubed",
    "background_f1",
    "holder_f1",
    "rouge1",
    "number_within_1",
    *sorted(_LOWER_IS_BETTER),
)
Floors = dict[str, dict[str, dict[str, float]]]
"""System → suite → metric → value."""


class GateError(SummarizerError):
    """A figure fell below its floor, or a floor would sink."""


def check(baseline: Path = BASELINE) -> str:
    """Return a line that says how many figures were held.

    Raises GateError that names every figure below its floor and every system whose floors could not
    be checked, DataError when the bundled set is not the one that was measured.
    """
    pinned = _read(baseline)
    if pinned["data"] != _data():
        raise DataError("the bundled set changed since its floors were pinned: run gate --update")
    measured, weights = measure(list(pinned["floors"]))
    below = [line for line, _ in _below(pinned["floors"], measured)]
    if below:
        known = pinned["weights"] == weights
        note = "" if known else "\nweights are not the pinned ones: if on purpose, gate --update"
        raise GateError("below the floor:\n" + "\n".join(below) + note)
    count = sum(len(m) for suites in pinned["floors"].values() for m in suites.values())
    return f"{count} figures at or above their floors (epsilon {EPSILON})"


def update(baseline: Path = BASELINE, *, lower: bool = False) -> str:
    """Pin what is measured now, and return what changed; lowered floors are named first.

    Raises GateError when a floor would sink and `lower` is not given; nothing is written then.
    """
    measured, weights = measure(_SYSTEMS)
    old: Floors = _read(baseline)["floors"] if baseline.is_file() else {}
    below = list(_below(old, measured))
    if below and not lower:
        lines = "\n".join(line for line, _ in below)
        raise GateError(f"would lower {len(below)} floors; --lower does it:\n{lines}")
    # Within epsilon a floor stays: small losses must not add up from one update to the next.
    floors = _merged(old, measured, {key for _, key in below})
    pinned = {"epsilon": EPSILON, "data": _data(), "weights": weights, "floors": floors}
    baseline.write_text(json.dumps(pinned, indent=2) + "\n", encoding="utf-8")
    raised = sorted(_raised(old, floors))
    parts = [f"lowered {line}" for line, _ in below] + [f"raised {line}" for line in raised]
    return "\n".join([*parts, f"pinned {', '.join(floors)} (epsilon {EPSILON})"])


def measure(systems: Sequence[str]) -> tuple[Floors, dict[str, Any]]:
    """Return what is measured, and what identifies the weights of each system.

    A system without its weights has no figures, so its floors are not held.
    """
    with tempfile.TemporaryDirectory() as folder:
        options = Options(data=None, out=Path(folder))
        result = run_all(_SUITES, systems, options, console=Console(stderr=True))
    floors: Floors = {name: {} for name in result["systems"]}
    for suite, entry in result["suites"].items():
        for system, figures in entry["systems"].items():
            floors[system][suite] = _held(system, figures)
    weights = {name: about for name, about in result["systems"].items() if "encoder" in about}
    return floors, weights


def _held(system: str, figures: Mapping[str, Any]) -> dict[str, float]:
    if figures["failed"]:
        raise GateError(f"{system} failed on {figures['failed']} samples of the bundled set")
    metrics = figures["metrics"]
    return {m: metrics[m]["value"] for m in _HELD if metrics.get(m, {}).get("value") is not None}


_Key = tuple[str, str, str]


def _flat(floors: Floors) -> dict[_Key, float]:
    return {
        (system, suite, metric): value
        for system, suites in floors.items()
        for suite, metrics in suites.items()
        for metric, value in metrics.items()
    }


def _below(floors: Floors, measured: Floors) -> Iterator[tuple[str, _Key]]:
    """Yield a line and the key of each floor that is not held, absent figures included."""
    found = _flat(measured)
    for key, floor in _flat(floors).items():
        value = found.get(key)
        if value is None:
            yield f"{' '.join(key)}: not measured (floor {number(floor)})", key
        elif _worse(key[2], value, floor):
            yield f"{' '.join(key)}: {number(value)} (floor {number(floor)})", key


def _worse(metric: str, value: float, floor: float, *, by: float = EPSILON) -> bool:
    return value > floor + by if metric in _LOWER_IS_BETTER else value < floor - by


def _merged(old: Floors, measured: Floors, lowered: set[_Key]) -> Floors:
    """Return the better of old and measured for each figure, the measured where it may sink."""
    before = _flat(old)
    merged: Floors = {}
    for key, value in _flat(measured).items():
        floor = before.get(key, value)
        keep = key not in lowered and _worse(key[2], value, floor, by=0.0)
        system, suite, metric = key
        merged.setdefault(system, {}).setdefault(suite, {})[metric] = floor if keep else value
    return merged


def _raised(old: Floors, new: Floors) -> Iterator[str]:
    before = _flat(old)
    for key, value in _flat(new).items():
        floor = before.get(key)
        if floor is None:
            yield f"{' '.join(key)}: {number(value)} (new)"
        elif _worse(key[2], floor, value, by=0.0):
            yield f"{' '.join(key)}: {number(floor)} → {number(value)}"


def _read(baseline: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(baseline.read_text(encoding="utf-8"))
    return {"weights": {}, **found}


def _data() -> dict[str, str]:
    return dict(SUITES["gate"].data)
