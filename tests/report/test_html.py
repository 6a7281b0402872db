from __future__ import annotations

import base64
import hashlib
import math
import re
from importlib.resources import files
from itertools import combinations

import pytest
from hypothesis import given
from lxml import html as lxml_html

from summarizer.analysis import Analysis
from summarizer.report.plain import one_line
from summarizer.types import Article, Claim
from tests import example
from tests.fuzz.targets import SCRIPT
from tests.hostile import HOSTILE, story_of
from tests.strategies import analyses, few


def page(analysis):
    return lxml_html.document_fromstring(analysis.to_html())


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_from_an_article_acts_in_the_page(text):
    tree = page(story_of(text, url=text))
    assert not tree.xpath("//img | //iframe | //object | //embed | //form | //base")
    assert tree.xpath("//script/text()") == [SCRIPT]
    assert not [name for e in tree.iter() for name in e.attrib if name.startswith("on")]
    assert all(href.startswith("#") for href in tree.xpath("//@href"))
    assert not tree.xpath("//@src")
    assert one_line(text) in tree.xpath("string(//h1)")


@few
@given(analyses())
def test_every_link_of_the_page_leads_to_one_place_in_it(a):
    tree = page(a)
    ids = tree.xpath("//@id")
    inner = [href[1:] for href in tree.xpath("//@href") if href.startswith("#")]
    assert len(ids) == len(set(ids))
    assert set(inner) <= set(ids)
    assert {f"c{number}" for number in range(len(a.claims))} <= set(ids)


def test_markers_lead_to_the_claim_and_the_claim_leads_back():
    a = example.analysis()
    tree = page(a)
    marker = tree.xpath('//p[@class="summary"]//a[.="25"]')[0]
    assert marker.get("href") == "#c25"
    assert tree.get_element_by_id("c25").text == a.claims[25].text
    assert tree.xpath('//a[.="A25"]/@href') == [f"#{marker.get('id')}"]
    uncited = tree.xpath('//a[.="A5"]/@href')
    assert uncited == ["#v0"]


def test_the_page_shows_the_whole_article_and_what_was_left_out():
    a = example.analysis()
    tree = page(a)
    for own in tree.xpath('//a[contains(@class, "badge")] | //details[@class="fold"]/summary'):
        own.clear(keep_tail=True)
    shown = " ".join(tree.xpath('string(//article[@class="text"])').split())
    assert " ".join(a.articles[0].text.split()) in shown
    lines = [" ".join(item.split()) for item in tree.xpath('//ul[@class="dropped"]/li/text()')]
    assert lines == [" ".join(line.split()) for line in a.articles[0].dropped]


def test_the_page_loads_nothing():
    source = example.analysis().to_html()
    assert not re.search(r"<(link|img|iframe)\b|@import|url\(|\bsrc=|fetch|XMLHttp", source)
    assert "default-src 'none'" in source


def test_the_policy_lets_run_what_stands_in_the_page_and_nothing_else():
    tree = page(example.analysis())
    policy = tree.xpath("//meta[@http-equiv]/@content")[0]
    for name in ("script", "style"):
        text = tree.xpath(f"//{name}/text()")[0]
        sha = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{sha}';" in policy
    assert "unsafe" not in policy


def test_each_side_is_told_by_letter_and_line_as_well_as_by_colour():
    a = example.analysis()
    badges = page(a).xpath('//article[@class="text"]//a[contains(@class, "badge")]/text()')
    sides = {f"{name}{a.claims.index(c)}" for v, name in zip(a.viewpoints, "AB", strict=True)
             for c in v.claims}  # fmt: skip
    assert set(badges) == sides


def _palettes():
    style = files("summarizer.report").joinpath("report.css").read_text(encoding="utf-8")
    screen, _ = style.split("@media print")
    light, dark = screen.split("@media screen and (prefers-color-scheme: dark)")
    return [dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", part)) for part in (light, dark)]


def _luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one, two):
    dark, light = sorted((_luminance(one), _luminance(two)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", _palettes(), ids=["light", "dark"])
def test_colours_keep_the_contrast_that_wcag_asks_of_text(palette):
    pairs = [("ink", "paper"), ("ink", "card"), ("soft", "paper"), ("soft", "card")]
    pairs += [("soft", "none")]
    for n in range(1, 9):
        pairs += [(f"ink{n}", f"tint{n}"), (f"ink{n}", "card"), ("ink", f"tint{n}")]
    poor = {pair: _contrast(*(palette[name] for name in pair)) for pair in pairs}
    assert {pair: ratio for pair, ratio in poor.items() if ratio < 4.5} == {}


# Machado, Oliveira and Fernandes (2009), severity 1, for linear RGB; the first sees as most do.
_EYES = {
    "most": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "deutan": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "tritan": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
}
_XYZ = ((0.4339, 0.3762, 0.1899), (0.2126, 0.7152, 0.0722), (0.0177, 0.1095, 0.8729))


def _times(matrix, vector):
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def _lab(colour, eye):
    """Return CIELAB of `colour` as `eye` sees it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    seen = [min(1, max(0, c)) for c in _times(_EYES[eye], linear)]
    x, y, z = (c ** (1 / 3) if c > 0.008856 else 7.787 * c + 16 / 116 for c in _times(_XYZ, seen))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("eye", list(_EYES))
@pytest.mark.parametrize("palette", _palettes(), ids=["light", "dark"])
def test_four_sides_are_told_apart_by_the_colour_blind(palette, eye):
    for kind, least in (("ink", 15), ("tint", 8)):  # CIE76; 2.3 is just noticeable
        seen = [_lab(palette[f"{kind}{n}"], eye) for n in (1, 2, 3, 4)]
        apart = {pair: math.dist(*pair) for pair in combinations(seen, 2)}
        assert min(apart.values()) >= least


def test_several_articles_are_shown_each_with_its_own_claims():
    one, two = Article(text="It will rain.", title="Wet"), Article(text="It stays dry.")
    wet, dry = (Claim(article=a, start=0, end=13) for a in (one, two))
    a = Analysis(question=None, articles=(one, two), viewpoints=(), background=(wet, dry))
    texts = page(a).xpath('//article[@class="text"]')
    shown = [text.xpath("string(p[not(@class)])") for text in texts]
    assert shown == ["It will rain.", "It stays dry."]


def test_a_notebook_shows_the_page_in_a_frame_whose_links_stay_in_it():
    frame = lxml_html.fromstring(example.analysis()._repr_html_())
    inner = lxml_html.document_fromstring(frame.get("srcdoc"))
    assert "allow-scripts" not in frame.get("sandbox")
    assert not inner.xpath("//script | //select | //button")
    links = [href for href in inner.xpath("//@href") if not href.startswith("https://")]
    assert links
    assert all(href.startswith("about:srcdoc#") for href in links)
