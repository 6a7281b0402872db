"""Attributions of one sentence: who says something, and how much of the sentence is theirs.

A small grammar over the letters of grammar.py, after the patterns of rule-based quotation
attribution (O'Keefe et al. 2012; Newell et al. 2018): subject before the verb, verb before the
subject, "according to", and verbs that share the sentence's subject.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from summarizer.english import cues
from summarizer.english.grammar import NOUN_PHRASE, VERBS, Verb, tag_string
from summarizer.english.sentences import Span
from summarizer.english.tagging import Token
from summarizer.holders.subjects import WINDOW, subject_after, subject_before

_PROGRESSIVE = re.compile(rf"(?P<np>{NOUN_PHRASE})(?P<group>(?:[XEBS]|P?R)*)$")
_FIRST = re.compile(
    rf"(?:[KJB],?|P[^,V]{{1,12}},)?(?P<np>{NOUN_PHRASE})(?![CNSP])(?:,[^,;:QVXEH]{{1,25}},)?(?![S,P])"
)
_AFTER_TO = re.compile(rf"(?P<np>{NOUN_PHRASE}|D{{0,2}}[ACN#S]{{1,5}})")
_LABEL = re.compile(r"\.?([CN]{1,4}):Q")
_LEAD_IN = re.compile(r"P[^VXEZHQWK;:]+,A{0,2}")  # "In a speech to the board on Friday, "
_TRAILING = re.compile(rf"(?:B|P?[DA]{{0,2}}R#?|P?{NOUN_PHRASE}|PDA){{0,3}}(?:[.,;Q\-]|$)")


@dataclass(frozen=True, slots=True)
class Attribution:
    """A source and its scope, as offsets in the article.

    tokens: of the source phrase.
    cue: offset at which the cue begins.
    beside: the clause stands beside the one before it, as after "but", not inside it.
    outer: it frames the whole sentence ("…, she said"), so it wins over an inner one.
    """

    tokens: tuple[Token, ...]
    scope: Span
    cue: int
    beside: bool = False
    outer: bool = False

    @property
    def source(self) -> Span:
        """Offsets of the source phrase."""
        return self.tokens[0].start, self.tokens[-1].end


def find_attributions(tokens: Sequence[Token]) -> list[Attribution]:
    """Return the attributions of one sentence in the order of their cues."""
    tags = tag_string(tokens)
    found: list[Attribution] = []
    label = _LABEL.match(tags)
    if label is not None:
        scope = tokens[0].start, tokens[-1].end
        found.append(Attribution(tuple(tokens[slice(*label.span(1))]), scope, tokens[0].start))
    for index, token in enumerate(tokens):
        attribution = None
        if token.tag == "Y" or (index == 0 and token.text == "Per"):
            attribution = _according_to(tokens, tags, index)
        elif token.tag in "VZ" and _is_cue(tokens, index):
            attribution = _of_verb(tokens, tags, index, found)
        elif token.tag == "G" and _is_cue(tokens, index):
            attribution = _of_participle(tokens, tags, index, found)
        if attribution is not None:
            found.append(attribution)
    return _cut_scopes(found)


def _is_cue(tokens: Sequence[Token], index: int) -> bool:
    following = tokens[index + 1].lower if index + 1 < len(tokens) else ""
    word = tokens[index].lower
    stem = word.removesuffix("ing") if tokens[index].tag == "G" else word.removesuffix("ed")
    stem = {"putt": "put"}.get(stem, stem.removesuffix("s"))
    if stem in cues.PARTICLES:
        return following in cues.PARTICLES[stem]
    return following != "by"


def _according_to(tokens: Sequence[Token], tags: str, index: int) -> Attribution | None:
    start = index + 2 if tokens[index].tag == "Y" else index + 1
    match = _AFTER_TO.match(tags, start, start + WINDOW)
    if match is None:
        return None
    scope = tokens[0].start, tokens[-1].end
    return Attribution(
        _trim(tokens[match.start("np") : match.end("np")]), scope, tokens[index].start
    )


def _of_verb(
    tokens: Sequence[Token], tags: str, index: int, found: Sequence[Attribution]
) -> Attribution | None:
    """Return the attribution whose cue is the verb at `index`."""
    span = subject_before(tokens, tags, index)
    if span is not None:
        scope = _scope(tokens, tags, span, index)
        outer = span[0] > 0 and scope == (tokens[0].start, tokens[-1].end)
        beside = span[0] > 0 and not outer and _turns(tokens[span[0] - 1])
        source = _trim(tokens[slice(*span)])
        return Attribution(source, scope, tokens[index].start, beside, outer)
    after = subject_after(tokens, tags, index)
    if after is not None:
        scope = tokens[0].start, tokens[-1].end
        return Attribution(_trim(tokens[slice(*after)]), scope, tokens[index].start, outer=True)
    before = tags[max(0, index - WINDOW) : index].rstrip("B")
    if before.endswith("J") and VERBS.get(tokens[index].lower, Verb("", "")).form != "base":
        return _shared_subject(tokens, tags, index, found)
    return None


def _turns(token: Token) -> bool:
    return token.tag in ",;-J" or token.lower in cues.TURNS


def _of_participle(
    tokens: Sequence[Token], tags: str, index: int, found: Sequence[Attribution]
) -> Attribution | None:
    """Return the attribution of '…, saying x', 'a letter saying x' or 'is saying x'."""
    before = tags[max(0, index - WINDOW) : index].rstrip("B")
    if before.endswith("E") or re.search(r"[HC]S$", before):
        low = max(0, index - WINDOW)
        match = _PROGRESSIVE.search(tags[low:index])
        if match is None:
            return None
        source = _trim(tokens[low + match.start("np") : low + match.end("np")])
        return Attribution(source, (source[0].start, tokens[-1].end), tokens[index].start)
    if before.endswith(",") or (index and tokens[index - 1].lower in cues.STATEMENTS):
        return _shared_subject(tokens, tags, index, found)
    return None


def _shared_subject(
    tokens: Sequence[Token], tags: str, index: int, found: Sequence[Attribution]
) -> Attribution | None:
    """Return the attribution of a later verb: '… and said', '…, arguing that …'."""
    scope = tokens[0].start, tokens[-1].end
    if found:
        return replace(found[-1], scope=scope, cue=tokens[index].start)
    match = _FIRST.match(tags, 0, min(index, WINDOW))
    if match is None:
        return None
    source = _trim(tokens[match.start("np") : match.end("np")])
    return Attribution(source, scope, tokens[index].start)


def _scope(tokens: Sequence[Token], tags: str, span: Span, index: int) -> Span:
    """Return how much of the sentence belongs to a subject at `span` and its verb at `index`."""
    before = tags[span[0] - 1] if span[0] else ""
    whole = tokens[0].start, tokens[-1].end
    trailing = before in {",", "-"} and _TRAILING.match(tags, index + 1) is not None
    if before == "Q" or trailing:
        return whole
    word = tokens[span[0] - 1].lower if span[0] else ""
    if word == "as":
        return whole
    if _LEAD_IN.fullmatch(tags, 0, span[0]):
        return whole
    end = tokens[-1].end
    if before == "W" or word in cues.CONCESSIVE:
        comma = tags.find(",", index)
        end = tokens[comma].start if comma > 0 else end
    return tokens[span[0]].start, end


def _cut_scopes(found: Sequence[Attribution]) -> list[Attribution]:
    """Return `found` with each scope ended where a source beside it (not inside it) begins."""
    cut = list(found)
    for at, (attribution, following) in enumerate(pairwise(found)):
        start = following.scope[0]
        if following.beside and attribution.cue < start < attribution.scope[1]:
            cut[at] = replace(attribution, scope=(attribution.scope[0], start))
    return cut


def _trim(phrase: Sequence[Token]) -> tuple[Token, ...]:
    """Return `phrase` without the place or post that follows a person's name."""
    tags = tag_string(phrase)
    name = re.match(r"D?[AN]*?(C(?:[CJ]?C|SC)*)P", tags)
    if name is None:
        return tuple(phrase)
    last = phrase[name.end(1) - 1].lower
    if last in cues.ORGANISATIONS | cues.TITLES:
        return tuple(phrase)
    return tuple(phrase[: name.end(1)])
