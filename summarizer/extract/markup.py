"""HTML and Markdown to lines: parsing by libraries, here is only what of it is kept."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lxml.etree import _Element
from trafilatura import bare_extraction, html2txt
from trafilatura.settings import Document

from summarizer.extract.furniture import Line, LineKind
from summarizer.extract.lines import ESCAPES, count_words, normalise

if TYPE_CHECKING:
    from markdown_it.token import Token

log = logging.getLogger(__name__)

_HTML_KINDS: dict[str, LineKind] = {"head": "heading", "item": "item"}
_CONTAINERS = frozenset({"list", "quote", "table", "div", "body"})
# Where the careful extraction finds less than this, the plain one is asked too: on pages with one
# short block it sometimes keeps a list of links.
_FEW_WORDS = 150
# The same page has the same date whatever the clock says: without an end, that is today.
_DATES = {"original_date": True, "extensive_search": True, "max_date": "2100-01-01"}
_MAX_INLINE = 20_000  # characters; a paragraph of prose has some hundreds
_FRONT_MATTER = re.compile(r"\A---\s*\n(.*?)\n(?:---|\.\.\.)\s*\n", re.DOTALL)
_FRONT_TITLE = re.compile(r"^title:\s*[\"']?(.+?)[\"']?\s*$", re.MULTILINE)
_SKIPPED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")  # not in XML


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """Lines of a page and what its markup says about the article; None where it says nothing."""

    lines: tuple[Line, ...]
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None


def parse_html(html: str, *, url: str | None = None) -> Parsed:
    """Return main text and metadata as trafilatura finds them, without comments.

    No lines when it finds none.
    """
    html = _readable(html)
    document = _main_text(html, url)
    if document is None:
        return Parsed(lines=())
    body = document.body
    return Parsed(
        lines=tuple(_html_lines(body)) if body is not None else (),
        title=_bare_title(document),
        url=normalise(document.url or "") or None,
        outlet=document.sitename,
        authors=tuple(normalise(name) for name in (document.author or "").split("; ") if name),
        published=document.date,
    )


def parse_markdown(text: str) -> Parsed:
    """Return the lines of a CommonMark text; code and raw HTML are left out."""
    text = _readable(text)
    front = _FRONT_MATTER.match(text)
    named = _FRONT_TITLE.search(front.group(1)) if front else None
    lines = list(_markdown_lines(_tokens(text[front.end() :] if front else text)))
    title = normalise(named.group(1)) if named else None
    if title is None and lines and lines[0].kind == "heading":
        title = lines.pop(0).text
    return Parsed(lines=tuple(lines), title=title)


def visible_text(html: str) -> str:
    """Return all text of a page, for telling walls and shells from articles."""
    try:
        return str(html2txt(_readable(html)))
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - see _extraction
        log.info("no visible text: %r", error)
        return ""


def _readable(text: str) -> str:
    """Return `text` without what XML cannot hold and markdown-it would show a mark for."""
    return _SKIPPED.sub("", ESCAPES.sub("", text))


def _main_text(html: str, url: str | None) -> Document | None:
    """Return the careful extraction, or the plain one where that finds clearly more.

    On the 181 pages of the article extraction benchmark: plain F1 .960, careful .964.
    """
    careful = _extraction(html, url, careful=True)
    if careful is not None and count_words(careful.text or "") >= _FEW_WORDS:
        return careful
    plain = _extraction(html, url, careful=False)
    if plain is None or careful is None:
        return plain or careful
    more = count_words(plain.text or "") > 2 * count_words(careful.text or "")
    return plain if more else careful


def _extraction(html: str, url: str | None, *, careful: bool) -> Document | None:
    """Return what trafilatura finds; without metadata where these cannot be read."""
    for metadata in (True, False):
        try:
            found = bare_extraction(
                html,
                url=url,
                include_comments=False,
                favor_precision=careful,
                with_metadata=metadata,
                date_extraction_params=_DATES,
            )
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - what lxml, htmldate and courlan raise has no end
            # AssertionError, TypeError and more (tests/fuzz/found), while the text is whole.
            log.info("extraction failed, metadata %s: %r", metadata, error)
        else:
            return found if isinstance(found, Document) else None
    return None


def _bare_title(document: Document) -> str | None:
    """Return the headline without the " - Outlet" that page titles end in."""
    title = normalise(document.title or "")
    for mark in (" - ", " | ", " – ", " — "):
        head, found, tail = title.rpartition(mark)
        if found and head and document.sitename and tail.casefold() == document.sitename.casefold():
            return head
    return title or None


def _html_lines(element: _Element, kind: LineKind = "paragraph") -> Iterator[Line]:
    """Yield one line per block of trafilatura's tree; inline marks are flattened."""
    yield from _lines(element.text, kind)
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        inner = _HTML_KINDS.get(tag, kind)
        if tag == "row":
            cells = (normalise(_flat(cell)) for cell in child)
            yield from _lines(" | ".join(cell for cell in cells if cell), "row")
        elif tag in _CONTAINERS or any(c.tag in ("p", "head", "list", "quote") for c in child):
            yield from _html_lines(child, inner)
        else:
            yield from _lines(_flat(child), inner)
        yield from _lines(child.tail, kind)


def _flat(element: _Element) -> str:
    """Return the text in `element`, with a line end for each `lb`."""
    parts = [element.text or ""]
    for child in element:
        parts.append("\n" if child.tag == "lb" else _flat(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _lines(text: str | None, kind: LineKind) -> Iterator[Line]:
    for raw in (text or "").split("\n"):
        if line := normalise(raw):
            yield Line(text=line, kind=kind)


def _tokens(text: str) -> list[Token]:
    """Return the block tokens of `text`; what is inside a long one is not looked into.

    Emphasis and links take quadratic time in what stands between two blank lines.
    """
    from markdown_it import MarkdownIt  # pages need neither
    from markdown_it.token import Token

    parser = MarkdownIt("commonmark").enable("table").disable("inline")
    environment: dict[str, Any] = {}
    tokens = parser.parse(text, environment)
    for token in tokens:
        if token.type == "inline":
            token.children = []
            if len(token.content) <= _MAX_INLINE:
                parser.inline.parse(token.content, parser, environment, token.children)
            else:
                token.children.append(Token("text", "", 0, content=token.content))
    return tokens


def _markdown_lines(tokens: list[Token]) -> Iterator[Line]:
    kind: LineKind = "paragraph"
    depth = 0
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            depth += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            depth -= 1
        elif token.type == "heading_open":
            kind = "heading"
        elif token.type == "inline":
            inner: LineKind = "item" if depth else kind
            yield from _lines(_inline(token), inner)
            kind = "paragraph"


def _inline(token: Token) -> str:
    breaks = {"softbreak": " ", "hardbreak": "\n"}
    shown = ("text", "text_special", "code_inline")
    return "".join(
        breaks.get(child.type, child.content if child.type in shown else "")
        for child in token.children or ()
    )
