"""Questions that are a clause turned around: "Should the council close the bridge?".

Of "the council should close the bridge" the verb goes to the front; "tolls hurt trade" becomes "Do
tolls hurt trade?".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from summarizer.english.clause_ends import CONDITIONS
from summarizer.english.function_words import FUNCTION_WORDS, WORD_CLASSES
from summarizer.english.lexicon import LEXICON
from summarizer.english.tagging import tag
from summarizer.english.text import content_stems
from summarizer.english.wordings import clauses
from summarizer.writing.questions.naming import is_named, spoken, with_articles
from summarizer.writing.questions.topic import Topic

_TURNABLE = {
    **{word: word for word in WORD_CLASSES["turned"]},
    "must": "should",
    **{"won't": "will", "can't": "can", "cannot": "can", "isn't": "is", "aren't": "are"},
    **{"wasn't": "was", "weren't": "were", "wouldn't": "would", "couldn't": "could"},
    **{"shouldn't": "should", "hasn't": "has", "haven't": "have"},
}
_EFFECTS = frozenset(LEXICON["effect"])
_HEDGES = frozenset({"most", "very", "likely", "probably"})
_HEDGED = re.compile(r"\b(?:will|would) (?:(?:most|very) likely|likely|probably)\b")
_OFTEN_REPORTS = re.compile(
    r"^(?:May|Might|Could|Would) |let’s|^Will .* (?:vote|announce)\b|^(?:Is|Are) .* already "
)
_CAPITAL = re.compile(r"\b[^\W\d_a-z][\w.]*")
_BE = frozenset({"is", "are", "was", "were"})
_POINTING = frozenset(
    {"this", "that", "these", "those", "him", "them", "his", "her", "its", "their", "such"}
)
_DROPPED = frozenset({"not", "even", "also", "still", "now", "never"})
_LEAST, _MOST = 4, 13  # words of a claim that is short enough to be asked about


def wanted(topic: Topic) -> str | None:
    """Return whether what a claim says should be done should be done, as `turned_claim` does."""
    return _best([one for one in _turned_claims(topic) if one[1].startswith("Should ")])


def turned_claim(topic: Topic) -> str | None:
    """Return the claim that has most in common with titles and viewpoints as a question.

    None when no claim is short and plain enough, or none has two words in common with the titles; a
    forecast that hedges ("will most likely"), which is what people disagree on, needs one.
    """
    return _best(_turned_claims(topic))


@lru_cache(maxsize=1)  # asked for "should" first, for all others last
def _turned_claims(topic: Topic) -> tuple[tuple[float, str], ...]:
    """Return the questions that claims turned around are, with their scores."""
    found: list[tuple[float, str]] = []
    for claim in topic.claims:
        for clause in clauses(claim.text, least=_LEAST, most=_MOST):
            question = turned(clause, claim.article.text)
            told = 1 if _HEDGED.search(clause) else 2
            if question and topic.in_titles(clause) >= told:
                found.append((_score(clause, question, topic), question))
    return tuple(found)


def turned_title(topic: Topic) -> str | None:
    """Return the clause of a title that two viewpoints speak of most as a question."""
    found: list[tuple[float, str]] = []
    for text in (spoken(title, topic.context) for title in topic.titles):
        for clause in clauses(text, least=_LEAST, most=_MOST):
            cut = not text.rstrip(".").endswith(clause)
            if cut and any(token.tag == "G" for token in tag(clause)[1:]):
                continue  # "putting safety" of "putting safety at the heart of her campaign"
            question = _of_title(clause, topic)
            if question and topic.bears(clause) and not _OFTEN_REPORTS.search(question):
                found.append((_score(clause, question, topic), question))
    return _best(found)


def _of_title(clause: str, topic: Topic) -> str:
    """Return the clause of a headline as a question, with articles; "" if it has two verbs or a
    name that the article lacks."""
    first = clause.partition(" ")[0]
    acts = first.endswith("ing") and not is_named(first, topic.context)
    own = clause[:1].lower() + clause[1:] if acts else clause
    named = all(is_named(name, topic.context) for name in _CAPITAL.findall(own)[1:])
    plain = named and sum(token.tag in "AV" for token in tag(own)) == 1
    return turned(with_articles(own, topic.context), topic.context) if plain else ""


def effect(topic: Topic) -> str | None:
    """Return whether something does what a claim says it does: "Do tolls hurt trade?"."""
    found: list[tuple[float, str]] = []
    for claim in topic.claims:
        for clause in clauses(claim.text, least=_LEAST, most=_MOST):
            question = _does(clause, claim.article.text)
            if question and topic.bears(clause):
                found.append((_score(clause, question, topic), question))
    return _best(found)


def _best(found: Sequence[tuple[float, str]]) -> str | None:
    """Return the question of the highest score, the first of those that share it."""
    best, best_score = None, 0.0
    for score, question in found:
        if score > best_score + 1e-9:
            best, best_score = question, score
    return best


def _score(clause: str, question: str, topic: Topic) -> float:
    """Return how much a clause has in common with titles and viewpoints."""
    own = content_stems(clause)
    sides = sum(sum(word in view for view in topic.said) - 1 for word in own) / len(topic.said)
    asks_more = 1.5 if "hould " in question else 1.0
    return (2 * topic.in_titles(clause) + sides) / (len(own) + 4) * asks_more


def turned(clause: str, context: str) -> str:
    """Return `clause` as a question, its verb first and its denial gone; "" if it cannot be."""
    tokens = clause.replace("’", "'").split()
    place = _main_verb(clause) if clause else 0
    front = _TURNABLE.get(tokens[place]) if 0 < place < len(tokens) else None
    if front is None or tokens[0].lower() in CONDITIONS:
        return ""
    subject, rest = tokens[:place], tokens[place + 1 :]
    if any("'" in word and word.endswith("n't") for word in rest):
        return ""
    while rest and rest[0] in _HEDGES:
        rest = rest[1:]
    rest = [word for word in rest if word not in _DROPPED]
    if not rest or rest[-1] in ("him", "them") or _tells_what_happened(front, rest):
        return ""
    return _question(front, subject, rest, context)


def _does(clause: str, context: str) -> str:
    """Return `clause` with "do" before its subject, where its verb is one of effects; else ""."""
    tokens = tag(clause)
    place = next((place for place, token in enumerate(tokens) if token.tag in "AV"), 0)
    verb, before = tokens[place], [token for token in tokens[:place] if token.tag not in "RX"]
    bases = [verb.lower, *(verb.lower[:-cut] for cut in (1, 2) if verb.lower.endswith("s"))]
    base = next((word for word in bases if word in _EFFECTS), "")
    simple = before and all(token.tag in "DN'GPC" for token in before)
    if verb.tag != "V" or not base or not simple or before[-1].tag not in "NG":
        return ""
    front = "do" if verb.lower == base else "does"
    subject = clause[: before[-1].end].split()
    rest = clause[verb.end :].split()
    leans = any(word.lower() in _POINTING for word in (*subject, *rest))
    joins = any(token.tag in "AVW" for token in tokens[place + 1 :])
    if not rest or leans or joins or subject[0].lower() in CONDITIONS:
        return ""
    return _question(front, subject, [base, *rest], context)


def _question(front: str, subject: Sequence[str], rest: Sequence[str], context: str) -> str:
    own = list(subject)
    if _is_common(own, context):
        own[0] = own[0].lower()
    return f"{front.capitalize()} {' '.join([*own, *rest])}?".replace("'", "’")


def _tells_what_happened(front: str, rest: Sequence[str]) -> bool:
    """Return whether the clause reports an event, on which nobody takes sides: "has asked", "were
    sold", "is calling", "is about to vote"."""
    if front in ("has", "have", "was", "were"):
        return True
    soon = list(rest[:2]) == ["about", "to"]
    return front in _BE and (rest[0].endswith("ing") or "been" in rest or soon)


def _main_verb(clause: str) -> int:
    """Return the place of the first finite verb of `clause` among its words, 0 for none."""
    verb = next((token for token in tag(clause) if token.tag in "AV"), None)
    return len(clause[: verb.start].split()) if verb else 0


def _is_common(subject: Sequence[str], context: str) -> bool:
    """Return whether the first word of `subject` has its capital from the start of a sentence."""
    first = subject[0].removesuffix("'s").removesuffix("'")
    if first.lower() in FUNCTION_WORDS:
        return True
    if first.isupper():
        return False  # "GOP"
    named = subject[1:2] and subject[1][:1].isupper()
    return not named and not is_named(first, context)
