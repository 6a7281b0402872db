"""The benchmarks, by name."""

from __future__ import annotations

from eval.suite import Suite
from eval.suites import flipside, gate, newsroom, perspectrum, procon

SUITES: dict[str, Suite] = {
    suite.name: suite
    for module in (gate, newsroom, procon, perspectrum, flipside)
    for suite in module.SUITES
}
