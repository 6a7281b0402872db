"""Questions about what somebody does, or is to do: "Is the city right to sell the mill?".

A headline in the present reports a deed; somebody's plan to do one, or a demand that another does
it, is asked about with "should". Only deeds of a list are asked about: those that people decide on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from summarizer.english.function_words import WORD_CLASSES
from summarizer.english.lexicon import LEXICON
from summarizer.english.tagged import sentences
from summarizer.english.tagging import Token, tag
from summarizer.english.text import content_stems
from summarizer.english.wordings import joined
from summarizer.writing.questions.naming import is_named, is_plural, spoken, with_articles
from summarizer.writing.questions.topic import Topic

_DEEDS = frozenset(LEXICON["deed"])
_AGENTS = frozenset(LEXICON["agent"])
_PROPOSALS = frozenset(LEXICON["proposal"])
_DATES = frozenset(LEXICON["date"])
_DATES = _DATES | {word[:3] for word in _DATES}  # "Jan."
_QUOTES = frozenset("‘’“”'\"")
_ASKING = frozenset(LEXICON["asking"])
_PLANNING = frozenset(LEXICON["planning"])
_PLANS = frozenset(LEXICON["plan"])
_INTRANSITIVE = frozenset(WORD_CLASSES["intransitive"])
_ANY = "ABCDEFGHNOPQRSTVWX'.,;:-("
_BEFORE = {
    **dict.fromkeys("DN'P", _ANY),
    **{"T": "BNDR", "C": "ND", "G": "NDT", "R": "BG", "B": "NDPGQ"},
}
"""The letters of what may follow each letter inside an object."""
_SAYING = frozenset(LEXICON["saying"]) | _PLANNING
_OWN = frozenset({"his", "her", "its", "their", "our", "my", "your", "this", "that"})
_BEHIND = frozenset(
    {"after", "ahead", "amid", "despite", "over", "following", "as", "since", "until", "before"}
    | {"in", "without", "during", "at", "while", "because", "via", "per"}
)
"""What no object goes on with: a headline's "in bid to", "amid protests"."""
_LONGEST = 12  # words behind the subject
_SUBJECT = 7  # tokens


def deed(topic: Topic) -> str | None:
    """Return whether the one who does what the first such title reports is right to do it."""
    for title in topic.titles:
        text = spoken(title, topic.context)
        tokens = tag(text)
        for place in range(1, len(tokens) - 1):
            if tokens[place].tag not in "DN'VBERPC":
                break
            base = _base(tokens, place)
            if not base:
                continue
            subject = _subject(text, tokens[:place], topic.context)
            rest = _object(text[tokens[place].end :], topic) if subject else ""
            if rest:
                be = "Are" if _are_many(tokens, place) else "Is"
                return f"{be} {subject} right to {base} {rest}?"
    return None


def demand(topic: Topic) -> str | None:
    """Return whether somebody should do what he plans or is asked to do: of what the titles and
    claims say, what has most in common with the topic."""
    titles = [spoken(title, topic.context) for title in topic.titles]
    best, best_score = None, 0.0
    for text in (*titles, *(claim.text for claim in topic.claims)):
        for subject, place in _wanted(text):
            who = _subject(text, subject, topic.context)
            if not who or not topic.in_titles(who):
                continue
            rest = _object(text[place.end :], topic)
            question = f"Should {who} {place.lower} {rest}?"
            score = (topic.in_titles(question) + topic.in_views(question)) / (
                len(content_stems(question)) + 2
            )
            if rest and topic.bears(question) and score > best_score + 1e-9:
                best, best_score = question, score
    return best


def _base(tokens: Sequence[Token], place: int) -> str:
    """Return the base form of a verb of a headline that tells of a deed, else "".

    Its number must be that of the noun before it: "Lees sell", "Lee sells".
    """
    verb, before = tokens[place].lower, tokens[place - 1]
    if before.tag not in "NR":
        return ""
    if verb in _DEEDS:
        return verb if is_plural(before.text) or before.tag == "R" else ""
    forms = [verb[:-1], verb[:-2], verb[:-3] + "y"]
    if verb.endswith("ed") and verb[-3:-2] == verb[-4:-3]:
        forms.append(verb[:-3])
    letters = "V" if verb.endswith("ed") else "NVE"
    regular = verb.endswith(("s", "ed")) and tokens[place].tag in letters
    return next((form for form in forms if form in _DEEDS), "") if regular else ""


def _subject(text: str, tokens: Sequence[Token], context: str) -> str:
    """Return somebody who can do something, by name or office, with articles; else ""."""
    own = [token for token in tokens if token.tag not in "RX"]
    letters = {token.tag for token in own}
    if not own or len(own) > _SUBJECT or not letters <= set("DN'PC") or own[-1].tag != "N":
        return ""
    if own[0].lower in _OWN or own[0].tag in "PC'":
        return ""
    links = [place for place, token in enumerate(own) if token.tag in "PC"]
    heads = [own[place - 1] for place in (*links, len(own))]
    if any(own[place].lower not in ("of", "in", "and") for place in links):
        return ""
    head = heads[0]
    named = head.text[:1].isupper() and is_named(head.text, context)
    named = named and head.lower not in _PROPOSALS
    if not named and head.lower not in _AGENTS:
        return ""
    who = with_articles(joined(text, own), context)
    plain = "'" not in letters and who[:1] and not who.startswith(("the ", "a ", "an "))
    unseen = len(own) > 1 and head.lower in _AGENTS and joined(text, own) not in context
    bare = plain and (head.text[:1].islower() or unseen) and not is_plural(head.text)
    return f"the {who}" if bare else who


