"""What the writer is told is wrong: tokens it does not predict, places it does not look at."""

from __future__ import annotations

import torch
from torch.nn import functional
from transformers import BartForConditionalGeneration

from summarizer.training.writer.batches import Batch


def losses(
    model: BartForConditionalGeneration, batch: Batch, *, label_smoothing: float
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the mean loss of a token, and of where the last cross-attention looks for it.

    The odds of a token are over what its source allows; a token that it does not allow counts
    nothing. Smoothing (Szegedy et al. 2016, arXiv 1512.00567) is over what is allowed, too.
    """
    hidden, looks = decode(model, batch)
    logits, labels, real = odds(model, hidden, batch)
    token = functional.cross_entropy(logits, labels)
    if label_smoothing:
        known = logits.isfinite()
        logs = logits.log_softmax(dim=1).masked_fill(~known, 0.0)
        even = -(logs.sum(dim=1) / known.sum(dim=1)).mean()
        token = (1 - label_smoothing) * token + label_smoothing * even
    copies = batch.copies.to(hidden.device)[real]
    there = copies.sum(dim=1) > 0
    mass = (copies > 0).float() * looks[real]
    pointing = -(mass.sum(dim=1) + 1e-6).log()[there].sum() / there.sum().clamp(min=1)
    return token, pointing


def decode(model: BartForConditionalGeneration, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
    """Return (b, t, d) decoder states and (b, t, s) last cross-attention, mean over heads."""
    output = model.model(
        input_ids=batch.source.to(model.device),
        attention_mask=batch.mask.to(model.device),
        decoder_input_ids=batch.decoder.to(model.device),
        output_attentions=True,
        use_cache=False,
    )
    return output.last_hidden_state, output.cross_attentions[-1].mean(dim=1)


def odds(
    model: BartForConditionalGeneration, hidden: torch.Tensor, batch: Batch
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return (n, u) logits of the n tokens that their sources allow, and their columns.

    Logits are -inf for what a source does not allow. Last comes the (b, t) mask of the n.
    """
    places = batch.places.to(hidden.device)
    columns, allowed = batch.columns.to(hidden.device), batch.allowed.to(hidden.device)
    real = places != -100
    rows = real.nonzero()[:, 0]
    logits = functional.linear(
        hidden[real], model.lm_head.weight[columns], model.final_logits_bias[0, columns]
    )
    return logits.masked_fill(~allowed[rows], -torch.inf), places[real], real
