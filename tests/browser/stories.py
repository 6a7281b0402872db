"""Analyses to look at in a browser: the example, a story of three outlets, and edge cases."""

from __future__ import annotations

import re
from dataclasses import replace

from summarizer.analysis import Analysis
from summarizer.types import Article, Claim, Point, Summary, SummarySentence, Viewpoint
from tests import example

_SHOPS = "Shopkeepers say the ban will ruin them, because their customers come by car."
_PAVED = (
    "The square was last paved in 1987, and some four thousand cars cross it on a market day, "
    "according to a count that the county made in the spring of this year."
)
_NORA = "Nora Pell, a mother of three, said she would shop there more often without the traffic."

# Side 0 wants the ban, side 1 does not, None takes no side; then the holder.
_LINES: dict[str, list[tuple[str, int | None, str | None]]] = {
    "The Valley Courier": [
        ("The council votes on Thursday on a ban of cars from the old square.", None, None),
        (_PAVED, None, None),
        (_SHOPS, 1, "Shopkeepers"),
        ("“Nobody carries a sack of flour to the bus,” said Tom Ferris, a baker.", 1, "Tom Ferris"),
        ("Residents argue that the square will be safer without traffic.", 0, "Residents"),
    ],
    "Marlow Post": [
        (_NORA, 0, "Nora Pell"),
        (_SHOPS, 1, "Shopkeepers"),
        ("The county engineer expects that people will stay.", 0, "the county engineer"),
    ],
    "herald.example": [
        ("The mayor called the plan the best news for the square.", 0, "The mayor"),
        ("The vote is expected to be close.", None, None),
    ],
}


def _article(name: str) -> Article:
    text = "\n\n".join(line for line, _, _ in _LINES[name])
    host = name if "." in name else f"{name.split()[-1].lower()}.example"
    return Article(
        text=text,
        title=f"The square, as seen by {name}",
        url=f"https://{host}/square",
        outlet=None if "." in name else name,
    )


def _viewpoint(label: str, claims: list[Claim]) -> Viewpoint:
    sentence = SummarySentence(text=claims[0].text, claims=(claims[0],), support=1.0)
    return Viewpoint(
        label=label,
        summary=Summary(sentences=(sentence,), method="extractive"),
        claims=tuple(claims),
        points=_points(claims),
        holders=tuple(dict.fromkeys(claim.holder for claim in claims if claim.holder)),
        confidence=0.7,
    )


def _points(claims: list[Claim]) -> tuple[Point, ...]:
    """Return the first three things that `claims` say, each with every claim that says it."""
    texts = list(dict.fromkeys(claim.text for claim in claims))[:3]
    return tuple(
        Point(label=f"{text.split()[0].strip('“')}’s point", claims=tuple(same))
        for text in texts
        if (same := [claim for claim in claims if claim.text == text])
    )


def three_outlets() -> Analysis:
    """Return a story that two outlets share a sentence of, and one tells from one side only."""
    articles = [_article(name) for name in _LINES]
    sides: dict[int | None, list[Claim]] = {0: [], 1: [], None: []}
    for article, lines in zip(articles, _LINES.values(), strict=True):
        for line, side, holder in lines:
            start = article.text.index(line)
            claim = Claim(article=article, start=start, end=start + len(line), holder=holder)
            sides[side].append(claim)
    return Analysis(
        question="Should cars be banned from the square?",
        articles=tuple(articles),
        viewpoints=(
            _viewpoint("A square for people", sides[0]),
            _viewpoint("Shops need cars", sides[1]),
        ),
        background=tuple(sides[None]),
    )


def sided(kept: int) -> Analysis:
    """Return the example with as many of its viewpoints, the claims of the others unplaced."""
    whole = example.analysis()
    rest = tuple(claim for viewpoint in whole.viewpoints[kept:] for claim in viewpoint.claims)
    return replace(whole, viewpoints=whole.viewpoints[:kept], unplaced=whole.unplaced + rest)


def long_story(claims: int) -> Analysis:
    """Return a story of as many claims, in two articles and three viewpoints, with 40 holders."""
    articles = [
        Article(text="\n\n".join(_prose(n, claims // 2)), title=f"Part {n}", outlet=f"Outlet {n}")
        for n in (1, 2)
    ]
    found = [
        Claim(article=a, start=m.start(), end=m.end(), holder=f"Witness No. {len(m[0]) % 40}")
        for a in articles
        for m in re.finditer(r"[^\n.]+\.", a.text)
    ]
    return Analysis(
        question="Is this long?",
        articles=tuple(articles),
        viewpoints=tuple(_viewpoint(f"View {n}", found[n::4]) for n in range(3)),
        background=tuple(found[3::4]),
    )


def _prose(seed: int, sentences: int) -> list[str]:
    lines = [f"Sentence {n} of part {seed} says {'so ' * (n % 37)}much." for n in range(sentences)]
    return ["".join(lines[start : start + 5]) for start in range(0, sentences, 5)]
