"""Less of a clause, as headlines have it: no article, no title before a name, no mere pronoun, no
"has" before "helped", no "there is" before "no proof"."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import zip_longest

from summarizer.english.function_words import WORD_CLASSES, is_denial
from summarizer.english.lexicon import LEXICON
from summarizer.english.names import bare_name, last_name
from summarizer.english.pronouns import is_expletive
from summarizer.english.statements import Statement
from summarizer.english.tagging import Token
from summarizer.english.text import stem

DROPPED_SUBJECTS = frozenset(
    {"he", "she", "they", "we", "i", "it", "this", "that", "these", "those"}
)
HEADING = 6
"""Words of a heading, which goes without articles and more where it fits then."""
_ARTICLES = frozenset(WORD_CLASSES["articles"])
_THIS = frozenset({"this", "these", "those", "that", "his", "her", "its", "their"})
_OPENING = _ARTICLES | _THIS | {"such"}
_BE = frozenset(LEXICON["be"])
_NOW = frozenset({"is", "are", "am", "'s", "'re", "'m"})
_LIGHT = frozenset(LEXICON["light-adverb"])
_MODALS = frozenset(LEXICON["modal"]) | frozenset(LEXICON["must"])
_PAST = frozenset(LEXICON["past"])
_JUDGING = frozenset(LEXICON["judging"])
_WANTING = frozenset(LEXICON["wanting"])
_STANCE = frozenset(LEXICON["stance"])
_STRENGTHENING = frozenset(LEXICON["strengthening"])
_SPARED = _LIGHT | _STRENGTHENING
_PAST_PARTICIPLES = frozenset(LEXICON["past-participle"])
_PREDICATIVE = frozenset(LEXICON["predicative"])


def without_subject(statement: Statement, tokens: Sequence[Token]) -> list[Token]:
    """Return the predicate where it can stand without its pronoun: "opposes the plan", "unfair to
    owners"; empty where it cannot.

    A form that could be taken for a command ("get a good deal") cannot, unless it takes a side.
    """
    verb = statement.tokens[statement.verb]
    of_others = verb.lower in _WANTING and statement.tokens[statement.head + 1].tag != "T"
    asks = of_others and any(token.tag == "T" for token in tokens)  # "urged the town to sell"
    if statement.says or asks or is_expletive(tokens):
        return []
    rest = [token for token in tokens[1:] if token.tag != "R" or token.start > verb.start]
    if verb.lower in _NOW:
        return _without_be(rest) if tokens[0].lower not in ("i", "we") else []
    inflected = verb.lower.endswith("s") or verb.lower.endswith("ed") or verb.lower in _PAST
    plain = verb.tag == "V" and (inflected or stem(verb.lower) in _JUDGING)
    modal = verb.tag == "A" and verb.lower.removesuffix("n't") in _MODALS | {"wo"}
    modal = modal and verb.lower not in ("do", "does", "did")  # "do require" is a command
    has = verb.lower.removesuffix("n't") in ("has", "have", "had")
    perfect = has and len(rest) > 1 and rest[1].tag in "ERXD"
    return rest if plain or modal or perfect else []


def _without_be(predicate: Sequence[Token]) -> list[Token]:
    """Return what follows "is": "unfair to owners", "not safe", "a servant of the owners"."""
    rest = [token for token in predicate[1:] if token.lower not in _LIGHT]
    first = next((token for token in rest if token.tag not in "RX"), None)
    least = 4 if first is not None and first.tag == "D" else 3
    if first is None or first.tag not in "GENDP" or first.text[:1].isupper() or len(rest) < least:
        return []
    return rest if first.tag in "GEDP" or any(token.tag in "PTC" for token in rest) else []


def light(tokens: Sequence[Token]) -> list[list[Token]]:
    """Return the tokens less light adverbs and the article, "this" or "his" at the front; and
    without "the" anywhere, where that makes a heading of them."""
    kept = _without_article(_without_adverbs(tokens))
    bare = _without_the(kept)
    shorter = len(kept) > HEADING >= len(bare) and bare[-1].tag == "N"
    return [kept, bare] if shorter else [kept]


def shrunk(tokens: Sequence[Token], *, heading: bool = False) -> Iterator[list[Token]]:
    """Yield the tokens with less and less: no light adverb, no title before a name, no "there is"
    before "no", no article at the front, no "the" at all, no "has" before a past form, no first
    name, no adverb that only strengthens; of a `heading` at last no "is" before "unlikely"."""
    kept = list(tokens)
    for shorter in (*_STEPS, *((_without_is,) if heading else ())):
        less = shorter(kept)
        if len(less) < len(kept):
            kept = less
            yield kept


def named(statement: Statement, tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens with the name that the pronoun they open with stands for, where the
    sentence tells it; empty where it does not."""
    rest = list(tokens[1:])
    if not statement.named or not rest:
        return []
    if rest[0].text[:1] in "'’":  # "he's prepared to go": prepared to go
        rest = rest[1:] if rest[0].lower == "'s" and rest[1:2] and rest[1].tag in "EGT" else []
    return [*statement.named, *rest] if rest else []


