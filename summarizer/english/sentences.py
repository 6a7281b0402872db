"""Sentences with exact offsets: syntok's segmenter, and what news text needs on top of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from syntok import segmenter

Span = tuple[int, int]

_PARAGRAPH = re.compile(r"[^\n]+(?:\n[^\S\n]*[^\s\n][^\n]*)*")
_LINE = re.compile(r"[^\n]+")
_ENDS = re.compile(r"[.!?…:][\"'”’)\]]*\s*$")
# A line this long without a full stop was wrapped by an editor; a shorter one is a heading or item.
_WRAPPED_LINE = 50
# "They failed!" he said · "… the people!", the president wrote: the sentence goes on.
_CONTINUES = re.compile(r"[\u200b\s]*(?:[,;)\]]|[a-z]|[\"”’]+(?:\s|$))")
# syntok never ends a sentence at an ellipsis; one of these words after it starts a new one.
_ELLIPSIS = re.compile(
    r"(?:…|\.\s?\.\s?\.)[\"”’]?\s+(?=[\"“‘]?(?:He|She|It|We|You|They|The|This|That|These|There|If|But"
    r"|And|So|In|For|As|When|What|His|Her|Our|My|A|An)\b)"
)
# syntok knows most titles, not all of them before a name in capitals or brackets.
_TITLE = re.compile(
    r"\b(?:Reps?|Sens?|Gov|Gen|Lt|Col|Maj|Adm|Cmdr|Cpl|Brig|Supt|Atty|Rev|Mrs?|Ms|Dr|Prof|Sgt|Capt"
    r"|vs?)\.\s*$"
)
# "Calif. Gov. Ann Lee"
_STATE = re.compile(
    r"\b(?:Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Mass|Md|Mich|Minn|Miss|Mo|Mont"
    r"|Neb|Nev|Okla|Ore|Pa|Tenn|Tex|Va|Vt|Wash|Wis|Wyo)\.\s*$"
)
_OFFICE = re.compile(r"\s*(?:(?:Gov|Sen|Rep|Lt|Atty)\.|(?:Attorney|Mayor|Republican|Democrat)\b)")
# "“Who pays?” Ann Lee asked on Monday": told apart from a sentence of hers by what follows.
_ASKED = re.compile(r"[?!][\"”]\s*$")
_ASKER = re.compile(
    r"\s*(?:(?:[A-Z][\w.’'-]*|the|of)\s){1,5}(?:said|asked|says|asks|added|wrote|told|tweeted)"
    r"(?:[.,]|\s(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\s(?:in|at|on|during|to|of|when|as)\b)"
)
# "… and others.”Ann Lee was asked" · "… in the end.The mayor said": the space is missing.
_GLUED = re.compile(r"[.!?]”(?=[A-Z])|(?<=[a-z]{2})[.!?](?=[A-Z][a-z]+\s[a-z])")
_QUOTE_GLUED = re.compile(r"(?<=[a-z]{2})[.!?](?=\"[A-Z])")
# Nobody writes a longer one: text without full stops is cut, or reading it takes quadratic time.
_LONGEST = 2_000
_LAST_CUT = re.compile(r".*\s", re.DOTALL)
_INVISIBLE = "\u200b\ufeff\u2060"


def split_sentences(text: str) -> list[Span]:
    """Return the sentences of `text` as (start, end) offsets, in order, without outer whitespace.

    No sentence crosses a blank line; every visible character belongs to exactly one sentence.
    Boundaries are those of syntok (github.com/fnl/syntok), a rule-based segmenter that ships no
    model, except after an ellipsis, before a reporting clause that follows "!" or "?", and in what
    goes on for 2,000 characters without an end.
    """
    spans: list[Span] = []
    for start, end in _paragraphs(text):
        spans.extend(_sentences(text, start, end))
    return spans


def _paragraphs(text: str) -> Iterator[Span]:
    """Yield runs of lines that belong together: wrapped lines, not headings and items."""
    for match in _PARAGRAPH.finditer(text):
        start = match.start()
        lines = [line.span() for line in _LINE.finditer(text, match.start(), match.end())]
        for line, following in pairwise(lines):
            if _hard_break(text[slice(*line)], text[slice(*following)]):
                yield start, line[1]
                start = following[0]
        yield start, match.end()


def _hard_break(line: str, following: str) -> bool:
    if following.lstrip()[:1].islower():
        return False
    return len(line) < _WRAPPED_LINE or _ENDS.search(line) is not None


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the sentences of one paragraph, stripped."""
    bounds = [start, *_boundaries(text[start:end], start), end]
    for left, right in pairwise(bounds):
        for piece in _pieces(text, left, right):
            span = strip_span(text, *piece)
            if span[0] < span[1]:
                yield span


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield `start` to `end` in pieces of at most `_LONGEST`, cut at white space if it can be."""
    while end - start > _LONGEST:
        space = _LAST_CUT.match(text, start, start + _LONGEST)
        cut = space.end() if space else start + _LONGEST
        yield start, cut
        start = cut
    yield start, end


def _boundaries(paragraph: str, offset: int) -> list[int]:
    """Return the offsets, inside one paragraph, at which a new sentence begins."""
    starts = {found.end() for rule in (_ELLIPSIS, _GLUED) for found in rule.finditer(paragraph)}
    marks = (found.end() for found in _QUOTE_GLUED.finditer(paragraph))
    starts.update(at for at in marks if paragraph.count('"', 0, at) % 2 == 0)
    # One line, so that syntok sees one paragraph; the same length, so that offsets hold.
    line = re.sub(r"[\s\u0085\u2028\u2029]", " ", paragraph)
    for block in segmenter.analyze(line):
        starts.update(sentence[0].offset for sentence in block if sentence)
    return [offset + at for at in sorted(starts) if at and not _goes_on(paragraph, at)]


def _goes_on(paragraph: str, at: int) -> bool:
    """Return whether a sentence goes on at `at`, where syntok would end it."""
    before = paragraph[max(0, at - 10) : at]
    if _ASKED.search(before) is not None and _ASKER.match(paragraph, at) is not None:
        return True
    if _STATE.search(before) is not None and _OFFICE.match(paragraph, at) is not None:
        return True
    return _CONTINUES.match(paragraph, at) is not None or _TITLE.search(before) is not None


def strip_span(text: str, start: int, end: int) -> Span:
    """Return (start, end) without the white and invisible characters at both ends."""
    while start < end and (text[start].isspace() or text[start] in _INVISIBLE):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in _INVISIBLE):
        end -= 1
    return start, end


def lies_within(span: Span, spans: Sequence[Span]) -> bool:
    """Return whether more than half of `span` lies in `spans`, which do not overlap."""
    inside = sum(max(0, min(span[1], end) - max(span[0], start)) for start, end in spans)
    return 2 * inside > span[1] - span[0]
