from __future__ import annotations

import io
import re
import subprocess
import sys
from dataclasses import replace
from html import unescape
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html
from markdown_it import MarkdownIt
from rich.console import Console

from summarizer import report
from summarizer.analysis import Analysis
from summarizer.report.markdown import escape
from summarizer.report.passages import passages
from summarizer.report.plain import letter, one_line, printable, web_address
from summarizer.types import Article, Claim, Point, Summary, SummarySentence, Viewpoint
from tests import example
from tests.strategies import analyses, few

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</style><script>alert(1)</script>",
    "</title><svg onload=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(1)",
    "[x](javascript:alert(1))",
    "![x](https://tracker.example/p.png)",
    "<https://tracker.example>",
    "&lt;script&gt;",
    "\x1b[2J\x1b]0;owned\x07\x9b31mred\x00",
    "[bold red]markup[/] :smile:",
    "safe\u202egnp.exe",
    "# heading\n- item\n\n***",
]


def story_of(text, *, url=None):
    """Return an analysis in which `text` stands in every place that an article can fill."""
    article = Article(
        text=f"{text} One.\n\nTwo {text}.",
        title=text,
        url=url,
        outlet=text,
        authors=(text,),
        published=text,
        language=text,
        dropped=(text,),
    )
    cut = len(text) + 5
    first = Claim(article=article, start=0, end=cut, holder=text)
    second = Claim(article=article, start=cut + 2, end=len(article.text), holder=text)
    sentence = SummarySentence(text=text, claims=(first,), support=1.0)
    viewpoint = Viewpoint(
        label=text,
        summary=Summary(sentences=(sentence,), method="extractive"),
        claims=(first,),
        points=(Point(label=text, claims=(first,)),),
        holders=(text,),
        confidence=0.5,
    )
    return Analysis(
        question=text,
        articles=(article,),
        viewpoints=(viewpoint,),
        common_ground=(text,),
        disputes=(text,),
        unplaced=(second,),
        warnings=(text,),
        made_with={text: text},
    )


def terminal(analysis, *, width=100, evidence=False, **console):
    out = io.StringIO()
    options = {"file": out, "width": width, "legacy_windows": False, **console}
    report.render_terminal(analysis, Console(**options), evidence=evidence)
    return out.getvalue()


def page(analysis):
    return lxml_html.document_fromstring(analysis.to_html())


# plain


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;new title\x07text", "text"),
        ("\x1b]8;;https://a.example\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x9b2Jgone\x90q\x9cend", "goneend"),
        ("\x1bcreset\x08\x7f", "reset"),
        ("a\tb\nc", "a\tb\nc"),
        ("cut off \x1b[", "cut off "),
        ("\ud800", "\ufffd"),
        ("\u202eback", "back"),
        ("naïve 日本 👩‍🚒", "naïve 日本 👩‍🚒"),
    ],
)
def test_printable_keeps_the_text_and_nothing_that_steers(text, shown):
    assert printable(text) == shown


@given(st.text())
def test_printable_leaves_no_control_character_and_is_done_after_once(text):
    shown = printable(text)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", shown)
    assert printable(shown) == shown


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://a.example/x?y=1&z=2#f", "https://a.example/x?y=1&z=2#f"),
        ("HTTP://a.example/", "HTTP://a.example/"),
        ("https://a.example/a b\"'<>", "https://a.example/a%20b%22'%3C%3E"),
        ("javascript:alert(1)", None),
        ("JaVaScRiPt://a.example/%0aalert(1)", None),
        (" javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("data:text/html,<script>", None),
        ("vbscript:x", None),
        ("file:///etc/passwd", None),
        ("//a.example", None),
        ("article.html", None),
        ("https:", None),
        ("https://[", None),
        ("", None),
        (None, None),
    ],
)
def test_only_addresses_of_the_web_become_links(url, address):
    assert web_address(url) == address


