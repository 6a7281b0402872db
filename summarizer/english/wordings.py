"""Short wordings of a text, each a run of its own words: clauses, their predicates, wishes, frames.

Words are only left out: an article or a light adverb, an aside, what may be cut off the end, and
a subject that is a mere pronoun ("she opposes the plan").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from summarizer.english.assertion import is_asserted
from summarizer.english.clause_ends import CONDITIONS, ends_of
from summarizer.english.function_words import LIGHT_VERBS, WORD_CLASSES
from summarizer.english.headlines import (
    DROPPED_SUBJECTS,
    HEADING,
    light,
    named,
    shrunk,
    takes_side,
    without_subject,
    without_this,
)
from summarizer.english.lexicon import LEXICON
from summarizer.english.phrasing import label_faults
from summarizer.english.pronouns import is_first, points
from summarizer.english.statements import Statement, statements
from summarizer.english.tagged import sentences
from summarizer.english.tagging import Token, tag
from summarizer.english.trimming import trimmed

Kind = Literal["clause", "predicate", "wish", "saying", "frame"]

_CONCEDING = frozenset(WORD_CLASSES["conceding"])
_LIGHT = LIGHT_VERBS | {"be", "have", "do", "know", "see", "end"}
_WANTING = frozenset(LEXICON["wanting"])
_FRAME_NOUNS = frozenset(LEXICON["stance-noun"])
_FRAME_LINKS = frozenset({"to", "of", "for", "about", "against", "over", "on"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A short form of a claim; `cut` when its clause goes on, `pointing` and `first` when it
    speaks of "them" or "us" without a name; `named` is a name that stands for a pronoun, and it."""

    text: str
    kind: Kind
    cut: bool = False
    pointing: bool = False
    first: bool = False
    verb: str = ""
    tags: str = ""
    named: tuple[str, str] | None = None


def wordings(text: str, *, least: int, most: int, brief: bool = False) -> list[Wording]:
    """Return the wordings of `least` to `most` words of `text`, in order; `brief` ones lack the
    article that they would open with, and more where that makes a heading of them."""
    text = trimmed(text)
    found = [
        *_of_statements(text, most, brief=brief),
        *_wishes(text),
        *_frames(text),
    ]
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
    text = trimmed(text)
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
        first, _, bare = whole.partition(" ")
        spared = first.lower() in _CONCEDING and "," not in whole
        return bare if bare and (spared or first.lower() == "that") else whole
    tokens = tag(whole)
    start = int(tokens[0].lower in _CONCEDING | {"that"})
    start = start or _behind_adjunct(tokens)
    for statement in statements(whole):
        if not statement.says:
            tokens, start = tuple(statement.tokens), statement.start
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


def _behind_adjunct(tokens: Sequence[Token]) -> int:
    """Return where the sentence goes on behind the adjunct and the comma that it opens with."""
    if tokens[0].tag not in "PG" or tokens[0].lower in CONDITIONS:
        return 0
    comma = next((place for place, token in enumerate(tokens) if token.tag == ","), 0)
    inside = comma and any(token.tag in "Q-:;(X" for token in tokens[:comma])
    follows = comma + 1 < len(tokens) and tokens[comma + 1].tag in "NDH"
    return comma + 1 if comma and follows and not inside else 0


def _of_statements(text: str, most: int, *, brief: bool) -> Iterator[Wording]:
    for statement in statements(text):
        subject = [token.lower for token in statement.subject if token.tag not in "RX"]
        alone = subject[0] if len(subject) == 1 and subject[0] in DROPPED_SUBJECTS else ""
        for end in statement.ends:
            tokens = statement.kept(end)
            if statement.says and not _tells(statement, end):
                continue
            if alone and (bare := without_subject(statement, tokens)):
                yield _wording(statement, bare, end, "predicate", subject=alone)
            kind: Kind = "saying" if statement.says else "clause"
            name = joined(text, statement.named)
            for kept in _short_forms(text, named(statement, tokens), most, brief=brief):
                yield replace(_wording(statement, kept, end, kind), named=(name, alone))
            for kept in _short_forms(text, tokens, most, brief=brief):
                yield _wording(statement, kept, end, kind)
            if brief and not alone and (side := takes_side(statement, tokens)):
                yield _wording(statement, light(side)[-1], end, "predicate")


def _short_forms(
    text: str, tokens: list[Token], most: int, *, brief: bool
) -> Iterator[list[Token]]:
    """Yield the tokens as a name has them, and with less where they are more words than a name
    should have; with the least where they are more than `most`."""
    wanted = HEADING if brief else most
    if not tokens:
        return
    forms = light(tokens) if brief else [without_this(tokens)]
    yield from forms
    size = len(joined(text, forms[-1]).split())
    plain = not any(token.tag == "," for token in forms[-1])  # a list may hold another clause
    shorter = list(shrunk(tokens, heading=brief)) if size > wanted and plain else []
    fitting = [kept for kept in shorter if len(joined(text, kept).split()) <= wanted]
    yield from fitting[:1] or (shorter[-1:] if size > most else ())


def _tells(statement: Statement, end: int) -> bool:
    """Return whether a statement of who says something holds what is said, with its verb."""
    return any(token.tag in "AV" for token in statement.tokens[statement.head + 1 : end])


def _wording(
    statement: Statement, tokens: Sequence[Token], end: int, kind: Kind, *, subject: str = ""
) -> Wording:
    return Wording(
        text=joined(statement.text, tokens),
        kind=kind,
        cut=end != statement.ends[-1],
        pointing=points(tokens, subject=subject),
        first=is_first(tokens),
        verb=statement.tokens[statement.head].lower,
        tags="".join(token.tag for token in tokens),
    )


def _wishes(text: str) -> Iterator[Wording]:
    """Yield what somebody wants done: "urged the council to close the bridge"."""
    for tokens, first, last in sentences(text):
        for place in range(first, last - 1):
            if tokens[place].tag != "T" or tokens[place + 1].tag != "B":
                continue
            start = place + 1
            wanted = tokens[start].lower not in _LIGHT and _is_wanted(tokens, first, place)
            if not wanted or not is_asserted(tokens, first, start):
                continue
            ends = ends_of(tokens, start, start, last)
            for end in ends:
                own = tokens[start:end]
                yield Wording(
                    text=joined(text, own),
                    kind="wish",
                    cut=end != ends[-1],
                    pointing=points(own),
                    first=is_first(own),
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
                    pointing=points(own),
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
