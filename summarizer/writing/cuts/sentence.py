"""A sentence that is looked over for cuts, and what can be asked of its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from summarizer.english.cues import TITLES
from summarizer.english.lexicon import LEXICON
from summarizer.english.phrasing import SPEECH_VERBS
from summarizer.english.tagging import Token, tag
from summarizer.english.trimming import QUOTED

Kind = Literal["aside", "date", "occasion", "description", "tail", "clause", "opening"]


@dataclass(frozen=True, slots=True, order=True)
class Cut:
    """text[start:end] can go; a `clause` has a verb, and so denials, of its own."""

    start: int
    end: int
    kind: Kind


DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:\s(?:morning|afternoon|evening|night))?"
OCCASION = (
    r"(?:(?:written|joint|recent|brief|radio|television|TV|phone|telephone|news|press|conference"
    r"|Sunday|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Twitter|Facebook|blog|video"
    r"|floor|prepared|separate|subsequent|wide-ranging|lengthy|live|public|preliminary|previous)\s)*"
    r"(?:statement|interview|speech|letter|e-?mail|tweet|(?:news|press)\sconference|conference\scall"
    r"|briefing|call|release|remarks"
    r"|op-ed|post|memo|note|rally|hearing|address|message|column|essay|video|thread|appearance"
    r"|testimony|podcast|debate|meeting|event|trip|visit|ceremony|documents|filing|brief)"
)
"""What somebody says something in, or at."""
ITS = r"(?:(?:an?|the|his|her|their|its|another)\s)?"
NAME = r"(?:the\s)?[A-Z][\w.’'-]*(?:\s(?:of\s)?[A-Z][\w.’'-]*){0,5}"
SAYING = frozenset(LEXICON["saying"]) | frozenset(LEXICON["speech"])
REPORTING = frozenset(
    {"saying", "arguing", "warning", "claiming", "noting", "calling", "urging", "adding", "writing"}
    | {"insisting", "suggesting", "asserting", "contending", "alleging", "asking", "declaring"}
    | {"telling", "explaining", "stating", "tweeting", "accusing", "describing", "demanding"}
)
"""What follows one of these is often what the sentence is about."""
_CLOSING = re.compile(
    rf",\s(?:(?!and\b|but\b|who\b|which\b|that\b|where\b|when\b)[^,;:“”\"]{{2,80}}?\s(?:{SPEECH_VERBS}|found|finds|shows|showed)|according\sto\s"
    r"|(?:said|says|writes|wrote)\s(?=[A-Z]))(?:\s?[^,;:“”\"]*)?[.]$"
)
_OFFICES = frozenset(
    {"president", "chairman", "director", "executive", "founder", "professor", "spokesman"}
    | {"spokeswoman", "head", "leader", "author", "editor", "one", "chief", "co-founder", "senior"}
    | {"chairwoman", "attorney", "counsel", "former", "vice", "assistant", "associate", "policy"}
)
_OF_STATE = frozenset(
    {"house", "senate", "majority", "minority", "prime", "minister", "foreign", "general", "deputy"}
    | {"acting", "secretary", "state", "defense", "treasury", "justice", "judge", "speaker", "whip"}
    | {
        "interior",
        "labor",
        "energy",
        "federal",
        "district",
        "supreme",
        "court",
        "chief",
        "democratic",
    }
    | {"republican", "presidential", "nominee", "candidate", "hopeful", "mayor", "congressman"}
    | {"congresswoman", "senator", "governor", "representative", "commissioner", "ambassador"}
)
_LEAST_MAIN = 5  # tokens


class Sentence:
    """A sentence, its tokens, and where it ends: before its stop, or before ", critics say"."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tag(text)
        self.quoted = [match.span() for match in QUOTED.finditer(text)]
        found = _CLOSING.search(text)
        if found and self.touches(found.start(), len(text) - 1):
            found = None
        self.attributed = found is not None
        self.end = found.start() if found else len(text.rstrip(".!?"))

    def touches(self, start: int, end: int) -> bool:
        """Return whether part of text[start:end] stands in quotation marks."""
        return any(a < end and start < b for a, b in self.quoted)

    def at(self, offset: int) -> int:
        """Return the place of the first token at or behind `offset`."""
        places = (place for place, token in enumerate(self.tokens) if token.start >= offset)
        return next(places, len(self.tokens))

    def tag_at(self, offset: int) -> str:
        """Return the letter of the first token at or behind `offset`, a stop at the end."""
        place = self.at(offset)
        return self.tokens[place].tag if place < len(self.tokens) else "."


def is_whole(tokens: Sequence[Token], end: int) -> bool:
    """Return whether a clause with a verb may end before the token at `end`."""
    before = tokens[:end]
    if len(before) < _LEAST_MAIN or before[-1].tag in "DTCSWX'PA-(:;,.":
        return False
    if before[-1].tag == "R" and before[-2].tag in "CS-,":
        return False  # "and again"
    opened = max((place for place, token in enumerate(before) if token.tag == "S"), default=0)
    verbs = "AV" if not opened else "AVGE"
    return any(token.tag in verbs for token in before[opened:])


def is_named(tokens: Sequence[Token], end: int) -> bool:
    """Return whether a name of two words, or one in capitals, stands before `end`."""
    last = tokens[end - 1].text
    if not last[:1].isupper():
        return False
    return last.isupper() or (end > 1 and tokens[end - 2].text[:1].isupper())


def is_office(tokens: Sequence[Token]) -> bool:
    """Return whether the description of a person opens: "communications director for"."""
    opens = bool(tokens) and tokens[0].text[:1].islower()
    return opens and any(token.lower in _OFFICES for token in tokens)


def is_title(word: str) -> bool:
    """Return whether `word`, before a name, is part of an office: "House Speaker", "then-Gov"."""
    return word in TITLES or word in _OFFICES or word in _OF_STATE


def is_listed(tokens: Sequence[Token], comma: int) -> bool:
    """Return whether another comma stands so near before this one that both may part a list."""
    return any(token.tag == "," for token in tokens[max(0, comma - 5) : comma])


def verb_follows(tokens: Sequence[Token], comma: int) -> bool:
    """Return whether a finite verb stands behind `comma`, or a past form with an object that is the
    only one there is: "Lee, in a letter, called it" unfair."""
    place = comma + 1 + any(token.tag == "R" for token in tokens[comma + 1 : comma + 2])
    if place + 1 >= len(tokens):
        return False
    verb, following = tokens[place], tokens[place + 1]
    if verb.tag in "AV" or verb.lower in SAYING:
        return True
    past = verb.tag == "E" and following.tag in "DNHOQ"
    return past and not any(token.tag in "AV" for token in tokens)


def opens_clause(tokens: Sequence[Token]) -> bool:
    """Return whether `tokens` begin with a subject and its finite verb, no mark between them."""
    verb = next((place for place, token in enumerate(tokens) if token.tag in "AV"), 0)
    if not verb or tokens[0].tag not in "DNHG":
        return False
    parted = any(token.tag in ",WSC" for token in tokens[:verb])
    return not parted and (verb + 1 >= len(tokens) or tokens[verb + 1].tag != ",")
