"""Whether a clause has all that its last verb wants, so that it can end."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.english.function_words import WORD_CLASSES
from summarizer.english.lexicon import LEXICON
from summarizer.english.tagging import Token

_BE = frozenset(LEXICON["be"])
_SAYING = frozenset(LEXICON["saying"])
_INTRANSITIVE = frozenset(WORD_CLASSES["intransitive"])
_PARTICLES = frozenset(WORD_CLASSES["particles"])
_LOOSE_ADVERBS = frozenset(LEXICON["loose-adverb"])
_ADJECTIVE_ENDINGS = ("al", "ic", "ive", "ous", "able", "ible", "ful", "less", "ary", "human")
_ADJECTIVES = frozenset(LEXICON["adjective"])
_UNFINISHED = frozenset({"very", "most", "than", "such", "all", "right", "so", "as"})
_WANTS_MORE = frozenset(LEXICON["wants-more"])
_BECOMING = frozenset({"become", "becomes", "became", "seem", "seems", "seemed"})


def is_complete(
    tokens: Sequence[Token], active: int, place: int, *, stops: bool, final: bool
) -> bool:
    """Return whether the clause can end before `place`: its last verb has what it wants.

    stops: a mark follows; final: one that ends a sentence.
    """
    last = tokens[place - 1]
    if last.tag in "DTCSWX'" or last.lower in _UNFINISHED:
        return False
    if place - 1 == active:
        return _stands_alone(tokens, active, stops=final)
    if last.tag == "R":
        return _may_be_last(tokens, active, place, stops=stops)
    if last.tag in "NHO":
        return final or not _lacks_its_noun(tokens, active, place)
    if last.tag == "P":
        return stops and last.lower in _PARTICLES
    return stops or (last.tag == "V" and last.lower in _INTRANSITIVE)


def _may_be_last(tokens: Sequence[Token], active: int, place: int, *, stops: bool) -> bool:
    """Return whether the adverb before `place` can end a clause."""
    only_adverbs = all(token.tag in "RX" for token in tokens[active + 1 : place])
    bare = only_adverbs and (
        tokens[active].tag == "A" or (not stops and tokens[active].lower not in _INTRANSITIVE)
    )
    return tokens[place - 1].lower not in _LOOSE_ADVERBS and not bare


def _lacks_its_noun(tokens: Sequence[Token], active: int, place: int) -> bool:
    """Return whether an adjective stands last: "the value of robust" debate, "a large," crowd."""
    before = tokens[place - 2]
    word = tokens[place - 1].lower
    adjective = word in _ADJECTIVES or word.endswith(_ADJECTIVE_ENDINGS)
    if adjective and place - 2 > active and before.tag in "DPC":
        return True
    goes_on = [token.tag for token in tokens[place : place + 2]]
    return before.lower in ("a", "an") and goes_on in ([",", "N"], [",", "G"], [",", "E"])


def _stands_alone(tokens: Sequence[Token], active: int, *, stops: bool) -> bool:
    """Return whether the verb at `active` needs nothing behind it."""
    verb = tokens[active]
    if verb.lower in _BECOMING:
        return False
    group = [token.lower for token in tokens[max(0, active - 4) : active]]
    if verb.tag == "E":
        if not stops and verb.lower in _WANTS_MORE:
            return False
        return bool(_BE & set(group)) or (stops and verb.lower not in _SAYING)
    if verb.tag == "G":
        return stops
    if verb.lower in _BE or verb.tag == "A":
        return False
    return verb.lower in _INTRANSITIVE or (stops and verb.lower not in _SAYING)
