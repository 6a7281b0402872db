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
    # with two documents one swap in four gives the difference itself, and one its negative
    found = paired_test(_table([1.0, 1.0]), _table([0.0, 0.0]), ratio(0), rng=_rng())
    assert found.p == pytest.approx(0.5, abs=0.05)
