"""Cuts from a sentence what is not its own: dateline, list mark, connectives, a site's links."""

from __future__ import annotations

import re
from functools import lru_cache

from summarizer.english.openings import CONNECTIVE, INSERTED

QUOTED = re.compile(r"[“\"][^”\"]*[”\"]?")
"""A quotation, or the half of one."""
MARKS = re.compile(r"[“”\"]")
_AGENCY = r"\((?:[A-Z]{2,}\w*|Reuters|Bloomberg)\)"
_DATELINE = re.compile(  # WASHINGTON — …, Paris (AP) — …
    rf"^(?:[A-Z][\w.’'/-]+(?:,? [A-Z][\w.’'/-]*){{0,4}} {_AGENCY}|{_AGENCY}"
    r"|[A-Z]{3,}(?:,? [A-Z][\w.’'-]*){0,4})\s+(?:[—–―]|--?)\s+(?=[A-Z“\"‘'\d])"
)
_SPEAKER_LABEL = re.compile(
    r"^(?=[^:]*[A-Z]{3})(?:[A-Z][A-Z.'’-]+\s){0,3}[A-Z\d][A-Z\d.'’-]*:\s+(?=\S)"
)
_ADDRESSED = re.compile(  # Q: …, Sir, …, Dear Editor: …
    r"^(?:[QA]\s?:|Q\.|(?:Dear\s)?(?:Sirs?|Madam|Editor)(?:\sor\sMadam)?\s?[,:—–]|To\sthe\s[Ee]ditor\s?[,:.—–])"
    r"\s+(?=[A-Z“\"\d])"
)
_LIST_MARK = re.compile(r"^(?:\(?(?:\d{1,2}|[a-z])[.)]|#\d{1,2}[.:)]|[•●▪·*–—-])\s+(?=[A-Z“\"\d])")
_BRACKETED = re.compile(r"^\((?P<inner>[^()]*)\)\.?$")
_LINKS = re.compile(  # Ann Lee Ann Mary LeeThree more stories of hers MORE said
    r"\b(?P<last>[A-Z][\w’'-]+)\s(?:\(?[A-Z][\w.’')-]*\s){1,4}(?P=last)(?=[A-Z\d“\"'’‘])"
    r".{1,500}?\sMORE\b"
)
_LOOSE_MARK = re.compile(r"\s+([.,;:!?])(?=\s|$)")
_ALSO = re.compile(r"(?<!\bbut)\salso(?=\s[a-z])(?!\s(?:known|called|named|dubbed|as)\b)")
_INSTEAD = re.compile(
    r"(?<=\w)\s(?P<verb>is|are|was|were|has|have|had|will|would|can|could|should|may|might)"
    r"\sinstead(?=\s[a-z])(?!\sof\b)"
)
_NOT_ONLY = re.compile(r"\bnot (?:\w+ )?(?:only|just|merely|simply)\b", re.IGNORECASE)
_THEN = re.compile(r"^(?P<subject>(?:(?:[A-Z][\w.’'-]*|the|of)\s){1,4})then\s(?=[a-z]+(?:ed|s)\b)")
_MEANWHILE = re.compile(
    r"(?<=\w)(?:, (?:meanwhile|however)| (?:meanwhile|however),) (?=[a-z])(?!wh)"
)
_LATER = re.compile(r",?\s(?:since then|by then|at the time|at that time|in response)(?=\.$)")
_ANNOUNCES = re.compile(
    r"\b(?:sa(?:id|ys|y)|told|tells|wrote|writes|tweeted|added|adds|asked|asks|replied|posted)"
    r"(?:\s[^\s,;:]+){0,8}:$"
)
"""What follows is lacking: the colon stays, and with it a fault."""
_SET_OFF = re.compile(
    r"(?P<comma>,)\s(?:too|also|however|therefore|meanwhile|though),"
    r"(?=\s(?:not|who|which|whose|\w{3,}ing)\s)"
)
_CLOSERS = "\"”'’)"


@lru_cache(maxsize=1 << 11)  # a claim is asked about by several stages
def trimmed(text: str) -> str:
    """Return `text` in one line, with a capital and a full stop, without what is not its own.

    That is a dateline, speaker's label, address ("Sir,") or list mark, brackets around the whole,
    connectives, and headlines that a site inserts after a name. A quotation cut off at a sentence
    break is opened or closed. Inside quotation marks only an opening connective goes.
    """
    line = _LINKS.sub(r"\g<last>", " ".join(text.split()))
    for opening in (_BRACKETED, _DATELINE, _SPEAKER_LABEL, _ADDRESSED, _LIST_MARK):
        line = opening.sub(lambda found: found.groupdict().get("inner") or "", line)
    line = _MEANWHILE.sub(" ", line)
    line = _LATER.sub("", _THEN.sub(r"\g<subject>", _LOOSE_MARK.sub(r"\1", line)))
    line = _unquoted(line)
    bare = CONNECTIVE.sub(r"\g<mark>", line) or line
    start = 1 if bare[:1] in '“"' else 0
    bare = bare[:start] + bare[start : start + 1].upper() + bare[start + 1 :]
    if bare.rstrip(_CLOSERS)[-1:] not in (".", "!", "?", "…") and not _ANNOUNCES.search(bare):
        bare = bare.rstrip(",;:–—- ") + "."
    return _paired(bare)


def _unquoted(line: str) -> str:
    """Return `line` less the connectives inside it, but for those that somebody is quoted with."""
    paired = _NOT_ONLY.search(line) is not None
    parts, at = [], 0
    for quoted in [*QUOTED.finditer(line), None]:
        plain = line[at : quoted.start() if quoted else len(line)]
        plain = INSERTED.sub("", _SET_OFF.sub(r"\g<comma>", plain))
        parts.append(plain if paired else _ALSO.sub("", _INSTEAD.sub(r" \g<verb>", plain)))
        if quoted:
            parts.append(quoted.group())
            at = quoted.end()
    return "".join(parts)


def _paired(line: str) -> str:
    """Return `line` with the half of a quotation that a sentence break has cut off.

    A lone mark at either end encloses nothing, and goes.
    """
    for opening, closing in (("“", "”"), ('"', '"')):
        marks = [place for place, mark in enumerate(line) if mark in (opening, closing)]
        if len(marks) != 1:
            continue
        (at,) = marks
        follows = line[at + 1 : at + 2]
        closes = line[at] == closing != opening or (opening == closing and not follows.isalnum())
        rest = line[:at] + line[at + 1 :]
        if closes:
            return rest.strip() if at == 0 else f"{opening}{line[:1].upper()}{line[1:]}"
        return rest.strip() if not follows else line + closing
    return line
