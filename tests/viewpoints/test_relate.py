"""Relations of claims: what an encoder says, what holders and repeated text add."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from summarizer.protocols import Passage, Reading, RelationEncoder
from summarizer.settings import Settings
from summarizer.testing import HashEncoder
from summarizer.types import Article, Claim
from summarizer.viewpoints.relate import as_statement, readings, relate, relate_texts, stance


class WordEncoder(HashEncoder):
    """A relation encoder that takes "not" for the opposite side, and remembers what it read."""

    def __init__(self) -> None:
        super().__init__()
        self.passages: list[Passage] = []
        self.calls = 0

    def read(self, passages: Sequence[Passage]) -> list[Reading]:
        self.calls += 1
        self.passages.extend(passages)
        return [self._read(passage) for passage in passages]

    @staticmethod
    def _read(passage: Passage) -> Reading:
        sign = np.array([-1.0 if " not " in s else 1.0 for s in passage.sentences])
        sides = np.outer(sign, sign)
        np.fill_diagonal(sides, 0)
        types = np.tile([0.9, 0.1, 0.0], (len(sign), 1))
        return Reading(types=types, sides=sides, stances=sign)


def claims_of(text: str, holders: Sequence[str | None], title: str | None = None) -> list[Claim]:
    article = Article(text=text, title=title)
    claims, start = [], 0
    for part, holder in zip(text.split("\n\n"), holders, strict=True):
        claims.append(Claim(article=article, start=start, end=start + len(part), holder=holder))
        start += len(part) + 2
    return claims


NEUTRAL = Settings(same_holder=0.0, other_holder=0.0)


def test_a_turn_of_the_text_sets_two_claims_apart() -> None:
    claims = claims_of("The union wants it.\n\nBut the mayor says no.", ["union", "mayor"])
    settings = Settings(turn=1.5)
    (found,) = relate([claims], WordEncoder(), settings=settings)
    (plain,) = relate([claims], WordEncoder(), settings=replace(settings, turn=0.0))
    assert (plain.sides - found.sides).tolist() == [[0.0, 1.5], [1.5, 0.0]]


class Titles(WordEncoder):
    """Is as sure of sides as its title has letters, and of a stance to the title alone."""

    def read(self, passages: Sequence[Passage]) -> list[Reading]:
        return [
            replace(
                reading,
                sides=reading.sides * len(passage.prefix),
                stances=reading.stances * bool(passage.prefix),
            )
            for passage, reading in zip(passages, super().read(passages), strict=True)
        ]


def test_an_article_is_read_with_its_title_and_without_and_the_mean_counts() -> None:
    claims = claims_of("It will rain.\n\nIt will not rain.", [None, None], title="Rain")
    found = relate([claims], Titles(), settings=NEUTRAL)[0]
    assert found.sides.tolist() == [[0.0, -2.0], [-2.0, 0.0]]
    (reading,) = readings([Passage(sentences=("It will rain.",), prefix="Rain")], Titles())
    assert reading.stances.tolist() == [1.0]


def test_an_article_is_read_behind_its_title_with_its_paragraphs() -> None:
    encoder = WordEncoder()
    claims = claims_of("It will rain.\n\nIt will not rain.", [None, None], title="Rain?")
    found = relate([claims], encoder, settings=NEUTRAL)[0]
    passage = Passage(
        sentences=("It will rain.", "It will not rain."),
        paragraphs=(0, 1),
        holders=(-1, -1),
        prefix="Rain?",
    )
    assert encoder.passages == [passage, replace(passage, prefix="")]
    assert found.sides.tolist() == [[0.0, -1.0], [-1.0, 0.0]]


def test_all_stories_share_one_read_call() -> None:
    encoder = WordEncoder()
    story = claims_of("It will rain.\n\nIt will not rain.", [None, None])
    assert len(relate([story, story[:1], []], encoder, settings=NEUTRAL)) == 3
    assert encoder.calls == 1


def test_claims_of_several_articles_are_compared_across_them() -> None:
    encoder = WordEncoder()
    story = claims_of("It will rain.", [None]) + claims_of("It will not snow.", [None])
    found = relate([story], encoder, settings=NEUTRAL)[0]
    assert found.sides[0, 1] == -1.0
    assert [len(p.sentences) for p in encoder.passages] == [2, 1, 1]
    assert not encoder.passages[0].ordered


def test_across_articles_one_holder_draws_claims_together_and_another_pushes_apart() -> None:
    story = [
        claim
        for text, holder in (("One.", "Ann Lee"), ("Two.", "Lee"), ("Three.", "Bo Ek"))
        for claim in claims_of(text, [holder])
    ] + claims_of("Four.", [None])
    settings = Settings(same_holder=2.0, other_holder=0.5)
    sides = relate([story], WordEncoder(), settings=settings)[0].sides
    assert sides[0, 1] == 3.0
    assert sides[0, 2] == 0.5
    assert sides[0, 3] == 1.0


def test_an_encoder_without_sides_goes_by_holders_too() -> None:
    claims = claims_of("One.\n\nTwo.\n\nThree.", ["Ann Lee", "Lee", "Bo Ek"])
    settings = Settings(same_holder=20.0, other_holder=20.0)
    sides = relate([claims], HashEncoder(), settings=settings)[0].sides
    assert sides[0, 1] > 10
    assert sides[0, 2] < -10


def test_repeated_text_is_on_one_side_whatever_the_encoder_says() -> None:
    claims = claims_of("It is not so.\n\nIt is  NOT so.\n\nIt is.", [None] * 3)
    sides = relate([claims], WordEncoder(), settings=NEUTRAL)[0].sides
    assert sides[0, 1] > 5
    assert np.array_equal(sides, sides.T)
    assert not sides.diagonal().any()


def test_an_encoder_without_sides_goes_by_topic() -> None:
    encoder = HashEncoder()
    assert not isinstance(encoder, RelationEncoder)
    texts = ["the bridge is late", "the bridge is late again", "taxes rise"]
    found = relate_texts(texts, encoder, question=None, settings=Settings())
    assert found.sides[0, 1] > 0 > found.sides[0, 2]
    assert stance("The bridge is late", texts, encoder).tolist() == [0, 0, 0]


def test_a_question_adds_the_agreement_of_stances() -> None:
    texts = ["It will work", "It will not work"]
    found = relate_texts(
        texts, WordEncoder(), question="Will it?", settings=Settings(stance_weight=2.0)
    )
    # Side log-odds of -1; stances of 1 and -1 count as a chance of (1 - 0.98) / 2 to agree.
    assert found.sides[0, 1] == pytest.approx(-1 + 2 * np.log(0.01 / 0.99))
    assert stance("Will it?", texts, WordEncoder()).tolist() == [1.0, -1.0]


class Vectors(WordEncoder):
    """Sees no side; its vectors are given."""

    def __init__(self, vectors) -> None:
        super().__init__()
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        self.vectors = (vectors / lengths).astype(np.float32)

    def encode(self, texts: Sequence[str], /):
        return self.vectors[: len(texts)]

    @staticmethod
    def _read(passage: Passage) -> Reading:
        n = len(passage.sentences)
        return Reading(types=np.ones((n, 3)) / 3, sides=np.zeros((n, n)), stances=np.zeros(n))


def test_of_a_bare_list_what_texts_have_in_common_says_nothing_and_what_sets_them_apart_does():
    common = np.array([9.0, 0.0, 0.0])
    vectors = np.array([[0, 1, 0], [0, 1, 0.1], [0, -1, 0], [0, -1, 0.1]]) + common
    found = relate_texts(list("abcd"), Vectors(vectors), question=None, settings=Settings())
    assert found.similarity.min() > 0.9
    assert found.sides[0, 1] > 0 > found.sides[0, 2]
    assert np.allclose(found.sides, found.sides.T)
    assert np.diag(found.sides).tolist() == [0, 0, 0, 0]


@pytest.mark.parametrize("n", [1, 2, 5])
def test_texts_that_are_alike_or_two_alone_are_not_set_apart(n: int) -> None:
    same = Vectors(np.ones((n, 3)))
    assert not relate_texts(list("abcde")[:n], same, question=None, settings=Settings()).sides.any()
    pair = Vectors(np.eye(2))
    assert not relate_texts(["a", "b"], pair, question=None, settings=Settings()).sides.any()


@pytest.mark.parametrize("topic", ["nuclear power", "Night trains", "  the ferry "])
def test_a_topic_becomes_something_to_agree_with(topic: str) -> None:
    assert as_statement(topic) == f"We should support {topic.strip()}."


@pytest.mark.parametrize(
    "sentence",
    ["Should the bridge close?", "Trains are better", "Why trains?", "Close it.", "", "a b c d e"],
)
def test_a_sentence_is_asked_as_it_stands(sentence: str) -> None:
    assert as_statement(sentence) == sentence
