"""The contested question of a story: a title's, a model's, or one made by rule.

Without a model that can be trusted with its own words, a question is a claim or title turned
around, a deed that somebody may be right to do, or a proposal that may be a good idea.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.english.facts import coverage, missing_facts
from summarizer.english.function_words import WORD_CLASSES
from summarizer.english.phrasing import loops, seams
from summarizer.english.text import content_words, words
from summarizer.types import Claim
from summarizer.writing.questions.deeds import deed, demand
from summarizer.writing.questions.naming import in_sentence_case
from summarizer.writing.questions.proposals import proposal
from summarizer.writing.questions.topic import topic
from summarizer.writing.questions.turned import effect, turned_claim, turned_title, wanted

_QUESTION_WORDS = frozenset(WORD_CLASSES["question"])
_LEANING = frozenset(
    [*WORD_CLASSES["personal"], *WORD_CLASSES["impersonal"], "this", "that", "these", "those"]
)
_LEAST = 4  # words
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
    """Return the question that the first title that asks one asks, without what stands beside it.

    That is the sentence that asks, unless a pronoun of it leans on another.
    """
    for title in titles:
        asked = re.fullmatch(r"(?P<all>.*\?)\s*(?:[(\[][^()\[\]]*[)\]])?", title.strip())
        alone = next((one for one in map(_asks, _sentences(title)) if one), "")
        if alone:
            return alone
        if asked:
            *_, last = re.split(r"[:;]\s+", asked["all"])
            opens = words(last)[:1] and words(last)[0] in _QUESTION_WORDS
            return last[:1].upper() + last[1:] if opens else asked["all"]
    return None


def contested_question(viewpoints: Sequence[Sequence[Claim]], titles: Sequence[str]) -> str | None:
    """Return what the viewpoints of a story are about as a question, else None.

    The families of questions are tried in the order of how often they hit the contest.
    """
    about = topic(viewpoints, titles)
    asked = asking_title(titles)
    if asked is not None:
        return in_sentence_case(asked, about.context)
    for family in (wanted, turned_title, demand, deed, proposal, turned_claim, effect):
        question = family(about)
        if question is not None:
            return question
    return None


def _sentences(title: str) -> list[str]:
    """Return the parts of a title between its stops, colons and semicolons, the last first."""
    bare = re.sub(r"\s*[(\[][^()\[\]]*[)\]]$", "", title.strip())
    return re.split(r"(?<=[.?!]) +|[:;] +", bare)[::-1]


def _asks(sentence: str) -> str:
    """Return a sentence that is a question of its own, else ""."""
    bare = re.sub(r"^(?:But|And|So|Or),? ", "", sentence.strip(), flags=re.IGNORECASE)
    own = words(bare) or [""]
    leans = _LEANING & set(own)
    whole = bare.endswith("?") and own[0] in _QUESTION_WORDS and len(content_words(bare)) >= _LEAST
    return bare[:1].upper() + bare[1:] if whole and not leans else ""
