"""Articles gathered for a story: what fails, is foreign or given twice is named."""

from __future__ import annotations

from dataclasses import replace

import pytest

from summarizer import Article, NoArticleError
from tests.harbour import AGAINST, FACT, FOR, MORE
from tests.story.outlets import COURIER, LATE, OTHER, POST


def test_a_dead_outlet_among_three_is_named_and_the_rest_goes_on(summarizer, tmp_path):
    for name, lines in (("one", [FOR, AGAINST, FACT]), ("two", [MORE, LATE, OTHER])):
        (tmp_path / f"{name}.txt").write_text("\n\n".join(lines), encoding="utf-8")
    dead = tmp_path / "dead.html"
    found = summarizer.analyze([tmp_path / "one.txt", dead, tmp_path / "two.txt"])
    assert len(found.articles) == 2
    assert [w for w in found.warnings if "left out" in w and str(dead) in w]


def test_an_address_that_does_not_answer_is_named_and_the_rest_goes_on(summarizer):
    dead = "http://127.0.0.1:9/story"
    found = summarizer.analyze([COURIER, dead, POST])
    assert found.articles == (COURIER, POST)
    assert any(w.startswith(f"left out: {dead}") for w in found.warnings)


def test_all_outlets_dead_is_an_error_that_names_the_first(summarizer, tmp_path):
    with pytest.raises(Exception, match=r"a\.html"):
        summarizer.analyze([tmp_path / "a.html", tmp_path / "b.html"])


def test_an_empty_article_among_several_is_left_out_by_name(summarizer):
    found = summarizer.analyze([COURIER, Article(text=" ", title="Empty one")])
    assert any(w.startswith("left out: Empty one: ") for w in found.warnings)


def test_one_place_under_two_names_is_read_once_and_said(summarizer, tmp_path):
    path = tmp_path / "story.txt"
    path.write_text(COURIER.text, encoding="utf-8")
    found = summarizer.analyze([path, str(path), f"{tmp_path}/../{tmp_path.name}/story.txt"])
    assert len(found.articles) == 1
    assert sum("given more than once" in w for w in found.warnings) == 2


def test_a_page_whose_boxes_changed_between_two_visits_is_one_article(summarizer):
    again = replace(COURIER, dropped=("Most read",))
    found = summarizer.analyze([COURIER, again])
    assert len(found.articles) == 1
    assert any(COURIER.url in w and "more than once" in w for w in found.warnings)


GERMAN = (
    "Der Hafen soll im Herbst eröffnet werden, sagen Fachleute der Hafenbehörde. "
    "Die Gewerkschaft glaubt nicht daran und rechnet erst im nächsten Jahr damit. "
    "Der Stadtrat hat dem Bau vor einigen Jahren nach langer Debatte zugestimmt. "
    "Viele Fischer in der Bucht hoffen dagegen auf neue Kunden und höhere Preise."
)


def test_of_a_story_in_two_languages_the_foreign_article_is_left_out_by_name(summarizer, tmp_path):
    english, german = tmp_path / "en.txt", tmp_path / "de.txt"
    english.write_text("\n\n".join([FOR, MORE, AGAINST, FACT]), encoding="utf-8")
    german.write_text(GERMAN, encoding="utf-8")
    for foreign in (german, Article(text=GERMAN, language="de", url="https://zeitung.example/h")):
        found = summarizer.analyze([english, foreign])
        assert len(found.articles) == 1
        told = [w for w in found.warnings if w.startswith("left out")]
        assert len(told) == 1
        assert (str(german) if foreign is german else "zeitung.example") in told[0]
    with pytest.raises(NoArticleError):
        summarizer.analyze([german])
