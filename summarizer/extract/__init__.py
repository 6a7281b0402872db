"""A Page to its Article: main text found, furniture dropped, walls told from articles. Pure."""

from __future__ import annotations

from urllib.parse import urlsplit

from summarizer.errors import (
    LanguageError,
    PaywallError,
    ScriptShellError,
    TooLongError,
    TooShortError,
)
from summarizer.extract import patterns
from summarizer.extract.furniture import Line, Sieved, drop_furniture, is_furniture
from summarizer.extract.lines import count_words, normalise, split_lines, straighten
from summarizer.extract.markup import Parsed, parse_html, parse_markdown, visible_text
from summarizer.extract.walls import find_wall, foreign_language
from summarizer.settings import Settings
from summarizer.types import Article, Page

_MAX_TEASER_WORDS = 150  # longer texts beside a request to subscribe are articles
_MAX_TITLE_WORDS = 25
_BODY_WORDS = 15  # a line this long shows that prose follows the title
_LETTERS_FOR_LANGUAGE = 20  # below, no language can be told


def extract(page: Page, *, settings: Settings) -> Article:
    """Return the article of `page`; furniture goes to `Article.dropped`, in page order.

    Raises TooLongError, LanguageError, PaywallError, ScriptShellError, TooShortError; each message
    says what to do.
    """
    _check_length(page.content if page.kind != "html" else "", page, settings)
    parsed = _parse(page)
    title = page.title or parsed.title
    sieved = drop_furniture(parsed.lines, title=title)
    text = "\n\n".join(sieved.kept)
    _check_length(text, page, settings)
    _check_article(text, page, settings)
    return _article(text, page, parsed, sieved)


def _article(text: str, page: Page, parsed: Parsed, sieved: Sieved) -> Article:
    return Article(
        text=text,
        title=normalise(page.title or parsed.title or "") or None,
        url=_address(page, parsed),
        outlet=normalise(parsed.outlet or "") or None,
        authors=parsed.authors,
        published=parsed.published,
        language="en",
        dropped=sieved.dropped,
    )


def _address(page: Page, parsed: Parsed) -> str | None:
    """Return the canonical address, unless it is only the front page of the site."""
    named = parsed.url if parsed.url and urlsplit(parsed.url).path.strip("/") else None
    return named or page.url


def _parse(page: Page) -> Parsed:
    if page.kind == "html":
        return parse_html(page.content, url=page.url)
    if page.kind == "markdown":
        return parse_markdown(page.content)
    return _parse_text(page)


def _parse_text(page: Page) -> Parsed:
    """Return the lines of plain text; a headline in front of the body becomes the title."""
    lines = split_lines(page.content)
    title = None
    if page.title is None and len(lines) > 1 and _is_headline(lines[0], lines[1:]):
        title = lines.pop(0)
    return Parsed(lines=tuple(Line(text=line) for line in lines), title=title)


def _is_headline(line: str, rest: list[str]) -> bool:
    plain = straighten(line)
    return (
        count_words(plain) <= _MAX_TITLE_WORDS
        and not plain.endswith((".", ":", ",", ";"))
        and not is_furniture(plain)
        and not patterns.BYLINE.search(plain)
        and any(count_words(other) >= _BODY_WORDS for other in rest)
    )


def _check_length(text: str, page: Page, settings: Settings) -> None:
    if len(text) > settings.max_characters:
        raise TooLongError(
            f"{_shown(page)}: {len(text):,} characters of text, more than "
            f"{settings.max_characters:,}; split it and give one article at a time"
        )


def _check_article(text: str, page: Page, settings: Settings) -> None:
    """Raise the NoArticleError that fits, or return when `text` is an English article."""
    words = count_words(text)
    if words < max(_MAX_TEASER_WORDS, settings.min_words):
        _check_walls(page, words=words, settings=settings)
    sample = text if words >= settings.min_words else _all_text(page)
    _check_language(sample, page)
    if words < settings.min_words:
        raise TooShortError(
            f"{_shown(page)}: only {words} words of article text, fewer than "
            f"{settings.min_words}; give the whole article"
        )


def _check_walls(page: Page, *, words: int, settings: Settings) -> None:
    is_html = page.kind == "html"
    wall = find_wall(_all_text(page), html=page.content if is_html else "")
    if wall == "paywall":
        raise PaywallError(
            f"{_shown(page)}: a subscription wall, {words} words of the article are shown; "
            "open it with your subscription, save the page and give the file"
        )
    if words >= settings.min_words:
        return  # a short notice in full, beside a cookie banner
    if wall == "consent":
        raise PaywallError(
            f"{_shown(page)}: a consent page instead of the article; "
            "accept or refuse in a browser, save the page and give the file"
        )
    if wall == "script":
        raise ScriptShellError(
            f"{_shown(page)}: the article is loaded by scripts, which are not run; "
            "save the page in a browser and give the file"
        )


def _check_language(text: str, page: Page) -> None:
    if sum(c.isalpha() for c in text) < _LETTERS_FOR_LANGUAGE:
        return
    language = foreign_language(text)
    if language is not None:
        raise LanguageError(
            f"{_shown(page)}: the text is not in English (found: {language or 'another script'}), "
            "the only language of the bundled models; give an English article"
        )


def _all_text(page: Page) -> str:
    return visible_text(page.content) if page.kind == "html" else page.content


def _shown(page: Page) -> str:
    return "standard input" if page.source == "-" else page.source
