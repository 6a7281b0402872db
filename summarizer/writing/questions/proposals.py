"""Questions about what is proposed or done: "Is the harbour bill a good idea?".

Asked where claims of several viewpoints name it and take sides on it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from summarizer.english.lexicon import LEXICON
from summarizer.english.tagged import sentences
from summarizer.english.tagging import Token
from summarizer.english.text import content_stems, content_words
from summarizer.english.wordings import joined
from summarizer.writing.questions.naming import is_named, is_plural, spoken, with_articles
from summarizer.writing.questions.topic import Topic

_PROPOSALS = frozenset(LEXICON["proposal"])
_GOING_ON = frozenset(LEXICON["undertaking"])
_WORTH = ("a good idea", "justified")
_SIDES = frozenset(LEXICON["stance"]) | frozenset(LEXICON["judging"])
_MUST = frozenset(LEXICON["must"])
_VERBS = frozenset(LEXICON["third-person"])
_BASE = frozenset(LEXICON["base"])
_DATES = frozenset(LEXICON["date"])
_MARKED = frozenset({"the", "a", "an"})
_LINKS = frozenset({"on", "against", "to", "with", "for"})
_PLACED = frozenset(
    {"new", "such", "other", "own", "same", "latest", "first", "second", "last", "next", "similar"}
    | {"major", "whole", "overall", "full", "final"}
)
"""What names none by itself: "the latest bill"."""
_IN_NAMES = frozenset({"Amendment", "Order"})  # "Second Amendment"
_LONGEST = 7  # words of its name
_LEAST_SIDES = 2  # claims that name it and take a side


@dataclass(slots=True)
class _Proposal:
    """How often one is named, by which viewpoints (-1: a title), and by what names."""

    named: int = 0
    judged: int = 0
    views: set[int] = field(default_factory=set)
    names: Counter[str] = field(default_factory=Counter)
    definite: Counter[str] = field(default_factory=Counter)


def proposal(topic: Topic) -> str | None:
    """Return whether what several viewpoints take sides on, and a title names, is a good idea."""
    best, best_score = None, 0.0
    for head, one in _proposals(topic).items():
        if len(one.views - {-1}) < 2 or one.judged < _LEAST_SIDES:
            continue
        name = _name(one, topic)
        score = one.named + one.judged + 3 * topic.in_titles(name)
        told = topic.in_titles(head) or (one.judged > 2 and topic.in_titles(_unowned(name)))
        if name and told and score > best_score:
            best, best_score = _asked(name, head, one, topic), score
    return best


def _proposals(topic: Topic) -> dict[str, _Proposal]:
    """Return the proposals that titles and claims name, by their noun."""
    found: dict[str, _Proposal] = {}
    texts = [(-1, spoken(title, topic.context)) for title in topic.titles]
    texts += [(place, claim.text) for place, view in enumerate(topic.viewpoints) for claim in view]
    for view, text in texts:
        judged = _takes_side(text)
        for tokens, link in _phrases(text):
            head = tokens[-1].lower
            one = found.setdefault(head, _Proposal())
            one.named += 1
            one.judged += judged and view >= 0
            one.views.add(view)
            marked = tokens[0].tag == "D"
            if marked and tokens[0].lower not in _MARKED:
                continue
            for name in {joined(text, own[marked:]) for own in (tokens, link) if own}:
                one.names[name] += 1
                one.definite[name] += tokens[0].lower == "the"
    return found


def _takes_side(text: str) -> bool:
    lower = text.lower().split()
    return bool(_MUST & set(lower)) or bool(_SIDES & content_stems(text))


def _phrases(text: str) -> Iterator[tuple[Sequence[Token], Sequence[Token]]]:
    """Yield the noun phrases of `text` that name a proposal; and with what "on" or "to" adds."""
    for tokens, first, last in sentences(text):
        place = first
        while place < last:
            end = place
            while end < last and tokens[end].tag in "ND'":
                end += 1
            if end > place and tokens[end - 1].lower in _PROPOSALS and tokens[end - 1].tag == "N":
                marks = [p for p in range(place, end) if tokens[p].tag == "D"]
                start = marks[-1] if marks else place
                stop = _linked(tokens, end, last)
                yield tokens[start:end], tokens[start:stop]
            place = max(end, place + 1)


def _linked(tokens: Sequence[Token], end: int, last: int) -> int:
    """Return where the phrase ends that a link at `end` goes on with; `end` if there is none."""
    if end + 1 >= last or tokens[end].lower not in _LINKS:
        return end
    stop = end + 1
    if tokens[end].tag == "T" and tokens[stop].tag == "B":
        stop += 1
    start = stop
    while stop < last and tokens[stop].tag in "ND'" and tokens[stop].lower not in _DATES:
        stop += 1
    whole = stop > start and tokens[stop - 1].tag == "N" and not tokens[start].text[0].isdigit()
    if tokens[end].lower == "for" and tokens[stop - 1].text[:1].isupper():  # "a win for Lee"
        return end
    return stop if whole else end


def _name(one: _Proposal, topic: Topic) -> str:
    """Return the name with most in common with titles and viewpoints; "" if none says enough."""
    fitting = [name for name in one.names if _says_enough(name, topic)]
    return max(fitting, key=lambda name: (_score(name, one, topic), name), default="")


def _says_enough(name: str, topic: Topic) -> bool:
    words = name.replace("’", "'").split()
    if len(words) > _LONGEST or words[0][0].isdigit() or words[0].lower() in _PLACED:
        return False
    if words[-1] in _IN_NAMES or any(word[:1] in "“‘\"'" for word in words):
        return False
    told = any(word in _VERBS for word in words[:-1])
    if told or content_stems(name) & _SIDES or _is_verb(words):
        return False
    known = all(
        not word[:1].isupper() or is_named(word.strip("'s"), topic.context) for word in words
    )
    return known and len(content_words(name)) > 1 and topic.in_views(name) > 1


def _score(name: str, one: _Proposal, topic: Topic) -> float:
    shared = min(2, topic.in_titles(name)) + 0.5 * min(2, topic.in_views(name))
    titled = any(name.lower() in title.lower() for title in topic.titles)
    return one.names[name] + titled + shared - 0.15 * abs(len(name.split()) - 4)


def _asked(name: str, head: str, one: _Proposal, topic: Topic) -> str:
    """Return the question whether the proposal of this name and noun is a good one."""
    many, owned = is_plural(head), _unowned(name) != name
    usual = with_articles(name, topic.context)
    common = 2 * one.definite[name] >= one.names[name] if many else usual != name
    definite = usual == f"the {name}" if owned else common
    return f"{'Are' if many else 'Is'} {'the ' * definite}{name} {_WORTH[head in _GOING_ON]}?"


def _unowned(name: str) -> str:
    """Return the name without the one it begins with: "bill" of "the mayor's bill"."""
    return re.sub(r"^.*(?:['’]s|s['’]) ", "", name)


def _is_verb(words: Sequence[str]) -> bool:
    """Return whether the noun of a name may be a verb instead: "nations deal"."""
    before = words[-2:-1]
    return words[-1] in _BASE and any(word.islower() and is_plural(word) for word in before)
