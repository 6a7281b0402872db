"""Pre-training rows from unlabelled news articles: copy a sentence, pick one, write title or lead.

After gap-sentence generation (Zhang et al. 2020, PEGASUS), with two changes. A chosen sentence
stays in the source: a writer that may only use words of its source must learn to copy. And the
sentence that is left out is the lead, whose words the sentences shown hold for the most part: a
summary of them that a journalist wrote.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from summarizer.english.text import (
    central_first,
    centrality_order,
    content_stems,
    content_words,
)
from summarizer.errors import DataError
from summarizer.training.leakage import Blocked
from summarizer.training.writer.data import Row, held_out, sentences

MOST_BODY = 40  # sentences after the lead among which those are looked for that hold its words
MOST_SHOWN = 5
LEAD_COVERED = 0.6  # of the content words of a lead; one in four articles has such sentences
MOST_MISSED = 1_000  # articles in a row without a row of the kind asked for
_SHOUTING = re.compile(r"^[^a-z]*$")
_OUTLET = re.compile(r"\s+[-|–—]\s+[^-|–—]{2,40}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """Title and clean paragraphs of one article, each a tuple of sentences."""

    title: str
    paragraphs: tuple[tuple[str, ...], ...]


def load_articles(data: Path, blocked: Blocked) -> tuple[list[str], list[str], int]:
    """Return titles and texts of `articles`, and how many rows were dropped as leaks."""
    import pandas as pd  # a dependency of `datasets`, in the extra `train`

    path = data / "articles" / "articles.parquet"
    try:
        table = pd.read_parquet(path, columns=["title", "text", "in_neus_test"])
    except (OSError, ValueError, KeyError) as error:
        raise DataError(f"{path}: cannot be read ({error})") from error
    rows = [
        (title, text)
        for title, text, leak in table.itertuples(index=False)
        if not leak and title not in blocked
    ]
    return [title for title, _ in rows], [text for _, text in rows], len(table) - len(rows)


def clean(title: str, text: str) -> News:
    """Return an article without its short lines, shouted lines and unfinished sentences."""
    paragraphs = []
    for line in text.split("\n"):
        parts = tuple(part for part in sentences(line) if _whole(part))
        if parts:
            paragraphs.append(parts)
    return News(title=_OUTLET.sub("", title).strip(), paragraphs=tuple(paragraphs))


def _whole(sentence: str) -> bool:
    count = sentence.count(" ") + 1
    return (
        6 <= count <= 45
        and sentence.rstrip("\"'”’)")[-1:] in (".", "!", "?")
        and not _SHOUTING.match(sentence)
    )


class ArticleRows:
    """Endless pre-training rows, drawn with `rng`; the same seed gives the same rows."""

    def __init__(
        self,
        titles: Sequence[str],
        texts: Sequence[str],
        *,
        rng: random.Random,
        dev: bool = False,
    ) -> None:
        self._articles = [
            pair for pair in zip(titles, texts, strict=True) if held_out(pair[0], share=0.01) == dev
        ]
        if not self._articles:
            raise DataError("articles: no rows left to train on")
        self._rng = rng

    def rows(self, kind: str) -> Iterator[Row]:
        """Yield rows of one kind for ever: "copy", "extract", "title" or "lead".

        Raises DataError when the articles are not of the kind that gives such rows.
        """
        make = {
            "copy": self._copy,
            "extract": self._extract,
            "title": self._title,
            "lead": self._lead,
        }[kind]
        missed = 0
        while missed < MOST_MISSED:
            article = clean(*self._rng.choice(self._articles))
            rows = tuple(make(article)) if article.paragraphs else ()
            missed = 0 if rows else missed + 1
            yield from rows
        raise DataError(f"articles: none of {missed} drawn in a row gives a row to learn {kind}")

    def _copy(self, article: News) -> Iterator[Row]:
        sentence = self._rng.choice(self._rng.choice(article.paragraphs))
        yield Row(task="summary", texts=(sentence,), target=sentence, origin="copy")

    def _extract(self, article: News) -> Iterator[Row]:
        flat = [sentence for paragraph in article.paragraphs for sentence in paragraph]
        count = min(len(flat), self._rng.randint(2, 5))
        start = self._rng.randrange(len(flat) - count + 1)
        some = flat[start : start + count]
        if self._rng.random() < 0.5:
            # Like a viewpoint at run time: the most central sentence stands first.
            order = centrality_order(some)
            chosen, some = some[order[0]], [some[row] for row in order]
        else:
            chosen = _nearest(article.title, some)
        yield Row(task="summary", texts=tuple(some), target=chosen, origin="extract")

    def _title(self, article: News) -> Iterator[Row]:
        flat = [sentence for paragraph in article.paragraphs[:4] for sentence in paragraph]
        shared = set(content_words(article.title)) & set(content_words(" ".join(flat[:3])))
        # A title that shares too little with the lead teaches invention.
        if len(shared) >= 3:
            yield Row(task="title", texts=tuple(flat[:3]), target=article.title, origin="title")

    def _lead(self, article: News) -> Iterator[Row]:
        lead, *body = [sentence for paragraph in article.paragraphs for sentence in paragraph]
        others = [sentence for sentence in body[:MOST_BODY] if sentence != lead]
        shown, share = _covering(lead, others)
        if share >= LEAD_COVERED:
            texts = tuple(central_first(shown))
            yield Row(task="summary", texts=texts, target=lead, origin="lead")


def _covering(lead: str, body: list[str]) -> tuple[list[str], float]:
    """Return the few sentences that hold most content words of `lead`, and the share they hold."""
    wanted = content_stems(lead)
    held = [content_stems(sentence) & wanted for sentence in body]
    chosen: list[int] = []
    covered: set[str] = set()
    for _ in range(min(MOST_SHOWN, len(body))):
        best = max(range(len(body)), key=lambda row: (len(held[row] - covered), -row))
        if not held[best] - covered:
            break
        chosen.append(best)
        covered |= held[best]
    return [body[row] for row in chosen], len(covered) / max(1, len(wanted))


def _nearest(title: str, some: list[str]) -> str:
    wanted = set(content_words(title))
    scores = [len(wanted & set(content_words(s))) / (5 + len(content_words(s))) for s in some]
    return some[scores.index(max(scores))]
