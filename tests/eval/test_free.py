"""The product's writer without constraint and checks, and the case that its words are given."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval import build, data, metrics
from eval.cache import Cache
from eval.casing import cased, forms
from eval.suite import Sample
from eval.suites import SUITES
from eval.systems import about, names, system
from eval.systems.free import Free
from eval.text import words
from summarizer import Analysis, Summarizer
from tests import tiny_models

SAMPLES = SUITES["gate"].load(data.BUNDLED)


@pytest.fixture(scope="module")
def tool(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models")
    encoder = tiny_models.relation(folder / "relation", tiny_models.encoder(folder / "encoder"))
    writer = tiny_models.writer(folder / "writer")
    product = Summarizer.from_pretrained(encoder=encoder, writer=writer)
    made = Free("ours-free", product, folder=writer)
    made.fit(SAMPLES)
    return made


def test_only_the_summaries_differ_from_the_products_own(tool):
    sample = next(one for one in SAMPLES if one.gold["viewpoints"])
    freed = tool.predict(sample)
    own = tool._product.analyze(build.article(sample.input)).to_dict()
    assert own["viewpoints"]
    assert Analysis.from_dict(freed).to_dict() == freed
    for view, other in zip(freed["viewpoints"], own["viewpoints"], strict=True):
        assert view["summary"]["sentences"][0]["claims"] == view["claims"]
        assert view.pop("summary") != other.pop("summary")
    assert freed == own


def test_what_it_writes_is_neither_constrained_nor_checked(tool):
    sample = next(one for one in SAMPLES if one.gold["viewpoints"])
    found = tool.predict(sample)
    source = " ".join(claim["text"] for claim in found["claims"])
    written = [view["summary"]["text"] for view in found["viewpoints"]]
    # random weights write letters, which the constraint would have kept to words of the claims
    assert min(metrics.coverage(source, text) for text in written) < 0.9


def test_texts_are_summed_up_the_same_twice_and_cut_where_the_model_ends(tool):
    texts = ["The mayor says the tram will help shops."] * 200
    sample = Sample(id="x", document="x", task="summary", input={"texts": texts}, gold={})
    assert tool.predict(sample) == tool.predict(sample) != ""


def test_answers_depend_on_the_words_of_the_suite(tool):
    before = tool.key(SAMPLES[0])
    tool.fit(SAMPLES[:1])
    assert tool.key(SAMPLES[0]) != before
    tool.fit(SAMPLES)
    assert tool.key(SAMPLES[0]) == before


def test_it_is_listed_and_named_by_its_weights():
    free, ours = system("ours-free", cache=Cache()), system("ours")
    assert "ours-free" in names()
    assert free.digest != ours.digest
    assert about(free)["writer"] == about(ours)["writer"]
    assert free.key(SAMPLES[0]) != ours.key(SAMPLES[0])


# -- case ------------------------------------------------------------------------------------

ARTICLE = (
    "Now Ana Ruiz of the EU says no. It is bad, she says. In May, the EU may agree, may it not?"
)
SUITE = "The mayor of Oslo met us. We met in Oslo, not in the U.S. of today."


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("the eu may agree with ana ruiz", "The EU may agree with Ana Ruiz"),
        ("she says no. oslo agrees", "She says no. Oslo agrees"),
        ("in bergen it costs 4, 500 . 5", "In bergen it costs 4,500.5"),
        ("oslo ' s mayor won ' t", "Oslo's mayor won't"),
        ("", ""),
    ],
)
def test_words_are_written_as_the_article_and_then_the_suite_have_them(written, expected):
    assert cased(written, [forms([ARTICLE]), forms([SUITE])]) == expected


def test_an_invented_name_that_the_suite_knows_is_counted():
    text = cased("ana ruiz of oslo says no", [forms([ARTICLE]), forms([SUITE])])
    assert metrics.unsupported([ARTICLE], text) == ["Oslo"]


@given(st.text(st.characters(codec="ascii")))
def test_casing_changes_no_word(text):
    again = cased(text.lower(), [forms([text])])
    assert "".join(words(again)) == "".join(words(text.lower()))
