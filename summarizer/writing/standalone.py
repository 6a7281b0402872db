"""Makes a claim fit to stand alone: its speaker is named, and what is quoted is marked as such."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from summarizer.english.cues import TITLES
from summarizer.english.first_names import FIRST_NAMES
from summarizer.english.phrasing import PRONOUN_SPEAKER, SPEECH_VERBS, faults
from summarizer.english.text import words
from summarizer.english.trimming import trimmed
from summarizer.holders import find_quotes
from summarizer.types import Claim

_OPENING_SPEAKER = re.compile(
    rf"^(?:He|She|They|It)(?=\s+(?:also\s+|then\s+|later\s+)?(?:{SPEECH_VERBS})\b)"
)
_ONLY_QUOTED = re.compile(r"(?P<open>[“\"][^“”\"]+)(?P<end>[.,!?])(?P<close>[”\"])\.?")
_SPOKEN = re.compile(r"\b(?:said|says|wrote|writes|reads)$")
"""A quotation in which another one ends."""
_OTHERS = re.compile(r"^Others(?=\s)")
_SOME = re.compile(
    r"\b[Ss]ome\s+(?P<who>(?:[a-z-]+\s+)?[a-z-]+s)\s+"
    rf"(?=(?:have|had|are|were|will|would|do|did|want|see|fear|hope|{SPEECH_VERBS})\b)"
)
_ACRONYM = 3  # letters: "FBI"
_NEAR = 300  # characters: the sentence before, or the clause before of the same one
# "The FBI said", but not "FBI agents said", tells how the FBI is called.
_NOT_ATTRIBUTE = (
    r"(?:[.,;:’']|\s(?:said|says|is|was|has|had|will|would|and|to|of|in|on|for|by|that)\b)"
)
_DETERMINERS = frozenset({"a", "an", "the", "some", "many", "several", "one", "another", "other"})


def alone(claims: Sequence[Claim]) -> list[str]:
    """Return each claim of a viewpoint as a sentence of its own.

    A pronoun that speaks becomes its holder's name where other claims of the viewpoint name it, and
    what is said inside a quotation is marked as one and given to its holder. "Others", behind "some
    analysts say", are other analysts.
    """
    known = {word for claim in claims for word in words(claim.text)}
    named = " ".join(claim.text for claim in claims)
    return [_alone(claim, _known(claim, known, named)) for claim in claims]


def _known(claim: Claim, known: Collection[str], named: str) -> str | None:
    """Return the holder of `claim` as far as the viewpoint, whose words are `known`, names it: "Ida
    Holm", or "Holm" where no more is `named`; None where nothing is."""
    holder = claim.holder
    if holder is None or set(words(holder)) <= set(known):
        return _called(holder, claim.article.text) if holder else None
    first, *rest = holder.split()
    last = rest[-1] if rest else ""
    person = first.lower() in FIRST_NAMES and last[:1].isupper()
    other = rf"\b(?!{re.escape(first)}\b)[A-Z][\w’'-]+\s{re.escape(last)}\b"  # Bo Holm
    told = person and re.search(rf"\b{re.escape(last)}\b", named) is not None
    return last if told and not re.search(other, named) else None


@lru_cache(maxsize=256)  # asked before a viewpoint is written and after, for each claim
def _called(holder: str, article: str) -> str:
    """Return a holder as a subject inside a sentence of the article: "the White House"."""
    if holder.isupper() and len(holder) > _ACRONYM:  # a name that is shouted in a transcript
        spelt = re.findall(rf"\b{re.escape(holder)}\b", article, re.IGNORECASE)
        plain = holder.title() if " " in holder else holder
        holder = next((name for name in spelt if not name.isupper()), plain)
    first, _, rest = holder.partition(" ")
    if first.lower() in _DETERMINERS:
        return f"{first.lower()} {rest}" if rest else holder
    place = re.compile(rf"(?<![\w’'-])(the\s)?{re.escape(holder)}{_NOT_ATTRIBUTE}", re.IGNORECASE)
    found = [match.group(1) is not None for match in place.finditer(article)]
    return f"the {holder}" if found and 2 * sum(found) > len(found) else holder


def _alone(claim: Claim, holder: str | None) -> str:
    text = _others(standalone(claim.text, holder), claim)
    if holder is None or not _inside_quotation(claim):
        return text
    said = text.rstrip("”\"’'").lstrip("“\"‘'").replace("“", "‘").replace("”", "’")
    if (
        '"' in said
        or holder in said
        or _SPOKEN.search(said.rstrip(".,"))
        or faults(said) not in ([], ["first person"])
    ):
        return text
    ending = "" if said[-1] in "?!" else ","
    return f"“{said.rstrip('.')}{ending}” {holder} said."


def _others(text: str, claim: Claim) -> str:
    """Return `text` with whom its opening "Others" means, where the words before the claim tell."""
    if not _OTHERS.match(text):
        return text
    before = claim.article.text[max(0, claim.start - _NEAR) : claim.start]
    told = [match["who"] for match in _SOME.finditer(before.rpartition("\n\n")[2])]
    return _OTHERS.sub(f"Other {told[-1]}", text) if told else text


def _inside_quotation(claim: Claim) -> bool:
    return any(
        start <= claim.start and claim.end <= end for start, end in _quotations(claim.article.text)
    )


@lru_cache(maxsize=64)
def _quotations(text: str) -> tuple[tuple[int, int], ...]:
    return tuple((quote.start, quote.end) for quote in find_quotes(text))


def standalone(text: str, holder: str | None = None) -> str:
    """Return `text` as a sentence of its own: trimmed, "she said" with the name of its `holder`."""
    return _spoken_by(trimmed(text), holder)


def _spoken_by(text: str, holder: str | None) -> str:
    if not holder:
        return text
    if (quote := _ONLY_QUOTED.fullmatch(text)) is not None and not _SPOKEN.search(quote["open"]):
        comma = "," if quote["end"] in ".," else quote["end"]
        return f"{quote['open']}{comma}{quote['close']} {holder} said."
    named = holder[:1].upper() + holder[1:]
    text = _OPENING_SPEAKER.sub(lambda found: _for(found.group(), named), text)
    return PRONOUN_SPEAKER.sub(
        lambda found: found["before"] + _for(found.group()[len(found["before"]) :], holder), text
    )


def _for(pronoun: str, holder: str) -> str:
    """Return `holder` in place of `pronoun`, or the pronoun where it can stand for nobody of that
    kind: "they" for one person, "she" for several people."""
    words_of = holder.split()
    person = len(words_of) > 1 and words_of[0].lower().rstrip(".") in FIRST_NAMES | TITLES
    several = words_of[-1].islower() and words_of[-1].endswith("s")
    other = pronoun.lower()
    if other in ("i", "we"):
        return pronoun  # whoever quotes somebody, or who is quoted
    if (person and other in ("they", "it")) or (several and other in ("he", "she", "it")):
        return pronoun
    return holder
