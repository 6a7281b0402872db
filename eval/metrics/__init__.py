"""Metrics, each a pure function of gold and prediction. None says "could not be judged"."""

from __future__ import annotations

from eval.metrics.facts import holder_counts, same_holder, unsupported
from eval.metrics.matching import assign, match, matched_f1, soft_scores
from eval.metrics.partitions import (
    adjusted_rand,
    b_cubed,
    matching_accuracy,
    pair_f1,
    singletons,
)
from eval.metrics.ranking import best_match_precision
from eval.metrics.texts import ROUGE, coverage, matched_rouge, novelty, rouge, shingle_counts

__all__ = [
    "ROUGE",
    "adjusted_rand",
    "assign",
    "b_cubed",
    "best_match_precision",
    "coverage",
    "holder_counts",
    "match",
    "matched_f1",
    "matched_rouge",
    "matching_accuracy",
    "novelty",
    "pair_f1",
    "rouge",
    "same_holder",
    "shingle_counts",
    "singletons",
    "soft_scores",
    "unsupported",
]
