"""Who says it: the holders of an article's claims, and which names mean the same holder."""

from summarizer.english.quotes import find_quotes
from summarizer.holders.attribute import Holding, find_holders
from summarizer.holders.names import merge_names, number_holders
from summarizer.holders.shown import shown_holders

__all__ = [
    "Holding",
    "find_holders",
    "find_quotes",
    "merge_names",
    "number_holders",
    "shown_holders",
]
