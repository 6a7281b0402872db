"""Which noun phrase is the subject of a reporting verb: before it, behind it, or none.

Patterns over the letters of grammar.py, tried in turn; the first that is not misread decides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.english import cues
from summarizer.english.grammar import NOUN_PHRASE, VERBS, is_plural, tag_string
from summarizer.english.sentences import Span
from summarizer.english.tagging import Token

WINDOW = 45  # letters looked at on one side of a verb; keeps long sentences linear
_GROUP = r"(?P<group>(?:[XEB!]|P?[DA]{0,2}R#?|,B,)*)"
_SUBJECT = re.compile(rf"(?P<np>{NOUN_PHRASE}){_GROUP}$")
_QUANTIFIER = re.compile(rf"(?:^|[,;:\-KJWQVR.])(?P<np>D){_GROUP}$")
_ASIDE = r"(?:,[^,;:Q]{1,25},|-[^;:Q\-]{1,30}-|W[^,;:Q]{0,14})"
_WITH_CLAUSE = re.compile(rf"(?P<np>{NOUN_PHRASE})(?P<aside>{_ASIDE})(?:B,)?{_GROUP}$")
_PLACED = re.compile(rf"(?:^|[,;:.\-QJK])(?P<np>C{{2,5}})PD?C{{1,4}},{_GROUP}$")
_FRAMED = re.compile(rf"^(?:Q,?)?(?P<np>C{{2,5}}),D?[AC]{{0,3}}N[^;:QH]{{1,60}},{_GROUP}$")
_UNKNOWN = re.compile(rf"(?:^|[,;:\-KJWQ])(?P<np>D{{1,2}}A{{1,3}}){_GROUP}$")
_LONG_ASIDE = re.compile(rf"(?P<np>C{{2,4}}),(?:W[^;:Q]{{1,35}}|[^;:QVXEHW]{{1,40}}),{_GROUP}$")
_APPOSED = re.compile(rf",(?:[DAN]{{0,3}})(?P<np>C{{2,4}}),{_GROUP}$")
_RELATIVE = re.compile(rf"(?P<np>C{{2,4}}),W{_GROUP}$")
_NAME_ASIDE = re.compile(r",(C{2,4})(?:,|PD?C+,)$")
_HEAD = re.compile(r"D[ACN]{1,3}P$")
_AFTER = re.compile(rf"B?(?P<np>{NOUN_PHRASE})")
_NAMED = re.compile(r",(?P<np>C{2,4})(?=[.,]|$)")  # said the city's lawyer, Ann Lee
_NO_SUBJECT = re.compile(r"[AN]{0,3}C+(?![CVEX])")  # a name without a verb of its own
_CLOSED = re.compile(r"(?:[.,;:Q\-RWPTKJG]|$)")

_PARTY = re.compile(r"[A-Z]-[A-Z].*")
_ASIDES = (_WITH_CLAUSE, _LONG_ASIDE, _FRAMED)
_PLAIN = (_SUBJECT, *_ASIDES)
_ANYWHERE = (_QUANTIFIER, _UNKNOWN, _APPOSED, _RELATIVE)
_SUBJECTS = (
    _SUBJECT,
    _QUANTIFIER,
    _RELATIVE,
    _PLACED,
    _APPOSED,
    _LONG_ASIDE,
    _FRAMED,
    _WITH_CLAUSE,
    _UNKNOWN,
)


def subject_before(tokens: Sequence[Token], tags: str, index: int) -> Span | None:
    """Return the token range of the noun phrase that is the subject of the verb at `index`."""
    low = max(0, index - WINDOW)
    for pattern in _SUBJECTS:
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
    low = max(0, index - WINDOW)
    start, end = low + match.start("np"), low + match.end("np")
    if pattern in _ANYWHERE:
        return _names_nobody(pattern, tokens, (start, end), index)
    if (pattern is _FRAMED and low > 0) or _PARTY.fullmatch(tokens[start].text):
        return True  # "Ann Lee, R-Texas, however, said"
    if pattern in _ASIDES and subject_after(tokens, tags, index) is not None:
        return True
    if tags[max(0, start - 1) : start] == "E" and not match.group("group"):
        return True  # "was Congress informed"
    return _ends_phrase(tokens, tags, start)


def _names_nobody(
    pattern: re.Pattern[str], tokens: Sequence[Token], span: Span, index: int
) -> bool:
    """Return whether `span`, which `pattern` takes wherever it stands, is nobody who says it."""
    if pattern is _QUANTIFIER:
        return tokens[span[0]].lower not in cues.QUANTIFIERS
    if pattern is _UNKNOWN:  # "the rapper said"
        return tokens[index].lower not in cues.SAYING
    if pattern is _APPOSED:  # "Jon Hale, Ohio Democrat, said"
        return tokens[span[1] - 1].lower in cues.MEMBERS | cues.TITLES
    return False


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
        follows = tokens[index + 1 : index + 2]
        return bool(follows) and not (
            follows[0].tag in "XE" or follows[0].lower in cues.FINITE_VERBS
        )
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
        plural = is_plural(phrase) or (
            verb.lower in cues.ONLY_VERBS and phrase[-1].lower[-1] == "s"
        )
        return "X" in group or "!" in group or plural
    return form.form == "past" or not is_plural(phrase) or _is_titled(phrase)


def _is_titled(phrase: Sequence[Token]) -> bool:
    """Return whether `phrase` is one person of two offices: "author and activist Ann Lee"."""
    return re.fullmatch(r"[DAN]*NJ[DAN]*NC{2,4}", tag_string(phrase)) is not None


def _is_finding(phrase: Sequence[Token], following: Sequence[Token]) -> bool:
    words = {token.lower for token in phrase}
    return bool(words & cues.DOCUMENTS) or (bool(following) and following[0].text == "that")


def subject_after(tokens: Sequence[Token], tags: str, index: int) -> Span | None:
    """Return the token range of the subject in '…, said X' at `index`."""
    if tokens[index].lower not in cues.INVERTIBLE:
        return None
    if index and tags[index - 1] not in ",Q-.":
        return None
    match = _AFTER.match(tags, index + 1, index + 1 + WINDOW)
    if match is None or not (_CLOSED.match(tags, match.end()) or _is_tail(tags, index, match)):
        return None
    name = _NAMED.match(tags, match.end())
    if name is not None and "C" not in match.group("np"):
        return name.span("np")
    return match.start("np"), match.end("np")


def _is_tail(tags: str, index: int, found: re.Match[str]) -> bool:
    """Return whether '“…”, said Ann Lee, who …' ends in a description, whatever that holds."""
    quoted = tags[:index].rstrip(",").endswith("Q")
    return quoted and _NO_SUBJECT.match(tags, found.start("np")) is not None
