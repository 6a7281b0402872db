"""Points in a report: none twice, none that says nothing, the best supported first."""

from __future__ import annotations

from summarizer.report.points import SHOWN, shown_points
from summarizer.types import Article, Claim, Point

_QUAYS = ("north", "south", "east", "west", "upper", "lower", "inner", "outer")


def _points(*rows):
    article = Article(text="abcdefghijklmnopqrstuvwxyz")
    numbers = iter(range(26))
    return [
        Point(
            label=label,
            claims=tuple(Claim(article=article, start=n, end=n + 1) for n in _take(numbers, count)),
        )
        for label, count in rows
    ]


def _take(numbers, count):
    return [next(numbers) for _ in range(count)]


def test_the_point_with_most_claims_comes_first_and_ties_keep_their_order():
    points = _points(("The toll is high", 1), ("The ferry is slow", 3), ("The quay leaks", 1))
    assert [label for label, _ in shown_points(points)] == [
        "The ferry is slow",
        "The toll is high",
        "The quay leaks",
    ]


def test_points_in_the_same_words_are_one_with_the_claims_of_both():
    points = _points(("The ferry is slow", 1), ("Ferries are slow", 2))
    ((label, claims),) = shown_points(points)
    assert label == "The ferry is slow"
    assert claims == (*points[0].claims, *points[1].claims)


def test_a_point_that_says_nothing_is_left_out_unless_it_is_the_only_one():
    assert [label for label, _ in shown_points(_points(("Why?", 2), ("The toll is high", 1)))] == [
        "The toll is high"
    ]
    assert [label for label, _ in shown_points(_points(("Why?", 2)))] == ["Why?"]
    assert shown_points(()) == []


def test_a_terminal_counts_the_points_beyond_the_first_six():
    from io import StringIO

    from rich.console import Console

    from summarizer.report.terminal import _points as table

    rows = [(f"The toll of quay {name} is high", 1) for name in _QUAYS]
    points = _points(*rows)
    page = StringIO()
    number = {claim: place for place, claim in enumerate(c for p in points for c in p.claims)}
    Console(file=page, width=80).print(table(points, number, columns=1))
    assert "and 2 more points" in page.getvalue()
    assert page.getvalue().count("is high") == SHOWN


def test_of_points_with_as_many_claims_clauses_come_first_and_cut_ones_last():
    labels = ("Traders of the upper…", "Risk to the ferry", "The toll is high")
    shown = shown_points(_points(*((label, 1) for label in labels)))
    assert [label for label, _ in shown] == list(reversed(labels))
