"""Makes a claim fit to stand alone: its speaker is named, and asides that it can spare are gone.

Asides are brackets, and appositions and relative clauses after a name. One that denies, hedges or
sets a condition stays, and so does everything inside quotation marks (clause deletion as in Clarke
and Lapata 2008, by a few sure rules in place of a parser).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from summarizer.english.phrasing import PRONOUN_SPEAKER, SPEECH_VERBS, faults
from summarizer.english.text import WORD, words
from summarizer.english.trimming import QUOTED, trimmed
from summarizer.holders import find_quotes
from summarizer.types import Claim

_OPENING_SPEAKER = re.compile(
    rf"^(?:He|She|They|It)(?=\s+(?:also\s+|then\s+|later\s+)?(?:{SPEECH_VERBS})\b)"
)
_ONLY_QUOTED = re.compile(r"(?P<open>[“\"][^“”\"]+)(?P<end>[.,!?])(?P<close>[”\"])\.?")
_KEPT = frozenset(
    {
        *("not", "no", "never", "nor", "without", "unless", "except", "if", "though", "although"),
        *("may", "might", "could", "would", "should", "but", "despite", "because", "only", "even"),
        *("according", "they", "he", "she", "and", "or"),
    }
)
_PLAIN = r"[^,;:()“”\"—–]"
_ASIDES = (
    re.compile(r"\s*\([^()]{1,120}\)"),
    re.compile(  # Ida Holm, an engineer at the port, said
        rf"(?<=[a-z])(?<![.!?]),\s(?:an?|the|who|whose)\s{_PLAIN}{{3,110}},(?=\s(?!(?:an?|the|who|which|and|or|but)\b)[a-z])"
    ),
    re.compile(rf"(?<=\w),\s(?:who|which|whose)\s{_PLAIN}{{3,110}}(?=\.$)"),
)
# "The FBI said", but not "FBI agents said", tells how the FBI is called.
_NOT_ATTRIBUTE = (
    r"(?:[.,;:’']|\s(?:said|says|is|was|has|had|will|would|and|to|of|in|on|for|by|that)\b)"
)
_DETERMINERS = frozenset({"a", "an", "the", "some", "many", "several", "one", "another", "other"})
_MARKS, _SOFT, _ENDS = ",;:.!?—–()", ",;:—– ", (".", "!", "?", ")")
_LIGHT = frozenset(
    {
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        *("today", "yesterday", "recently", "also", "just", "very", "really", "however"),
    }
)
_NAMED = re.compile(r"(?:[A-Z][\w.’'-]+\s+)[A-Z][\w.’'-]+$")


def alone(claims: Sequence[Claim]) -> list[str]:
    """Return each claim of a viewpoint as a sentence of its own.

    A pronoun that speaks becomes its holder's name where other claims of the viewpoint name it, and
    what is said inside a quotation is marked as one and given to its holder.
    """
    known = {word for claim in claims for word in words(claim.text)}
    return [
        _alone(
            claim, _called(claim) if claim.holder and set(words(claim.holder)) <= known else None
        )
        for claim in claims
    ]


def _called(claim: Claim) -> str:
    """Return the holder of `claim` as a subject inside a sentence: "the White House"."""
    holder = claim.holder or ""
    first, _, rest = holder.partition(" ")
    if first.lower() in _DETERMINERS:
        return f"{first.lower()} {rest}" if rest else holder
    place = re.compile(rf"(?<![\w’'-])(the\s)?{re.escape(holder)}{_NOT_ATTRIBUTE}", re.IGNORECASE)
    found = [match.group(1) is not None for match in place.finditer(claim.article.text)]
    return f"the {holder}" if found and 2 * sum(found) > len(found) else holder


def _alone(claim: Claim, holder: str | None) -> str:
    text = standalone(claim.text, holder)
    if holder is None or not _inside_quotation(claim):
        return text
    said = text.rstrip("”\"’'").lstrip("“\"‘'").replace("“", "‘").replace("”", "’")
    if '"' in said or holder in said or faults(said) not in ([], ["first person"]):
        return text
    ending = "" if said[-1] in "?!" else ","
    return f"“{said.rstrip('.')}{ending}” {holder} said."


def _inside_quotation(claim: Claim) -> bool:
    return any(
        start <= claim.start and claim.end <= end for start, end in _quotations(claim.article.text)
    )


@lru_cache(maxsize=64)
def _quotations(text: str) -> tuple[tuple[int, int], ...]:
    return tuple((quote.start, quote.end) for quote in find_quotes(text))


def standalone(text: str, holder: str | None = None, *, most: int = 24) -> str:
    """Return `text` as a sentence of its own: trimmed, "she said" with the name of its `holder`.

    While it has more than `most` words it is cut by an aside, if it has one.
    """
    return _compressed(_spoken_by(trimmed(text), holder), most=most)


def spared(text: str, source: str) -> str:
    """Return `source` less the words that `text` leaves out, where it can spare them, else "".

    That is: between two marks and without a denial, hedge or condition, or light words on their
    own (a weekday, "also"). Marks, case and spacing are those of the source.
    """
    kept = [match.span() for match in WORD.finditer(text)]
    spans = [match.span() for match in WORD.finditer(source)]
    own, whole = ([one[a:b].lower() for a, b in at] for one, at in ((text, kept), (source, spans)))
    cuts = []
    for name, start, end, at, _ in SequenceMatcher(a=whole, b=own, autojunk=False).get_opcodes():
        if name == "equal":
            continue
        cut = (spans[start][0], spans[end - 1][1]) if name == "delete" else (0, 0)
        if not _can_go(source, cut, set(whole[start:end])):
            return ""
        inside = 0 < at < len(kept)
        cuts.append((cut, "," in text[kept[at - 1][1] : kept[at][0]] if inside else False))
    for (start, end), comma in reversed(cuts):
        source = _joined(source[:start].rstrip(), source[end:].lstrip(), comma=comma)
    return trimmed(source)


def _can_go(source: str, cut: tuple[int, int], gone: set[str]) -> bool:
    before, after = source[: cut[0]].rstrip()[-1:], source[cut[1] :].lstrip()[:1]
    aside = (not before or before in _MARKS) and (not after or after in _MARKS)
    return cut[1] > 0 and not gone & _KEPT and (aside or gone <= _LIGHT)


def _joined(left: str, right: str, *, comma: bool) -> str:
    """Return the two halves of a sentence, with one mark at most where they meet."""
    if left.endswith("(") and right.startswith(")"):
        left, right = left[:-1].rstrip(), right[1:].lstrip()
    if not left or right[:1] in _ENDS:
        return left.rstrip(_SOFT) + right.lstrip(_SOFT)
    if left[-1] in _SOFT or right[:1] in _SOFT:
        left, right = left.rstrip(_SOFT) + ("," if comma else ""), right.lstrip(_SOFT)
    return f"{left} {right}"


def can_spare(source: str) -> bool:
    """Return whether there is anything that `source` could spare: an aside, or a light word."""
    found = list(WORD.finditer(source))
    own = [match.group().lower() for match in found]
    first: int | None = None
    for row, match in enumerate(found):
        before, after = source[: match.start()].rstrip()[-1:], source[match.end() :].lstrip()[:1]
        if own[row] in _LIGHT:
            return True
        if own[row] in _KEPT:
            first = None
            continue
        if first is None and (not before or before in _MARKS):
            first = row
        if first is not None and (not after or after in _MARKS):
            return (first, row) != (0, len(own) - 1)
    return False


def _spoken_by(text: str, holder: str | None) -> str:
    if not holder:
        return text
    if (quote := _ONLY_QUOTED.fullmatch(text)) is not None:
        comma = "," if quote["end"] in ".," else quote["end"]
        return f"{quote['open']}{comma}{quote['close']} {holder} said."
    named = holder[:1].upper() + holder[1:]
    text = _OPENING_SPEAKER.sub(lambda _: named, text)
    return PRONOUN_SPEAKER.sub(lambda found: found.group("before") + holder, text)


def _compressed(text: str, *, most: int) -> str:
    for pattern in _ASIDES:
        while len(words(text)) > most and (shorter := _without(text, pattern)) is not None:
            text = shorter
    return text


def _without(text: str, pattern: re.Pattern[str]) -> str | None:
    """Return `text` less the first aside of this kind that it can spare, or None."""
    quoted = [match.span() for match in QUOTED.finditer(text)]
    for match in pattern.finditer(text):
        inside = any(start < match.end() and match.start() < end for start, end in quoted)
        bracket = match.group().lstrip().startswith("(")
        named = bracket or _NAMED.search(text[: match.start()])
        if inside or not named or _KEPT & set(words(match.group())):
            continue
        rest = " ".join(f"{text[: match.start()]} {text[match.end() :]}".split())
        return trimmed(re.sub(r"\s+([,.;:])", r"\1", rest))
    return None
