"""What a page is when it is no article: a wall, a shell, a form, an error, a film, a list, a blog.

Every rule wants two signs that agree: little article text and wording, or wording and the shape of
the page. What a page says in its margin alone decides nothing, since full articles have margins.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from summarizer.errors import NoArticleError, PaywallError, ScriptShellError
from summarizer.extract import wall_patterns as patterns
from summarizer.extract.lines import count_words, straighten
from summarizer.extract.markup import visible_text
from summarizer.extract.shape import Shape, look_at

_TEASER_WORDS: Final = 150  # longer texts beside a request to subscribe are articles
_CUT_WORDS: Final = 400  # unless they break off in the middle of a sentence
_SHELL_WORDS: Final = 60  # a shell shows a name, "loading" and a request to turn scripts on
_CONSENT_SHARE: Final = 0.12  # of words; reports on cookie law stay below half of it
_STAMPS: Final = 4  # times of day that stand alone: entries of a live blog
_ARTICLES: Final = frozenset(
    {
        "article",
        "newsarticle",
        "blogposting",
        "reportagenewsarticle",
        "opinionnewsarticle",
        "analysisnewsarticle",
        "backgroundnewsarticle",
        "reviewnewsarticle",
        "scholarlyarticle",
        "techarticle",
        "advertisercontentarticle",
        "report",
    }
)
_LISTS: Final = frozenset({"collectionpage", "searchresultspage", "itemlist", "blog"})
_SAVE: Final = "save the page and give the file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wall:
    """What a page is instead of an article, what to do, and the error that says so."""

    what: str
    remedy: str
    error: type[NoArticleError] = NoArticleError


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What the rules look at: the text kept of a page, its title, its markup ("" if it has none).

    `min_words` is what an article has at least.
    """

    kept: Sequence[str]
    title: str
    html: str
    text: str
    min_words: int

    @cached_property
    def words(self) -> int:
        """Words of the text kept."""
        return sum(map(count_words, self.kept))

    @cached_property
    def shape(self) -> Shape:
        """The shape of the page; empty for plain text."""
        return look_at(self.html) if self.html else Shape()

    @cached_property
    def visible(self) -> str:
        """All text of the page, with straight quotation marks."""
        return straighten(visible_text(self.html) if self.html else self.text)

    @cached_property
    def opening(self) -> str:
        """The first words kept: a message instead of an article begins with what it is."""
        return straighten(" ".join(" ".join(self.kept).split()[:_SHELL_WORDS]))

    @property
    def is_teaser(self) -> bool:
        """Whether the text is too short to be an article beside a request to subscribe."""
        return self.words < max(_TEASER_WORDS, self.min_words)

    @property
    def is_nothing(self) -> bool:
        """Whether the text is too short for any article."""
        return self.words < self.min_words

    def headed(self, pattern: re.Pattern[str]) -> bool:
        """Say whether the page's title or first heading matches."""
        names = (self.title, self.shape.title, self.shape.heading)
        return any(pattern.search(straighten(name)) for name in names if name)


def find_wall(seen: Seen) -> Wall | None:
    """Return what the page is when it is no article, None when nothing speaks against one."""
    return next((wall for rule, wall in _RULES if rule(seen)), None)


def _live_blog(seen: Seen) -> bool:
    if "liveblogposting" in seen.shape.types:
        return True
    return seen.headed(patterns.LIVE) and seen.shape.stamps >= _STAMPS


def _error(seen: Seen) -> bool:
    return seen.is_teaser and (
        seen.headed(patterns.ERROR)
        or (seen.is_nothing and patterns.ERROR.search(seen.opening) is not None)
    )


def _robot_check(seen: Seen) -> bool:
    return seen.is_teaser and seen.headed(patterns.BOT_TITLE)


def _login(seen: Seen) -> bool:
    if not seen.is_teaser or patterns.PAYWALL.search(seen.visible):
        return False
    return seen.headed(patterns.LOGIN) or (seen.is_nothing and seen.shape.passwords > 0)


def _video(seen: Seen) -> bool:
    shape = seen.shape
    told = shape.og_type.startswith("video") or (
        "videoobject" in shape.types and not shape.types & _ARTICLES
    )
    shown = shape.players > 0 and seen.headed(patterns.VIDEO)
    return seen.is_teaser and (told or shown)


def _paywall(seen: Seen) -> bool:
    asks = patterns.PAYWALL.search(seen.visible) is not None
    closed = patterns.NOT_FREE.search(seen.html) is not None
    if seen.is_teaser:
        return asks or closed
    return seen.words < _CUT_WORDS and asks and closed and _breaks_off(seen.kept[-1])


def _breaks_off(paragraph: str) -> bool:
    return not re.search(r"(?<!\.\.)[.!?][\"')\]]*$", straighten(paragraph).rstrip())


def _consent(seen: Seen) -> bool:
    if seen.is_nothing:
        return patterns.CONSENT.search(seen.visible) is not None
    text = straighten("\n".join(seen.kept))
    share = len(patterns.CONSENT_WORDS.findall(text)) / seen.words
    spoken = seen.headed(patterns.CONSENT) or patterns.CONSENT.search(text) is not None
    return seen.words < _CUT_WORDS and share >= _CONSENT_SHARE and spoken


def _script(seen: Seen) -> bool:
    if not seen.is_nothing:
        asks = patterns.NEEDS_SCRIPT.search(seen.opening) is not None
        return seen.is_teaser and asks
    for text in (seen.visible, _noscript(seen.html)):
        if patterns.NEEDS_SCRIPT.search(text):
            return True
    few = count_words(seen.visible) <= _SHELL_WORDS
    return few and patterns.APP_ROOT.search(seen.html) is not None


def _noscript(html: str) -> str:
    return " ".join(re.findall(r"<noscript[^>]*>(.{0,2000}?)</noscript>", html, re.I | re.S))


def _list(seen: Seen) -> bool:
    shape = seen.shape
    if shape.types & _ARTICLES:
        return False
    told = bool(shape.types & _LISTS) or shape.og_type == "website"
    return shape.teasers >= (4 if told else 8) and shape.longest_run < 120


_Rule = Callable[[Seen], bool]
_RULES: Final[tuple[tuple[_Rule, Wall], ...]] = (
    (
        _live_blog,
        Wall(what="a live blog, many short entries", remedy="give an article that sums them up"),
    ),
    (
        _robot_check,
        Wall(
            what="a check for robots instead of the article",
            remedy=f"open it in a browser, {_SAVE}",
            error=ScriptShellError,
        ),
    ),
    (_error, Wall(what="an error message instead of an article", remedy="check the address")),
    (
        _login,
        Wall(
            what="a login page instead of the article",
            remedy=f"log in with a browser, {_SAVE}",
            error=PaywallError,
        ),
    ),
    (
        _video,
        Wall(what="a page around a video", remedy="give an article, or a transcript as text"),
    ),
    (
        _paywall,
        Wall(
            what="a subscription wall, {words} words of the article are shown",
            remedy=f"open it with your subscription, {_SAVE}",
            error=PaywallError,
        ),
    ),
    (
        _consent,
        Wall(
            what="a consent page instead of the article",
            remedy=f"accept or refuse in a browser, {_SAVE}",
            error=PaywallError,
        ),
    ),
    (
        _script,
        Wall(
            what="the article is loaded by scripts, which are not run",
            remedy="save the page in a browser and give the file",
            error=ScriptShellError,
        ),
    ),
    (
        _list,
        Wall(what="a list of articles, not one of them", remedy="give the address of one article"),
    ),
)
