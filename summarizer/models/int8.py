"""Products in whole numbers of eight bits, on processors that have instructions for them (VNNI).

Weights are scaled by output and what they are multiplied with row by row (vector-wise quantisation,
Dettmers et al. 2022, without the outliers in a precision of their own). So a row does not depend on
its company, and sums are exact, whatever the batch or the number of threads.
"""

from __future__ import annotations

import os
from functools import cache

import numpy as np
import torch
from torch import Tensor, nn

from summarizer.models.transformer import Affine

LEVELS = 127
MIDDLE = 128  # stored as 1 to 255: the instructions want one side without a sign
FEW, STEP_OF_FEW, STEP = 64, 16, 32
"""Rows are filled up to such steps, since each new number of rows costs oneDNN a millisecond."""


class Int8Affine(nn.Module):
    """`Affine` in eight bits; what it returns is some 1 % off."""

    bias: Tensor

    def __init__(self, weight: Tensor, bias: Tensor) -> None:
        """weight: (out, in), bias: (out,)."""
        super().__init__()
        self.register_buffer("bias", bias)
        self._weight, scales, self._zeros = prepacked(weight)
        self._scales = scales / LEVELS  # the other side's levels are counted in here as well

    def forward(self, x: Tensor) -> Tensor:
        """Return (..., out) of (..., in)."""
        rows = x.reshape(-1, x.shape[-1])
        sizes = rows.abs()
        largest = sizes.amax(1, keepdim=True).clamp_(min=1e-12)
        # The half makes cutting off round. In place: new memory costs as much as the sums.
        scaled = torch.mul(rows, LEVELS / largest, out=sizes).add_(MIDDLE + 0.5)
        # What is no number stays none, since its row is multiplied by it in the end.
        product = _product(as_bytes(scaled), self._weight, self._scales, self._zeros)[: len(rows)]
        return product.mul_(largest).add_(self.bias).view(*x.shape[:-1], -1)


def as_bytes(scaled: Tensor) -> Tensor:
    """Return (n, d) bytes of (t, d) numbers of 0 to 255, cut off; n is t filled up (`filled`).

    By numpy, which makes bytes of numbers five times as fast as torch does.
    """
    levels = scaled.new_empty((filled(len(scaled)), scaled.shape[1]), dtype=torch.uint8)
    with np.errstate(invalid="ignore"):
        np.copyto(levels.numpy()[: len(scaled)], scaled.numpy(), casting="unsafe")
    return levels


def prepacked(weight: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Return `weight` (out, in) as oneDNN wants it in eight bits, with (out,) scales and zeros."""
    sizes = weight.abs()
    scales = sizes.amax(1).clamp(min=1e-12) / LEVELS
    # In place: at a start all new memory has to be cleared first.
    levels = torch.div(weight, scales[:, None], out=sizes).round_().to(torch.int8)
    packed = torch.ops.onednn.qlinear_prepack(levels, None)
    return packed, scales, torch.zeros(len(weight), dtype=torch.int64)


def _product(levels: Tensor, weight: Tensor, scales: Tensor, zeros: Tensor) -> Tensor:
    """Return (n, out) of (n, in) levels, scaled by output."""
    product: Tensor = torch.ops.onednn.qlinear_pointwise(
        levels, 1.0, MIDDLE, weight, scales, zeros, None, 1.0, 0, torch.float32, "none", [], ""
    )
    return product


def filled(rows: int) -> int:
    """Return the number of rows that so many are filled up to."""
    step = STEP_OF_FEW if rows <= FEW else STEP
    return -(-rows // step) * step


def pack(module: nn.Module, *, square: bool = True) -> bool:
    """Turn each `Affine` of `module` into eight bits, where this machine is faster with them.

    Without `square`, those that are square stay: with few rows they take half the time as they are.
    Returns whether there was any: results differ by it, so digests of models say so.
    """
    if not available():
        return False
    found = [
        (parent, name, child)
        for parent in module.modules()
        for name, child in parent.named_children()
        if isinstance(child, Affine) and (square or child.weight.shape[0] != child.weight.shape[1])
    ]
    for parent, name, child in found:
        setattr(parent, name, Int8Affine(child.weight, child.bias))
    return bool(found)


def marked(digest: str, *, packed: bool, how: str = "int8") -> str:
    """Return the digest of a model with what it computes in, where that is not single precision."""
    return f"{digest}+{how}" if packed else digest


@cache
def available() -> bool:
    """Return whether this processor and this torch multiply in eight bits, fast and exactly.

    The environment's `SUMMARIZER_INT8=0` says no: then all processors compute alike.
    """
    try:
        if os.environ.get("SUMMARIZER_INT8") == "0" or not torch.cpu._is_vnni_supported():
            return False
        levels = torch.arange(2 * 64, dtype=torch.uint8).view(2, 64) + MIDDLE - 1
        weight = torch.arange(-64, 64).to(torch.int8).view(2, 64)
        packed = torch.ops.onednn.qlinear_prepack(weight, None)
        found = _product(levels, packed, torch.ones(2), torch.zeros(2, dtype=torch.int64))
    except (AttributeError, RuntimeError):
        return False
    wanted = (levels.float() - MIDDLE) @ weight.float().T
    return bool(torch.equal(found, wanted))
