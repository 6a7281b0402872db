"""Products in eight bits on scales that are set once, from what a sample makes of each layer.

Where `int8` measures every row, here the range of what a layer is given is fixed beforehand (static
quantisation, Jacob et al. 2018), so that numbers stay bytes between the two layers of a
feed-forward part, GELU included. Two things keep the ranges narrow: columns are evened out at the
cost of the weights (Xiao et al. 2023), and a unit of many times the size of the others is divided
among several that saturate one after the other. A row does not depend on its company, and sums are
exact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import torch
from torch import Tensor, nn

from summarizer.errors import ModelError
from summarizer.models.int8 import as_bytes, available, prepacked
from summarizer.models.transformer import ROWS, Affine, FeedForward, SelfAttention

TOP = 255
LOWEST = -0.17  # of any GELU
ROOM = 1.25  # so many times what the sample needs: it does not show all that layers are given
DIVIDED = 96  # one unit in so many may be divided; more of them make the range narrower
PARTS = 16  # a unit has at most so many
FULL = 16  # the number of units is filled up to a multiple: what the instructions take at a time
NEVER = 1e4  # taken off a unit that is to give nothing
Limits = dict[nn.Module, tuple[Tensor, Tensor]]
"""(in,) least and (in,) greatest number of each column that a layer is given; zero is between."""


class Scale:
    """Numbers from `low` to `high`, zero between them, as bytes; what lies outside is cut off."""

    def __init__(self, low: float, high: float) -> None:
        self.step = max(high - low, 1e-12) / TOP
        self.zero = round(-low / self.step)


class FixedAffine(nn.Module):
    """`Affine` in eight bits for what is on `given` once it is divided by `columns`, (in,)."""

    def __init__(
        self, weight: Tensor, bias: Tensor, *, given: Scale, columns: Tensor | float = 1.0
    ) -> None:
        super().__init__()
        self.given = given
        self._factor = 1 / (given.step * columns)
        self._weight, self._scales, self._zeros = prepacked(weight * columns)
        self._bias = bias

    @classmethod
    def evened(cls, weight: Tensor, bias: Tensor, *, limits: tuple[Tensor, Tensor]) -> FixedAffine:
        """Return the layer for what lies within `limits`, its columns made about as wide."""
        low, high = limits
        sizes, borne = torch.maximum(high, -low), weight.abs().amax(0)
        # Half of the difference goes to the weights (the paper's alpha of .5).
        columns = (sizes.clamp(min=1e-5) / borne.clamp(min=1e-5)).sqrt()
        _check_finite([columns])
        given = Scale(float((low / columns).min()), float((high / columns).max()))
        return cls(weight, bias, given=given, columns=columns)

    def forward(self, x: Tensor) -> Tensor:
        """Return (t, out) of (t, in)."""
        return self.product(self.levels(x))[: len(x)]

    def levels(self, x: Tensor) -> Tensor:
        """Return (n, in) bytes of (t, in); n is t filled up as `int8.filled` says."""
        # The half makes cutting off round.
        scaled = torch.mul(x, self._factor).add_(self.given.zero + 0.5).clamp_(0, TOP)
        # What is no number becomes one here, and none again by what the product is added to.
        return as_bytes(scaled)

    def product(self, levels: Tensor, then: Scale | None = None) -> Tensor:
        """Return (n, out) of (n, in) levels; with `then`, its GELU as levels of that scale."""
        end = (
            (then.step, then.zero, torch.uint8, "gelu") if then else (1.0, 0, torch.float32, "none")
        )
        step, zero, dtype, after = end
        weight, given = (self._weight, self._scales, self._zeros), self.given
        product: Tensor = torch.ops.onednn.qlinear_pointwise(
            levels,
            given.step,
            given.zero,
            *weight,
            self._bias,
            step,
            zero,
            dtype,
            after,
            [],
            "none",
        )
        return product


class FixedFeedForward(nn.Module):
    """`FeedForward` in eight bits."""

    def __init__(self, part: FeedForward, limits: Limits) -> None:
        super().__init__()
        most, rows, less = divided(limits[part.outer][1])
        weight, bias = part.inner.weight[rows], part.inner.bias[rows] - less
        self.inner = FixedAffine.evened(weight, bias, limits=limits[part.inner])
        outer = part.outer.weight[:, rows]
        self.outer = FixedAffine(outer, part.outer.bias, given=Scale(LOWEST, most))
        self.norm = part.norm

    def forward(self, x: Tensor) -> Tensor:
        """Return a tensor of the shape of x, (t, d)."""
        parts = [self._some(some) for some in torch.split(x, ROWS)]
        return parts[0] if len(parts) == 1 else torch.cat(parts)

    def _some(self, x: Tensor) -> Tensor:
        between = self.inner.product(self.inner.levels(x), self.outer.given)
        normed: Tensor = self.norm(self.outer.product(between)[: len(x)].add_(x))
        return normed


def divided(high: Tensor) -> tuple[float, Tensor, Tensor]:
    """Return the most that a unit gives, and (k,) which unit each is, (k,) from where on.

    high: (n,) the most that each unit was seen to give. Behind a GELU, what is above `most` is the
    sum of the unit cut off there and of the same unit less `most`, cut off again, and so on. Which
    is exact but near the cuts, where GELU is not yet straight.
    """
    wide = min(len(high), 1 + len(high) // DIVIDED)
    most = max(float(high.topk(wide).values[-1]), -LOWEST)
    parts = (high / most).ceil().clamp(1, PARTS).long()
    rows = torch.arange(len(high)).repeat_interleave(parts)
    first = (parts.cumsum(0) - parts).repeat_interleave(parts)
    less = (torch.arange(len(rows)) - first) * most
    idle = -len(rows) % FULL  # units that nothing reaches
    rows = torch.cat([rows, rows.new_zeros(idle)])
    return most, rows, torch.cat([less, less.new_full((idle,), NEVER)])


def pack(module: nn.Module, sample: Callable[[], object]) -> bool:
    """Turn the layers of `module` into eight bits for what they are given while `sample` runs.

    Returns whether this machine is faster with them, so that it was done. Raises ModelError when
    what the layers are given is not finite.
    """
    if not available():
        return False
    with torch.inference_mode(), _watched(module) as limits:
        sample()
    _check_finite(end for ends in limits.values() for end in ends)
    for parent in list(module.modules()):
        for name, child in parent.named_children():
            if isinstance(child, FeedForward):
                setattr(parent, name, FixedFeedForward(child, limits))
            elif isinstance(child, Affine) and isinstance(parent, SelfAttention):
                fixed = FixedAffine.evened(child.weight, child.bias, limits=limits[child])
                setattr(parent, name, fixed)
    return True


def _check_finite(values: Iterable[Tensor]) -> None:
    if not all(bool(torch.isfinite(value).all()) for value in values):
        raise ModelError("the model's numbers are not finite; its weights are broken")


@contextmanager
def _watched(module: nn.Module) -> Iterator[Limits]:
    """Note what each `Affine` of `module` is given at the least and at the most, with some room."""
    limits: Limits = {}

    def note(layer: nn.Module, given: tuple[Tensor, ...]) -> None:
        rows = given[0].reshape(-1, given[0].shape[-1])
        ends = rows.new_zeros(2, rows.shape[1])
        low, high = limits.get(layer, (ends[0], ends[1]))
        least, most = rows.amin(0) * ROOM, rows.amax(0) * ROOM
        limits[layer] = torch.minimum(low, least), torch.maximum(high, most)

    layers = [layer for layer in module.modules() if isinstance(layer, Affine)]
    hooks = [layer.register_forward_pre_hook(note) for layer in layers]
    try:
        yield limits
    finally:
        for hook in hooks:
            hook.remove()
