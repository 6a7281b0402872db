"""Which tokens a row may be written with: those of its source and of closed-class words.

The bundled writer decodes under that constraint (`models/constraint.py`), so its odds are over
these tokens alone, in training as at run time: it spends nothing on words that it may not write.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor
from transformers import PreTrainedTokenizerFast

from summarizer.models.constraint import Vocabulary


class Reach:
    """Tells which tokens the sources of a batch allow."""

    def __init__(self, tokenizer: PreTrainedTokenizerFast) -> None:
        end = tokenizer.sep_token_id
        self._vocabulary = Vocabulary(tokenizer, len(tokenizer), end=int(str(end)))

    def of(self, sources: Sequence[Sequence[str]]) -> tuple[Tensor, Tensor]:
        """Return (u,) ids of the tokens that some source allows, and (b, u) which allow them."""
        sets = [self._vocabulary.constraint(texts).tokens for texts in sources]
        end = self._vocabulary.eos
        columns = sorted({end}.union(*sets))
        allowed = [[token in own or token == end for token in columns] for own in sets]
        return torch.tensor(columns), torch.tensor(allowed)


def places(labels: Tensor, columns: Tensor, allowed: Tensor) -> Tensor:
    """Return (b, t) columns of `labels`; -100 where there is none that the source allows."""
    found = torch.searchsorted(columns, labels.clamp(min=0)).clamp(max=len(columns) - 1)
    there = (columns[found] == labels) & allowed.gather(1, found)
    return torch.where(there, found, torch.full_like(found, -100))
