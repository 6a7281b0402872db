"""The shape of a page: what it calls itself, and how prose, links, forms and films lie in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from lxml.etree import _Element
from trafilatura.utils import load_html

from summarizer.extract.lines import count_words, normalise

_UNSEEN: Final = frozenset(
    {"script", "style", "noscript", "template", "head", "svg", "nav", "footer", "aside", "select"}
)
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ENTRIES: Final = frozenset({"li", "td", "dt", "div"})  # of lists that hold nothing but links
_HEADLINE_WORDS: Final = 4  # shorter linked headings name a section
_STAMP_LENGTH: Final = 40
_PLAYERS: Final = re.compile(
    r"youtube|youtu\.be|vimeo|dailymotion|brightcove|jwplat|/player|/embed|video", re.IGNORECASE
)
_CLOCK: Final = re.compile(
    r"^\W{0,3}(?:(?:at|posted|updated)\s)?(?:\d{1,2}[:.]\d{2}\s?(?:[ap]\.?m\.?)?|"
    r"\d{1,2}\s?[ap]\.?m\.?|\d{1,3}\s?(?:m|h|min(?:ute)?s?|hours?) ago)"
    r"(?:\s\(?[A-Z]{2,4}\)?)?\W{0,3}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Counts and names, all of them zero or empty for what is no HTML.

    `types` are schema.org's, lower case, of the page itself and not of what is nested in it;
    `teasers` counts linked headlines, `longest_run` the words of prose between two of them;
    `stamps` counts times of day that stand alone.
    """

    title: str = ""
    heading: str = ""
    og_type: str = ""
    types: frozenset[str] = frozenset()
    passwords: int = 0
    players: int = 0
    teasers: int = 0
    longest_run: int = 0
    stamps: int = 0


def look_at(html: str) -> Shape:
    """Return the shape of a page; an empty one where no tree can be built."""
    tree = load_html(html)
    if tree is None:
        return Shape()
    walk = _Walk()
    walk.over(tree)
    return Shape(
        title=_first(tree, "title"),
        heading=_first(tree, "h1"),
        og_type=_property(tree, "og:type"),
        types=frozenset(_types(tree)),
        passwords=len(tree.xpath(".//input[@type='password']")),
        players=len(tree.xpath(".//video")) + sum(map(_plays, tree.iter("iframe"))),
        teasers=walk.teasers,
        longest_run=max(walk.longest, walk.run),
        stamps=walk.stamps,
    )


class _Walk:
    """Goes through a page in reading order and counts prose between linked headlines."""

    def __init__(self) -> None:
        self.teasers = 0
        self.stamps = 0
        self.run = 0
        self.longest = 0

    def over(self, root: _Element) -> None:
        """Visit all that a reader sees; a stack, since pages may nest without end."""
        stack: list[_Element | str] = [root]
        while stack:
            item = stack.pop()
            if isinstance(item, str):
                self._prose(item)
                continue
            if item.tail and item is not root:
                stack.append(item.tail)
            if not isinstance(item.tag, str) or item.tag in _UNSEEN:
                continue
            if _is_teaser(item):
                self.teasers += 1
                self.longest, self.run = max(self.longest, self.run), 0
            elif item.tag != "a":
                stack.extend(reversed(item))
                if item.text:
                    stack.append(item.text)

    def _prose(self, text: str) -> None:
        self.run += count_words(text)
        self.stamps += len(text) < _STAMP_LENGTH and _CLOCK.match(text.strip()) is not None


def _is_teaser(element: _Element) -> bool:
    """Say whether an element is a headline that leads to another page."""
    if element.tag in _HEADINGS:
        links = element.iter("a")
    elif element.tag == "a" and any(True for _ in element.iter(*_HEADINGS)):
        links = iter([element])
    elif element.tag in _ENTRIES and len(element) == 1 and not (element.text or "").strip():
        links = iter([element[0]] if element[0].tag == "a" else [])
    else:
        return False
    return any(count_words(_text(link)) >= _HEADLINE_WORDS for link in links)


def _text(element: _Element) -> str:
    return normalise("".join(element.itertext()))


def _first(tree: _Element, tag: str) -> str:
    return next((text for found in tree.iter(tag) if (text := _text(found))), "")


def _property(tree: _Element, name: str) -> str:
    found = tree.xpath(".//meta[@property=$name or @name=$name]/@content", name=name)
    return str(found[0]).strip().lower() if found else ""


def _plays(frame: _Element) -> bool:
    return bool(_PLAYERS.search(frame.get("src") or frame.get("data-src") or ""))


def _types(tree: _Element) -> Iterator[str]:
    """Yield the schema.org types that a page gives itself, in JSON-LD or microdata."""
    for script in tree.xpath(".//script[@type='application/ld+json']/text()"):
        try:
            yield from _named(json.loads(script, strict=False))
        except (ValueError, RecursionError):
            continue
    for kind in tree.xpath(".//*[@itemscope and not(@itemprop)]/@itemtype"):
        yield str(kind).rstrip("/").rpartition("/")[2].lower()


def _named(data: Any) -> Iterator[str]:
    for one in data if isinstance(data, list) else [data]:
        if not isinstance(one, dict):
            continue
        kinds = one.get("@type", [])
        for kind in kinds if isinstance(kinds, list) else [kinds]:
            yield str(kind).lower()
        yield from _named(one.get("@graph", []))
