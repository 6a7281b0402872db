"""Who published an article: the outlet's name, as far as it is known."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from summarizer.types import Article


def outlet_names(articles: Sequence[Article]) -> tuple[str, ...]:
    """Return a name for each article: its outlet, else the host of its URL, else "article 1".

    Articles of one outlet share a name, in the spelling that comes first by the alphabet.
    """
    names = [_name(article) or f"article {n}" for n, article in enumerate(articles, start=1)]
    spelling: dict[str, str] = {}
    for name in sorted(names):
        spelling.setdefault(name.casefold(), name)
    return tuple(spelling[name.casefold()] for name in names)


def _name(article: Article) -> str:
    return " ".join((article.outlet or "").split()) or _host(article.url or "")


def _host(url: str) -> str:
    try:
        host = urlsplit(url).hostname
    except ValueError:  # an unfinished IPv6 address, for one
        return ""
    return (host or "").removeprefix("www.")
