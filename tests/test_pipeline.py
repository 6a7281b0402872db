"""The pipeline with fakes: what goes in, what comes out, in how many calls."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer import Article, Failure, NoArticleError, ReadError, Summarizer, SummarizerError
from summarizer.analysis import Analysis
from summarizer.protocols import Vectors
from summarizer.testing import FirstClaimWriter, HashEncoder
from tests.harbour import AGAINST, FACT, FOR, MORE, TEXT, Counting, CountingWriter


@pytest.fixture
def summarizer() -> Summarizer:
    return Summarizer(Counting(), CountingWriter())


def article(text: str = TEXT, url: str | None = None) -> Article:
    return Article(text=text, title="Will the harbour open on time?", url=url)


def test_sides_background_holders_and_question(summarizer: Summarizer) -> None:
    found = summarizer.analyze(article())
    texts = [[claim.text for claim in view.claims] for view in found.viewpoints]
    assert [FOR in side for side in texts] == [True, False]
    assert texts[1] == [AGAINST]
    assert found.viewpoints[1].holders == ("Ana Ruiz",)
    assert [claim.text for claim in found.background] == [FACT]
    assert found.question == "Will the harbour open on time?"
    assert set(found.made_with) == {"version", "encoder", "writer", "settings"}


def test_a_text_file_goes_in_and_json_comes_out(summarizer: Summarizer, tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_text(TEXT, encoding="utf-8")
    found = summarizer.analyze(path)
    assert Analysis.from_dict(found.to_dict()) == found
    assert summarizer.analyze(str(path)) == found


def test_many_stories_share_one_read_and_one_write(summarizer: Summarizer) -> None:
    results = list(summarizer.analyze_many([article(), "missing.txt", article(f"{TEXT} End.")]))
    assert [type(result) for result in results] == [Analysis, Failure, Analysis]
    assert isinstance(summarizer.encoder, Counting)
    assert isinstance(summarizer.writer, CountingWriter)
    assert (summarizer.encoder.reads, summarizer.writer.writes) == (1, 1)
    assert results[0] == summarizer.analyze(article())


def test_order_of_articles_changes_nothing_but_ids(summarizer: Summarizer) -> None:
    one, two = article(url="https://a.example/1"), article(f"{AGAINST}\n\n{FOR}")
    ab, ba = summarizer.analyze([one, two]), summarizer.analyze([two, one])
    assert ab.viewpoints == ba.viewpoints
    assert (ab.background, ab.unplaced, ab.question) == (ba.background, ba.unplaced, ba.question)
    assert ab.articles == (one, two)


def test_of_several_sources_the_broken_one_is_only_warned_of(summarizer: Summarizer) -> None:
    found = summarizer.analyze([article(), Path("nowhere.html")])
    assert len(found.articles) == 1
    assert "nowhere.html" in found.warnings[0]
    with pytest.raises(ReadError):
        summarizer.analyze(["nowhere.html", "neither.html"])


def test_an_article_given_twice_counts_once(summarizer: Summarizer) -> None:
    found = summarizer.analyze([article(), article()])
    assert len(found.articles) == 1
    assert "more than once" in found.warnings[0]


def test_a_plain_report_says_that_it_has_no_viewpoint(summarizer: Summarizer) -> None:
    found = summarizer.analyze(article(FACT))
    assert found.viewpoints == ()
    assert found.question is None
    assert "no viewpoint" in found.warnings[0]


@pytest.mark.parametrize("source", [[], Article(text=" \n")])
def test_nothing_to_read_is_an_error(summarizer: Summarizer, source: Article | list[str]) -> None:
    with pytest.raises(NoArticleError):
        summarizer.analyze(source)


def test_parts_of_the_engine_alone(summarizer: Summarizer) -> None:
    texts = ["it will open", "it will not open", "it will open soon"]
    assert summarizer.cluster_claims(texts) == [0, 1, 0]
    assert summarizer.cluster_claims([]) == []
    assert summarizer.cluster_points(["same words", "same words", "other thing"]) == [0, 0, 1]
    assert summarizer.stance("It opens", texts).tolist() == [1.0, -1.0, 1.0]
    summary = summarizer.summarize_viewpoint([FOR, MORE])
    assert summary.sentences[0].claims[0].text == FOR
    with pytest.raises(ValueError, match="at least one text"):
        summarizer.summarize_viewpoint(["  "])


def test_each_sentence_of_a_text_is_a_claim_of_its_own(summarizer: Summarizer) -> None:
    text = f"{FOR} {MORE}"
    summary = summarizer.summarize_viewpoint([text])
    cited = [claim for sentence in summary.sentences for claim in sentence.claims]
    assert cited
    assert all(claim.text in (FOR, MORE) and claim.article.text == text for claim in cited)


@given(st.text(max_size=400))
def test_no_text_raises_anything_outside_the_error_tree(text: str) -> None:
    summarizer = Summarizer(HashEncoder(), FirstClaimWriter())
    try:
        found = summarizer.analyze(Article(text=text))
    except SummarizerError:
        return
    placed = [*found.background, *found.unplaced]
    placed += [claim for view in found.viewpoints for claim in view.claims]
    assert sorted(c.start for c in placed) == sorted({c.start for c in placed})
    assert Analysis.from_dict(found.to_dict()) == found


class Broken(HashEncoder):
    def encode(self, texts: Sequence[str]) -> Vectors:
        raise RuntimeError("the model broke")


def test_a_model_that_breaks_stops_the_run() -> None:
    with pytest.raises(RuntimeError):
        list(Summarizer(Broken(), FirstClaimWriter()).analyze_many([article()]))


@pytest.mark.parametrize("source", [None, b"tide", 3, ["a.txt", None]])
def test_what_is_no_source_is_told_what_one_is(summarizer: Summarizer, source: Any) -> None:
    with pytest.raises(TypeError, match="a source is an address, a path"):
        summarizer.analyze(source)


@pytest.mark.parametrize("texts", ["the tram is good", None, ["the tram", None]])
def test_one_text_is_not_taken_for_a_list_of_letters(summarizer: Summarizer, texts: Any) -> None:
    for verb in (
        summarizer.cluster_claims,
        summarizer.cluster_points,
        summarizer.summarize_viewpoint,
        partial(summarizer.stance, "the tram is good"),
    ):
        with pytest.raises(TypeError, match="texts are a list of strings"):
            verb(texts)
