"""What a sentence ends in behind a whole clause: more of a name, a second clause or verb, a reason
why it was said, an explanation.

All of it up to the end, or up to ", critics say".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from summarizer.english.lexicon import LEXICON
from summarizer.english.tagging import Token
from summarizer.writing.cuts.sentence import (
    REPORTING,
    SAYING,
    Cut,
    Sentence,
    is_listed,
    is_named,
    is_office,
    is_whole,
    opens_clause,
)

_RELATIVES = frozenset({"who", "which", "whose", "where"})
_OPENERS = frozenset({"while", "as", "with", "when", "after", "before"})
_NEEDED = frozenset({"being", "having", "according", "regarding", "concerning", "involving"})
_EXAMPLES = frozenset({"including", "especially", "particularly", "notably", "mostly"})
_RESUMING = frozenset(
    {"move", "step", "decision", "effort", "sign", "deal", "practice", "charge", "claim", "policy"}
    | {"measure", "process", "change", "position", "idea", "figure", "note", "development", "shift"}
)
_PAIRS = frozenset({"both", "either", "neither", "between", "not"})
_AS = (
    frozenset(LEXICON["as"])
    | {
        *("depict", "depicts", "depicted", "depicting", "portray", "portrays", "portrayed"),
        *(
            "portraying",
            "cast",
            "casting",
            "frame",
            "framed",
            "framing",
            "paint",
            "painted",
            "hail",
        ),
    }
    | {"such", "as", "same", "so", "much", "many", "far", "long"}
)
_HOW_LONG = frozenset(
    {"day", "days", "week", "weeks", "month", "months", "year", "years", "hour", "hours", "minutes"}
    | {"shortly", "soon", "long", "immediately", "just", "even", "only", "right"}
)
_WHEN = (
    "ahead of",
    "in the wake of",
    "in response to",
    "on the eve of",
    "at a time when",
    "during",
)
_SET_AGAINST = frozenset(
    {"not", "no", "never", "nor", "neither", "without", "unless", "if", "only"}
)
_POINTS_ON = frozenset(
    {
        "another",
        "different",
        "something",
        "kind",
        "truth",
        "lesson",
        "reason",
        "reasons",
        "point",
        "question",
        "answer",
        "fact",
        "problem",
    }
    | {"message", "conclusion", "rule", "choice", "goal", "warning", "promise", "principle", "sign"}
) | frozenset({"following", "this", "these", "follows", "two", "three", "things"})
_LEAST_SAID = 14  # tokens before ", saying …": what is shorter mostly tells that it was said
_LAST = 4  # tokens
_SUBJECT = 9  # tokens at most before the verb of a clause that opens with "as"


def ends(sentence: Sentence) -> Iterator[Cut]:
    """Yield what follows a comma."""
    tokens = sentence.tokens
    for place, token in enumerate(tokens):
        if token.tag == "," and not sentence.touches(token.start, token.end):
            tail = [one for one in tokens[place + 1 :] if one.start < sentence.end]
            if len(tail) > 1 and _may_go(sentence, place, tail):
                own = tail[0].tag in "GC"
                yield Cut(token.start, sentence.end, "clause" if own else "tail")


def _may_go(sentence: Sentence, comma: int, tail: Sequence[Token]) -> bool:
    tokens, opening = sentence.tokens, tail[0]
    if _ends_in_speaker(tokens, comma) and opening.tag in "DNWGR":
        return not any(  # "a writer, and Kim": two speak
            token.tag == "C" and following.text[:1].isupper() for token, following in pairwise(tail)
        )
    if not any(token.tag in "AV" for token in tokens[:comma]) or is_listed(tokens, comma):
        return False
    if opening.tag == "G":
        told = opening.lower in REPORTING and comma < _LEAST_SAID
        return not told and opening.lower not in _NEEDED and is_whole(tokens, comma)
    if sentence.touches(opening.start, sentence.end):
        return False
    if opening.lower == "and":
        return _is_second_clause(tokens, comma, tail)
    return not _says(tail) and _adds(tokens, comma, tail)


def _says(tail: Sequence[Token]) -> bool:
    """Return whether the tail may tell who says what stands before it: "as he said", "he says"."""
    last = tail[-_LAST:] if tail[0].lower != "as" else tail
    return any(one.lower in SAYING or one.lower == "according" for one in last)


def _adds(tokens: Sequence[Token], comma: int, tail: Sequence[Token]) -> bool:
    """Return whether the tail only adds to a whole clause, or describes whom it ends with."""
    opening = tail[0].lower
    if opening in _RELATIVES:
        return tokens[comma - 1].tag == "N" and any(one.tag in "AV" for one in tail)
    if opening == "to":  # ", to keep the water out"
        return tail[1].tag == "B" and is_whole(tokens, comma)
    if opening in _OPENERS:
        return tail[1].tag not in ",C" and is_whole(tokens, comma)
    if opening in _EXAMPLES or (opening == "such" and tail[1].lower == "as"):
        return not any(one.tag == "W" for one in tail) and is_whole(tokens, comma)
    if opening in ("a", "an") and any(one.lower in _RESUMING for one in tail[1:4]):
        return is_whole(tokens, comma)
    plain = not any(one.tag in ",C" for one in tail)
    return plain and is_named(tokens, comma) and (tail[0].tag == "D" or is_office(tail[:3]))


def _ends_in_speaker(tokens: Sequence[Token], comma: int) -> bool:
    """Return whether "said Ann Lee" stands before the comma, behind what was said."""
    start = comma
    while start and tokens[start - 1].text[:1].isupper():
        start -= 1
    opened = start > 1 and tokens[start - 2].tag in ",Q."
    return start < comma - 1 and tokens[start - 1].lower in SAYING and opened


def _is_second_clause(tokens: Sequence[Token], comma: int, tail: Sequence[Token]) -> bool:
    """Return whether "and" opens the second of two clauses, no more."""
    rest = tail[2:] if tail[1].lower == "that" else tail[1:]
    before = {token.lower for token in tokens[:comma]}
    parted = _parted(tokens[:comma])
    return opens_clause(rest) and not (parted or _PAIRS & before) and is_whole(tokens, comma)


def _parted(before: Sequence[Token]) -> bool:
    """Return whether a comma behind the verb, or "both", tells that more is joined than the last
    two verbs."""
    verb = next((place for place, token in enumerate(before) if token.tag in "AV"), len(before))
    commas = any(token.tag == "," for token in before[verb:])
    return commas or any(token.lower in _PAIRS for token in before)


def second_verbs(sentence: Sentence) -> Iterator[Cut]:
    """Yield a second verb of the same subject, " and warned of rain", or a second "that …"."""
    tokens = sentence.tokens
    for place, token in enumerate(tokens[:-2]):
        if token.lower != "and" or token.start >= sentence.end or not place:
            continue
        verb = tokens[place + 1 + (tokens[place + 1].tag == "R")]
        before = tokens[:place]
        told = tokens[place + 1].lower == "that" and opens_clause(tokens[place + 2 :])
        if not told and (verb.tag not in "AV" or before[-1].tag in ",CEGA"):
            continue
        if not _parted(before) and is_whole(tokens, place):
            yield Cut(token.start - 1, sentence.end, "clause")


def adjuncts(sentence: Sentence) -> Iterator[Cut]:
    """Yield how or when it happens: "after …", "as …", "by doing …", "in an effort to …"."""
    tokens = sentence.tokens
    for place in range(1, len(tokens) - 2):
        start, before = tokens[place].start, tokens[:place]
        if start >= sentence.end or not _opens_adjunct(tokens, place):
            continue
        against = any(one.lower in _SET_AGAINST or one.lower.endswith("n't") for one in before)
        commas = (i for i in range(place, len(tokens) - 1) if tokens[i].tag == ",")
        goes_on = any(tokens[comma + 1].tag in "AV" for comma in commas) or any(
            token.tag in "-(" for token in tokens[place:]
        )
        ends_well = before[-1].tag in "NOERH" and before[-1].lower not in _HOW_LONG
        if is_whole(tokens, place) and ends_well and not (against or goes_on):
            yield Cut(start - 1, sentence.end, "tail")


def _opens_adjunct(tokens: Sequence[Token], place: int) -> bool:
    word, rest, before = tokens[place].lower, tokens[place + 1 :], tokens[place - 1]
    if word in ("after", "following", "amid"):
        return before.lower not in _HOW_LONG
    phrase = " ".join(one.lower for one in tokens[place : place + 4]) + " "
    related = any(one.tag in "WS" for one in tokens[:place])
    if before.tag in "NO" and not related and any(phrase.startswith(f"{one} ") for one in _WHEN):
        return True
    if word == "by":
        return rest[0].tag == "G" and before.tag in "NO"
    if word == "in":
        return rest[1].lower in ("effort", "attempt", "bid", "hopes") and before.tag in "NO"
    compared = _AS & {token.lower for token in tokens[:place]}
    if word not in ("as", "while") or compared or rest[0].tag not in "DNH":
        return False
    verb = next((i for i, one in enumerate(rest) if one.tag in "AV"), 0)
    return 0 < verb < _SUBJECT and not any(one.tag in ",WSC." for one in rest[:verb])


def dashed(sentence: Sentence) -> Iterator[Cut]:
    """Yield what follows the only dash."""
    found = [m.start() for m in re.finditer(r"\s*(?:—|–|--|\s-\s)", sentence.text)]
    if len(found) != 1 or sentence.attributed:
        return
    place = sentence.at(found[0] + 1)
    parted = any(token.tag == "," for token in sentence.tokens[:place])
    joined = any(one.tag == "C" for one in sentence.tokens[place + 1 : place + 2])
    if is_whole(sentence.tokens, place) and not (parted or joined):
        yield Cut(found[0], sentence.end, "tail")


def explanations(sentence: Sentence) -> Iterator[Cut]:
    """Yield what follows the first colon or semicolon."""
    marks = (place for place, token in enumerate(sentence.tokens) if token.tag in ":;")
    place = next(marks, 0)
    before = sentence.tokens[:place]
    if not place or not is_whole(sentence.tokens, place) or before[-1].tag not in "NGRO":
        return
    points = _POINTS_ON & {one.lower for one in before}
    if not points and before[-1].lower not in SAYING:
        end = len(sentence.text.rstrip('.!?”"’'))
        yield Cut(sentence.tokens[place].start, end, "clause")
