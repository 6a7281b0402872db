"""Labels taken from the claims themselves: a short clause that says something, else a phrase."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from summarizer.function_words import WORD_CLASSES
from summarizer.phrasing import SPEECH_VERBS, denied, label_faults, trimmed
from summarizer.text import centrality_order, content_words, words

_MARK = (
    r"(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bMrs)(?<!\bSen)(?<!\bRep)(?<!\bGov)(?-i:(?<![A-Z]))"
    r"[,;:.!?()\[\]“”\"…–—]+(?:\s|$)|[,;:!?()\[\]“”\"…–—]+(?:\s|$)|[()\[\]“”\"…–—]"
)
_CONJUNCTIONS = (
    "that|which|who|whose|because|while|when|although|though|if|as|since|whether|before|after|"
    "until|unless|where"
)
_BREAK = re.compile(rf"{_MARK}|\b(?:{_CONJUNCTIONS})\b", re.IGNORECASE)
_ASSERTING = frozenset({"that", "because", "since"})
"""After these a clause is said to be so; after "if", "whether" or "who" it is not, or not alone."""
_JOINT = re.compile(r"\b(?:and|but|so)\s", re.IGNORECASE)
_OPENING_JOINT = re.compile(r"^\s*(?:(?:and|but|so)\s+)+", re.IGNORECASE)
_NEAR = 6  # words from the joint within which the second clause has its verb
_SPEECH = re.compile(rf"\b(?:{SPEECH_VERBS})\b", re.IGNORECASE)
_AUXILIARIES = frozenset(WORD_CLASSES["auxiliaries"])
_ASKING = frozenset({*WORD_CLASSES["question"], "each", "many", "there", "none"})
_PREPOSITIONS = frozenset(WORD_CLASSES["prepositions"])


def key_phrase(texts: Sequence[str], *, least: int, most: int) -> str:
    """Return the run of `least` to `most` words of `texts` that is most central to them.

    A whole text that is short enough comes first, then a clause that is asserted, then a run that
    opens and ends on a content word and crosses no mark. None stands in the reach of a negation
    that it would turn around. Falls back to the first words when no run will do.
    """
    order = centrality_order(texts)
    for row in order:
        whole = trimmed(texts[row]).rstrip('.”"')
        if least <= len(whole.split()) <= most and not label_faults(whole):
            return whole
    counts = Counter(word for text in texts for word in set(content_words(text)))
    for find in (_clauses, _runs):
        best, best_score = "", 0.0
        for rank, row in enumerate(order):
            for run in find(texts[row], least=least, most=most):
                found = sum(counts[word] for word in set(content_words(run)))
                score = found / (len(words(run)) + 6) / (1 + 0.2 * rank)
                if score > best_score + 1e-9:
                    best, best_score = run, score
        if best:
            return best
    return " ".join(" ".join(texts).split()[:most])


def _clauses(text: str, *, least: int, most: int) -> Iterator[str]:
    """Yield the clauses of `text` that assert something and name no speaker."""
    at, opened_by = 0, ""
    for found in [*_BREAK.finditer(text), None]:
        before = text[:at].split()
        if not opened_by[:1].isalpha() or opened_by in _ASSERTING:
            for clause in _joined(text[at : found.start() if found else len(text)]):
                if least <= len(clause.split()) <= most and _says(clause, before):
                    yield clause
        if found:
            at, opened_by = found.end(), found.group().strip().lower()


def _joined(text: str) -> list[str]:
    """Return the clauses that "and", "but" or "so" join in `text`, each with a verb of its own."""
    clauses, start = [], 0
    for found in _JOINT.finditer(text):
        left, right = words(text[start : found.start()]), words(text[found.end() :])
        if _AUXILIARIES & set(left[1:]) and _AUXILIARIES & set(right[1:_NEAR]):
            clauses.append(text[start : found.start()])
            start = found.end()
    return [_OPENING_JOINT.sub("", clause).strip() for clause in [*clauses, text[start:]]]


def _says(clause: str, before: Sequence[str]) -> bool:
    """Return whether `clause` has a subject, a verb and a whole end, and is not denied."""
    own = words(clause)
    return (
        len(own) > 1
        and own[0] not in _AUXILIARIES | _ASKING
        and own[-1] not in _PREPOSITIONS
        and bool(_AUXILIARIES & set(own[1:-1]))
        and not _SPEECH.search(clause)
        and not label_faults(clause)
        and not denied(before)
    )


def _runs(text: str, *, least: int, most: int) -> Iterator[str]:
    """Yield stretches of `text` that open and end on a content word and are not only a name."""
    for part in re.split(_MARK, text):
        tokens = part.split()
        content = [bool(content_words(token)) for token in tokens]
        common = [has and token[:1].islower() for has, token in zip(content, tokens, strict=True)]
        for start in (place for place, opens in enumerate(content) if opens):
            if denied(tokens[:start]):
                continue
            for end in range(start + least, min(len(tokens), start + most) + 1):
                run = " ".join(tokens[start:end])
                if content[end - 1] and any(common[start:end]) and not _SPEECH.search(run):
                    yield run
