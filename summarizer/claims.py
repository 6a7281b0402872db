"""Claims: the sentences and clauses of an article, each with its holder."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.clauses import split_clauses
from summarizer.holders import find_holders, find_quotes
from summarizer.holders.quotes import quotes_within
from summarizer.sentences import Span, split_sentences
from summarizer.types import Article, Claim


def find_claims(article: Article) -> list[Claim]:
    """Return the claims of `article` in reading order: its sentences, cut where they turn.

    Each is a verbatim slice of the article's text without outer white space; none overlap, and
    together they hold every visible character. `holder` is None where the article itself speaks
    or no holder could be told safely.
    """
    sentences = split_sentences(article.text)
    spans = _clauses(article.text, sentences)
    holdings = find_holders(article.text, sentences, spans)
    return [
        Claim(article=article, start=start, end=end, holder=holding.name if holding else None)
        for (start, end), holding in zip(spans, holdings, strict=True)
    ]


def _clauses(text: str, sentences: Sequence[Span]) -> list[Span]:
    quotes = find_quotes(text)
    return [
        clause
        for sentence in sentences
        for clause in split_clauses(text, sentence, quotes_within(quotes, sentence))
    ]
