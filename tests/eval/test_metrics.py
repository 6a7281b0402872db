from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval import metrics

labels = st.lists(st.integers(0, 4), min_size=2, max_size=12)


def test_pair_f1_of_a_case_worked_by_hand():
    # gold pairs: 01, 23; predicted pairs: 01, 02, 12; shared: 01 → P 1/3, R 1/2
    assert metrics.pair_f1([0, 0, 1, 1], [0, 0, 0, 1]) == pytest.approx(0.4)


def test_pair_f1_is_none_when_nobody_sees_a_pair():
    assert metrics.pair_f1([0, 1, 2], [2, 1, 0]) is None


def test_pair_f1_is_zero_when_only_one_side_sees_a_pair():
    assert metrics.pair_f1([0, 1, 2], [0, 0, 1]) == 0.0
    assert metrics.pair_f1([0, 0, 1], [0, 1, 2]) == 0.0


def test_b_cubed_of_a_case_worked_by_hand():
    # precision (2/3 + 2/3 + 1/3 + 1) / 4 = 2/3, recall (1 + 1 + 1/2 + 1/2) / 4 = 3/4
    assert metrics.b_cubed([0, 0, 1, 1], [0, 0, 0, 1]) == pytest.approx(12 / 17)


def test_adjusted_rand_of_a_case_worked_by_hand():
    # index 1, expected 2 * 3 / 6 = 1, so no better than chance
    assert metrics.adjusted_rand([0, 0, 1, 1], [0, 0, 0, 1]) == pytest.approx(0.0)


def test_accuracy_takes_the_best_naming_of_clusters():
    assert metrics.matching_accuracy([0, 0, 0, 1, 1], [1, 1, 0, 0, 0]) == pytest.approx(0.8)


def test_texts_outside_every_viewpoint_become_clusters_of_their_own():
    found = metrics.singletons([0, -1, 1, -1, 0])
    assert found[0] == found[4]
    assert len(set(found)) == 4


@given(labels)
def test_gold_itself_is_a_perfect_partition(gold):
    assert metrics.adjusted_rand(gold, gold) == 1.0
    assert metrics.b_cubed(gold, gold) == pytest.approx(1.0)
    assert metrics.pair_f1(gold, gold) in {1.0, None}
    assert metrics.matching_accuracy(gold, gold) == 1.0


@given(labels.flatmap(lambda gold: st.tuples(st.just(gold), st.permutations(range(5)))))
def test_names_of_clusters_do_not_matter(case):
    gold, naming = case
    other = [naming[label] for label in gold]
    assert metrics.adjusted_rand(gold, other) == 1.0
    assert metrics.b_cubed(gold, other) == pytest.approx(1.0)


def test_rouge_of_a_case_worked_by_hand():
    # 3 of 4 and 3 of 3 words; bigrams "the cat", "cat sat" of 3 and 2
    found = metrics.rouge("the cat sat down", "the cat sat")
    assert found["rouge1"] == pytest.approx(2 * 0.75 / 1.75)
    assert found["rouge2"] == pytest.approx(0.8)
    assert found["rougeL"] == pytest.approx(2 * 0.75 / 1.75)


def test_rouge_lsum_splits_sentences_and_rouge_l_does_not():
    found = metrics.rouge("The cat sat. A dog ran.", "A dog ran. The cat sat.")
    assert found["rougeL"] == pytest.approx(0.5)
    assert found["rougeLsum"] == 1.0


def test_rouge_reads_every_script():
    assert metrics.rouge("Кошка спит", "кошка спит")["rouge1"] == 1.0


def test_rouge_stems_as_the_reference_scorer_does():
    scorer = pytest.importorskip("rouge_score.rouge_scorer").RougeScorer(
        ["rouge2"], use_stemmer=True
    )
    one, other = "The mayors were debating trams.", "Mayors debated the tram."
    expected = scorer.score(one, other)["rouge2"].fmeasure
    assert metrics.rouge(one, other)["rouge2"] == pytest.approx(expected)


def test_summaries_are_matched_one_to_one():
    found = metrics.matched_rouge(
        ["a red boat", "the green hill"], ["the green hill", "a red boat"]
    )
    assert found is not None
    assert found["rouge1"] == 1.0


def test_surplus_and_missing_summaries_cost_alike():
    one, two = ["a red boat"], ["a red boat", "the green hill"]
    surplus, missing = metrics.matched_rouge(one, two), metrics.matched_rouge(two, one)
    assert surplus is not None
    assert missing is not None
    assert surplus["rouge1"] == missing["rouge1"] == 0.5
    assert metrics.matched_rouge([], []) is None
    assert metrics.matched_rouge([], one) == dict.fromkeys(metrics.ROUGE, 0)


