from __future__ import annotations

import copy
import json
import pickle
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from summarizer import report
from summarizer.analysis import Analysis
from summarizer.errors import DataError
from summarizer.types import Article, Claim, Point, Summary, SummarySentence, Viewpoint
from tests.strategies import analyses, few

ARTICLE = Article(text="The dam will hold. The dam will break. It is tall.", title="Dam")
OTHER = Article(text="Engineers say the dam will hold.")


def claim(text, article=ARTICLE, holder=None):
    start = article.text.index(text)
    return Claim(article=article, start=start, end=start + len(text), holder=holder)


HOLD = claim("The dam will hold.")
BREAK = claim("The dam will break.", holder="a villager")
TALL = claim("It is tall.")
SAY = claim("Engineers say the dam will hold.", OTHER)


def viewpoint(*claims, **changes):
    sentence = SummarySentence(text="It holds.", claims=claims, support=0.5)
    values = {
        "label": "Holds",
        "summary": Summary(sentences=(sentence,), method="abstractive"),
        "claims": claims,
        "points": (Point(label="strong", claims=claims),),
        "holders": ("engineers",),
        "confidence": 0.75,
    }
    return Viewpoint(**{**values, **changes})


def analysis(**changes):
    values = {
        "question": "Will the dam hold?",
        "articles": (ARTICLE, OTHER),
        "viewpoints": (viewpoint(SAY, HOLD), viewpoint(BREAK, label="Breaks")),
        "background": (TALL,),
        "made_with": {"version": "1", "encoder": "hash"},
    }
    return Analysis(**{**values, **changes})


@few
@given(analyses())
def test_from_dict_undoes_to_dict(a):
    assert Analysis.from_dict(a.to_dict()) == a


@few
@given(analyses())
def test_json_text_holds_the_same_and_keeps_to_the_schema(a):
    data = json.loads(a.to_json())
    Draft202012Validator(report.schema()).validate(data)
    assert Analysis.from_dict(data) == a


@few
@given(analyses())
def test_every_claim_stands_once_and_is_cut_from_its_article(a):
    data = a.to_dict()
    placed = [n for v in data["viewpoints"] for n in v["claims"]]
    assert sorted(placed + data["background"] + data["unplaced"]) == list(
        range(len(data["claims"]))
    )
    for row in data["claims"]:
        assert data["articles"][row["article"]]["text"][row["start"] : row["end"]] == row["text"]


@few
@given(analyses())
def test_an_analysis_survives_pickling_and_copying(a):
    assert pickle.loads(pickle.dumps(a)) == a
    assert copy.deepcopy(a) == a


def test_the_schema_is_itself_valid():
    Draft202012Validator.check_schema(report.schema())


def test_the_schema_handed_out_can_be_changed_without_harm():
    report.schema().clear()
    assert report.schema()["title"] == "Analysis"


def test_claims_are_numbered_by_article_and_start():
    assert analysis().claims == (HOLD, BREAK, TALL, SAY)


def test_made_with_can_neither_be_changed_nor_change_with_its_origin():
    origin = {"version": "1"}
    a = analysis(made_with=origin)
    origin["version"] = "2"
    assert a.made_with["version"] == "1"
    with pytest.raises(TypeError):
        a.made_with["version"] = "3"


def test_equal_analyses_have_equal_hashes_and_bytes():
    swapped = analysis(made_with={"encoder": "hash", "version": "1"})
    assert hash(swapped) == hash(analysis())
    assert swapped.to_json() == analysis().to_json()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"articles": ()}, "at least one article"),
        ({"articles": (ARTICLE, OTHER, replace(ARTICLE))}, "same article"),
        ({"articles": (ARTICLE,)}, "belongs to no article"),
        ({"unplaced": (TALL,)}, "more than one place"),
        ({"unplaced": (replace(TALL, holder="x"),)}, "more than one place"),
        ({"viewpoints": (viewpoint(HOLD, HOLD),)}, "more than one place"),
        ({"viewpoints": (viewpoint(),)}, "no claims"),
        ({"viewpoints": (viewpoint(HOLD, confidence=1.5),)}, "confidence"),
        ({"viewpoints": (viewpoint(HOLD, confidence=float("nan")),)}, "confidence"),
        (
            {"viewpoints": (viewpoint(HOLD, points=(Point(label="p", claims=(BREAK,)),)),)},
            "point 'p'.*not the viewpoint's",
        ),
        (
            {"viewpoints": (viewpoint(HOLD, points=(Point(label="p", claims=(HOLD, HOLD)),)),)},
            "twice",
        ),
        (
            {"viewpoints": (viewpoint(BREAK, summary=viewpoint(HOLD).summary),)},
            "summary.*not the viewpoint's",
        ),
    ],
)
def test_a_broken_analysis_cannot_be_made(changes, message):
    with pytest.raises(ValueError, match=message):
        analysis(**changes)


def _set(path, value):
    def change(data):
        *way, last = path
        for step in way:
            data = data[step]
        data[last] = value

    return change


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (_set(["schema"], 2), r"\$\.schema"),
        (_set(["claims", 0, "end"], "9"), r"\$\.claims\[0\]\.end"),
        (_set(["claims", 0, "end"], 9), r"claims\[0\]\.text: differs"),
        (_set(["claims", 0, "end"], 9000), "outside the article"),
        (_set(["claims", 1, "id"], 7), r"claims\[1\]\.id"),
        (_set(["claims", 1, "article"], 7), r"claims\[1\]\.article"),
        (_set(["articles", 1, "id"], 0), r"articles\[1\]\.id"),
        (_set(["background"], [9]), "background: there is no claim 9"),
        (_set(["background"], []), "stands in no viewpoint"),
        (_set(["viewpoints", 0, "summary", "text"], "No."), r"viewpoints\[0\]\.summary\.text"),
        (_set(["viewpoints", 0, "confidence"], float("nan")), "confidence"),
        (_set(["viewpoints", 0, "extra"], 1), "extra"),
    ],
)
def test_wrong_data_is_refused_with_the_place(change, message):
    data = analysis().to_dict()
    change(data)
    with pytest.raises(DataError, match=message):
        Analysis.from_dict(data)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@few
@given(analyses(), st.data())
def test_no_damage_to_a_field_raises_anything_but_a_data_error(a, data):
    damaged = a.to_dict()
    damaged[data.draw(st.sampled_from(sorted(damaged)))] = data.draw(json_values)
    try:
        result = Analysis.from_dict(damaged)
    except DataError:
        return
    assert result.to_dict() == damaged


def test_claims_swapped_in_the_list_are_refused():
    data = analysis(viewpoints=(), background=(HOLD, BREAK), articles=(ARTICLE,)).to_dict()
    first, second = data["claims"]
    data["claims"] = [{**second, "id": 0}, {**first, "id": 1}]
    with pytest.raises(DataError, match="ordered"):
        Analysis.from_dict(data)
