"""The benchmarks, by name."""

from __future__ import annotations

from eval.suite import Suite
from eval.suites import (
    attribution,
    extraction,
    flipside,
    gate,
    newsroom,
    perspectrum,
    procon,
)

SUITES: dict[str, Suite] = {
    suite.name: suite
    for module in (
        gate,
        newsroom,
        procon,
        perspectrum,
        flipside,
        attribution,
        extraction,
    )
    for suite in module.SUITES
}
