"""Gathers the articles of one story: each once, and what cannot be read said instead of lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from summarizer.claims import find_claims
from summarizer.english.sentences import Span, lies_within
from summarizer.errors import NoArticleError, SummarizerError, TooLongError
from summarizer.extract.given import Beside, find_beside
from summarizer.settings import Settings
from summarizer.story.outlets import outlet_names
from summarizer.story.syndication import copies
from summarizer.types import Article, Claim, Failure, Page, Story

One = str | Path | Page | Article
"""One source: an address, a file, "-", a page that was read, an article."""

ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_Identity = tuple[str, ...]


def gather(
    sources: Sequence[One], *, read_one: Callable[[One], Article], settings: Settings
) -> Story | Failure:
    """Return the story that `sources` tell, or a `Failure` when none of them holds an article.

    Of several, a source that fails, that names what another named, or whose text another carries
    as well, is warned of by name. Claims stand in an order of their own, so that the order of
    `sources` changes nothing but the numbers of articles and claims.
    """
    articles, failed, repeated = _read_each(sources, read_one)
    if not articles:
        name, error = failed[0] if failed else ("", NoArticleError("no source was given"))
        return Failure(source=name, error=error)
    handed = {_identity(source) for source in sources if isinstance(source, Article)}
    parted = [_parted(one, _identity(one) in handed) for one in sorted(articles, key=_identity)]
    claims, furniture, headings = (
        tuple(claim for part in parted for claim in part[which]) for which in range(3)
    )
    if len(claims) + len(furniture) > settings.max_claims:
        return _too_long(sources, len(claims) + len(furniture), settings)
    return Story(
        articles=tuple(articles),
        claims=claims,
        furniture=furniture,
        headings=headings,
        warnings=(
            *(_said_of(name, error) for name, error in failed),
            *(f"{name}: given more than once; it counts once" for name in repeated),
            *_copied(articles),
        ),
        fetched=all(isinstance(one, str) and ADDRESS.match(one) for one in sources),
    )


_Parted = tuple[list[Claim], list[Claim], list[Claim]]


def _parted(article: Article, handed: bool) -> _Parted:
    """Return the claims of `article`, what is furniture beside them, and which are headings.

    Both are looked for in what was `handed` over: what was extracted from a page has been through
    the same rules, with its markup to help. They are never all of an article.
    """
    beside = find_beside(article.text, title=article.title) if handed else Beside()
    claims = find_claims(article, aside=[*beside.boxes, *beside.headings])
    furniture = _lying_in(beside.boxes, claims)
    headings = _lying_in(beside.headings, claims)
    if len(furniture) + len(headings) == len(claims):
        return find_claims(article), [], []
    boxed = set(furniture)
    return [claim for claim in claims if claim not in boxed], furniture, headings


def _lying_in(spans: Sequence[Span], claims: Sequence[Claim]) -> list[Claim]:
    return [claim for claim in claims if lies_within((claim.start, claim.end), spans)]


def source_name(source: One) -> str:
    """Return what an error or a warning calls `source`."""
    if isinstance(source, Article):
        return source.url or source.title or source.outlet or "article"
    return source.source if isinstance(source, Page) else str(source)


def _read_each(
    sources: Sequence[One], read_one: Callable[[One], Article]
) -> tuple[list[Article], list[tuple[str, SummarizerError]], list[str]]:
    """Return the articles in the order given, what failed and why, and what was given again."""
    articles: dict[_Identity, Article] = {}
    failed: list[tuple[str, SummarizerError]] = []
    repeated: dict[str, None] = {}
    seen: set[One] = set()
    for source in sources:
        place = _place(source)
        if place in seen:
            repeated[source_name(source)] = None
            continue
        seen.add(place)
        try:
            article = read_one(source)
        except SummarizerError as error:
            failed.append((source_name(source), error))
            continue
        if articles.setdefault(_identity(article), article) is not article:
            repeated[source_name(source)] = None
    return list(articles.values()), failed, list(repeated)


def _place(source: One) -> One:
    """Return what is the same for two names of one place: a URL's fragment names none."""
    if isinstance(source, Article | Page):
        return source
    if isinstance(source, str) and ADDRESS.match(source):
        return source.partition("#")[0]
    return source if str(source) == "-" else Path(source).resolve()


def _identity(article: Article) -> _Identity:
    """Return what makes an article itself: a box beside it may change between two visits."""
    return (article.text, article.url or "", article.title or "", article.outlet or "")


def _said_of(name: str, error: SummarizerError) -> str:
    reason = str(error)
    return f"left out: {reason}" if name in reason else f"left out: {name}: {reason}"


def _copied(articles: Sequence[Article]) -> list[str]:
    names = outlet_names(articles)
    found = []
    for copy in copies(articles):
        pair = sorted((names[copy.one], names[copy.other]))
        if pair[0] == pair[1]:
            pair = sorted(articles[n].title or names[n] for n in (copy.one, copy.other))
        found.append(
            f"{pair[0]} and {pair[1]} carry the same text ({copy.share:.0%} of the shorter one);"
            " each of its sentences counts once"
        )
    return sorted(found)


def _too_long(sources: Sequence[One], number: int, settings: Settings) -> Failure:
    name = source_name(sources[0])
    error = TooLongError(
        f"{name}: {number:,} sentences, more than {settings.max_claims:,}; "
        "give fewer or shorter articles at once"
    )
    return Failure(source=name, error=error)
