"""What is fuzzed: one function per stage, from bytes to laws that must hold whatever they are.

A target returns when its input was analysed or refused with an error of the tree; anything else
that leaves it is a bug.
"""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Callable
from contextlib import suppress
from importlib.resources import files
from pathlib import Path

from lxml import html as lxml_html
from rich.console import Console

from summarizer.analysis import Analysis
from summarizer.claims import find_claims
from summarizer.errors import SummarizerError
from summarizer.extract import extract
from summarizer.pipeline import Summarizer
from summarizer.read import read
from summarizer.read.decode import decode
from summarizer.report import render_terminal
from summarizer.report.plain import printable
from summarizer.settings import Settings
from summarizer.testing import FirstClaimWriter, HashEncoder
from summarizer.types import Article, Page, PageKind

SCRIPT = files("summarizer.report").joinpath("report.js").read_text(encoding="utf-8").strip()
SETTINGS = Settings(min_words=5)  # short inputs reach further
_SUFFIXES = (".html", ".txt", ".md", "")
_KINDS: tuple[PageKind, ...] = ("html", "text", "markdown")
_TAGS = frozenset(
    (
        *("a", "article", "body", "button", "cite", "dd", "details", "div", "dl", "dt", "footer"),
        *("h1", "h2", "head", "header", "html", "label", "li", "main", "mark", "meta", "ol"),
        *("option", "p", "q", "rect", "script", "section", "select", "span", "strong", "style"),
        *("summary", "svg", "table", "tbody", "td", "th", "thead", "title", "tr", "ul"),
    )
)


def read_file(data: bytes) -> None:
    """Read `data` as a file; the first byte picks its suffix."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"page{_SUFFIXES[(data[:1] or b'x')[0] % len(_SUFFIXES)]}")
        path.write_bytes(data[1:])
        with suppress(SummarizerError):
            page = read(path, settings=SETTINGS)
            extract(page, settings=SETTINGS)


def extract_page(data: bytes) -> None:
    """Extract `data` as HTML, text or Markdown, and find the claims of what is left."""
    kind = _KINDS[(data[:1] or b"x")[0] % len(_KINDS)]
    page = Page(source="fuzz", content=data[1:].decode("utf-8", "surrogateescape"), kind=kind)
    with suppress(SummarizerError):
        article = extract(page, settings=SETTINGS)
        check_article(article)
        check_claims(article)


def read_page(data: bytes) -> bool:
    """Decode and extract `data` as a saved page; True where it held an article."""
    try:
        article = extract(
            Page(source="page", content=decode(data), kind="html"), settings=Settings()
        )
    except SummarizerError:
        return False
    check_article(article)
    check_claims(article)
    return True


def claims(data: bytes) -> None:
    """Find the claims of `data` as an article's text, unextracted."""
    check_claims(Article(text=data.decode("utf-8", "replace")))


def report(data: bytes) -> None:
    """Analyse `data` with the fakes, title and all, and show the result in every format."""
    title, _, text = data.decode("utf-8", "replace").partition("\n")
    article = Article(text=text, title=title, url=title, authors=(title,), dropped=(title,))
    with suppress(SummarizerError):
        check_reports(summarizer().analyze(article))


def from_dict(data: bytes) -> None:
    """Read `data` as the JSON of an analysis."""
    try:
        loaded = json.loads(data.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return
    check_loaded(loaded)


def summarizer() -> Summarizer:
    """Return a summarizer with the fakes."""
    return Summarizer(HashEncoder(), FirstClaimWriter(), settings=SETTINGS)


def check_article(article: Article) -> None:
    """Raise AssertionError where an extracted article holds what it must not."""
    shown = (article.text, article.title or "", article.outlet or "", *article.authors)
    for text in (*shown, *article.dropped, article.url or ""):
        assert printable(text) == text, f"unprintable: {text[:80]!r}"
    article.text.encode()


def check_claims(article: Article) -> None:
    """Raise AssertionError where claims overlap, lose text or have outer white space."""
    end = 0
    found = find_claims(article)
    for claim in found:
        assert claim.start >= end, "claims overlap"
        assert claim.text == claim.text.strip(), f"white space: {claim.text!r}"
        assert not _visible(article.text[end : claim.start]), "text between claims"
        end = claim.end
    assert not _visible(article.text[end:]), "text after the last claim"


def _visible(text: str) -> bool:
    return any(not c.isspace() and c not in "\u200b\ufeff\u2060" for c in text)


def check_reports(analysis: Analysis) -> None:
    """Raise AssertionError where a report loses something or lets an article act."""
    text = analysis.to_json()
    text.encode()
    assert printable(text) == text, "controls in JSON"
    assert Analysis.from_dict(json.loads(text)) == analysis
    page = analysis.to_html()
    page.encode()
    check_page(page)
    markdown = analysis.to_markdown()
    assert printable(markdown) == markdown
    screen = io.StringIO()
    render_terminal(analysis, Console(file=screen, width=80, no_color=True), evidence=True)
    assert printable(screen.getvalue()) == screen.getvalue()


def check_page(page: str) -> None:
    """Raise AssertionError where an element, handler or address got into the page."""
    assert printable(page) == page
    tree = lxml_html.document_fromstring(page)
    assert len(tree.xpath("//script")) <= 1, "scripts"
    assert [text for text in tree.xpath("//script/text()") if text != SCRIPT] == [], (
        "foreign script"
    )
    for element in tree.iter():
        assert element.tag in _TAGS, f"element {element.tag}"
        for name, value in element.attrib.items():
            assert not name.startswith("on"), f"handler {name}"
            if name in ("href", "src", "action", "srcdoc", "style"):
                assert name == "href", f"attribute {name}"
                assert value.startswith(("#", "http://", "https://")), f"address {value[:40]!r}"


def check_loaded(loaded: object) -> None:
    """Raise what is no DataError, or AssertionError where data comes back changed."""
    with suppress(SummarizerError):
        analysis = Analysis.from_dict(loaded)  # type: ignore[arg-type]
        check_reports(analysis)


TARGETS: dict[str, Callable[[bytes], None]] = {
    "read": read_file,
    "extract": extract_page,
    "claims": claims,
    "report": report,
    "from_dict": from_dict,
}
