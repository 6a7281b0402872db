"""The articles that everything is measured on: those of the quality gate, written for this project,
and longer ones made of their sentences."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from pathlib import Path

from summarizer import Article
from summarizer.english.sentences import split_sentences

_FILE = Path(__file__).parent.parent / "eval" / "data" / "gate.jsonl"
TOGETHER = 4  # articles of some 180 words each


def short() -> list[Article]:
    """Return the articles of the gate, some 180 words each."""
    rows = [json.loads(line) for line in _FILE.read_text(encoding="utf-8").splitlines()]
    return [Article(title=row["title"], text=row["text"]) for row in rows]


def long() -> list[Article]:
    """Return two articles of some 700 words: neighbours of the gate, one after the other."""
    some = short()
    return [
        Article(
            title=some[first].title,
            text="\n\n".join(article.text for article in some[first : first + TOGETHER]),
        )
        for first in range(TOGETHER, len(some), TOGETHER)
    ]


def sentences(text: str) -> list[str]:
    """Return the sentences of `text`, as the product splits them."""
    return [text[start:end] for start, end in split_sentences(text)]


def of_claims(number: int) -> Article:
    """Return an article of about `number` sentences, all different, five in a paragraph."""
    known = [one for article in short() for one in sentences(article.text)]
    lines = [_dated(known[i % len(known)], i // len(known)) for i in range(number)]
    paragraphs = [" ".join(lines[i : i + 5]) for i in range(0, number, 5)]
    return Article(title=short()[0].title, text="\n\n".join(paragraphs))


def many(number: int) -> list[Article]:
    """Return `number` articles of some 180 words, all different."""
    some = short()
    return [
        Article(
            title=some[i % len(some)].title,
            text="\n\n".join(
                _dated(part, i // len(some)) for part in some[i % len(some)].text.split("\n\n")
            ),
        )
        for i in range(number)
    ]


def _dated(text: str, round_: int) -> str:
    """Return `text` with a beginning of its own, from the second round on."""
    return f"In week {round_ + 1}, {text[:1].lower()}{text[1:]}" if round_ else text


def page(article: Article) -> str:
    """Return `article` as a web page with a menu and a footer."""
    menu = "".join(f'<li><a href="/{i}">Section {i}</a></li>' for i in range(12))
    body = "".join(f"<p>{escape(part)}</p>" for part in article.text.split("\n\n"))
    title = escape(article.title or "")
    return (
        f"<!doctype html><html lang='en'><head><title>{title}</title></head><body><nav><ul>{menu}"
        f"</ul></nav><main><article><h1>{title}</h1>{body}</article></main>"
        "<footer>All rights reserved. Contact the newsroom.</footer></body></html>"
    )


def words(articles: Sequence[Article]) -> int:
    """Return how many words the articles have together."""
    return sum(len(article.text.split()) for article in articles)
