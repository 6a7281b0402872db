"""The harness with words for vectors, so that tests of suites load no model."""

from __future__ import annotations

from typing import Any

import numpy as np

from eval.systems import minilm
from summarizer.testing import HashEncoder


def without_model(monkeypatch: Any) -> None:
    """Let the judge compare bags of words; orthogonal unless texts share one."""
    encoder = HashEncoder(width=4096)
    monkeypatch.setattr(minilm, "require", lambda: None)
    monkeypatch.setattr(minilm, "encode", lambda texts: encoder.encode(texts).astype(np.float64))
