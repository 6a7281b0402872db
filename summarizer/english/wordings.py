"""Short wordings of a text, each a run of its own words: clauses, their predicates, wishes, frames.

Words are only left out: an article or a light adverb, an aside, what may be cut off the end, and
a subject that is a mere pronoun ("she opposes the plan").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from summarizer.english.clause_ends import ends_of
from summarizer.english.lexicon import LEXICON
from summarizer.english.phrasing import label_faults
from summarizer.english.statements import Statement, is_asserted, sentences, statements
from summarizer.english.tagging import Token, tag
from summarizer.english.text import stem
from summarizer.english.trimming import trimmed

Kind = Literal["clause", "predicate", "wish", "saying", "frame"]

_FIRST = frozenset({"i", "we", "us", "our", "me", "my", "you", "your", "ours", "mine", "yours"})
_THIRD = frozenset(
    {"he", "she", "it", "they", "him", "her", "them", "his", "its", "their", "hers", "theirs"}
)
_CONCEDING = frozenset({"while", "although", "though", "whereas"})
_PERSONAL = frozenset({"he", "she", "him", "her", "his", "hers"})
_POINTING = frozenset({"this", "that", "these", "those", "here", "such", "another"})
_INDEFINITE = frozenset({"one", "others", "many", "something", "everything", "anything"})
_DROPPED_SUBJECTS = frozenset({"he", "she", "they", "we", "i", "it"})
_LIGHT = frozenset(LEXICON["light-adverb"])
_MUST = frozenset(LEXICON["must"])
_PAST = frozenset(LEXICON["past"])
_JUDGING = frozenset(LEXICON["judging"])
_WANTING = frozenset(LEXICON["wanting"])
_FRAME_NOUNS = frozenset(LEXICON["stance-noun"])
_FRAME_LINKS = frozenset({"to", "of", "for", "about", "against", "over", "on"})
_BE = frozenset({"is", "are", "was", "were", "be", "been", "being"})
_HEADING = 6  # words: a heading goes without articles where it fits then
_ARTICLES = frozenset({"a", "an", "the"})
_THIS = frozenset({"this", "these", "those", "that"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A short form of a claim; `cut` when its clause goes on, `pointing` and `first` when it
    speaks of "them" or "us" without a name."""

    text: str
    kind: Kind
    cut: bool = False
    pointing: bool = False
    first: bool = False
    verb: str = ""
    tags: str = ""


def wordings(text: str, *, least: int, most: int, brief: bool = False) -> list[Wording]:
    """Return the wordings of `least` to `most` words of `text`, in order; `brief` ones lack the
    article that they would open with."""
    text = " ".join(text.split())
    found = [*_of_statements(text, brief=brief), *_wishes(text), *_frames(text)]
    return [
        one
        for one in dict.fromkeys(found)
        if least <= len(one.text.split()) <= most and not _faults(one.text)
    ]


def _faults(text: str) -> list[str]:
    """Return what is wrong with a wording; openings are told from its words' letters."""
    return [fault for fault in label_faults(text) if fault != "opening"]


def clauses(text: str, *, least: int, most: int) -> Iterator[str]:
    """Yield each clause of `text` that asserts something and speaks of nobody without a name, in
    its longest form of `least` to `most` words."""
    text = " ".join(text.split())
    for statement in statements(text):
        for end in reversed(statement.ends):
            one = _wording(statement, statement.kept(end), end, "clause")
            fits = least <= len(one.text.split()) <= most and not label_faults(one.text)
            if fits and not (one.pointing or one.first or statement.says):
                yield one.text
                break