def test_soft_scores_of_a_case_worked_by_hand():
    # rows generated, columns reference: P (0.8 + 0.4) / 2, R (0.8 + 0.2 + 0.4) / 3
    found = metrics.soft_scores(np.array([[0.8, 0.2, 0.1], [0.3, 0.1, 0.4]]))
    assert found == pytest.approx((0.6, 1.4 / 3, 2 * 0.6 * (1.4 / 3) / (0.6 + 1.4 / 3)))
    assert metrics.soft_scores(np.zeros((0, 3))) is None


def test_matched_f1_of_a_case_worked_by_hand():
    # 0.8 and 0.7 beat 0.9 and 0.4; one of three candidates is left over: 2 × 1.5 / (2 + 3)
    found = metrics.matched_f1(np.array([[0.9, 0.8, 0.1], [0.7, 0.2, 0.4]]))
    assert found == pytest.approx(0.6)
    assert metrics.matched_f1(np.array([[-0.5]])) == 0.0
    assert metrics.matched_f1(np.zeros((0, 2))) == 0.0
    assert metrics.matched_f1(np.zeros((0, 0))) is None


GOLD = [[1, 0], [0, None], [None, 0], [0, 0], [1, 1]]
SCORES = [[0.9, 0.1], [0.2, 0.8], [0.3, 0.1], [0.1, 0.4], [0.0, 0.2]]


def test_matching_precision_of_a_case_worked_by_hand():
    # kept are the best two of five arguments: a match, then an undecided pair
    assert metrics.best_match_precision(GOLD, SCORES, undecided=0) == pytest.approx((1.0, 0.5))
    assert metrics.best_match_precision(GOLD, SCORES, undecided=1) == pytest.approx((1.0, 1.0))


def test_a_match_behind_a_mistake_counts_half():
    gold, scores = [[0], [1], [0], [0]], [[0.9], [0.8], [0.1], [0.0]]
    assert metrics.best_match_precision(gold, scores, undecided=0) == pytest.approx((0.5, 0.25))


def test_no_match_among_the_kept_is_zero_and_too_few_arguments_are_not_judged():
    assert metrics.best_match_precision([[0], [1]], [[0.9], [0.1]], undecided=0) == (0.0, 0.0)
    assert metrics.best_match_precision([[1]], [[0.9]], undecided=0) is None


def test_novelty_and_coverage_of_cases_worked_by_hand():
    assert metrics.novelty("the dam will fall", "the dam may fall") == pytest.approx(2 / 3)
    assert metrics.coverage("the dam will fall", "the dam may fall") == pytest.approx(0.75)
    assert metrics.novelty("the dam", "dam") is None
    assert metrics.coverage("the dam", "") is None


def test_shingles_follow_the_extraction_benchmark():
    # gold abcd, bcde; predicted bcde, cdef: one of each kind, scaled to sum 1
    found = metrics.shingle_counts("a b c d e", "b c d e f")
    assert found == pytest.approx((1 / 3, 1 / 3, 1 / 3))
    assert metrics.shingle_counts("a b", "a b") == (1.0, 0.0, 0.0)
    assert metrics.shingle_counts("", "") == (0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ruiz's plan costs 4500 dollars.", []),
        ("The plan of Ana Ruiz names 5 lamps.", []),
        ("The plan was made in Oslo.", ["Oslo"]),
        ("Anton Berg opposes it.", ["Anton", "Berg"]),
        ("Opponents disagree.", []),
        ("It costs 4,600 dollars, I think.", ["4600"]),
        ("It may cost $18B, or 3m a lamp.", []),
        ("It may cost $18M.", ["18m"]),
    ],
)
def test_names_and_numbers_must_stand_in_the_source(text, expected):
    source = "The council's plan of $4,500 for five lamps is Ana Ruiz's, not $18B or 3m each."
    assert metrics.unsupported([source], text) == expected


def test_holders_are_the_same_when_one_name_holds_the_other():
    assert metrics.same_holder("Mr. Ito", "Kenji Ito")
    assert metrics.same_holder("The engineers", "engineers")
    assert not metrics.same_holder("Kenji Ito", "Kenji Abe")
    assert not metrics.same_holder("the", "Kenji Ito")


def test_a_holder_is_matched_once():
    assert metrics.holder_counts(["Kenji Ito"], ["Ito", "Mr. Ito"]) == (1, 1, 0)
    assert metrics.holder_counts([], ["Ito"]) == (0, 1, 0)
    assert metrics.holder_counts(["Ito", "Abe"], []) == (0, 0, 2)
