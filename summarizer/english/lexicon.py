"""Parts of speech and verb forms of English, from lexicon.txt: what `tagging` knows of words."""

from __future__ import annotations

from summarizer.english.function_words import read_classes

LEXICON = read_classes("lexicon.txt")
"""Words by class, in the order of the file."""
