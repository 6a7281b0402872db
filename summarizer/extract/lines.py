"""From raw text to clean lines: Unicode, white space, quotation marks, hard wraps."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

_SPACE = re.compile(r"\s+")
# What no reader sees, and what can hide or turn round what one sees: escape sequences of terminals,
# controls, soft hyphens, zero-width and direction marks, tag characters, halves of surrogate pairs.
# A zero-width joiner stays between emoji, which it makes one of.
ESCAPES = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?")
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
    "|[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff\U000e0000-\U000e007f]"
    "|(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d"
)
# Unicode's stream-safe limit (UAX 15): sorting a longer run of accents takes quadratic time.
_MANY_MARKS = re.compile(r"[^\w\s\x00-\x7f]{30,}")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_LINE_END = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_STRAIGHT = str.maketrans(
    {"‘": "'", "’": "'", "‚": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "‐": "-", "‑": "-"}
)
_WORD = re.compile(r"\w[\w'’.,-]*")
_MAX_WRAP = 100  # columns: e-mail and usenet wrap at 72 to 80, wide editors at 100
_MIN_WRAP = 50  # a shorter "width" is a page of short lines, not a wrapped page
_MIN_WRAPPED = 0.8  # share of line breaks that a greedy wrapper would have made


def normalise(text: str) -> str:
    """Return `text` in Unicode form NFC on one line: single spaces, nothing invisible, trimmed.

    A law: `normalise(normalise(x)) == normalise(x)`.
    """
    text = _MANY_MARKS.sub(
        _bare, _SPACE.sub(" ", _INVISIBLE.sub("", ESCAPES.sub("", text))).strip()
    )
    return _MANY_MARKS.sub(_bare, unicodedata.normalize("NFC", text))


def _bare(run: re.Match[str]) -> str:
    return "".join(c for c in run.group() if not unicodedata.combining(c))


def straighten(text: str) -> str:
    """Return `text` with straight quotes and hyphens, same length: for matching, not for output."""
    return text.translate(_STRAIGHT)


def fingerprint(text: str) -> str:
    """Return what is compared to find repeated lines: letters and digits, case folded."""
    return " ".join(re.findall(r"\w+", normalise(text).casefold()))


def count_words(text: str) -> int:
    """Return the number of words, a run of letters, digits and inner marks counting as one."""
    return len(_WORD.findall(text))


def split_lines(text: str) -> list[str]:
    """Return the normalised, non-empty lines of plain text; hard-wrapped paragraphs are joined."""
    blocks = _blocks(text)
    if _is_wrapped(blocks):
        return [" ".join(block) for block in blocks]
    return [line for block in blocks for line in block]


def is_wrapped(text: str) -> bool:
    """Say whether the lines of `text` are cut at a fixed width, so that none is a paragraph."""
    return _is_wrapped(_blocks(text))


def _blocks(text: str) -> list[list[str]]:
    """Return the normalised lines of each stretch of `text` between blank lines."""
    blocks = [
        [line for raw in block.split("\n") if (line := normalise(raw))]
        for block in _BLANK_LINE.split(_LINE_END.sub("\n", text))
    ]
    return [block for block in blocks if block]


def _is_wrapped(blocks: list[list[str]]) -> bool:
    """Say whether line breaks inside blocks come from a greedy wrapper at a fixed width."""
    width = max((len(line) for block in blocks for line in block), default=0)
    if not _MIN_WRAP <= width <= _MAX_WRAP:
        return False
    breaks = [pair for block in blocks for pair in pairwise(block)]
    forced = sum(len(a) + 1 + len(b.split(" ", 1)[0]) > width for a, b in breaks)
    return bool(breaks) and forced >= _MIN_WRAPPED * len(breaks)
