"""The statements of a sentence: each clause with a subject and a finite verb that is said to be so.

Clauses are found on the letters of `tagging`, without a parser; none is one that a condition, a
question or a denial reaches over, or that somebody is said to be wrong about.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from summarizer.english.antecedents import PRONOUNS, antecedent
from summarizer.english.assertion import condition, is_asserted
from summarizer.english.clause_ends import ends_of, opens_quotation
from summarizer.english.function_words import WORD_CLASSES
from summarizer.english.lexicon import LEXICON
from summarizer.english.tagged import sentences
from summarizer.english.tagging import Token

_NOMINAL = "NDHO'PCGERXT"
_ASSERTING = frozenset({"that", *WORD_CLASSES["reasons"]})
_DATES = frozenset(LEXICON["date"])
_SAYING = frozenset(LEXICON["saying"])
_SHOWING = frozenset({"showing", "adding", "leaving", "making", "following", "including"})
_TITLES = frozenset({"Mr.", "Mrs.", "Ms."})
_WAYS = frozenset({"way", "ways", "time", "moment", "reason", "reasons"})
_WHO = frozenset({"who", "that", "which"})
_TIMES = frozenset({"before", "after", "since", "until"})
_COUNTING = frozenset({"too", "only", "nearly", "almost", "hardly", "just", "about", "roughly"})
_ADDING = frozenset({"add", "adds", "added"})
"""These report, or have an object: "add to the cost", "adds a toll"."""
_TELLING = frozenset(LEXICON["telling"])
_SUBJECTS = frozenset({"he", "she", "they", "it", "we", "i"})
_LONGEST_ASIDE = 20  # tokens
_SHORT_ADVERBIAL = 3  # tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A clause of `text`: its tokens by place, where its verb is, and where it may end.

    `ends` are places behind its last token, the last of them the end of the clause; `gap` is an
    aside after the subject that is left out.
    """

    text: str
    tokens: Sequence[Token] = field(repr=False)
    start: int
    verb: int
    head: int
    ends: tuple[int, ...]
    gap: tuple[int, int] = (0, 0)
    says: bool = False
    """Whether it only tells who says something."""
    named: tuple[Token, ...] = ()
    """Whom "he" or "they" stands for, where that is the subject and the sentence tells."""

    @property
    def subject(self) -> Sequence[Token]:
        """The tokens before the verb, less the aside."""
        return self.kept(self.verb)

    def kept(self, end: int) -> list[Token]:
        """Return the tokens up to `end`, less the aside."""
        places = range(self.start, end)
        return [self.tokens[p] for p in places if not self.gap[0] <= p < self.gap[1]]


@lru_cache(maxsize=1 << 10)
def statements(text: str) -> tuple[Statement, ...]:
    """Return the statements of `text`, in order."""
    return tuple(
        one
        for tokens, first, last in sentences(text)
        for one in _of_sentence(text, tokens, first, last)
    )


def _of_sentence(text: str, tokens: list[Token], first: int, last: int) -> Iterator[Statement]:
    for verb in range(first, last):
        if tokens[verb].tag not in "AV" or (verb > first and tokens[verb - 1].tag in "AF"):
            continue
        found = _subject(tokens, first, verb)
        if found is None:
            continue
        start, gap = found
        head = _head(tokens, verb, last)
        ends = ends_of(tokens, start, head, last)
        if ends:
            yield Statement(
                text=text,
                tokens=tokens,
                start=start,
                verb=verb,
                head=head,
                ends=ends,
                gap=gap,
                says=_only_says(tokens, head, last),
                named=_named(tokens, first, start, verb),
            )


def _named(tokens: Sequence[Token], first: int, start: int, verb: int) -> tuple[Token, ...]:
    alone = tokens[start].lower in PRONOUNS and all(
        token.tag in "RX" for token in tokens[start + 1 : verb]
    )
    return antecedent(tokens, first, start) if alone else ()


# --- where a clause begins -----------------------------------------------------------------------


def _subject(tokens: Sequence[Token], first: int, verb: int) -> tuple[int, tuple[int, int]] | None:
    """Return where the subject of `verb` begins and the aside behind it, or None."""
    gap = (0, 0)
    end = verb
    while end > first and tokens[end - 1].tag in "RX":
        end -= 1
    if end > first and tokens[end - 1].tag in ",-":
        opened = _aside(tokens, first, end - 1)
        if opened is None:
            return None
        gap, end = (opened, end), opened
    edge = end - 1 if _is_told(tokens, first, end) else _edge(tokens, first, end)
    start = _opening(tokens, first, edge, end)
    if start is None or not _is_subject(tokens[start:end], opens=start == first):
        return None
    if start - 1 == first and tokens[first].lower == "not":
        return first, gap  # "not everybody"
    if is_asserted(tokens, first, start):
        counted = start > first and tokens[start - 1].lower in _COUNTING
        return start - counted, gap
    opened = condition(tokens, first, start)
    return None if opened is None else (opened, gap)


