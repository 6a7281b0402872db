"""Claims: the sentences and clauses of an article, each with its holder."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.english.clauses import split_clauses
from summarizer.english.quotes import quotes_within
from summarizer.english.sentences import Span, lies_within, split_sentences
from summarizer.holders import find_holders, find_quotes
from summarizer.types import Article, Claim


def find_claims(article: Article, *, aside: Sequence[Span] = ()) -> list[Claim]:
    """Return the claims of `article` in reading order: its sentences, cut where they turn.

    Each is a verbatim slice of the article's text without outer white space; none overlap, and
    together they hold every visible character. `holder` is None where the article itself speaks
    or no holder could be told safely. Sentences that lie in the spans `aside` are claims whole,
    without a holder; nobody named there is looked for elsewhere.
    """
    sentences = split_sentences(article.text)
    beside = {span for span in sentences if lies_within(span, aside)}
    body = [span for span in sentences if span not in beside]
    spans = _clauses(article.text, body)
    holdings = find_holders(article.text, body, spans)
    said = zip(spans, (holding.name if holding else None for holding in holdings), strict=True)
    unsaid = ((span, None) for span in beside)
    return [
        Claim(article=article, start=start, end=end, holder=holder)
        for (start, end), holder in sorted([*said, *unsaid], key=lambda one: one[0])
    ]


def _clauses(text: str, sentences: Sequence[Span]) -> list[Span]:
    quotes = find_quotes(text)
    return [
        clause
        for sentence in sentences
        for clause in split_clauses(text, sentence, quotes_within(quotes, sentence))
    ]
