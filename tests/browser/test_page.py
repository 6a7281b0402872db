"""The HTML report in a browser: read, followed, filtered, printed, and heard."""

from __future__ import annotations

import pytest

from tests import example
from tests.browser import stories
from tests.hostile import HOSTILE, story_of

STORIES = {
    "example": example.analysis,
    "three": stories.three_outlets,
    "none": lambda: stories.sided(0),
    "one": lambda: stories.sided(1),
}


@pytest.mark.parametrize(
    ("name", "scheme", "width"),
    [
        ("example", "light", "desktop"),
        ("example", "dark", "phone"),
        ("three", "dark", "desktop"),
        ("three", "light", "phone"),
        ("none", "light", "desktop"),
        ("one", "dark", "phone"),
    ],
)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(opened, name, scheme, width):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="no axe").Axe()
    page = opened(STORIES[name](), width=width, scheme=scheme)
    page.evaluate("for (const box of document.querySelectorAll('details')) box.open = true")
    found = axe.run(page).response["violations"]
    assert [(v["id"], [node["html"] for node in v["nodes"]]) for v in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_filtered_page_is_clean_as_well(opened):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="no axe").Axe()
    page = opened(example.analysis())
    page.select_option("#holder", label="Helen Varga (5 claims)")
    assert axe.run(page).response["violations"] == []


def test_a_marker_leads_to_its_claim_and_the_badge_back_to_where_the_reader_came_from(opened):
    page = opened(example.analysis())
    page.click('.points a.marker:text-is("25")')
    assert page.url.endswith("#c25")
    assert page.locator("#c25").evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    page.click('a.badge:text-is("A25")')
    focused = page.evaluate("document.activeElement.closest('.points') !== null")
    assert focused
    assert page.evaluate("document.activeElement.textContent") == "25"


def test_the_way_back_without_a_way_there_is_the_summary(opened):
    page = opened(example.analysis())
    page.click('a.badge:text-is("A25")')
    assert page.url.endswith("#m25")


def test_a_claim_lights_up_wherever_it_stands(opened):
    page = opened(stories.three_outlets())
    page.hover("mark:has-text('Shopkeepers say') >> nth=0")
    lit = page.locator(".lit")
    assert lit.locator("xpath=self::mark").count() == 2  # both outlets
    assert lit.locator("xpath=self::*[name()='rect']").count() == 2
    assert page.locator(".summary .marker.lit").count() == 1
    page.hover("h1")
    assert lit.count() == 0


def test_focus_lights_up_as_the_pointer_does(opened):
    page = opened(example.analysis())
    page.focus('.summary a.marker:text-is("3")')
    assert page.locator("mark.lit").inner_text().startswith("Helen Varga")


def test_the_map_leads_into_the_text(opened):
    page = opened(example.analysis())
    page.locator("rect[data-n='13']").click()
    assert page.url.endswith("#c13")
    assert page.locator("#c13").evaluate("e => e.getBoundingClientRect().top < innerHeight")


def test_the_filter_leaves_the_marks_of_one_holder_and_says_how_many(opened):
    page = opened(example.analysis())
    page.select_option("#holder", label="Petra Lindqvist (2 claims)")
    marked = page.locator("mark:not(.off)").all_inner_texts()
    assert [text[:12] for text in marked] == ["Its regional", "“You cannot "]
    assert page.locator("#said").inner_text() == "Marked: 2 claims by Petra Lindqvist"
    page.select_option("#holder", label="everyone")
    assert page.locator("mark.off").count() == 0
    assert page.locator("#said").inner_text() == ""


def test_background_is_folded_and_unfolds_at_one_press(opened):
    page = opened(example.analysis())
    hidden = page.locator(".fold p:has-text('The 4.2-kilometre tunnel')")
    assert not hidden.is_visible()
    page.click("#unfold")
    assert hidden.is_visible()
    assert page.get_attribute("#unfold", "aria-pressed") == "true"


def test_a_link_into_folded_text_unfolds_it(opened):
    page = opened(example.analysis())
    page.click("footer summary:has-text('Unplaced')")
    page.click('footer .evidence a.marker:text-is("30")')
    assert page.locator("#c30").is_visible()


def test_without_a_script_everything_can_be_read_and_followed(opened):
    page = opened(example.analysis(), script=False)
    assert not page.locator("#holder").is_visible()
    page.click(".fold summary >> nth=0")
    assert page.locator(".fold p:has-text('The 4.2-kilometre tunnel')").is_visible()
    page.click('.summary a.marker:text-is("25")')
    assert page.url.endswith("#c25")
    page.click('a.badge:text-is("A25")')
    assert page.url.endswith("#m25")


def test_the_keyboard_alone_gets_to_the_text_and_through_it(opened):
    page = opened(example.analysis())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.url.endswith("#texts")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#texts') !== null")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


def test_print_holds_the_folded_text_and_no_tools(opened):
    page = opened(example.analysis())
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator(".fold p:has-text('The 4.2-kilometre tunnel')").is_visible()
    assert not page.locator(".tools").is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details.fold[open]").count() == 0


def test_nothing_that_an_article_says_runs_or_is_loaded(opened):
    text = " ".join(HOSTILE)
    page = opened(story_of(text, url="https://a.example/'><script>alert(1)</script>"))
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.evaluate("for (const box of document.querySelectorAll('details')) box.open = true")
    page.select_option("#holder", index=1)
    assert "<script>alert(1)</script>" in page.locator("#said").inner_text()
    page.hover("mark >> nth=0")
    assert page.locator("script").count() == 1
    assert page.locator("img, iframe, form").count() == 0


def test_a_notebook_frame_shows_the_page(chromium):
    page = chromium.new_page()
    page.set_content(f"<h1>Notebook</h1>{example.analysis()._repr_html_()}")
    frame = page.frames[1]
    assert frame.locator("h1").inner_text() == example.analysis().question
    assert not frame.locator(".tools").count()
    frame.click('.summary a.marker:text-is("25")')
    assert frame.url == "about:srcdoc#c25"
    page.close()


_HOVERS = """async () => {
  let searches = 0, changes = 0;
  for (const kind of [Document, Element]) {
    const search = kind.prototype.querySelectorAll;
    kind.prototype.querySelectorAll = function (...given) { searches++; return search.apply(this, given); };
  }
  new MutationObserver((seen) => { changes += seen.length; })
    .observe(document.body, {attributes: true, subtree: true});
  const marks = [...document.getElementsByTagName("mark")].slice(0, 300);
  for (const mark of marks) mark.dispatchEvent(new PointerEvent("pointerover", {bubbles: true}));
  await new Promise((done) => setTimeout(done));
  return [searches, changes / marks.length];
}"""  # noqa: E501


def test_of_two_thousand_claims_hovering_touches_its_own_only(opened):
    page = opened(stories.long_story(2_000))
    assert page.locator("mark").count() == 1_500
    searches, changes = page.evaluate(_HOVERS)
    assert searches == 0
    assert 2 < changes < 20  # mark, badge, map, markers: lit, and dark again