def shortened(text: str, *, most: int) -> str:
    """Return the first statement of `text`, else `text` less its connectives, in `most` words: cut
    with an ellipsis, behind a word that can be the last."""
    whole = trimmed(text).rstrip(".")
    if len(whole.split()) <= most:
        bare = whole.partition(" ")[2] if "," not in whole else ""
        return bare if bare and whole.split()[0].lower() in _CONCEDING else whole
    tokens = tag(whole)
    start = int(tokens[0].lower in _CONCEDING)
    for statement in statements(whole):
        if not statement.says:
            tokens, start = list(statement.tokens), statement.start
            break
    fitting = [
        place
        for place in range(start + 1, len(tokens))
        if len(joined(whole, tokens[start:place]).split()) <= most
    ]
    last = [place for place in fitting if tokens[place - 1].tag in "NOR"]
    phrases = [place for place in last if tokens[place].tag not in "N'"]
    for some in (phrases, last, fitting):
        if some and (short := joined(whole, tokens[start : some[-1]])) and short.count(" ") > 2:
            return f"{short}…"
    return " ".join(whole.split()[:most]) + "…"


def _of_statements(text: str, *, brief: bool) -> Iterator[Wording]:
    for statement in statements(text):
        subject = [token.lower for token in statement.subject if token.tag not in "RX"]
        alone = len(subject) == 1 and subject[0] in _DROPPED_SUBJECTS
        for end in statement.ends:
            tokens = statement.kept(end)
            if statement.says and not _tells(statement, end):
                continue
            if alone and (bare := _without_subject(statement, tokens)):
                yield _wording(statement, bare, end, "predicate")
            for kept in _light(tokens) if brief else [tokens]:
                yield _wording(statement, kept, end, "saying" if statement.says else "clause")


def _tells(statement: Statement, end: int) -> bool:
    """Return whether a statement of who says something holds what is said, with its verb."""
    return any(token.tag in "AV" for token in statement.tokens[statement.head + 1 : end])


def _wording(statement: Statement, tokens: Sequence[Token], end: int, kind: Kind) -> Wording:
    return Wording(
        text=joined(statement.text, tokens),
        kind=kind,
        cut=end != statement.ends[-1] or statement.broken,
        pointing=_points(tokens),
        first=any(token.lower in _FIRST for token in tokens),
        verb=statement.tokens[statement.head].lower,
        tags="".join(token.tag for token in tokens),
    )


def _without_subject(statement: Statement, tokens: Sequence[Token]) -> list[Token]:
    """Return the predicate where it can stand without its pronoun: "opposes the plan".

    A form that could be taken for a command ("get a good deal") cannot, unless it takes a side.
    """
    verb = statement.tokens[statement.verb]
    inflected = verb.lower.endswith("s") or verb.lower.endswith("ed") or verb.lower in _PAST
    plain = verb.tag == "V" and (inflected or stem(verb.lower) in _JUDGING)
    wish = verb.lower in _WANTING and any(token.tag == "T" for token in tokens)
    if statement.says or wish or _is_expletive(tokens) or not (plain or verb.lower in _MUST):
        return []
    return [token for token in tokens[1:] if token.tag != "R" or token.start > verb.start]


def _light(tokens: Sequence[Token]) -> list[list[Token]]:
    """Return the tokens less light adverbs and the article or "this" that they open with; and
    without "the" anywhere, where that makes a heading of them."""
    kept = [
        token
        for token, following in zip_longest(tokens, tokens[1:])
        if token.lower not in _LIGHT or token.tag != "R" or following is None
    ]
    if len(kept) > 1 and kept[0].lower in _ARTICLES | _THIS and kept[1].tag == "N":
        kept = kept[1:]
    bare = [
        token
        for before, token in zip_longest([None, *kept[:-1]], kept)
        if token.lower != "the" or (before is not None and before.lower in _BE)
    ]
    shorter = len(kept) > _HEADING >= len(bare) and bare[-1].tag == "N"
    return [kept, bare] if shorter else [kept]


