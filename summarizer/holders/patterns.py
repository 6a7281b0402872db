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
from summarizer.english.grammar import NOUN_PHRASE, VERBS, Verb, is_plural, tag_string
from summarizer.english.sentences import Span
from summarizer.english.tagging import Token

_WINDOW = 45  # letters looked at on one side of a verb; keeps long sentences linear
_GROUP = r"(?P<group>(?:[XEB!]|P?[DA]{0,2}R#?|,B,)*)"
_SUBJECT = re.compile(rf"(?P<np>{NOUN_PHRASE}){_GROUP}$")
_PROGRESSIVE = re.compile(rf"(?P<np>{NOUN_PHRASE})(?P<group>(?:[XEBS]|P?R)*)$")
_QUANTIFIER = re.compile(rf"(?:^|[,;:\-KJWQVR.])(?P<np>D){_GROUP}$")
_ASIDE = r"(?:,[^,;:Q]{1,25},|-[^;:Q\-]{1,30}-|W[^,;:Q]{0,14})"
_WITH_CLAUSE = re.compile(rf"(?P<np>{NOUN_PHRASE})(?P<aside>{_ASIDE}){_GROUP}$")
_LONG_ASIDE = re.compile(rf"(?P<np>C{{2,4}}),(?:W[^;:Q]{{1,35}}|[^;:QVXEHW]{{1,40}}),{_GROUP}$")
_APPOSED = re.compile(rf",(?:[DAN]{{0,3}})(?P<np>C{{2,4}}),{_GROUP}$")
_RELATIVE = re.compile(rf"(?P<np>C{{2,4}}),W{_GROUP}$")
_NAME_ASIDE = re.compile(r",(C{2,4})(?:,|PD?C+,)$")
_HEAD = re.compile(r"D[ACN]{1,3}P$")
_FIRST = re.compile(rf"(?:[KJB],?|P[^,V]{{1,12}},)?(?P<np>{NOUN_PHRASE})(?![S,P])")
_AFTER = re.compile(rf"B?(?P<np>{NOUN_PHRASE})")
_NO_SUBJECT = re.compile(r"[AN]{0,3}C+(?![CVEX])")  # a name without a verb of its own
_AFTER_TO = re.compile(rf"(?P<np>{NOUN_PHRASE}|D{{0,2}}[ACN#S]{{1,5}})")
_LABEL = re.compile(r"\.?([CN]{1,4}):Q")
_CLOSED = re.compile(r"(?:[.,;:Q\-RWPTKJG]|$)")
_TRAILING = re.compile(rf"(?:B|P?[DA]{{0,2}}R#?|P?{NOUN_PHRASE}|PDA){{0,3}}(?:[.,;Q\-]|$)")

_ASIDES = (_WITH_CLAUSE, _LONG_ASIDE)
_PLAIN = (_SUBJECT, *_ASIDES)


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
    match = _AFTER_TO.match(tags, start, start + _WINDOW)
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
    span = _subject_before(tokens, tags, index)
    if span is not None:
        scope = _scope(tokens, tags, span, index)
        outer = span[0] > 0 and scope == (tokens[0].start, tokens[-1].end)
        beside = span[0] > 0 and not outer and _turns(tokens[span[0] - 1])
        source = _trim(tokens[slice(*span)])
        return Attribution(source, scope, tokens[index].start, beside, outer)
    after = _subject_after(tokens, tags, index)
    if after is not None:
        scope = tokens[0].start, tokens[-1].end
        return Attribution(_trim(tokens[slice(*after)]), scope, tokens[index].start, outer=True)
    before = tags[max(0, index - _WINDOW) : index].rstrip("B")
    if before.endswith("J") and VERBS.get(tokens[index].lower, Verb("", "")).form != "base":
        return _shared_subject(tokens, tags, index, found)
    return None


def _turns(token: Token) -> bool:
    return token.tag in ",;-J" or token.lower in cues.TURNS


def _of_participle(
    tokens: Sequence[Token], tags: str, index: int, found: Sequence[Attribution]
) -> Attribution | None:
    """Return the attribution of '…, saying x', 'a letter saying x' or 'is saying x'."""
    before = tags[max(0, index - _WINDOW) : index].rstrip("B")
    if before.endswith("E") or re.search(r"[HC]S$", before):
        low = max(0, index - _WINDOW)
        match = _PROGRESSIVE.search(tags[low:index])
        if match is None:
            return None
        source = _trim(tokens[low + match.start("np") : low + match.end("np")])
        return Attribution(source, (source[0].start, tokens[-1].end), tokens[index].start)
    if before.endswith(",") or (index and tokens[index - 1].lower in cues.STATEMENTS):
        return _shared_subject(tokens, tags, index, found)
    return None


