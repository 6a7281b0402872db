"""Hypothesis strategies of the product's values; every value drawn is a valid one."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import settings
from hypothesis import strategies as st

from summarizer.analysis import Analysis
from summarizer.types import Article, Claim, Point, Summary, SummarySentence, Viewpoint

few = settings(max_examples=40)
"""For laws on whole analyses, each of which takes a while to draw."""

# Surrogates are not text; control characters are, and reach every report.
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
labels = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
shares = st.floats(0.0, 1.0)
_optional = st.none() | texts


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """Return an article of one to eight sentences in paragraphs."""
    words = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=12)
    sentences = draw(st.lists(words, min_size=1, max_size=8))
    joints = draw(st.lists(st.sampled_from([" ", "\n\n"]), min_size=8, max_size=8))
    text = "".join(part for pair in zip(sentences, joints, strict=False) for part in pair).strip()
    return Article(
        text=text or ".",
        title=draw(_optional),
        url=draw(_optional),
        outlet=draw(_optional),
        authors=tuple(draw(st.lists(texts, max_size=2))),
        published=draw(st.none() | st.dates().map(str)),
        language=draw(st.none() | st.sampled_from(["en", "de"])),
        dropped=tuple(draw(st.lists(texts, max_size=3))),
    )


@st.composite
def claims(draw: st.DrawFn, article: Article) -> list[Claim]:
    """Return claims of `article` in reading order, which do not overlap; perhaps none."""
    cuts = sorted(draw(st.sets(st.integers(0, len(article.text)), max_size=12)))
    return [
        Claim(article=article, start=a, end=b, holder=draw(_optional)) for a, b in pairwise(cuts)
    ]


@st.composite
def viewpoints(draw: st.DrawFn, own: list[Claim]) -> Viewpoint:
    """Return a viewpoint that holds all of `own`, its summary and points made from them."""
    some = st.lists(st.sampled_from(own), unique=True)
    sentences = st.builds(SummarySentence, text=texts, claims=some.map(tuple), support=shares)
    summaries = st.builds(
        Summary,
        sentences=st.lists(sentences, max_size=2).map(tuple),
        method=st.sampled_from(["abstractive", "extractive"]),
    )
    some_point = st.lists(st.sampled_from(own), unique=True, min_size=1)
    points = st.lists(st.builds(Point, label=texts, claims=some_point.map(tuple)), max_size=3)
    return Viewpoint(
        label=draw(labels),
        summary=draw(summaries),
        claims=tuple(draw(st.permutations(own))),
        points=tuple(draw(points)),
        holders=tuple(sorted({claim.holder for claim in own if claim.holder})),
        confidence=draw(shares),
    )


@st.composite
def analyses(draw: st.DrawFn) -> Analysis:
    """Return an analysis of one to three articles with up to three viewpoints."""
    story = draw(st.lists(articles(), min_size=1, max_size=3, unique=True))
    every = [claim for article in story for claim in draw(claims(article))]
    homes = draw(st.lists(st.integers(0, 4), min_size=len(every), max_size=len(every)))
    groups = [[c for c, home in zip(every, homes, strict=True) if home == k] for k in range(5)]
    lines = st.lists(texts, max_size=2).map(tuple)
    return Analysis(
        question=draw(_optional),
        articles=tuple(story),
        viewpoints=tuple(draw(viewpoints(group)) for group in groups[:3] if group),
        common_ground=draw(lines),
        disputes=draw(lines),
        background=tuple(groups[3]),
        unplaced=tuple(groups[4]),
        warnings=draw(lines),
        made_with=draw(st.dictionaries(texts, texts, max_size=3)),
    )
