"""What lies behind the figures: where sentences went, by length, by confidence."""

from __future__ import annotations

import math

import pytest

from eval import build, diagnose
from eval.report.breakdown import calibration, lengths, where
from eval.suite import Sample

BODY = "Trams are loud. Trams are clean. The vote is on Monday. Read more here."
SPANS = [(0, 15), (16, 32), (33, 55), (56, 71)]
GOLD = {
    "viewpoints": [{"sentences": [BODY[:15]]}, {"sentences": [BODY[16:32]]}],
    "background": [BODY[33:55]],
    "boilerplate": [BODY[56:]],
}


def _diagnosed(places):
    sides = [build.Side(label=name, summary=name) for name in ("No", "Yes")]
    spans = SPANS[: len(places)]
    found = build.analysis({"text": BODY}, spans, places, sides=sides, made_with="test")
    sample = Sample(id="x", document="x", task="analyze", input={"text": BODY}, gold=GOLD)
    return diagnose.diagnose(sample, found)


def test_where_sentences_went_is_counted_against_their_own_viewpoint():
    found = _diagnosed([1, 0, 0])
    assert found["words"] == 14
    # which number a viewpoint has does not matter; background among claims is wrong
    assert found["went"] == {
        "viewpoint": {"its viewpoint": 2},
        "background": {"wrong viewpoint": 1},
        "furniture": {"left out": 1},
    }
    assert found["viewpoints"] == [[1.0, 2, 1], [1.0, 1, 1]]
    together = _diagnosed([0, 0, -1, -1])["went"]
    assert together["viewpoint"] == {"its viewpoint": 1, "wrong viewpoint": 1}
    assert together["background"] == together["furniture"] == {"background": 1}


def _row(words=10, ari=0.5, **about):
    return {"scores": {"ari": {"value": ari}}, "about": {"words": words, **about}}


def test_shares_are_of_all_labelled_sentences_with_an_interval_over_articles():
    went = [
        {"viewpoint": {"its viewpoint": 3}, "background": {}, "furniture": {}},
        {"viewpoint": {"wrong viewpoint": 1}, "background": {}, "furniture": {}},
    ]
    found = where([_row(went=one) for one in went], seed=0)
    assert set(found) == {"viewpoint"}
    own = found["viewpoint"]["its viewpoint"]
    assert (own.value, own.low, own.high) == (0.75, 0.0, 1.0)


def test_lengths_are_averaged_by_thirds_of_the_articles():
    rows = [_row(words, ari) for words, ari in ((9, 1.0), (1, 0.1), (2, 0.3), (3, 0.5), (4, 0.7))]
    points, bins = lengths([*rows, _row(99, None)], seed=0)
    assert points == [(1, 0.1), (2, 0.3), (3, 0.5), (4, 0.7), (9, 1.0)]
    assert [(one.x, one.count) for one in bins] == [(1.5, 2), (3.5, 2), (9.0, 1)]
    assert bins[0].figure.value == pytest.approx(0.2)
    assert (bins[0].figure.low, bins[0].figure.high) == pytest.approx((0.1, 0.3))
    assert math.isnan(bins[2].figure.low)


def test_confidence_is_held_against_the_sentences_of_one_side():
    sure = [[0.9, 4, 4], [0.9, 4, 2]]
    unsure = [[0.3, 2, 1], [0.2, 0, 0]]
    bins = calibration([_row(viewpoints=sure), _row(viewpoints=unsure)], seed=0)
    assert [one.count for one in bins] == [1, 2]
    assert [one.x for one in bins] == pytest.approx([0.3, 0.9])
    assert [one.figure.value for one in bins] == pytest.approx([0.5, 0.75])
    assert calibration([_row(viewpoints=[[1.0, 2, 2], [1.0, 1, 1]])], seed=0) == []


def test_nothing_is_shown_of_what_was_not_judged():
    rows = [_row(ari=None)]
    assert lengths(rows, seed=0) == ([], [])
    assert where(rows, seed=0) == {}
    assert calibration(rows, seed=0) == []
