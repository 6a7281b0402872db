"""Correlation clustering against an exact solver, and the laws of a partition."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.optimize import LinearConstraint, milp

from summarizer.protocols import Relations
from summarizer.settings import Settings
from summarizer.viewpoints.cluster import (
    cluster,
    cluster_points,
    confidence,
    correlation_clusters,
    objective,
)


def symmetric(n: int, seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    weights = np.triu(rng.normal(size=(n, n)), 1)
    return weights + weights.T


def exact(weights: np.ndarray) -> float:
    """Return the optimum by integer programming (Grötschel and Wakabayashi 1989)."""
    n = len(weights)
    pairs = list(combinations(range(n), 2))
    number = {pair: i for i, pair in enumerate(pairs)}
    rows = []
    for i, j, k in combinations(range(n), 3):
        ij, jk, ik = number[i, j], number[j, k], number[i, k]
        for plus, also, minus in ((ij, jk, ik), (ij, ik, jk), (jk, ik, ij)):
            row = np.zeros(len(pairs))
            row[[plus, also]], row[minus] = 1, -1
            rows.append(row)
    cost = -np.array([weights[pair] for pair in pairs])
    constraints = LinearConstraint(np.array(rows), ub=1) if rows else ()
    solved = milp(cost, constraints=constraints, integrality=np.ones(len(pairs)), bounds=(0, 1))
    assert solved.success
    return -float(solved.fun)


@pytest.mark.parametrize("n", [2, 3, 5, 8, 11])
def test_search_comes_within_two_percent_of_the_optimum_on_average(n: int) -> None:
    ratios = []
    for seed in range(12):
        weights = symmetric(n, seed)
        best = exact(weights)
        found = objective(weights, correlation_clusters(weights))
        assert found <= best + 1e-6
        ratios.append(found / best if best > 1e-9 else 1.0)
    assert np.mean(ratios) > 0.98


def test_search_finds_planted_sides() -> None:
    planted = np.array([0, 0, 1, 0, 1, 1, 2, 2, 0, 2])
    weights = np.where(planted[:, None] == planted[None], 1.0, -1.0)
    np.fill_diagonal(weights, 0)
    found = correlation_clusters(weights)
    assert (found[:, None] == found[None]).tolist() == (weights + np.eye(10) > 0).tolist()


def test_a_cost_of_opening_merges_what_barely_differs() -> None:
    weights = np.array([[0.0, -0.1], [-0.1, 0.0]])
    assert correlation_clusters(weights).tolist() == [0, 1]
    assert correlation_clusters(weights, opening_cost=0.5).tolist() == [0, 0]


@given(st.integers(0, 9), st.integers(0, 10_000))
@settings(deadline=None)
def test_no_merge_and_no_move_improves_a_result(n: int, seed: int) -> None:
    weights = symmetric(n, seed)
    labels = correlation_clusters(weights)
    value = objective(weights, labels)
    for row in range(n):
        for target in range(labels.max() + 2):
            moved = labels.copy()
            moved[row] = target
            assert objective(weights, moved) <= value + 1e-6
    for a, b in combinations(range(labels.max(initial=-1) + 1), 2):
        assert objective(weights, np.where(labels == b, a, labels)) <= value + 1e-6


@given(st.integers(1, 12), st.integers(0, 10_000))
@settings(deadline=None)
def test_every_row_stands_once_in_a_partition(n: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    relations = Relations(
        types=rng.dirichlet(np.ones(3), n), sides=symmetric(n, seed), similarity=np.eye(n)
    )
    partition = cluster(relations, settings=Settings())
    rows = [*partition.background, *partition.unplaced]
    rows += [row for viewpoint in partition.viewpoints for row in viewpoint]
    assert sorted(rows) == list(range(n))
    assert len(partition.confidence) == len(partition.viewpoints)
    assert all(0 <= value <= 1 for value in partition.confidence)


def test_claims_are_background_where_the_encoder_says_so() -> None:
    types = np.array([[0.9, 0.1, 0.0], [0.9, 0.1, 0.0], [0.1, 0.9, 0.0], [0.1, 0.1, 0.8]])
    sides = np.ones((4, 4)) - np.eye(4)
    relations = Relations(types=types, sides=sides, similarity=np.eye(4))
    partition = cluster(relations, settings=Settings())
    assert partition.viewpoints == ((0, 1),)
    assert partition.background == (2,)
    assert partition.unplaced == (3,)
    assert partition.labels(4) == [0, 0, -1, -1]


def test_points_group_what_is_alike() -> None:
    similarity = np.array([[1.0, 0.9, 0.1], [0.9, 1.0, 0.2], [0.1, 0.2, 1.0]])
    groups = cluster_points([4, 6, 7], _spread(similarity, [4, 6, 7]), settings=Settings())
    assert groups == ((4, 6), (7,))


def _spread(similarity: np.ndarray, rows: list[int]) -> np.ndarray:
    full = np.eye(8)
    full[np.ix_(rows, rows)] = similarity
    return full


def test_confidence_is_the_mean_of_calibrated_margins() -> None:
    chosen = Settings(confidence_scale=2.0, confidence_shift=-1.0)
    assert confidence([0.5], settings=chosen) == 0.5
    assert confidence([0.5, 50.0], settings=chosen) == 0.75
    assert confidence([3.0], settings=chosen) > confidence([2.0], settings=chosen)


def test_a_row_that_fits_badly_has_the_least_margin() -> None:
    sides = np.array(
        [[0, 4, 1, -4, -4], [4, 0, 1, -4, -4], [1, 1, 0, -1, -1], [-4, -4, -1, 0, 4],
         [-4, -4, -1, 4, 0]], dtype=float,
    )  # fmt: skip
    relations = Relations(types=np.tile([1.0, 0.0, 0.0], (5, 1)), sides=sides, similarity=np.eye(5))
    partition = cluster(relations, settings=Settings(centring=0.0, opening_cost=0.0))
    assert partition.viewpoints == ((0, 1, 2), (3, 4))
    margins = partition.margins[0]
    assert min(margins) == margins[2]


@pytest.mark.parametrize("seed", range(40))
def test_points_are_those_of_the_whole_tree(seed):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(3, 25))
    vectors = rng.normal(size=(n, 3)) + rng.normal(size=3)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    similarity = np.round(vectors @ vectors.T, 4)
    distance = np.clip(1 - similarity, 0, 2)
    tree = linkage(distance[np.triu_indices(n, k=1)], method="average")
    wanted = fcluster(tree, np.nextafter(1 - 0.8, 0), criterion="distance")
    groups = cluster_points(range(n), similarity, settings=Settings(point_threshold=0.8))
    assert {frozenset(group) for group in groups} == {
        frozenset(np.flatnonzero(wanted == k).tolist()) for k in set(wanted)
    }