def _are_many(tokens: Sequence[Token], place: int) -> bool:
    """Return whether the headline's verb at `place` has a plural for its subject."""
    if tokens[place].lower in _DEEDS:
        return True
    head = next((p for p in range(1, place) if tokens[p].tag == "P"), place) - 1
    joins = any(token.tag == "C" for token in tokens[:place])
    past = tokens[place].lower.endswith("ed")
    return past and (joins or (tokens[head].lower in _AGENTS and is_plural(tokens[head].text)))


def _object(text: str, topic: Topic) -> str:
    """Return the object that `text` opens with, with what belongs to it, if it is whole and several
    viewpoints speak of it; else ""."""
    tokens = tag(text.strip())
    end = 0
    while end < len(tokens) and _goes_on(tokens, end):
        end += 1
    while end and tokens[end - 1].tag in "DPTC'RQ.":
        end -= 1
    if not end or tokens[0].tag in "PTCR" or tokens[end - 1].tag not in "NGB":
        return ""
    own = re.sub(r"[‘’“”'\"](?!\w)|(?<!\w)[‘’“”'\"]", "", text.strip()[: tokens[end - 1].end])
    unnamed = any(
        token.text[:1].isupper() and not is_named(token.text, topic.context)
        for token in tokens[:end]
    )
    light = unnamed or (end == 1 and tokens[0].lower in _PROPOSALS)
    pointing = any(token.lower in _OWN for token in tokens[:end])
    if light or pointing or len(own.split()) > _LONGEST or not topic.in_views(own):
        return ""
    return with_articles(own, topic.context)


def _goes_on(tokens: Sequence[Token], place: int) -> bool:
    """Return whether an object may have the token at `place` in it."""
    token = tokens[place]
    before = tokens[place - 1].tag if place else "."
    following = tokens[place + 1].tag if place + 1 < len(tokens) else "."
    if token.tag in "Q.":
        return token.text in _QUOTES
    counts = token.text[:1].isdigit() and before == "N" and following != "N"
    dated = place + 1 < len(tokens) and tokens[place + 1].lower in _DATES
    if token.lower in _BEHIND or dated or counts or token.lower == "but":
        return False
    opens = not place and token.tag in "VE"  # taken for a verb where a phrase begins
    allowed = _BEFORE.get(token.tag, "" if not opens else _ANY)
    if token.tag == "B" and token.lower in _INTRANSITIVE:
        allowed = _ANY
    if token.tag == "G" and before in "NP":
        allowed = _ANY
    return following in allowed or token.text == "US"


def _wanted(text: str) -> Iterator[tuple[Sequence[Token], Token]]:
    """Yield who is to do something, and the verb of what is to be done."""
    for tokens, first, last in sentences(text):
        for place in range(first + 1, last - 1):
            if tokens[place + 1].lower in _DEEDS and (tokens[place].lower in ("to", "will")):
                span = _doer(tokens, first, place)
                if span is not None:
                    yield tokens[span[0] : span[1]], tokens[place + 1]


def _doer(tokens: Sequence[Token], first: int, place: int) -> tuple[int, int] | None:
    """Return the span of the one who is to do what follows the "to" or "will" at `place`."""
    if tokens[place].lower == "will":
        end = place - (tokens[place - 1].tag == "H")
        end -= tokens[end - 1].lower in _SAYING
        return (first, end) if end < place and _is_one(tokens[first:end]) else None
    start = _asked(tokens, first, place)
    if start is not None:
        return start, place
    owner = _planner(tokens, first, place)
    if owner is not None:
        return owner
    planned = _plans(tokens, first, place)
    return None if planned is None else (first, planned)


def _is_one(tokens: Sequence[Token]) -> bool:
    """Return whether the tokens are a noun phrase."""
    return bool(tokens) and all(t.tag in "DN'C" or t.lower == "of" for t in tokens)


def _plans(tokens: Sequence[Token], first: int, place: int) -> int | None:
    """Return where the one who opens the sentence ends, if he plans what follows: "Lee is to",
    "the city plans to"."""
    end = place
    while end > first + 1 and tokens[end - 1].lower in _PLANNING:
        end -= 1
    while end > first + 1 and tokens[end - 1].tag in "AFR":
        end -= 1
    return end if _is_one(tokens[first:end]) else None


def _asked(tokens: Sequence[Token], first: int, place: int) -> int | None:
    """Return where the one opens who is asked to do what follows `place`: "urged the city to"."""
    start = place
    while (
        start > first and tokens[start - 1].tag in "DN'" and tokens[start - 1].lower not in _ASKING
    ):
        start -= 1
    if start in (first, place):
        return None
    before = tokens[start - 1]
    on = before.lower in ("on", "upon", "for") and start - 1 > first
    verb = tokens[start - 2] if on else before
    calls = verb.lower in ("call", "calls", "called", "calling") and on
    return start if calls or (not on and verb.lower in _ASKING) else None


def _planner(tokens: Sequence[Token], first: int, place: int) -> tuple[int, int] | None:
    """Return the span of the one whose plan it is: "the city's plan to"."""
    if tokens[place - 1].lower not in _PLANS:
        return None
    end = place - 1
    while end > first and tokens[end].tag == "N" and tokens[end].text[:1].islower():
        end -= 1
    start = end
    while start > first and tokens[start - 1].tag in "DN":
        start -= 1
    return (start, end) if tokens[end].tag == "'" and start < end else None
