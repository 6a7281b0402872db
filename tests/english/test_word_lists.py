"""Each list of words has one home."""

from __future__ import annotations

import importlib
import itertools
import pkgutil

import summarizer.english
from summarizer.english.function_words import WORD_CLASSES
from summarizer.english.lexicon import LEXICON

LEAST = 3  # words: shorter lists may well agree by chance


def _own_lists():
    """Yield the lists that a module writes out itself, with their names."""
    shared = {frozenset(words) for words in (*WORD_CLASSES.values(), *LEXICON.values())}
    for found in pkgutil.iter_modules(summarizer.english.__path__):
        module = importlib.import_module(f"summarizer.english.{found.name}")
        for name, value in vars(module).items():
            own = isinstance(value, frozenset) and len(value) >= LEAST and value not in shared
            if own and name.startswith("_"):
                yield f"{found.name}.{name}", value


def test_no_module_writes_out_a_list_that_has_a_home():
    for (one, left), (other, right) in itertools.combinations(_own_lists(), 2):
        assert left != right, f"{one} is {other}"


def test_no_two_shared_lists_are_the_same():
    for table in (WORD_CLASSES, LEXICON):
        for (one, left), (other, right) in itertools.combinations(table.items(), 2):
            assert set(left) != set(right), f"{one} is {other}"


def test_every_shared_list_is_sorted_out_once():
    for table in (WORD_CLASSES, LEXICON):
        for name, words in table.items():
            twice = {word for word in words if words.count(word) > 1}
            assert not twice, f"{name}: {twice}"
