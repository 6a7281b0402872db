"""Whether a sentence speaks of something that only another sentence names: "him", "that plan"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.english.cues import FINITE_VERBS, PEOPLE, SHARED_TITLES, TITLES
from summarizer.english.function_words import FUNCTION_WORDS, WORD_CLASSES
from summarizer.english.lexicon import LEXICON
from summarizer.english.tagging import tag
from summarizer.english.trimming import MARKS, QUOTED

_SUBORDINATING = frozenset(WORD_CLASSES["subordinating"])
_ADVERBS = frozenset(LEXICON["R"])
_PREPOSITIONS = frozenset(WORD_CLASSES["prepositions"])
_ARTICLES = frozenset({"the", "a", "an", "one", "every", "each", "no", "some", "any"})
_PERSONS = frozenset(
    word
    for word in (PEOPLE | TITLES) - SHARED_TITLES
    if not word.endswith("s") and word not in ("men", "women", "people", "police", "media")
) | {"secretary", "justice", "attorney", "child", "boy", "girl", "baby"}
_PERSONAL = re.compile(r"\b(?:he|him|his|she|her|hers)\b", re.IGNORECASE)
_GROUP = re.compile(r"\b(?:they|them|their|theirs|its)\b", re.IGNORECASE)
_LABELLED = re.compile(r"[A-Z][\w .’'-]{1,40}: (?:he|she|they|it)\b", re.IGNORECASE)
_TIMES = (
    "year|month|week|weekend|morning|afternoon|evening|night|summer|winter|spring|fall|autumn|"
    "season|day|century|decade|time|country|nation|world|days|years|weeks|months|past|coming"
)
_THIS = re.compile(
    rf"\b(?:this|these)\b(?! (?:{_TIMES})\b)"
    r"|\bthose (?!who|of|in|with|that|whose|on|from|at|for|under|are|were|\w+(?:ing|ed|ly)\b)[a-z]+"
    r"|\b(?:of|to|on|with|for|by|at|from|about|under|over|after|before|since|despite|during|against"
    r"|without|into|rejects?|rejected|dispute[sd]?|based|calls?|called|gets?|got|puts?|takes?|took"
    r"|allows?|allowed|uses?|used|confirms?|makes?|made|making|echo(?:es|ed))"
    r" that (?!of\b|in\b)[a-z]+"
    r"|\bif that (?:were|was|is)\b|\ball that did\b|\banything like that\b"
    r"|\b(?:if|whether|when|how|why) that (?:happens|works|is|was|will|would|means)\b"
    r"|\b(?:do|does|did|doing|done|like|than|all|if|given|considering|changes?|changed|says?|said)"
    r" that(?=[,.;!?]| (?:to|by|in|with|for|and)\b)"
    r"|\bin that (?!the\b|an?\b|it\b|he\b|she\b|they\b|there\b|we\b|you\b|his\b|their\b)[a-z]+[.,;]"
    r"|\b(?:in )?that way\b|\b(?:is|are|was|were) (?:both|neither)[.,;]|\bfor the same reason[.,;]"
    r"|\bthat[.;!?]|, that['’]s\b|\bthat (?:up|out|down|off)\b"
    r"|\b(?<!no )(?<!any )(?<!as )such (?!as\b|that\b|a\b|an\b)[a-z]+"
    r"|\b(?:by|until|before|since) then\b"
    r"|\b(?:says?|said|claims?|claimed|thinks?|thought|suggests?|suggested|believes?|did|do|does)"
    r" (?:otherwise|so)[.,;]"
    r"|\b(?:says?|said|argues?|argued|predicts?|predicted|all)"
    r" that(?:['’]s| (?:would|will|is|was|could|can|has|had|means))\b"
    r"|^(?:with|without|under|in|after|despite|given|for) such\b"
    r"|, that (?:is(?!,)|was|means|amounts|makes|would|will|could|has)\b"
    r"|\b(?:described|mentioned|noted|listed|outlined|discussed|quoted|seen) (?:above|below)\b",
    re.IGNORECASE,
)
"""“This plan” points back; “this year” does not."""
_LOOSE = re.compile(
    r"^(?:(?:that|this)(?:['’]s|\s(?:is|was|will|would|could|should|has|does|can))\b"
    r"|(?:he|she|they)\b|(?:that|this|it|so)[,.!?])"
    r"|\b(?:this|these) (?:is|was|are|were|will|would|could|should|has|have|does|can|things?)\b"
    r"|\b(?:do|does|did|doing|done|like|than|all|if|changes?|changed|says?|said) that[,.;!?]"
    r"|[,.;] that['’]s\b|\bthat[.;!?]|\blike this\b|\bthis[,.;!?]|\bthat (?:up|out|down|off)\b"
    r"|\bthose (?!who\b|of\b|in\b|with\b|that\b|whose\b|on\b|from\b|are\b|were\b)[a-z]+"
    r"|\b(?:of|to|on|with|for|by|about|from) that,|\b(?:back|over|up|down|out) there\b"
    rf"|\b(?:this|these) (?!(?:{_TIMES}|country|nation|city|state|town|administration|president)\b)"
    r"(?!morning|kind|sort|type)[a-z]+(?!\s+that\b)"
    r"|\b(?:of|to|on|with|for|by|at|from|about|under) that [a-z]+",
    re.IGNORECASE,
)
"""In a quotation: words that say nothing without what was said before it."""
_LEANING = re.compile(
    r"(?:another|the other|the (?:second|third|fourth|last|next)|a (?:second|third))\b"
    r"(?! (?:amendment|world|republic|person|day|week|month|year|term)\b)"
    r"|[A-Z][\w’'-]+(?:,? [\w’'-]+){0,2}: [A-Z]",  # Conclusion: The dam …
    re.IGNORECASE,
)
"""Openings that count on from the sentence before, though they can be read without it."""


_OPENING_PHRASE = re.compile(r"(?P<phrase>[^,;:]{3,60}), (?:he|she)\b")
_PEOPLES = re.compile(r"(?:icans|ians|eans|crats|ists|elis|Germans|Afghans)$")
"""Ends of names for several people: "he" is none of the Americans."""
_SUCH = re.compile(r"\bsuch an? (?!\w+ (?:as|that)\b)(?!\w+[.,] as\b)\w+", re.IGNORECASE)
_HANGING = re.compile(r"\b(?:by|about|of) it\.$|^Citing it\b")


def points_back(text: str) -> bool:
    """Return whether `text` speaks of "him", "this plan" or "those words" of another sentence.

    A noun or name before the pronoun is taken for what it stands for, or a name after it where it
    stands in an opening phrase ("In his speech, Ann Lee …"). Quotations do not count.
    """
    bare = QUOTED.sub(" ", text)
    return (
        _THIS.search(bare) is not None
        or _LABELLED.match(bare) is not None
        or _unnamed(bare, _PERSONAL.search(bare), plural=False)
        or _unnamed(bare, _GROUP.search(bare), plural=True)
    )


def leans(text: str) -> bool:
    """Return whether `text` is clearer after another sentence: it counts on from there, or it is
    mostly a quotation, of words that point back."""
    if _LEANING.match(text) is not None or _SUCH.search(QUOTED.sub(" ", text)) is not None:
        return True
    if _object_elsewhere(QUOTED.sub(" ", text)):
        return True
    quotations = QUOTED.findall(text)
    if 2 * sum(map(len, quotations)) < len(text) and text[:1] not in '“"':
        return _HANGING.search(text) is not None
    said = MARKS.sub("", text)
    return _unnamed(said, _PERSONAL.search(said), plural=False) or any(
        _LOOSE.search(MARKS.sub("", quotation)) is not None for quotation in quotations
    )


def _object_elsewhere(text: str) -> bool:
    """Return whether the first clause does something to an "it" that it does not name: "The mayor
    has resisted it so far"."""
    tokens = tag(text)
    place = next((place for place, token in enumerate(tokens) if token.lower == "it"), 0)
    before, rest = tokens[:place], tokens[place + 1 :]
    verb = next((at for at, token in enumerate(before) if token.tag in "AV"), None)
    if verb is None or before[-1].tag not in "VBGEFP" or not rest:
        return False
    alone = all(token.tag not in "NSWC,:;-" for token in before[verb + 1 :])
    parted = any(token.tag in "SWC,:;-" for token in before[:verb])
    return (
        alone
        and not parted
        and not any(token.lower in ("to", "that", "if", "when") for token in rest[:6])
    )


