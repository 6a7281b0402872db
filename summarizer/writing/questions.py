"""The contested question of a story: a title's, a model's, or a claim turned around.

Without a model that can be trusted with its own words, a question is a claim turned around: "the
council should close the bridge" becomes "Should the council close the bridge?".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.english.clause_ends import CONDITIONS
from summarizer.english.facts import coverage, missing_facts
from summarizer.english.function_words import FUNCTION_WORDS, WORD_CLASSES
from summarizer.english.phrasing import loops, seams
from summarizer.english.tagging import tag
from summarizer.english.text import content_words, stem, words
from summarizer.english.wordings import clauses
from summarizer.types import Claim

_QUESTION_WORDS = frozenset(WORD_CLASSES["question"])
_TURNABLE = {
    **{word: word for word in WORD_CLASSES["turned"]},
    "must": "should",
    **{"won't": "will", "can't": "can", "cannot": "can", "isn't": "is", "aren't": "are"},
    **{"wasn't": "was", "weren't": "were", "wouldn't": "would", "couldn't": "could"},
    **{"shouldn't": "should", "hasn't": "has", "haven't": "have"},
}
_HEDGES = frozenset({"most", "very", "likely", "probably"})
_HEDGED = re.compile(r"\b(?:will|would) (?:(?:most|very) likely|likely|probably)\b")
_BE = frozenset({"is", "are", "was", "were"})
_LEAST, _MOST = 4, 13  # words of a claim that is short enough to be asked about
_MOST_SEAMS = 0.4  # of a question that a model wrote, which moves words around


def verified_question(
    candidates: Sequence[str], claims: Sequence[Claim], *, title: str | None = None
) -> str | None:
    """Return the first candidate that is a question its claims and title can bear, else None."""
    texts = [claim.text for claim in claims] + ([title] if title else [])
    for candidate in candidates:
        question = " ".join(candidate.split())
        own = words(question)
        if (
            question.endswith("?")
            and own
            and own[0] in _QUESTION_WORDS
            and _LEAST <= len(own) <= 30
            and not missing_facts(question, texts)
            and coverage(question, texts) >= 0.8
            and not loops(own)
            and seams(question, texts) <= _MOST_SEAMS
        ):
            return question
    return None


def asking_title(titles: Sequence[str]) -> str | None:
    """Return the question that the first title that asks one asks, without what it opens with."""
    for title in titles:
        asked = re.fullmatch(r"(?P<all>.*\?)\s*(?:[(\[][^()\[\]]*[)\]])?", title.strip())
        if asked:
            *_, last = re.split(r"[:;]\s+", asked["all"])
            asks = words(last)[:1] and words(last)[0] in _QUESTION_WORDS
            return last[:1].upper() + last[1:] if asks else asked["all"]
    return None


def turned_question(viewpoints: Sequence[Sequence[Claim]], titles: Sequence[str]) -> str | None:
    """Return the claim that has most in common with titles and viewpoints as a question.

    None when no claim is short and plain enough, or none has two words in common with the titles; a
    forecast that hedges ("will most likely"), which is what people disagree on, needs one.
    """
    titled = {stem(word) for title in titles for word in content_words(title)}
    said = [{stem(w) for claim in view for w in content_words(claim.text)} for view in viewpoints]
    best, best_score = None, 0.0
    for claim in (claim for view in viewpoints for claim in view):
        for clause in clauses(claim.text, least=_LEAST, most=_MOST):
            own = {stem(word) for word in content_words(clause)}
            question = _turned(clause, claim.article.text)
            shared = sum(word in titled for word in own)
            sides = sum(sum(word in view for view in said) - 1 for word in own) / len(said)
            score = (2 * shared + sides) / (len(own) + 4) * (1.5 if "hould " in question else 1.0)
            told = 1 if _HEDGED.search(clause) else 2
            if question and shared >= told and score > best_score + 1e-9:
                best, best_score = question, score
    return best


def _turned(clause: str, context: str) -> str:
    """Return `clause` as a question, its verb first and its denial gone; "" if it cannot be."""
    tokens = clause.replace("’", "'").split()
    place = _main_verb(clause)
    front = _TURNABLE.get(tokens[place]) if 0 < place < len(tokens) else None
    if front is None or tokens[0].lower() in CONDITIONS:
        return ""
    subject, rest = tokens[:place], tokens[place + 1 :]
    if any("'" in word and word.endswith("n't") for word in rest):
        return ""
    while rest and rest[0] in _HEDGES:
        rest = rest[1:]
    rest = [word for word in rest if word not in ("not", "also", "still", "now", "never")]
    if not rest or rest[-1] in ("him", "them") or _tells_what_happened(front, rest):
        return ""
    if _is_common(subject, context):
        subject[0] = subject[0].lower()
    return f"{front.capitalize()} {' '.join([*subject, *rest])}?".replace("'", "’")


def _tells_what_happened(front: str, rest: Sequence[str]) -> bool:
    """Return whether the clause reports an event, on which nobody takes sides: "has asked", "were
    sold", "is calling"."""
    if front in ("has", "have", "was", "were"):
        return True
    return front in _BE and (rest[0].endswith("ing") or "been" in rest)


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
    return not named and re.search(rf"(?<![.!?:“\"]) {re.escape(first)}\b", context) is None