def test_letters_go_on_after_z():
    assert [letter(n) for n in (0, 1, 25, 26, 27, 701, 702)] == [
        "A", "B", "Z", "AA", "AB", "ZZ", "AAA",
    ]  # fmt: skip


# passages


@few
@given(analyses())
def test_passages_joined_are_the_article_and_each_claim_begins_and_ends_once(a):
    for article in a.articles:
        own = [claim for claim in a.claims if claim.article == article]
        cut = [passage for paragraph in passages(article, own) for passage in paragraph]
        assert "".join(passage.text for passage in cut) == article.text
        assert [passage.claim for passage in cut if passage.first] == own
        assert sorted((p.claim for p in cut if p.last), key=lambda c: c.start) == own


def test_a_claim_within_another_keeps_its_place():
    article = Article(text="He says it will rain and it will pour.")
    outer = Claim(article=article, start=0, end=38)
    inner = Claim(article=article, start=8, end=20)
    texts = [p.text for p in passages(article, [outer, inner])[0]]
    assert texts == [article.text, ""]


def test_a_claim_over_two_paragraphs_is_one_passage_in_each():
    article = Article(text="Rain will\n\ncome soon.")
    (claim,) = claims = [Claim(article=article, start=0, end=len(article.text))]
    one, two = passages(article, claims)
    assert [(p.text, p.claim, p.first, p.last) for p in (*one, *two)] == [
        ("Rain will\n\n", claim, True, False),
        ("come soon.", claim, False, True),
    ]


# html


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_from_an_article_acts_in_the_page(text):
    tree = page(story_of(text, url=text))
    assert not tree.xpath("//script | //img | //iframe | //object | //embed | //form | //base")
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
    for badge in tree.xpath('//a[contains(@class, "badge")]'):
        badge.text = ""
    shown = " ".join(tree.xpath('string(//article[@class="text"])').split())
    assert " ".join(a.articles[0].text.split()) in shown
    lines = [" ".join(item.split()) for item in tree.xpath('//ul[@class="dropped"]/li/text()')]
    assert lines == [" ".join(line.split()) for line in a.articles[0].dropped]


def test_the_page_loads_nothing():
    source = example.analysis().to_html()
    assert not re.search(r"<(script|link|img|iframe)\b|@import|url\(|\bsrc=", source)
    assert "default-src 'none'" in source


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


def test_several_articles_are_shown_each_with_its_own_claims():
    one, two = Article(text="It will rain.", title="Wet"), Article(text="It stays dry.")
    wet, dry = (Claim(article=a, start=0, end=13) for a in (one, two))
    a = Analysis(question=None, articles=(one, two), viewpoints=(), background=(wet, dry))
    texts = page(a).xpath('//article[@class="text"]')
    assert [text.xpath("string(p)") for text in texts] == ["It will rain.", "It stays dry."]


def test_a_notebook_shows_the_page_in_a_frame_whose_links_stay_in_it():
    frame = lxml_html.fromstring(example.analysis()._repr_html_())
    inner = lxml_html.document_fromstring(frame.get("srcdoc"))
    assert "allow-scripts" not in frame.get("sandbox")
    links = [href for href in inner.xpath("//@href") if not href.startswith("https://")]
    assert links
    assert all(href.startswith("about:srcdoc#") for href in links)


# markdown


def _shown(line):
    rendered = MarkdownIt("gfm-like", {"linkify": False, "html": True}).render(line)
    return rendered, unescape(re.sub(r"<[^>]*>", "", rendered)).strip()


@given(st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(HOSTILE))
def test_markdown_shows_an_escaped_line_as_it_was(text):
    rendered, shown = _shown(escape(text))
    assert shown == one_line(text)
    assert rendered in ("", f"<p>{rendered[3:-5]}</p>\n")
    assert "<" not in rendered[3:-5]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_from_an_article_acts_in_markdown(text):
    rendered, _ = _shown(story_of(text, url=text).to_markdown())
    tags = set(re.findall(r"<(\w+)", rendered))
    assert tags <= {"h1", "h2", "h3", "p", "em", "strong", "ul", "li", "blockquote"}