def _points(tokens: Sequence[Token]) -> bool:
    """Return whether a pronoun has nothing before it that it could stand for."""
    known = named = joined_on = False
    for place, token in enumerate(tokens):
        word = token.lower
        if word in _THIRD and not (word == "it" and place == 0 and _is_expletive(tokens)):
            held = named if word in _PERSONAL else known and (token.tag == "D" or joined_on)
            if not held:
                return True
        if word in _POINTING and token.tag in "HDR" and not _is_time(tokens, place):
            return True
        known = known or (token.tag == "N" and token.text[:1].isalpha())
        named = named or (token.tag == "N" and token.text[:1].isupper())
        joined_on = joined_on or token.tag in "SWCT"
    return any(token.lower in _INDEFINITE and token.tag == "H" for token in tokens)


def _is_time(tokens: Sequence[Token], place: int) -> bool:
    """Return whether "this" or "those" points at no other sentence: "this year", "those who"."""
    follows = tokens[place + 1].lower if place + 1 < len(tokens) else ""
    return follows in LEXICON["time"] or (tokens[place].lower == "such" and place > 0)


def _is_expletive(tokens: Sequence[Token]) -> bool:
    """Return whether "it" only holds the place of a clause: "it is wrong to", "it is time that"."""
    near = "".join(token.tag for token in tokens[:8])
    return len(tokens) > 2 and tokens[1].tag == "A" and ("T" in near or "S" in near[2:])


def _wishes(text: str) -> Iterator[Wording]:
    """Yield what somebody wants done: "urged the council to close the bridge"."""
    for tokens, first, last in sentences(text):
        for place in range(first, last - 1):
            if tokens[place].tag != "T" or tokens[place + 1].tag != "B":
                continue
            start = place + 1
            if not _is_wanted(tokens, first, place) or not is_asserted(tokens, first, start):
                continue
            ends = ends_of(tokens, start, start, last)
            for end in ends:
                own = tokens[start:end]
                yield Wording(
                    text=joined(text, own),
                    kind="wish",
                    cut=end != ends[-1],
                    pointing=_points(own),
                    first=any(one.lower in _FIRST for one in own),
                    verb=tokens[start].lower,
                    tags="".join(one.tag for one in own),
                )


def _is_wanted(tokens: Sequence[Token], first: int, place: int) -> bool:
    """Return whether a verb of wanting stands before "to", with at most whom it is wanted of."""
    for at in range(place - 1, max(first, place - 7), -1):
        if tokens[at].lower in _WANTING:
            return True
        if tokens[at].tag not in "NDO'HP" or (tokens[at].tag == "P" and tokens[at].lower != "on"):
            return False
    return False


def _frames(text: str) -> Iterator[Wording]:
    """Yield noun phrases that name a stance: "opposition to the bridge"."""
    for tokens, first, last in sentences(text):
        for place in range(first, last - 2):
            if tokens[place].lower not in _FRAME_NOUNS or tokens[place].tag != "N":
                continue
            if tokens[place + 1].lower not in _FRAME_LINKS or tokens[place + 2].tag not in "DN":
                continue
            if not is_asserted(tokens, first, place):
                continue
            end = place + 2
            while end < last and tokens[end].tag in "DN'":
                end += 1
            own = tokens[place:end]
            if own[-1].tag == "N" and (end == last or tokens[end].tag != "C"):
                yield Wording(
                    text=joined(text, own),
                    kind="frame",
                    pointing=_points(own),
                    tags="".join(one.tag for one in own),
                )


def joined(text: str, tokens: Sequence[Token]) -> str:
    """Return the tokens as they stand in `text`, with a space where something is left out; a lone
    quotation mark goes."""
    marks = [token for token in tokens if token.tag == "Q"]
    lone = len(marks) % 2 == 1 or any(token.text == "”" for token in marks[:1])
    parts: list[str] = []
    before: Token | None = None
    for token in tokens:
        if lone and token.tag == "Q":
            continue
        between = text[before.end : token.start] if before else ""
        parts.append(" " if before and between.strip() else between)
        parts.append(token.text)
        before = token
    return "".join(parts).strip(" ,;:–—-")
