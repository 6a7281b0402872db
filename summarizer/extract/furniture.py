"""Tells the lines of an article from page furniture: newsletter boxes, bios, captions, lists.

Rules only, precision first: a sentence of the article that is lost is worse than a leak, which the
claim stage can still catch. Every rule looks at wording (`patterns`) or position, none at a site.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from summarizer.extract import patterns
from summarizer.extract.lines import count_words, fingerprint, straighten

LineKind = Literal["text", "paragraph", "heading", "item", "row"]
"""What markup says a line is; "text" where there is none, so that it may be a headline too."""

_MAX_FURNITURE_CHARACTERS = 400  # longer sentences are usually prose
_MAX_HEADING_WORDS = 15  # labelled sentences in longer unpunctuated lines are lost too often
_MAX_BYLINE_WORDS = 14
_MAX_LABEL_WORDS = 2  # with three, "He tweeted yesterday:" would lose its quotation
_MAX_SHOUTED_WORDS = 25
_MAX_QUESTION_WORDS = 9
_MAX_OPENING_WORDS = 50
_MAX_CARD_LINES = 3  # headline, kicker and standfirst above a card's byline
_MAX_CARD_WORDS = 30
_MAX_CAPTION_WORDS = 80
_MAX_BIO_WORDS = 110
_MAX_PLAIN_BIO_WORDS = 30  # of 20 such last lines in 578 articles, 19 are bios
_MAX_PROMO_WORDS = 30
_PROSE_WORDS = 40  # a paragraph this long in a tail shows that the tail is not a list
_TOP_LINES = 6  # where the byline of the article itself stands


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line or paragraph of a page, normalised, with what its markup says it is."""

    text: str
    kind: LineKind = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sieved:
    """Paragraphs of the article and the lines (or ends of lines) dropped, both in page order."""

    kept: tuple[str, ...]
    dropped: tuple[str, ...]


def drop_furniture(lines: Sequence[Line], *, title: str | None = None) -> Sieved:
    """Return `lines` parted into article and furniture; copies of `title` are furniture."""
    plain = [straighten(line.text) for line in lines]
    gone = find_furniture(lines, repeated=_repeated(lines, plain, title))
    return _assemble(lines, gone)


def find_furniture(lines: Sequence[Line], *, repeated: Iterable[int] = ()) -> set[int]:
    """Return the numbers of the lines that are furniture, those `repeated` among them."""
    plain = [straighten(line.text) for line in lines]
    gone = set(repeated) | _worded(plain) | _cards(plain)
    gone |= _headings(lines, plain)
    gone |= _opening(plain, gone)
    gone |= _promos(plain, gone)
    gone |= _tail_lists(plain, gone)
    gone |= _bios(plain, gone)
    return gone


def is_furniture(sentence: str) -> bool:
    """Say whether a straightened sentence or line is furniture by its wording alone."""
    if len(sentence) > _MAX_FURNITURE_CHARACTERS:
        return False
    sentence = sentence.lstrip("•*—–->| ")
    found = patterns.STARTS_FURNITURE.match(sentence) or patterns.HOLDS_FURNITURE.search(sentence)
    return found is not None


def _repeated(lines: Sequence[Line], plain: Sequence[str], title: str | None) -> set[int]:
    """Lines that stood before on the page, or that repeat its title; lists may repeat an item."""
    seen = {fingerprint(title)} if title else set()
    gone: set[int] = set()
    for i, line in enumerate(plain):
        mark = fingerprint(line)
        if mark in seen and lines[i].kind not in ("item", "row"):
            gone.add(i)
        seen.add(mark)
    return gone


def _worded(plain: Sequence[str]) -> set[int]:
    """Lines that are furniture as a whole, or sentence by sentence, and bylines."""
    return {i for i, line in enumerate(plain) if _is_worded(line)}


def _is_worded(line: str) -> bool:
    if not re.search(r"[^\W\d_]", line):
        return True
    words = count_words(line)
    if words <= _MAX_BYLINE_WORDS and patterns.BYLINE.search(line):
        return True
    if words <= _MAX_CAPTION_WORDS and patterns.CREDITED.search(line):
        return True
    return all(is_furniture(sentence) for sentence in _sentences(line))


def _sentences(line: str) -> list[str]:
    return [s for s in patterns.SENTENCE_BREAK.split(line) if s.strip()]


def _cards(plain: Sequence[str]) -> set[int]:
    """Story cards in the lower page: headline, kicker and "By A Name Published"."""
    gone: set[int] = set()
    for i in range(_TOP_LINES, len(plain)):
        if count_words(plain[i]) > _MAX_BYLINE_WORDS or not patterns.BYLINE.search(plain[i]):
            continue
        for j in range(i - 1, max(i - 1 - _MAX_CARD_LINES, _TOP_LINES - 1), -1):
            if j in gone or count_words(plain[j]) > _MAX_CARD_WORDS or _ends_prose(plain[j]):
                break
            gone.add(j)
    return gone


def _ends_prose(line: str) -> bool:
    """Say whether a line is a whole sentence of some length, as no headline is."""
    return line.endswith((".", '."', ".'")) and count_words(line) > 12


def _headings(lines: Sequence[Line], plain: Sequence[str]) -> set[int]:
    """Headings: by markup, else short lines without an end mark where other lines have one."""
    open_ended = [_is_open(line) for line in plain]
    words = [count_words(line) for line in plain]
    shouted = 2 * sum(w for w, t in zip(words, plain, strict=True) if t.isupper()) > sum(words)
    punctuated = 2 * sum(w for w, o in zip(words, open_ended, strict=True) if o) <= sum(words)
    gone = {i for i, line in enumerate(lines) if line.kind == "heading"}
    for i, line in enumerate(lines if punctuated else ()):
        if line.kind != "text":
            continue
        short = open_ended[i] and words[i] <= _MAX_HEADING_WORDS
        if _is_label(plain[i], words[i], shouted) or (short and not _is_listed(plain, i, gone)):
            gone.add(i)
    return gone