def _unnamed(text: str, pronoun: re.Match[str] | None, *, plural: bool) -> bool:
    """Return whether nothing in `text` can be what `pronoun` stands for."""
    if pronoun is None:
        return False
    before = text[: pronoun.start()].split()
    if _opens_without(text, before):
        return True
    if any(_may_be_meant(before, place, pronoun.group().lower()) for place in range(len(before))):
        return False
    opening = before[0].lower() if before else pronoun.group().lower()
    if opening not in _SUBORDINATING | _PREPOSITIONS:
        return True
    # In an opening phrase it may stand for the subject that follows the comma.
    _, _, after = text[pronoun.end() :].partition(", ")
    meant = r"(?:(?:the|an?|some|many|most)\s|[A-Z])" if plural else r"(?:(?:the|an?)\s|[A-Z])"
    return re.match(meant, after) is None


def _opens_without(text: str, before: Sequence[str]) -> bool:
    """Return whether "he" follows a phrase with a preposition, whose nouns are others than he:
    "After a talk with Lee, he"."""
    found = _OPENING_PHRASE.match(text)
    own = [word.lower().strip('“”"(),') for word in before]
    if found is None or len(found["phrase"].split()) != len(own) or not own:
        return False
    owns = any(word.endswith(("'s", "’s", "s'", "s’")) for word in own)
    finite = any(token.tag in "AV" for token in tag(found["phrase"]))
    return own[0] in _PREPOSITIONS | {"once"} and not (owns or finite)


def _may_be_meant(before: Sequence[str], place: int, pronoun: str) -> bool:
    """Return whether a name stands at `place`, or a noun that `pronoun` may stand for.

    "The council" may be "they", but it is not "them" in its own clause.
    """
    word = re.split("['’]", before[place].strip('“”"(),'))[0]
    opens = place == 0 and (
        word == "Thanks" or word.endswith(("ing", "ed", "ly")) or word.lower() in _ADVERBS
    )
    if word.lower() in FUNCTION_WORDS or opens:
        return False
    name = word[:1].isupper() and word[1:2].islower() and not _PEOPLES.search(word)
    if _PERSONAL.fullmatch(pronoun):
        several = word.lower() in PEOPLE and word.lower() not in _PERSONS  # Traders, Critics
        return (name and not several) or word.lower() in _PERSONS
    if len(word) > 3 and word.endswith("s") and word not in FINITE_VERBS:
        return True
    return pronoun != "them" and (
        name or any(other.lower() in _ARTICLES for other in before[:place])
    )