def _is_told(tokens: Sequence[Token], first: int, end: int) -> bool:
    """Return whether the pronoun before `end` opens what somebody is told: "tells Ann he's"."""
    if tokens[end - 1].lower not in _SUBJECTS or end - 2 <= first:
        return False
    before = tokens[max(first, end - 5) : end - 1]
    verb = next((place for place, one in enumerate(before) if one.lower in _TELLING), None)
    return verb is not None and all(one.tag in "NDO" for one in before[verb + 1 :])


def _edge(tokens: Sequence[Token], first: int, end: int) -> int:
    """Return where the nominal part opens that ends before `end`; where it opens the sentence, also
    one with a relative clause or an infinitive: "traders who sell fish", "the plan to sell"."""
    edge = end
    while edge > first and tokens[edge - 1].tag in _NOMINAL:
        edge -= 1
    further = edge
    while further > first + 1 and (
        tokens[further - 1].tag in _NOMINAL
        or (tokens[further - 1].tag == "B" and tokens[further - 2].tag == "T")
        or (tokens[further - 1].tag in "AV" and tokens[further - 2].lower in _WHO)
        or (tokens[further - 1].lower in _WHO and tokens[further - 2].tag == "N")
    ):
        further -= 1
    opens = further == first + 1 and tokens[first].tag in "DN"
    return first if opens else edge


def _aside(tokens: Sequence[Token], first: int, comma: int) -> int | None:
    """Return the place of the comma or dash that opens the aside closed by `comma`."""
    if tokens[comma].tag == "-":
        dashes = (p for p in range(comma - 2, first, -1) if tokens[p].tag in ".;:-Q")
        place = next(dashes, first)
        return place if tokens[place].tag == "-" else None
    for place in range(comma - 1, max(first, comma - _LONGEST_ASIDE), -1):
        if tokens[place].tag in ".;:-Q":
            return None
        if tokens[place].tag == ",":
            named = tokens[place - 1].tag == "N" and tokens[place - 1].text[:1].isupper()
            kind = _kind_of_aside(tokens[place + 1 : comma])
            return place if kind == "any" or (kind == "of a name" and named) else None
    return None


def _kind_of_aside(inside: Sequence[Token]) -> str:
    """Return what an aside may stand behind: "any" subject, one "of a name", or "" for none."""
    if not inside:
        return ""
    adverbs = all(one.tag == "R" for one in inside)
    if adverbs or inside[0].lower in ("who", "which", "whose") or inside[0].tag == "E":
        return "any"
    if inside[0].tag in "PRG" and not any(one.tag in "AVSC" for one in inside):
        return "any"  # "like the mayor", "especially in winter", "speaking at the port"
    relative = next((place for place, one in enumerate(inside) if one.tag == "W"), len(inside))
    plain = not any(one.tag in "AVC" for one in inside[:relative])
    short = len(inside) < 3 and all(one.tag == "N" for one in inside)
    return "of a name" if (inside[0].tag == "D" and plain) or short else ""


def _opening(tokens: Sequence[Token], first: int, edge: int, end: int) -> int | None:
    """Return where the clause opens whose nominal part stands between `edge` and `end`."""
    if edge > first and tokens[edge - 1].tag in "AVBFX" and tokens[edge - 1].lower not in _SAYING:
        joints = [p for p in range(edge, end - 1) if tokens[p].tag == "C"]
        whole = joints and _joins_clauses(tokens, joints[-1])
        edge = joints[-1] if whole else end
    elif edge > first and not _may_open(tokens, first, edge, end):
        return None
    while edge < end and tokens[edge].tag in "CR":
        edge += 1
    return edge if edge < end else None


def _joins_clauses(tokens: Sequence[Token], joint: int) -> bool:
    """Return whether a subject opens behind the joint; "anything but quiet hours" has none."""
    plain = tokens[joint].lower == "and" or tokens[joint - 1].tag == ","
    return plain or tokens[joint + 1].tag in "DH"


