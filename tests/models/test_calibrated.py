"""Products in eight bits on fixed scales: near enough, the same in any company, never silent."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor, nn
from torch.nn.functional import gelu

from summarizer.errors import ModelError
from summarizer.models import calibrated, int8
from summarizer.models.transformer import Affine, FeedForward, SelfAttention

WIDE, INNER = 64, 256
needs_instructions = pytest.mark.skipif(
    not int8.available(), reason="this processor has no instructions for products in eight bits"
)


def state(*, large: float = 1.0) -> dict[str, Tensor]:
    """Weights of one layer; with `large`, one unit gives so many times what the others give."""
    random = torch.Generator().manual_seed(0)
    shapes = {"q": (WIDE, WIDE), "k": (WIDE, WIDE), "v": (WIDE, WIDE), "o": (WIDE, WIDE)}
    shapes |= {"inner": (INNER, WIDE), "outer": (WIDE, INNER)}
    found = {f"{n}.weight": torch.randn(s, generator=random) / 8 for n, s in shapes.items()}
    found |= {f"{n}.bias": torch.randn(s[0], generator=random) for n, s in shapes.items()}
    for name in ("norm", "last"):
        found |= {f"{name}.weight": torch.ones(WIDE), f"{name}.bias": torch.zeros(WIDE)}
    found["inner.weight"][7] *= large
    return found


class Layer(nn.Module):
    """One layer of an encoder."""

    def __init__(self, *, large: float = 1.0) -> None:
        super().__init__()
        held = state(large=large)
        names = ["q", "k", "v", "o", "norm"]
        self.attention = SelfAttention(held, names, heads=4, epsilon=1e-12)
        self.forward_part = FeedForward(held, ["inner", "outer", "last"], 1e-12)

    def forward(self, x: Tensor) -> Tensor:
        read: Tensor = self.forward_part(self.attention(x, [(1, len(x))], None))
        return read


def rows(n: int, *, seed: int = 1) -> Tensor:
    return torch.randn(n, WIDE, generator=torch.Generator().manual_seed(seed))


def packed(*, large: float = 1.0) -> Layer:
    layer = Layer(large=large)
    assert calibrated.pack(layer, lambda: layer(rows(200)))
    return layer


@needs_instructions
@pytest.mark.parametrize("large", [1.0, 6.0])
def test_a_layer_in_eight_bits_is_near_the_layer(large: float) -> None:
    exact, near, x = Layer(large=large), packed(large=large), rows(300, seed=2)
    assert not [part for part in near.modules() if isinstance(part, Affine)]
    wanted, found = exact(x), near(x)
    assert (found - wanted).norm() < 0.02 * wanted.norm()
    assert not torch.equal(found, wanted)


@needs_instructions
def test_a_unit_of_many_times_the_size_of_others_costs_them_no_precision(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    exact, x = Layer(large=20.0), rows(100, seed=2)
    with_parts = (packed(large=20.0)(x) - exact(x)).norm()
    monkeypatch.setattr(calibrated, "divided", _whole)
    assert with_parts < 0.7 * (packed(large=20.0)(x) - exact(x)).norm()


def _whole(high: Tensor) -> tuple[float, Tensor, Tensor]:
    return float(high.max()), torch.arange(len(high)), torch.zeros(len(high))


@needs_instructions
def test_a_row_does_not_depend_on_its_company() -> None:
    part, x = packed().forward_part, rows(300)
    x[3] *= 1000
    together = part(x)
    assert all(torch.equal(part(x[i : i + 1])[0], together[i]) for i in range(0, 300, 7))


@needs_instructions
def test_what_lies_outside_of_the_range_is_cut_off_and_no_number_stays_none() -> None:
    layer, x = packed(), rows(4)
    project = layer.attention.project
    far, farther = project(1e3 * x.sign()), project(1e6 * x.sign())
    assert torch.equal(far, farther)
    assert far.isfinite().all()
    x[2, 5] = torch.nan
    assert layer.forward_part(x).isnan().any(1).tolist() == [False, False, True, False]


@given(highs=st.lists(st.floats(0, 50), min_size=1, max_size=200), share=st.floats(0, 1))
def test_the_parts_of_a_unit_add_up_to_the_unit(highs: list[float], share: float) -> None:
    high = torch.tensor(highs)
    most, unit, less = calibrated.divided(high)
    limit = torch.tensor(most)
    assert len(unit) % calibrated.FULL == 0
    given_ = high * share
    added = torch.zeros(len(high)).index_add(
        0, unit, torch.minimum(gelu(given_[unit] - less), limit)
    )
    reached = torch.minimum(gelu(given_), limit * calibrated.PARTS)
    assert (added - reached).abs().max() < 0.4  # near a cut, where GELU dips


@needs_instructions
def test_weights_that_are_no_numbers_are_refused() -> None:
    layer = Layer()
    layer.attention.project.weight[0, 0] = torch.nan
    with pytest.raises(ModelError, match="broken"):
        calibrated.pack(layer, lambda: layer(rows(8)))


def test_without_instructions_nothing_is_read_and_all_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(calibrated, "available", lambda: False)
    layer = Layer()
    assert not calibrated.pack(layer, lambda: pytest.fail("read"))
    assert isinstance(layer.attention.project, Affine)
