"""Where a clause may end: where it is whole, or sooner, before an adjunct or a second part.

Sentence compression by deletion (Dorr et al. 2003) on the letters of `tagging`. A condition is
never cut off, nor what a denial may be about ("did not leave because …").
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from summarizer.english.complete import is_complete
from summarizer.english.function_words import WORD_CLASSES, is_denial
from summarizer.english.lexicon import LEXICON
from summarizer.english.tagging import Token

_HARD = ".;:-"
CONDITIONS = frozenset(WORD_CLASSES["conditions"])
"""What opens a condition, which is never cut off."""
_REASONS = frozenset(WORD_CLASSES["reasons"])
_ADJUNCTS = frozenset(LEXICON["adjunct"])
_DATES = frozenset(LEXICON["date"])
_SAYING = frozenset(LEXICON["saying"])
_JOINED = {"between": "and", "both": "and", "either": "or", "neither": "nor", "only": "but"}
_PAIRS = _JOINED | {
    **{"more": "than", "less": "than", "fewer": "than", "rather": "than", "other": "than"},
    **{"so": "that", "such": "that"},
}
_BEFORE_DATES = frozenset({"this", "last", "next", "every", "late", "early", "mid", "late-night"})
_CHOOSING = frozenset(
    {"whether", "decide", "decided", "choose", "choice", "between", "know", "sure"}
)
_BE = frozenset(LEXICON["be"])
_PRESENT_OR_PAST = _BE - {"be", "been", "being"}
_NUMBERS = frozenset([*WORD_CLASSES["small-numbers"], *WORD_CLASSES["tens"]])
_LEAST_CUT = 4  # tokens: what is shorter says too little of a clause that goes on
_WANTS_PLACE = frozenset(LEXICON["wants-place"])
_AS = frozenset(LEXICON["as"])
_CALLING = frozenset({"call", "calls", "called", "calling", "deem", "deems", "deemed", "dubbed"})


def ends_of(tokens: Sequence[Token], start: int, head: int, last: int) -> tuple[int, ...]:
    """Return where a clause may end whose last verb stands at `head`, the whole one last.

    None of the ends leaves out a condition that follows.
    """
    ends: list[int] = []
    state = _Reading(
        start=start,
        active=head,
        denial=_first(tokens, start, last, _negates),
        saying=_first(tokens, start, last, _says),
    )
    for place in range(head + 1, last + 1):
        if place == last or _stops(tokens, place, state.quotes):
            if _may_stop(tokens, state, place):
                ends.append(place)
            break
        if tokens[place].tag in "AV" and state.is_another(tokens, place):
            ends.clear()
            break
        state.read(tokens, place)
        if tokens[place].lower in CONDITIONS and tokens[place].tag in "SWP":
            ends.clear()
        elif (
            state.quotes % 2 == 0
            and not state.opened | state.pending
            and _may_end(tokens, state, place)
        ):
            ends.append(place)
    waiting = [place for place in range(start, last) if tokens[place].lower in _PAIRS]
    held = _expletive(tokens, start, last)
    return tuple(
        end
        for end in ends
        if not (_is_half_a_pair(tokens, waiting, end) or (held and _lacks_clause(tokens[held:end])))
        or end == last
    )


def _expletive(tokens: Sequence[Token], start: int, last: int) -> int:
    """Return the place behind an "it is" that holds the place of a clause, else 0."""
    for place in range(start, last - 2):
        if tokens[place].lower == "it" and tokens[place + 1].lower in _BE:
            behind = "".join(token.tag for token in tokens[place + 2 : place + 8])
            return place + 2 if "T" in behind or "S" in behind else 0
    return 0


def _lacks_clause(tokens: Sequence[Token]) -> bool:
    """Return whether "to" or "that" is still to come: "it was wrong" of "for the town to sell"."""
    return bool(tokens) and not any(token.tag in "TS" for token in tokens)


def _first(tokens: Sequence[Token], start: int, last: int, holds: Callable[[Token], bool]) -> int:
    """Return the first place from `start` on whose token `holds`, or `last`."""
    return next((place for place in range(start, last) if holds(tokens[place])), last)


def _negates(token: Token) -> bool:
    return token.tag == "X" or is_denial(token.lower)


def _says(token: Token) -> bool:
    return token.lower in _SAYING


@dataclass(slots=True)
class _Reading:
    """What is known of a clause while its end is looked for."""

    start: int
    active: int
    """The place of the last verb, which may want an object."""
    denial: int
    """The place of the first denial."""
    saying: int
    """The place of the first verb of saying."""
    quotes: int = 0
    opened: bool = False
    """Whether a clause inside this one waits for its verb."""
    pending: bool = False
    """Whether a clause inside this one opens with another ("that while …") and is still to come."""

    def read(self, tokens: Sequence[Token], place: int) -> None:
        """Take notice of the token at `place`."""
        letter = tokens[place].tag
        self.pending = self.pending or (letter == "S" and tokens[place - 1].tag == "S")
        if letter == "Q":
            self.quotes += 1
        elif letter in "AVBF" or (letter == "G" and tokens[place - 1].tag in "PSCF"):
            self.active, self.opened = place, False
        elif letter in "SW" or (letter == "H" and tokens[place - 1].tag in "NOE"):
            self.opened = letter != "H" or _has_verb_next(tokens, place)

    def is_another(self, tokens: Sequence[Token], place: int) -> bool:
        """Return whether a second finite verb stands at `place` that nothing has led up to."""
        between = tokens[self.active + 1 : place]
        led = any(token.tag in "CSWHTPQ," for token in between)
        return bool(between) and not (self.opened or led or self.saying < place)


def _has_verb_next(tokens: Sequence[Token], place: int) -> bool:
    """Return whether a verb follows the pronoun at `place`, so that it is a subject."""
    following = next((token.tag for token in tokens[place + 1 :] if token.tag not in "RX"), ".")
    return following in "AVB"


def _may_stop(tokens: Sequence[Token], state: _Reading, place: int) -> bool:
    """Return whether the clause is whole where a mark or the text ends it."""
    negated = state.denial < place
    waits = state.pending and place < len(tokens) and tokens[place].tag == ","
    if state.opened or waits or (negated and place < len(tokens) and _turns(tokens, place)):
        return False
    final = place == len(tokens) or tokens[place].tag in ".;"
    return is_complete(tokens, state.active, place, stops=True, final=final)


def _is_half_a_pair(tokens: Sequence[Token], waiting: Sequence[int], end: int) -> bool:
    """Return whether "both" or the like in `waiting` has its partner only after `end`."""
    return any(
        _PAIRS[tokens[place].lower] not in [token.lower for token in tokens[place:end]]
        and _PAIRS[tokens[place].lower] in [token.lower for token in tokens[end:]]
        for place in waiting
        if place < end
    )


def _stops(tokens: Sequence[Token], place: int, quotes: int) -> bool:
    token = tokens[place]
    if token.tag in _HARD:
        return True
    if token.tag == "Q":
        closing = token.text == "”" or (token.text == '"' and not opens_quotation(tokens, place))
        return closing and quotes % 2 == 0
    return token.tag == "," and not _is_listed(tokens, place)


def _is_listed(tokens: Sequence[Token], comma: int) -> bool:
    """Return whether the comma stands in a list: a few nominal words, then a comma or "and", or
    between two adjectives ("a long, cold winter")."""
    around = [token.tag for token in tokens[max(0, comma - 2) : comma + 3]]
    if around == ["D", "N", ",", "N", "N"] and tokens[comma + 1].text[:1].islower():
        return True
    joined = tokens[comma + 1 : comma + 2]
    if joined and joined[0].tag == "C":
        listed = any(token.tag == "," for token in tokens[max(0, comma - 6) : comma])
        return listed and joined[0].lower in ("and", "or") and not _verb_follows(tokens, comma)
    for place in range(comma + 1, min(comma + 6, len(tokens))):
        letter = tokens[place].tag
        if letter in "C,":
            return place > comma + 1 and not _verb_follows(tokens, place)
        if letter not in "ND'GE":
            return False
    return False


def _verb_follows(tokens: Sequence[Token], place: int) -> bool:
    """Return whether a finite verb stands behind `place`, before the next mark."""
    for token in tokens[place + 1 :]:
        if token.tag in ".,;:-":
            return False
        if token.tag in "AV":
            return True
    return False


def _turns(tokens: Sequence[Token], comma: int) -> bool:
    """Return whether "but" follows: of "not A, but B" A alone is not what was meant."""
    return comma + 1 < len(tokens) and tokens[comma + 1].lower == "but"


def _may_end(tokens: Sequence[Token], state: _Reading, place: int) -> bool:
    """Return whether a shorter clause may end before the token at `place`."""
    word, letter = tokens[place].lower, tokens[place].tag
    if not is_complete(tokens, state.active, place, stops=False, final=False):
        return False
    if tokens[state.start].lower == "there" or place - state.start < _LEAST_CUT:
        return False
    if _is_half_said(tokens, state.active, place):
        return False
    negated = state.denial < place
    if letter == "C":
        return _may_end_before_joint(tokens, state.start, place, negated=negated)
    if negated:  # "did not leave because of the storm", "should not be kept in the dark"
        return False
    if word in _DATES:
        return tokens[place - 1].lower not in _BEFORE_DATES
    following = tokens[place + 1].lower if place + 1 < len(tokens) else ""
    if letter == "W" or (letter == "P" and following in ("which", "whom")):
        return _is_indefinite(tokens, place)
    return _is_adjunct(tokens, place) and tokens[state.active].lower not in _WANTS_PLACE


def _is_half_said(tokens: Sequence[Token], active: int, place: int) -> bool:
    """Return whether what somebody is seen as or called comes after `place`."""
    verb = tokens[active].lower
    if verb in _CALLING:
        return _lacks_name(tokens[active + 1 : place])
    return verb in _AS and any(one.lower == "as" for one in tokens[place:])


def _lacks_name(behind: Sequence[Token]) -> bool:
    """Return whether what something is called has not come yet: "called the plan" a mistake."""
    if behind and behind[0].tag in "PT":
        return False  # "called for a ban"
    named = any(one.tag in "NO" and other.tag == "D" for one, other in pairwise(behind))
    return not (named or (behind and behind[-1].tag in "ER"))


def _is_bare_passive(tokens: Sequence[Token], place: int) -> bool:
    """Return whether what stands before `place` says nothing without what follows.

    That is "the bill is supported" without by whom, and "they are dug" without "in".
    """
    before = [token for token in tokens[:place] if token.tag != "R"]
    if len(before) < 2 or before[-1].tag != "E" or before[-2].lower not in _BE:
        return False
    dated = place + 1 < len(tokens) and tokens[place + 1].lower in _DATES
    agent = tokens[place].lower == "by" and not dated
    return agent or (before[-2].lower in _PRESENT_OR_PAST and not dated)


def _is_adjunct(tokens: Sequence[Token], place: int) -> bool:
    """Return whether an adjunct or a reason opens at `place`, no "from doing", no "in that"."""
    token = tokens[place]
    if token.lower in _REASONS and token.tag in "SP":
        return True
    if _is_bare_passive(tokens, place):
        return False
    after = tokens[place + 1].lower if place + 1 < len(tokens) else ""
    if token.lower == "rather":
        return after == "than"
    following = tokens[place + 1].tag if after else "."
    needed = following in "SW" or (token.lower == "from" and following == "G")
    return token.tag == "P" and token.lower in _ADJUNCTS and not needed


def _is_indefinite(tokens: Sequence[Token], place: int) -> bool:
    """Return whether "a dam" or "is bad policy" and no "the dam" stands before `place`: what a
    relative clause adds to it can be left out."""
    while place > 1 and tokens[place - 1].tag == "N":
        place -= 1
    return tokens[place - 1].lower in ("a", "an") or tokens[place - 1].lower in _BE


def _may_end_before_joint(
    tokens: Sequence[Token], start: int, joint: int, *, negated: bool
) -> bool:
    """Return whether the first of two joined parts can stand without the second."""
    if _JOINED.keys() & {one.lower for one in tokens[start:joint]}:
        return False
    if negated and tokens[joint].lower in ("but", "nor"):
        return False
    if negated and _CHOOSING & {one.lower for one in tokens[start:joint]}:
        return False  # "cannot decide to sell or to stay"
    if tokens[joint - 1].text[0].isdigit() or tokens[joint - 1].lower in _NUMBERS:
        return False  # "in the next four or five years"
    if (
        tokens[joint - 2].tag == "D"
        and tokens[joint + 1 : joint + 2]
        and (tokens[joint + 1].tag in "NEG")
    ):
        return False  # "a long and hard winter"
    rest = next((one for one in tokens[joint + 1 :] if one.tag not in "ND'R"), None)
    return rest is None or not (rest.lower == "of" or rest.tag == "T")  # "accuse her and him of"


def opens_quotation(tokens: Sequence[Token], place: int) -> bool:
    """Return whether the straight mark at `place` opens a quotation."""
    marks = sum(token.text == '"' for token in tokens[:place])
    return marks % 2 == 0
