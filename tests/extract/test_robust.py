"""What stands around an article, or twice in it, does not change its viewpoints."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval import build
from eval import data as files
from eval.build import Side
from eval.robustness import CHANGES, measure, table
from eval.suite import Sample
from eval.suites import SUITES
from summarizer import Article, DataError, Summarizer
from summarizer.extract.given import Beside, find_beside
from summarizer.protocols import Passage, Reading
from summarizer.testing import FirstClaimWriter, HashEncoder
from tests.harbour import AGAINST, FACT, FOR, MORE

FURNITURE = (
    "Sign up for our harbour newsletter",
    "Read more: Ten quiet beaches",
    "ADVERTISEMENT",
    "By Mara Quill, Transport Correspondent",
    "Photo: Bo Ray/Getty Images",
)
LINES = (FOR, MORE, AGAINST, FACT)


class Nervous(HashEncoder):
    """Reads a passage differently whenever anything in it changes."""

    def read(self, passages: list[Passage]) -> list[Reading]:
        return [self._read(passage) for passage in passages]

    @staticmethod
    def _read(passage: Passage) -> Reading:
        seed = sum(ord(letter) for letter in repr(passage))
        rng = np.random.default_rng(seed)
        n = len(passage.sentences)
        sides = rng.normal(size=(n, n))
        types = rng.dirichlet([4.0, 1.0, 0.2], size=n)
        return Reading(types=types, sides=sides + sides.T, stances=np.zeros(n))


def found(lines):
    article = Article(text="\n\n".join(lines), title="Harbour opens")
    return Summarizer(Nervous(), FirstClaimWriter()).analyze(article)


def sides(analysis):
    return [sorted({claim.text for claim in view.claims}) for view in analysis.viewpoints]


@given(st.lists(st.sampled_from(FURNITURE), min_size=1, max_size=4), st.integers(0, 4))
def test_furniture_in_an_article_handed_over_is_left_unplaced_and_changes_no_viewpoint(lines, at):
    dirty = found([*LINES[:at], *lines, *LINES[at:]])
    assert sides(dirty) == sides(found(LINES))
    unplaced = [claim.text for claim in dirty.unplaced]
    assert all(line in unplaced for line in lines)


@given(st.sampled_from(range(len(LINES))), st.sampled_from(range(len(LINES))))
def test_a_sentence_that_stands_twice_changes_no_viewpoint(which, at):
    at = max(at, which) + 1  # a box with a sentence of the article stands behind it
    twice = found([*LINES[:at], LINES[which], *LINES[at:]])
    assert sides(twice) == sides(found(LINES))
    assert len(twice.claims) == len(LINES) + 1


@given(st.lists(st.sampled_from(["What comes next", "A LONG WAIT", "Costs and gains"]), max_size=3))
def test_headings_are_read_and_take_no_side(headings):
    whole = found([LINES[0], *headings, *LINES[1:]])
    unplaced = [claim.text for claim in whole.unplaced]
    assert all(line in unplaced for line in headings)
    assert len(whole.claims) == len(LINES) + len(headings)


def test_an_article_of_headings_alone_is_an_article():
    assert len(found(["What comes next", "Costs and gains"]).claims) == 2


@given(st.text(max_size=300), st.text(max_size=20))
def test_what_lies_beside_an_article_lies_in_its_text_in_order_and_apart(text, title):
    beside = find_beside(text, title=title)
    spans = sorted([*beside.boxes, *beside.headings])
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


def test_wrapped_text_has_no_lines_that_could_be_furniture():
    words = re.findall(r"\w+", "the harbour will open if the last of the cranes arrives by then")
    lines, line = [], ""
    for word in words * 12:
        if len(line) + 1 + len(word) > 72:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    assert find_beside("\n".join([*lines, line])) == Beside()
    assert find_beside("\n\n".join([FOR, "What comes next", AGAINST])).headings


LOOKED_AT = {name: CHANGES[name] for name in ("sentences said twice", "furniture added")}


@pytest.fixture(scope="module")
def shaken():
    """Our own articles as they are and changed in every way, read by the bundled encoder."""
    suite = SUITES["gate"]
    encoder = Summarizer.from_pretrained(offline=True).encoder
    product = Summarizer(encoder, FirstClaimWriter())  # what it writes is not looked at

    def predict(sample):
        return product.analyze(build.article(sample.input)).to_dict()

    return measure(suite, suite.load(files.root(suite, None)), predict, seed=0, changes=LOOKED_AT)


@pytest.mark.parametrize("change", LOOKED_AT)
def test_the_sides_of_our_own_articles_hold(shaken, change):
    _, effects = shaken
    assert effects[change].moved.value <= 0.05
    assert effects[change].agreement.value >= 0.9


def sample():
    text = "\n\n".join(LINES)
    views = [
        {"sentences": lines, "holders": [], "summary": lines[0]}
        for lines in ([FOR, MORE], [AGAINST])
    ]
    gold = {"viewpoints": views, "background": [FACT], "boilerplate": [], "question": "Q?"}
    given = {"text": text, "title": "Harbour opens"}
    return Sample(id="a", document="a", task="analyze", input=given, gold=gold)


@pytest.mark.parametrize("name", list(CHANGES))
def test_a_changed_article_still_holds_every_sentence(name):
    changed = CHANGES[name](sample(), np.random.default_rng(2))
    assert all(line in changed.input["text"] for line in LINES)
    assert changed.input != sample().input
    assert changed.gold == sample().gold
    again = CHANGES[name](sample(), np.random.default_rng(2))
    assert again == changed


def test_a_change_that_no_system_sees_has_no_effect_and_one_that_turns_it_round_has():
    suite = SUITES["gate"]

    def by_first_word(one):
        spans = [(one.input["text"].index(line), line) for line in LINES]
        places = [(start, start + len(line)) for start, line in spans]
        upright = spans[0][0] < spans[1][0] < spans[2][0]
        sides = [Side(label="a", summary="A."), Side(label="b", summary="B.")]
        labels = [0, 0, 1, -1] if upright else [0, 1, 1, -1]
        return build.analysis(one.input, places, labels, sides=sides, made_with="test")

    own, effects = measure(suite, [sample(), replace(sample(), id="b")], by_first_word, seed=0)
    assert own.value == 1
    assert effects["furniture added"].difference.value == 0
    assert effects["furniture added"].agreement.value == 1
    assert effects["paragraphs shuffled"].ari.value < 1
    shown = table("gate · x", own, effects)
    assert shown.count("\n| ") == len(CHANGES) + 1


def test_bare_lists_have_no_article_to_change():
    with pytest.raises(DataError, match="no whole articles"):
        measure(SUITES["gate-sides"], [], lambda _: [], seed=0)
