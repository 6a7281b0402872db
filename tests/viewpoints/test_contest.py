"""What viewpoints dispute and share: only what both orders of reading are sure of."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from summarizer.protocols import Passage, Reading, Relations, Vectors
from summarizer.settings import Settings
from summarizer.testing import HashEncoder
from summarizer.types import Article, Claim
from summarizer.viewpoints.cluster import Partition
from summarizer.viewpoints.contest import Contest, contest

TEXTS = ("Dams are safe", "Dams are cheap", "Dams leak", "Dams need money", "Cats sleep")


class Judge:
    """Says of each (statement, text) what `verdicts` says, 0 otherwise; notes what it was asked."""

    digest = "judge"

    def __init__(self, verdicts: dict[tuple[str, str], float]) -> None:
        self.verdicts = verdicts
        self.asked: list[tuple[str, str]] = []
        self.calls = 0

    def encode(self, texts: Sequence[str], /) -> Vectors:
        return np.ones((len(texts), 1), dtype=np.float32)

    def read(self, passages: Sequence[Passage], /) -> list[Reading]:
        self.calls += 1
        readings = []
        for passage in passages:
            pair = (passage.prefix, passage.sentences[0])
            self.asked.append(pair)
            stance = np.array([self.verdicts.get(pair, 0.0)])
            readings.append(Reading(types=np.zeros((1, 3)), sides=np.zeros((1, 1)), stances=stance))
        return readings


@pytest.fixture
def claims() -> tuple[Claim, ...]:
    article = Article(text="\n\n".join(TEXTS))
    starts = [article.text.index(text) for text in TEXTS]
    return tuple(
        Claim(article=article, start=start, end=start + len(text))
        for start, text in zip(starts, TEXTS, strict=True)
    )


def story(claims: Sequence[Claim]) -> tuple[Sequence[Claim], Partition, Relations]:
    similarity = np.full((5, 5), 0.7)
    similarity[4] = similarity[:, 4] = 0.1
    partition = Partition(
        viewpoints=((0, 1), (2, 3, 4)),
        margins=((0.0, 0.0), (0.0, 0.0, 0.0)),
        confidence=(0.5, 0.5),
        background=(),
        unplaced=(),
    )
    found = Relations(types=np.zeros((5, 3)), sides=np.zeros((5, 5)), similarity=similarity)
    return claims, partition, found


def both(a: str, b: str, value: float) -> dict[tuple[str, str], float]:
    return {(a, b): value, (b, a): value}


def test_a_dispute_needs_both_orders(claims: tuple[Claim, ...]) -> None:
    verdicts = both("Dams are safe", "Dams leak", -0.95) | {
        ("Dams are cheap", "Dams need money"): -0.95,
        ("Dams need money", "Dams are cheap"): -0.2,
    }
    (found,) = contest([story(claims)], Judge(verdicts), settings=Settings())
    assert found == Contest(disputes=((claims[0], claims[2]),))


def test_common_ground_is_what_both_sides_say(claims: tuple[Claim, ...]) -> None:
    judge = Judge(both("Dams are cheap", "Dams need money", 0.9))
    (found,) = contest([story(claims)], judge, settings=Settings())
    assert found == Contest(common_ground=((claims[1], claims[3]),))


def test_a_claim_stands_in_one_pair_only(claims: tuple[Claim, ...]) -> None:
    verdicts = both("Dams are safe", "Dams leak", -1.0) | both("Dams are cheap", "Dams leak", -1.0)
    (found,) = contest([story(claims)], Judge(verdicts), settings=Settings())
    assert found.disputes == ((claims[0], claims[2]),)


def test_only_claims_on_one_thing_from_two_viewpoints_are_compared(
    claims: tuple[Claim, ...],
) -> None:
    judge = Judge({})
    contest([story(claims), story(claims)], judge, settings=Settings())
    assert judge.calls == 1
    sides = [{"Dams are safe", "Dams are cheap"}, {"Dams leak", "Dams need money"}]
    assert len(judge.asked) == 2 * 4
    assert all(len({a, b} & side) == 1 for a, b in judge.asked for side in sides)


def test_the_number_of_readings_is_bounded(claims: tuple[Claim, ...]) -> None:
    judge = Judge({})
    contest([story(claims)], judge, settings=Settings(contest_pairs=3))
    assert len(judge.asked) == 3


def test_the_other_order_is_read_only_where_the_first_is_sure(claims: tuple[Claim, ...]) -> None:
    judge = Judge({("Dams are safe", "Dams leak"): -0.9, ("Dams are cheap", "Dams leak"): 0.7})
    contest([story(claims)], judge, settings=Settings())
    assert judge.asked[4:] == [("Dams leak", "Dams are safe")]


def test_an_encoder_without_stance_finds_nothing(claims: tuple[Claim, ...]) -> None:
    assert contest([story(claims)], HashEncoder(), settings=Settings()) == [Contest()]
