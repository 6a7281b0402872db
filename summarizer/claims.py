"""Claims: the sentences and clauses of an article, each with its holder."""

from __future__ import annotations

from summarizer.sentences import split_sentences
from summarizer.types import Article, Claim


def find_claims(article: Article) -> list[Claim]:
    """Return every sentence of the article's text in reading order, with exact offsets."""
    spans = split_sentences(article.text)
    return [Claim(article=article, start=start, end=end) for start, end in spans]