def _may_open(tokens: Sequence[Token], first: int, edge: int, end: int) -> bool:
    """Return whether a clause may open behind the token before `edge`."""
    mark = tokens[edge - 1]
    if _is_told(tokens, first, edge + 1):
        return True
    if mark.tag == "S":
        as_though = edge - 1 > first and tokens[edge - 2].lower == "as"
        return mark.lower in _ASSERTING and not as_though
    if mark.tag == "W" or (mark.tag == "V" and edge - 1 > first and tokens[edge - 2].tag == "W"):
        return False
    if mark.tag == ",":
        return _may_follow_comma(tokens, first, edge, end)
    if mark.tag == "Q":
        return mark.text == "“" or (mark.text == '"' and opens_quotation(tokens, edge - 1))
    return True


def _may_follow_comma(tokens: Sequence[Token], first: int, edge: int, end: int) -> bool:
    """Return whether a clause, not the rest of a list or an apposition, follows the comma."""
    before = tokens[first : edge - 1]
    if any(token.tag == "C" for token in tokens[edge + 1 : end]) and not _has_verb(before):
        return False
    while before and before[0].tag in "CQ":
        before = before[1:]
    if not before:
        return True
    adverbial = len(before) <= _SHORT_ADVERBIAL and before[-1].tag == "R"  # "right now,"
    fronted = before[0].tag in "PSRGETXBV" or adverbial or _has_verb(before)
    dated = any(token.lower in _DATES or token.text[:1].isdigit() for token in before)
    return fronted or dated


def _has_verb(tokens: Sequence[Token]) -> bool:
    return any(token.tag in "AV" for token in tokens)


def _is_subject(subject: Sequence[Token], *, opens: bool) -> bool:
    """Return whether the tokens are a noun phrase that can stand before a verb.

    opens: they open their sentence, so that a form in -ing is no afterthought.
    """
    first, last = subject[0], subject[-1]
    if first.tag not in "NDHG" or last.tag not in "NHEGO":
        return False
    after = not opens and first.lower in _SHOWING
    if first.tag == "G" and (len(subject) == 1 or after or first.lower in _SAYING):
        return False
    if first.tag == "D" and len(subject) == 1 and first.lower not in ("many", "most", "some"):
        return False
    bare = [token.tag for token in subject]
    contact = any(  # "the option Mr. Lee has avoided", "the way eggs are made"
        (one.tag == "N" and (other.tag == "D" or other.text in _TITLES))
        or (one.lower in _WAYS and other.tag == "N")
        or (one.tag == "E" and other.tag in "DO")
        for one, other in pairwise(subject)
    )
    if contact:
        return False
    timed = any(token.lower in _TIMES for token in subject[1:])  # "a year before the vote"
    return not (timed or _is_of_a_fact(subject) or bare[0] in "XT" or "H" in bare[1:])


def _is_of_a_fact(subject: Sequence[Token]) -> bool:
    """Return whether the verb behind `subject` is that of a clause in it: "the fact that the town"
    has sold."""
    that = next((place for place, one in enumerate(subject) if place and one.lower in _WHO), None)
    return that is not None and not _has_verb(subject[that:])


def _head(tokens: Sequence[Token], verb: int, last: int) -> int:
    """Return the place of the last verb of the group that opens at `verb`."""
    head = verb
    for place in range(verb + 1, last):
        letter = tokens[place].tag
        if letter in "FBEG" and tokens[head].tag in "AF":
            head = place
        elif letter not in "RX":
            break
    return head


def _only_says(tokens: Sequence[Token], head: int, last: int) -> bool:
    """Return whether the verb reports: a statement, a quotation or nothing follows it."""
    if tokens[head].lower not in _SAYING and tokens[head].lower not in LEXICON["speech"]:
        return False
    rest = _until_mark(tokens[head + 1 : last])
    if tokens[head].lower in LEXICON["speech"]:
        return tokens[head].lower not in _ADDING or not rest or rest[0].tag not in "DN"
    return not rest or rest[0].tag in "SW" or any(token.tag in "SAV" for token in rest[:8])


def _until_mark(tokens: Sequence[Token]) -> Sequence[Token]:
    """Return what stands before the next mark, but for an aside between commas."""
    marks = (
        place
        for place, token in enumerate(tokens)
        if token.tag in ".;:-Q"
        or (token.tag == "," and tokens[place + 1 : place + 2] and tokens[place + 1].tag == "Q")
    )
    return tokens[: next(marks, len(tokens))]