@few
@given(analyses())
def test_markdown_names_every_claim(a):
    lines = a.to_markdown().splitlines()
    numbers = [int(m[1]) for line in lines if (m := re.match(r"- \[(\d+)\]", line))]
    assert sorted(numbers) == list(range(len(a.claims)))


def test_markdown_links_to_the_article():
    assert "](<https://courier.example/" in example.analysis().to_markdown()


# terminal


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("width", [20, 80, 140])
def test_no_control_character_of_an_article_reaches_the_terminal(text, width):
    shown = terminal(story_of(text), width=width, evidence=True)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", shown)


def test_markup_of_rich_in_an_article_is_text():
    assert "[bold red]markup[/] :smile:" in terminal(story_of("[bold red]markup[/] :smile:"))


def test_escape_codes_come_only_from_the_report_itself():
    coloured = {"force_terminal": True, "color_system": "standard"}
    shown = terminal(story_of("\x1b[2J\x1b]0;owned\x07fine"), **coloured)
    codes = set(re.findall(r"\x1b[^m]*m?", shown))
    assert codes
    assert all(re.fullmatch(r"\x1b\[[0-9;]*m", code) for code in codes)
    assert "owned" not in shown


@few
@given(analyses(), st.integers(10, 160))
def test_no_line_is_wider_than_the_terminal(a, width):
    console = Console(file=io.StringIO(), width=width, legacy_windows=False)
    report.render_terminal(a, console, evidence=True)
    lines = console.file.getvalue().splitlines()
    assert max(Console().measure(line).maximum for line in lines) <= width


def test_the_terminal_says_what_was_found_and_what_was_not_used():
    shown = terminal(example.analysis(), width=140)
    assert "2 viewpoints · 23 of 31 sentences · 1 article" in shown
    assert "11 claims, confidence 0.86" in shown
    assert "test trains run to time [4]" in shown
    assert "(quoted)" in shown
    assert "Background: 7 sentences" in shown
    assert "Left out: 4 lines of page furniture" in shown
    assert "no written one passed the check" in shown


def test_short_holders_stand_in_the_border():
    a = example.analysis()
    viewpoint = replace(a.viewpoints[0], holders=("Helen Varga",))
    shown = terminal(replace(a, viewpoints=(viewpoint, a.viewpoints[1])), width=100)
    border = next(line for line in shown.splitlines() if "Opening on time" in line)
    assert re.fullmatch(
        r"╭─ A  Opening on time ── Helen Varga ─+ 11 claims, confidence 0.86 ─+╮", border
    )


def test_evidence_is_every_claim_with_its_holder():
    a = example.analysis()
    shown = " ".join(terminal(a, width=110, evidence=True).split())
    assert all(" ".join(claim.text.split()) in shown for claim in a.claims)
    assert "(Petra Lindqvist)" in shown


@pytest.mark.parametrize(
    ("kept", "note"), [(0, "No viewpoint found"), (1, "Only one viewpoint found"), (2, None)]
)
def test_fewer_than_two_viewpoints_are_said_in_every_format(kept, note):
    a = example.analysis()
    rest = tuple(claim for viewpoint in a.viewpoints[kept:] for claim in viewpoint.claims)
    a = replace(a, viewpoints=a.viewpoints[:kept], unplaced=a.unplaced + rest)
    for shown in (terminal(a), a.to_markdown(), a.to_html()):
        assert ("viewpoint found" in shown) == (note is not None)
        assert note is None or note in shown


def test_reports_are_the_same_bytes_in_another_process():
    code = (
        "import hashlib, sys; sys.path.insert(0, '.'); from tests import example;"
        "a = example.analysis(); text = a.to_html() + a.to_markdown() + a.to_json();"
        "print(hashlib.sha256(text.encode()).hexdigest())"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            check=True,
            cwd=example.PAGE.parents[1],
            env={"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1
