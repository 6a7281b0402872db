"""The benchmarks, by name."""

from __future__ import annotations

from eval.suite import Suite
from eval.suites import (
    arc_gist,
    argkp,
    attribution,
    debatepedia,
    extraction,
    faithfulness,
    flipside,
    gate,
    neus,
    newsroom,
    perspectives360,
    perspectrum,
    procon,
    qags,
    vast,
)

SUITES: dict[str, Suite] = {
    suite.name: suite
    for module in (
        gate,
        newsroom,
        procon,
        perspectrum,
        vast,
        argkp,
        neus,
        flipside,
        perspectives360,
        debatepedia,
        arc_gist,
        faithfulness,
        qags,
        attribution,
        extraction,
    )
    for suite in module.SUITES
}
