"""What a sentence can spare by its grammar: occasions, asides, openings, tails.

Sentence compression by syntactic cuts (Jing 2000; Zajic et al. 2007), on the letters of
`english.tagging` in place of a parse. What is left without a cut is a whole sentence that the full
one implies. Nothing goes from inside quotation marks, and nothing that denies, hedges, concedes or
sets a condition.
"""

from __future__ import annotations

from itertools import chain

from summarizer.english.text import words
from summarizer.writing.cuts.asides import asides, descriptions, titles
from summarizer.writing.cuts.occasions import dates, occasions, reports
from summarizer.writing.cuts.openings import openings
from summarizer.writing.cuts.sentence import Cut, Sentence
from summarizer.writing.cuts.tails import adjuncts, dashed, ends, explanations, second_verbs

_RULES = (
    *(asides, descriptions, titles, dates, occasions, reports, openings),
    *(ends, second_verbs, adjuncts, dashed, explanations),
)
_TURNS = frozenset(
    {"if", "unless", "except", "but", "yet", "though", "although", "despite", "because", "so"}
    | {"rather", "instead", "than", "otherwise", "given", "provided", "assuming", "depending"}
    | {"according", "until", "without", "nor", "even", "once", "barring", "pending", "only"}
    | {"considering", "excluding", "unlike", "not", "respectively"}
)
"""What a clause may not open with, to be cut from the one before it."""
_MATTERS = _TURNS | {
    *("no", "never", "neither", "none", "may", "might", "could", "whether", "cannot", "hardly"),
    *("barely", "unlikely", "likely", "possibly", "perhaps", "probably", "maybe", "allegedly"),
    *("reportedly", "apparently", "supposedly", "purportedly", "potentially", "seemingly"),
    *("former", "latter", "deny", "denies", "denied", "denying"),
}
"""What changes what is claimed, or how surely, where it is no clause of its own."""
_OPENING = 3  # words
_LEAST_LEFT = 4  # words


def cuts(text: str) -> list[Cut]:
    """Return what can be cut from the sentence `text`, in order; cuts may overlap."""
    sentence = Sentence(text)
    found = chain.from_iterable(rule(sentence) for rule in _RULES)
    return sorted({cut for cut in found if _may_go(sentence, cut)})


def _may_go(sentence: Sentence, cut: Cut) -> bool:
    own = words(sentence.text[cut.start : cut.end])
    inside = any(a < cut.start < b or a < cut.end < b for a, b in sentence.quoted)
    if inside or len(words(sentence.text)) - len(own) < _LEAST_LEFT:
        return False
    if cut.kind == "clause":
        left = len(words(sentence.text)) - len(own)
        second = sentence.text[cut.start :].lstrip(", ").startswith(("and", ";"))
        return not _TURNS & set(own[:_OPENING]) and not (second and len(own) > left)
    return not _MATTERS & set(own) and not any(word.endswith(("n't", "n’t")) for word in own)