def _subject_before(tokens: Sequence[Token], tags: str, index: int) -> Span | None:
    """Return the token range of the noun phrase that is the subject of the verb at `index`."""
    low = max(0, index - _WINDOW)
    for pattern in (_SUBJECT, _QUANTIFIER, _RELATIVE, _APPOSED, _LONG_ASIDE, _WITH_CLAUSE):
        match = pattern.search(tags[low:index])
        if match is None or _is_misread(pattern, match, tokens, tags, index):
            continue
        start, end = low + match.start("np"), low + match.end("np")
        if pattern is _WITH_CLAUSE and (name := _NAME_ASIDE.match(match.group("aside"))):
            start = low + match.start("aside") + name.start(1)
            end = low + match.start("aside") + name.end(1)
        head = _HEAD.search(tags, max(0, start - 5), start)
        span = (head.start() if head else start, end)
        if pattern in _PLAIN and _is_unasserted(tokens, span, index):
            return None
        if _agrees(tokens[slice(*span)], tokens[index], match.group("group"), tokens[index + 1 :]):
            return span
    return None


def _is_misread(
    pattern: re.Pattern[str],
    match: re.Match[str],
    tokens: Sequence[Token],
    tags: str,
    index: int,
) -> bool:
    """Return whether the words that `pattern` matched rule out that they are the subject."""
    low = max(0, index - _WINDOW)
    start, end = low + match.start("np"), low + match.end("np")
    if pattern is _QUANTIFIER:
        return tokens[start].lower not in cues.QUANTIFIERS
    if pattern is _APPOSED:  # "Jon Hale, Ohio Democrat, said"
        return tokens[end - 1].lower in cues.MEMBERS | cues.TITLES
    if pattern in _ASIDES and _subject_after(tokens, tags, index) is not None:
        return True
    if pattern is _RELATIVE:
        return False
    if tags[max(0, start - 1) : start] == "E" and not match.group("group"):
        return True  # "was Congress informed"
    return _ends_phrase(tokens, tags, start)


def _is_unasserted(tokens: Sequence[Token], span: Span, index: int) -> bool:
    """Return whether the verb at `index` with its subject at `span` reports nothing by itself.

    That is a question or condition ("what critics want", "if Lee objects"), a clause beside a noun
    ("a law that Lee supports") and what is only possible ("Lee might argue").
    """
    before = [token.lower for token in tokens[max(0, span[0] - 2) : span[0]]]
    word = before[-1] if before else ""
    if any(token.lower in cues.POSSIBLE for token in tokens[span[1] : index]):
        return True
    if word in {"that", "which"}:  # but "a gap that critics say is growing"
        return index + 1 < len(tokens) and tokens[index + 1].tag not in "XE"
    return word in cues.ASKING and before[0] not in {"'s", "’s", "is"}  # "that's what critics say"


def _ends_phrase(tokens: Sequence[Token], tags: str, start: int) -> bool:
    """Return whether a noun at `start` ends a phrase: "47 percent of voters", not "one of us"."""
    if not start or tokens[start - 1].lower not in cues.INNER:
        return False
    return tags[start - 2 : start - 1] != "D" and not _HEAD.search(tags, max(0, start - 5), start)


def _agrees(phrase: Sequence[Token], verb: Token, group: str, following: Sequence[Token]) -> bool:
    """Return whether `phrase` can be the subject of `verb` in an active clause that reports."""
    form = VERBS.get(verb.lower.rstrip("."))
    if form is None:  # an attitude: "are convinced"
        return "E" in group
    if "E" in group or ("!" in group and form.kind == "speech"):
        return False
    if form.kind == "finding" and not _is_finding(phrase, following):
        return False
    if form.form == "base":
        return "X" in group or "!" in group or is_plural(phrase)
    return form.form == "past" or not is_plural(phrase)


def _is_finding(phrase: Sequence[Token], following: Sequence[Token]) -> bool:
    words = {token.lower for token in phrase}
    return bool(words & cues.DOCUMENTS) or (bool(following) and following[0].text == "that")


def _subject_after(tokens: Sequence[Token], tags: str, index: int) -> Span | None:
    """Return the token range of the subject in '…, said X' at `index`."""
    if tokens[index].lower not in cues.INVERTIBLE:
        return None
    if index and tags[index - 1] not in ",Q-.":
        return None
    match = _AFTER.match(tags, index + 1, index + 1 + _WINDOW)
    if match is None or not (_CLOSED.match(tags, match.end()) or _is_tail(tags, index, match)):
        return None
    return match.start("np"), match.end("np")


def _is_tail(tags: str, index: int, found: re.Match[str]) -> bool:
    """Return whether '“…”, said Ann Lee, who …' ends in a description, whatever that holds."""
    quoted = tags[:index].rstrip(",").endswith("Q")
    return quoted and _NO_SUBJECT.match(tags, found.start("np")) is not None


def _shared_subject(
    tokens: Sequence[Token], tags: str, index: int, found: Sequence[Attribution]
) -> Attribution | None:
    """Return the attribution of a later verb: '… and said', '…, arguing that …'."""
    scope = tokens[0].start, tokens[-1].end
    if found:
        return replace(found[-1], scope=scope, cue=tokens[index].start)
    match = _FIRST.match(tags, 0, min(index, _WINDOW))
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
