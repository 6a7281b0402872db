"""A Page to its Article: main text found, furniture dropped, walls told from articles. Pure."""

from __future__ import annotations

from urllib.parse import urlsplit

from summarizer.errors import LanguageError, TooLongError, TooShortError
from summarizer.extract import patterns
from summarizer.extract.furniture import Line, Sieved, drop_furniture, is_furniture
from summarizer.extract.language import foreign_language
from summarizer.extract.lines import count_words, normalise, split_lines, straighten
from summarizer.extract.markup import Parsed, parse_html, parse_markdown
from summarizer.extract.walls import Seen, find_wall
from summarizer.settings import Settings
from summarizer.types import Article, Page

_MAX_TITLE_WORDS = 25
_BODY_WORDS = 15  # a line this long shows that prose follows the title
_LETTERS_FOR_LANGUAGE = 20  # below, no language can be told


def extract(page: Page, *, settings: Settings) -> Article:
    """Return the article of `page`; furniture goes to `Article.dropped`, in page order.

    Raises TooLongError, LanguageError, PaywallError, ScriptShellError, TooShortError, and
    NoArticleError for a page of another sort; each message says what to do.
    """
    _check_length(page.content if page.kind != "html" else "", page, settings)
    parsed = _parse(page)
    title = page.title or parsed.title
    sieved = drop_furniture(parsed.lines, title=title)
    text = "\n\n".join(sieved.kept)
    _check_length(text, page, settings)
    _check_article(sieved, title, page, settings)
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
        and not is_furniture(patterns.KICKER.sub("", plain))
        and not patterns.BYLINE.search(plain)
        and any(count_words(other) >= _BODY_WORDS for other in rest)
    )


def _check_length(text: str, page: Page, settings: Settings) -> None:
    if len(text) > settings.max_characters:
        raise TooLongError(
            f"{_shown(page)}: {len(text):,} characters of text, more than "
            f"{settings.max_characters:,}; split it and give one article at a time"
        )


def _check_article(sieved: Sieved, title: str | None, page: Page, settings: Settings) -> None:
    """Raise the NoArticleError that fits, or return when what was kept is an English article."""
    text = "\n\n".join(sieved.kept)
    seen = Seen(
        kept=sieved.kept,
        title=title or "",
        html=page.content if page.kind == "html" else "",
        text=page.content,
        min_words=settings.min_words,
    )
    if wall := find_wall(seen):
        what = wall.what.format(words=seen.words)
        raise wall.error(f"{_shown(page)}: {what}; {wall.remedy}")
    _check_language(text if not seen.is_nothing else seen.visible, page)
    if seen.is_nothing:
        noun = "word" if seen.words == 1 else "words"
        raise TooShortError(
            f"{_shown(page)}: only {seen.words} {noun} of article text, fewer than "
            f"{settings.min_words}; give the whole article"
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


def _shown(page: Page) -> str:
    return "standard input" if page.source == "-" else page.source
