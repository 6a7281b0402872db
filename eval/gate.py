"""The quality gate: no system may fall below its floor on the bundled set.

A floor is what was measured when it was pinned. EPSILON allows for float noise between processors:
one sentence that changes its viewpoint moves the mean ARI by 0.024 or more, and that is a change
of behaviour, which should be seen.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from rich.console import Console

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


class GateError(SummarizerError):
    """A figure fell below its floor."""


def check(baseline: Path = BASELINE) -> str:
    """Return a line per figure held; `GateError` names every figure below its floor."""
    pinned = json.loads(baseline.read_text(encoding="utf-8"))
    _check_data(pinned)
    measured = measure([name for name in _SYSTEMS if name in pinned["floors"]])
    below = _below(pinned["floors"], measured)
    if below:
        raise GateError("below the floor:\n" + "\n".join(below))
    count = sum(len(m) for suites in pinned["floors"].values() for m in suites.values())
    return f"{count} figures at or above their floors (epsilon {EPSILON})"


def update(baseline: Path = BASELINE, *, lower: bool = False) -> str:
    """Pin what is measured now; `GateError` when a floor would sink and `lower` is not given."""
    measured = measure(_SYSTEMS)
    if baseline.is_file() and not lower:
        below = _below(json.loads(baseline.read_text(encoding="utf-8"))["floors"], measured)
        if below:
            raise GateError("would lower a floor (see --lower):\n" + "\n".join(below))
    pinned = {"epsilon": EPSILON, "data": _data(), "floors": measured}
    baseline.write_text(json.dumps(pinned, indent=2) + "\n", encoding="utf-8")
    return f"pinned {', '.join(measured)}"


def measure(systems: Any) -> Floors:
    """Return system → suite → metric → value; systems without weights are left out."""
    found: Floors = {}
    console = Console(stderr=True)
    for name in systems:
        with tempfile.TemporaryDirectory() as folder:
            options = Options(data=None, out=Path(folder))
            result = run_all(_SUITES, [name], options, console=console)
        if name not in result["skipped"]:
            found[name] = {suite: _held(entry, name) for suite, entry in result["suites"].items()}
    return found


def _held(entry: dict[str, Any], system: str) -> dict[str, float]:
    figures = entry["systems"].get(system, {"metrics": {}, "failed": 0})
    if figures["failed"]:
        raise GateError(f"{system} failed on {figures['failed']} samples of the bundled set")
    metrics = figures["metrics"]
    return {m: metrics[m]["value"] for m in _HELD if metrics.get(m, {}).get("value") is not None}


def _below(floors: Floors, measured: Floors) -> list[str]:
    lines = []
    for system, suites in floors.items():
        for suite, metrics in suites.items():
            for metric, floor in metrics.items():
                value = measured.get(system, {}).get(suite, {}).get(metric)
                if value is None or _worse(metric, value, floor):
                    lines.append(f"{system} {suite} {metric}: {value} (floor {floor})")
    return lines


def _worse(metric: str, value: float, floor: float) -> bool:
    if metric in _LOWER_IS_BETTER:
        return value > floor + EPSILON
    return value < floor - EPSILON


def _data() -> dict[str, str]:
    return dict(SUITES["gate"].data)


def _check_data(pinned: dict[str, Any]) -> None:
    if pinned["data"] != _data():
        raise DataError("the bundled set changed since its floors were pinned: run gate --update")