def takes_side(statement: Statement, tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens without their subject where the verb takes a side ("backs the ban"), so
    that it can be a heading; empty where it does not."""
    verb = statement.tokens[statement.verb]
    before = [token for token in tokens if token.start < verb.start]
    rest = list(tokens[len(before) :])
    hedged = bool(before) and before[-1].tag in "RX" and before[-1].lower not in _SPARED
    side = verb.tag == "V" and stem(verb.lower) in _STANCE and not statement.says
    named = stem(verb.lower) == "call" and not (rest[1:] and rest[1].lower in ("for", "on"))
    return rest if side and not hedged and not named and len(rest) > 1 else []


def without_this(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens less the "this" or "their" that they open with, if there is one."""
    opens = len(tokens) > 1 and tokens[0].lower in _THIS and tokens[1].tag == "N"
    return list(tokens[1:]) if opens else list(tokens)


def _without_adverbs(tokens: Sequence[Token]) -> list[Token]:
    return _without(tokens, _LIGHT)


def _without(tokens: Sequence[Token], adverbs: Collection[str]) -> list[Token]:
    """Return the tokens less the `adverbs`, but for the last word and for what another adverb or a
    denial is about: "almost certainly"."""
    return [
        token
        for before, token, following in zip_longest([None, *tokens[:-1]], tokens, tokens[1:])
        if token.lower not in adverbs
        or token.tag != "R"
        or following is None
        or (before is not None and before.tag in "RX" and before.lower not in adverbs)
    ]


def _without_article(tokens: Sequence[Token]) -> list[Token]:
    front = next((p for p, token in enumerate(tokens) if token.lower not in _OPENING), 0)
    opens = front < len(tokens) and tokens[front].tag in "ND"
    return list(tokens[front:]) if opens else list(tokens)


def _without_title(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens without titles: from the name on, if they open with what its bearer is
    ("Republican Senate candidate Ann Lee"; only a noun in lower case tells the one from the other),
    and without "Prime Minister" before a name anywhere."""
    end = next((p for p, token in enumerate(tokens) if token.tag not in "NDP"), len(tokens))
    start = end
    while start and tokens[start - 1].tag == "N" and tokens[start - 1].text[:1].isupper():
        start -= 1
    titled = start and tokens[start - 1].tag == "N" and tokens[start - 1].text.isalpha()
    own = tokens[start:] if titled and end - start > 1 else tokens
    return _with_names(own, bare_name)


def _without_first_names(tokens: Sequence[Token]) -> list[Token]:
    return _with_names(tokens, last_name)


def _with_names(
    tokens: Sequence[Token], changed: Callable[[Sequence[Token]], Sequence[Token]]
) -> list[Token]:
    """Return the tokens with each run of words with capitals as `changed` returns it."""
    kept: list[Token] = []
    run: list[Token] = []
    for token in tokens:
        if token.tag == "N" and token.text[:1].isupper():
            run.append(token)
            continue
        if len(changed(run)) < len(run) and kept and kept[-1].lower == "former":
            kept.pop()
        kept += [*changed(run), token]
        run = []
    return [*kept, *changed(run)]


def _without_there(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens without "there is" before "no", "there are" before a bare noun."""
    opens = len(tokens) > 3 and tokens[0].lower == "there" and tokens[1].lower in _BE
    bare = opens and (
        tokens[2].lower == "no" or (tokens[2].tag == "N" and tokens[2].text.isalpha())
    )
    return list(tokens[2:]) if bare else list(tokens)


def _without_have(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens less a "has" whose participle is the past form too: "helped", "won"."""
    return [
        token
        for token, following in zip_longest(tokens, tokens[1:])
        if not (
            token.tag == "A"
            and token.lower in ("has", "have", "had")
            and following is not None
            and following.tag == "E"
            and (following.lower.endswith("ed") or following.lower in _PAST_PARTICIPLES)
        )
    ]


def _without_strengthening(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens less adverbs that only strengthen, which a denial may be about."""
    if any(token.tag == "X" or is_denial(token.lower) for token in tokens):
        return list(tokens)
    return _without(tokens, _STRENGTHENING)


def _without_is(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens less an "is" that the adjective of a predicate follows: "ban unlikely"."""
    for place in range(1, len(tokens) - 1):
        after, behind = tokens[place + 1], [token.tag for token in tokens[place + 2 : place + 3]]
        if (
            tokens[place].lower in ("is", "are")
            and tokens[place - 1].tag == "N"
            and (stem(after.lower) in _JUDGING or after.lower in _PREDICATIVE)
            and behind not in (["N"], ["C"])
        ):
            return [*tokens[:place], *tokens[place + 1 :]]
    return list(tokens)


def _without_the(tokens: Sequence[Token]) -> list[Token]:
    return [
        token
        for before, token, after in zip_longest([None, *tokens[:-1]], tokens, tokens[1:])
        if token.lower != "the"
        or (before is not None and before.lower in _BE)
        or (after is not None and (after.tag != "N" or after.lower == "same"))
        or (before is not None and before.tag == "P" and after is not None and after.text.istitle())
    ]


_STEPS = (
    _without_adverbs,
    _without_title,
    _without_there,
    _without_article,
    _without_the,
    _without_strengthening,
    _without_have,
    _without_first_names,
)
