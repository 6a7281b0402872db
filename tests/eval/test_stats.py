from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import bootstrap as reference

from eval.stats import bootstrap, paired_test, ratio


def _table(values, weights=None):
    weights = np.ones(len(values)) if weights is None else np.array(weights, dtype=float)
    return np.stack([np.array(values) * weights, weights], axis=1)[:, None, :]


def _rng():
    return np.random.default_rng(7)


def test_the_figure_is_the_weighted_mean():
    found = bootstrap(_table([0.5, 1.0], [1, 3]), ratio(0), rng=_rng())
    assert found.value == pytest.approx(0.875)


def test_equal_documents_leave_no_doubt():
    found = bootstrap(_table([0.3] * 9), ratio(0), rng=_rng())
    assert found.low == pytest.approx(0.3)
    assert found.high == pytest.approx(0.3)


def test_the_interval_agrees_with_scipy_where_both_apply():
    values = np.random.default_rng(1).normal(size=60)
    ours = bootstrap(_table(values), ratio(0), rng=_rng(), resamples=8000)
    theirs = reference((values,), np.mean, method="percentile", rng=_rng(), n_resamples=8000)
    assert ours.low == pytest.approx(theirs.confidence_interval.low, abs=0.02)
    assert ours.high == pytest.approx(theirs.confidence_interval.high, abs=0.02)


def test_rows_of_one_document_widen_the_interval():
    # ten documents of ten equal rows each hold ten facts, not a hundred
    values = np.random.default_rng(2).normal(size=10)
    by_document = bootstrap(_table(values, [10] * 10), ratio(0), rng=_rng())
    by_row = bootstrap(_table(np.repeat(values, 10)), ratio(0), rng=_rng())
    assert by_document.high - by_document.low > 2 * (by_row.high - by_row.low)


def test_the_same_generator_gives_the_same_interval():
    table = _table([0.1, 0.9, 0.4])
    assert bootstrap(table, ratio(0), rng=_rng()) == bootstrap(table, ratio(0), rng=_rng())


def test_what_was_never_judged_has_no_figure():
    found = bootstrap(_table([0.0, 0.0], [0, 0]), ratio(0), rng=_rng())
    assert np.isnan([found.value, found.low, found.high]).all()


def test_documents_are_needed():
    with pytest.raises(ValueError, match="no document"):
        bootstrap(np.zeros((0, 1, 2)), ratio(0), rng=_rng())
    with pytest.raises(ValueError, match="not the same documents"):
        paired_test(_table([1.0]), _table([1.0, 0.0]), ratio(0), rng=_rng())


def test_a_system_does_not_differ_from_itself():
    table = _table([0.1, 0.9, 0.4])
    found = paired_test(table, table, ratio(0), rng=_rng())
    assert (found.value, found.low, found.high, found.p) == (0.0, 0.0, 0.0, 1.0)


def test_a_small_steady_gain_is_found_by_pairing():
    values = np.random.default_rng(3).uniform(size=40)
    found = paired_test(_table(values + 0.02), _table(values), ratio(0), rng=_rng())
    assert found.value == pytest.approx(0.02)
    assert found.low > 0
    assert found.p < 0.01


def test_few_documents_cannot_be_significant():
    # of the four ways to swap two documents, one gives the difference itself and one its negative
    found = paired_test(_table([1.0, 1.0]), _table([0.0, 0.0]), ratio(0), rng=_rng())
    assert found.p == 0.5


def test_with_few_documents_every_swap_is_tried():
    # A wins 0.5 twice and loses 0.25 once: of the 8 swaps, 4 differ as much (sum 0.75 or more)
    found = paired_test(_table([1.0, 1.0, 0.5]), _table([0.5, 0.5, 0.75]), ratio(0), rng=_rng())
    assert found.value == pytest.approx(0.25)
    assert found.p == 4 / 8
    assert paired_test(_table([1.0] * 5), _table([0.0] * 5), ratio(0), rng=_rng()).p == 2 / 32


def test_the_sampled_test_agrees_with_the_exact_one():
    rng = np.random.default_rng(5)
    a, b = _table(rng.uniform(size=10)), _table(rng.uniform(size=10))
    exact = paired_test(a, b, ratio(0), rng=_rng(), resamples=2000)
    sampled = paired_test(a, b, ratio(0), rng=_rng(), resamples=1000)
    assert exact.p * 1024 == int(exact.p * 1024)
    assert sampled.p == pytest.approx(exact.p, abs=0.05)


def test_one_document_has_no_interval():
    one = bootstrap(_table([0.5]), ratio(0), rng=_rng())
    assert one.value == 0.5
    assert np.isnan([one.low, one.high]).all()
    found = paired_test(_table([0.5]), _table([0.25]), ratio(0), rng=_rng())
    assert found.value == 0.25
    assert np.isnan([found.low, found.high]).all()
    assert found.p == 1.0


def test_what_was_never_judged_differs_from_nothing():
    found = paired_test(_table([0, 0], [0, 0]), _table([1.0, 1.0]), ratio(0), rng=_rng())
    assert np.isnan([found.value, found.low, found.high, found.p]).all()