def _opening(plain: Sequence[str], gone: set[int]) -> set[int]:
    """A caption or standfirst run together with the headline, in front of the first paragraph."""
    first = next((i for i in range(len(plain)) if i not in gone), None)
    if first is None or count_words(plain[first]) > _MAX_OPENING_WORDS:
        return set()
    sentences = _sentences(plain[first])
    joined = len(sentences) > 1 and _is_open(sentences[-1])
    return {first} if joined and not patterns.TWEET.search(plain[first]) else set()


def _is_label(line: str, words: int, shouted: bool) -> bool:
    """Say whether a line announces what follows: "Analysis:", "WHAT COMES NEXT", "So what now?".

    Where the whole article is `shouted`, capitals announce nothing.
    """
    return (
        (line.endswith((":", "...")) and words <= _MAX_LABEL_WORDS)
        or (line.isupper() and not shouted and words <= _MAX_SHOUTED_WORDS)
        or (words <= _MAX_QUESTION_WORDS and bool(patterns.QUESTION_HEADING.search(line)))
    )


def _is_open(line: str) -> bool:
    """Say whether a line stops without an end mark, or is a headline in quotation marks."""
    return not patterns.SENTENCE_END.search(line) or bool(patterns.QUOTED_HEADING.search(line))


def _is_listed(plain: Sequence[str], i: int, gone: set[int]) -> bool:
    """Say whether line `i` continues a list, or is a tweet or an attributed quotation."""
    line = plain[i]
    if patterns.TWEET.search(line) or patterns.QUOTE_ATTRIBUTION.search(line):
        return count_words(line) > _MAX_LABEL_WORDS
    if i == 0 or i - 1 in gone:
        return False
    before = plain[i - 1]
    return before.endswith((":", ";", ",")) or (_bulleted(line) and _bulleted(before))


def _bulleted(line: str) -> bool:
    return patterns.BULLET.search(line) is not None


def _promos(plain: Sequence[str], gone: set[int]) -> set[int]:
    """Short lines, part furniture, that stand in a box of furniture lines."""
    return {
        i
        for i, line in enumerate(plain)
        if i not in gone
        and count_words(line) <= _MAX_PROMO_WORDS
        and {i - 1, i + 1} & gone
        and any(is_furniture(s) for s in _sentences(line))
    }


def _tail_lists(plain: Sequence[str], gone: set[int]) -> set[int]:
    """Everything below a header such as "Most read", when no prose follows it."""
    for i in range(len(plain) // 2, len(plain)):
        if not patterns.TAIL_HEADER.search(plain[i]):
            continue
        rest = [j for j in range(i + 1, len(plain)) if j not in gone]
        if not any(_ends_prose(plain[j]) or count_words(plain[j]) >= _PROSE_WORDS for j in rest):
            return {i, *rest}
    return set()


def _bios(plain: Sequence[str], gone: set[int]) -> set[int]:
    """Author biographies: the last lines, as long as each reads like one."""
    bios: set[int] = set()
    kept = [i for i in range(len(plain)) if i not in gone]
    for i in reversed(kept[1:]):
        if not _is_bio(plain[i]):
            break
        bios.add(i)
    return bios


def _is_bio(line: str) -> bool:
    if count_words(line) > _MAX_BIO_WORDS:
        return False
    sentences = _sentences(line)
    told = patterns.BIO.search(line) and (patterns.BIO_ALONE.search(line) or _bulleted(line))
    plain = count_words(line) <= _MAX_PLAIN_BIO_WORDS and patterns.BIO_PLAIN.search(line)
    rest = [s for s in sentences[1:] if not is_furniture(s)]
    return bool(told or plain) and all(
        patterns.BIO_CONTINUED.search(s) or patterns.BIO.search(s) for s in rest
    )


def _assemble(lines: Sequence[Line], gone: set[int]) -> Sieved:
    """Part the lines, trimming furniture off both ends of those that stay."""
    last = max((i for i in range(len(lines)) if i not in gone), default=-1)
    kept: list[str] = []
    dropped: list[str] = []
    for i, line in enumerate(lines):
        if i in gone:
            dropped.append(line.text)
            continue
        head, body, tail = trim(line.text, first=not kept, last=i == last)
        kept.extend(_present([body]))
        dropped.extend(_present([head, tail]))
    return Sieved(kept=tuple(kept), dropped=tuple(dropped))


def _present(parts: Iterable[str]) -> list[str]:
    return [part.strip() for part in parts if part.strip()]


def trim(text: str, *, first: bool, last: bool) -> tuple[str, str, str]:
    """Return (dateline or furniture, paragraph, furniture or trailing byline) of a line that stays.

    Joined they are `text`; `first` and `last` say where on the page the line stands.
    """
    plain = straighten(text)
    start, end = 0, len(plain)
    if first and (match := patterns.DATELINE.search(plain)):
        start = match.end()
    if last and (match := patterns.TRAILING_BYLINE.search(plain)):
        end = match.start()
    breaks = [m.end() for m in patterns.SENTENCE_BREAK.finditer(plain, start, end)]
    spans = list(zip([start, *breaks], [*breaks, end], strict=True))
    while len(spans) > 1 and is_furniture(plain[slice(*spans[-1])].strip()):
        end = spans.pop()[0]
    while len(spans) > 1 and is_furniture(plain[slice(*spans[0])].strip()):
        start = spans.pop(0)[1]
    return text[:start], text[start:end], text[end:]
