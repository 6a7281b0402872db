"""Where a sentence turns: its clauses, when a contrast sets one side against another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from summarizer.english.cues import CONCESSIONS, FINITE_VERBS, TURNS
from summarizer.english.grammar import tokenize
from summarizer.english.quotes import Quote
from summarizer.english.sentences import Span
from summarizer.english.tagging import Token

_MIN_WORDS = 5  # a shorter piece ("but it failed") says too little to be compared by itself
_SUBJECT_REACH = (
    12  # letters: a finite verb stands this near its clause's start, or it is no clause
)
_WINDOW = 4 * _SUBJECT_REACH
_BEFORE_CONCESSION = frozenset({"even", "but", "and", "yet", "so"})
_QUOTE_MARKS = "“”\"‘’'"


def split_clauses(text: str, sentence: Span, quotes: Sequence[Quote]) -> list[Span]:
    """Return the clauses of a sentence of `text` as (start, end) offsets, in order.

    A sentence is cut before ", but …" and ", while …", after "While …," and at ";", where a
    clause with subject and verb stands on both sides; otherwise it is one clause. Quotations stay
    whole. Together the clauses hold every visible character of the sentence, once.
    """
    tokens = _tokens(text, sentence, quotes)
    pieces = [sentence[0]]
    for cut in _cuts(tokens):
        if _words(text, pieces[-1], cut) >= _MIN_WORDS <= _words(text, cut, sentence[1]):
            pieces.append(cut)
    ends = [_rstrip(text, cut) for cut in pieces[1:]] + [sentence[1]]
    return list(zip(pieces, ends, strict=True))


def _tokens(text: str, sentence: Span, quotes: Sequence[Quote]) -> list[Token]:
    """Return the tokens; a sentence that is wholly inside a quotation is read as plain text."""
    tokens = tokenize(text, sentence, quotes)
    inner = text[sentence[0] + 1 : sentence[1] - 1]
    if len(tokens) == 1 and not any(mark in inner for mark in '“”"‘'):
        return tokenize(text, sentence, [])
    return tokens


def _words(text: str, start: int, end: int) -> int:
    return len(text[start:end].split())


def _rstrip(text: str, end: int) -> int:
    while text[end - 1].isspace():
        end -= 1
    return end


def _cuts(tokens: Sequence[Token]) -> Iterator[int]:
    """Yield the offsets at which a new clause begins."""
    tags = _tags(tokens)
    conceded = bool(tokens) and _opening(tokens) in CONCESSIONS
    inside = _insertion(tags)
    fresh, whole = True, False  # no cut yet; a finite verb since the last one
    for index in range(1, len(tokens)):
        whole = whole or _finite_at(tags, index - 1)
        if not whole or tags[index - 1] not in ",;" or index in inside:
            continue
        if tags[index - 1] == ";" or _turns(tokens, index):
            begins = _begins_clause(tokens, tags, index)
        else:
            begins = conceded and fresh and _is_main(tokens, tags, index)
        if begins:
            fresh = whole = False
            yield tokens[index].start


def _insertion(tags: str) -> range:
    """Return the places between the first two dashes, if there are two: their sentence goes on."""
    first = tags.find("-")
    return range(first, max(first, tags.find("-", first + 1))) if first >= 0 else range(0)


def _turns(tokens: Sequence[Token], index: int) -> bool:
    """Return whether a conjunction of contrast stands at `index`; "not only …, but" is none."""
    if tokens[index].lower not in TURNS:
        return False
    before = [token.lower for token in tokens[max(0, index - _WINDOW) : index]]
    return "only" not in before or tokens[index].lower != "but"


def _finite_at(tags: str, index: int) -> bool:
    """Return whether a finite verb stands at `index`; "she's" counts."""
    return tags[index] in "VEXO!" or tags[max(index - 1, 0) : index + 1] == "HS"


def _opening(tokens: Sequence[Token]) -> str:
    """Return the first word; of "But while" and "Even though", the second."""
    words = [token.lower.strip(_QUOTE_MARKS) for token in tokens[:4] if token.tag != "."]
    while len(words) > 1 and words[0] in _BEFORE_CONCESSION:
        words = words[1:]
    return "".join(words[:1])


def _tags(tokens: Sequence[Token]) -> str:
    """Return the letters, with O for a word that looks like another finite verb."""
    return "".join(
        "O" if token.tag == "A" and _is_finite(token.lower) else token.tag for token in tokens
    )


def _is_finite(word: str) -> bool:
    return word in FINITE_VERBS or (word.endswith("ed") and len(word) > 4)


def _begins_clause(tokens: Sequence[Token], tags: str, index: int) -> bool:
    """Return whether a clause with its own subject stands at `index`, after its conjunction."""
    if index + 1 < len(tokens) and tokens[index + 1].lower in {"also", "rather", "not"}:
        return False
    start = index + 1 if tokens[index].lower in TURNS else index
    return _is_main(tokens, tags, start)


def _is_main(tokens: Sequence[Token], tags: str, start: int) -> bool:
    """Return whether a subject, then a finite verb, stand at `start`."""
    if tags[start : start + 1] == "A" and not tokens[start].text.endswith("s"):
        return False  # "but form a line": a verb, most often
    bare = re.sub(r"^(?:[BR],?|P[^,VE]{1,10},)+", "", tags[start : start + _WINDOW])
    if re.match(r"[HF](?:S|[B!]{0,2}[VEXOA])", bare):
        return True
    return re.match(rf"[DCN#A](?:[^,;:QVEXO!]{{0,{_SUBJECT_REACH}}})[VEXO!]", bare) is not None
