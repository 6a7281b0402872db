"""Products in eight bits: near enough, the same in any company, and only where they are exact."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
import torch
from torch import nn

from summarizer.models import int8
from summarizer.models.transformer import Affine

needs_instructions = pytest.mark.skipif(
    not int8.available(), reason="this processor has no instructions for products in eight bits"
)


def affine(out: int = 40, width: int = 96) -> Affine:
    random = torch.Generator().manual_seed(0)
    state = {
        "one.weight": torch.randn(out, width, generator=random),
        "one.bias": torch.randn(out, generator=random),
    }
    return Affine(state, "one")


def rows(*shape: int) -> torch.Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(1))


@needs_instructions
@pytest.mark.parametrize("shape", [(1, 96), (17, 96), (3, 5, 96), (300, 96)])
def test_eight_bits_are_near_single_precision(shape: tuple[int, ...]) -> None:
    exact = affine()
    near = int8.Int8Affine(exact.weight, exact.bias)
    x, wanted = rows(*shape), exact(rows(*shape))
    found = near(x)
    assert found.shape == wanted.shape
    assert (found - wanted).norm() < 0.02 * wanted.norm()
    assert not torch.equal(found, wanted)


@needs_instructions
def test_a_row_does_not_depend_on_its_company() -> None:
    near = int8.Int8Affine(affine().weight, affine().bias)
    x = rows(70, 96)
    x[3] *= 1000
    together = near(x)
    assert all(torch.equal(near(x[i : i + 1])[0], together[i]) for i in range(len(x)))


@needs_instructions
def test_rows_of_zeros_give_the_bias_and_what_is_no_number_stays_none() -> None:
    near = int8.Int8Affine(affine().weight, affine().bias)
    assert torch.equal(near(torch.zeros(2, 96)), affine().bias.expand(2, -1))
    assert near(torch.full((1, 96), torch.nan)).isnan().all()


@needs_instructions
def test_packing_replaces_each_affine_of_a_module() -> None:
    module = nn.Sequential(affine(96), nn.Sequential(affine()), nn.LayerNorm(40))
    before = module(rows(4, 96))
    int8.pack(module)
    assert [type(one).__name__ for one in module.modules()].count("Int8Affine") == 2
    assert (module(rows(4, 96)) - before).abs().max() < 0.1


@needs_instructions
def test_square_matrices_can_be_left_as_they_are() -> None:
    module = nn.Sequential(affine(96), affine())
    assert int8.pack(module, square=False)
    assert [type(one).__name__ for one in module] == ["Affine", "Int8Affine"]
    assert not int8.pack(nn.Sequential(affine(96)), square=False)


@pytest.mark.parametrize("missing", ["instructions", "operator", "exactness"])
def test_without_exact_instructions_weights_stay_as_they_are(
    monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    supported = missing != "instructions"
    monkeypatch.setattr(torch.cpu, "_is_vnni_supported", lambda: supported)
    if missing == "operator":
        monkeypatch.setattr(int8, "torch", SimpleNamespace(cpu=torch.cpu))
    if missing == "exactness":
        monkeypatch.setattr(int8, "_product", lambda levels, *_: torch.zeros(len(levels), 2))
    int8.available.cache_clear()
    try:
        module = nn.Sequential(affine())
        int8.pack(module)
        assert isinstance(module[0], Affine)
    finally:
        int8.available.cache_clear()


def test_the_environment_can_forbid_eight_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZER_INT8", "0")
    int8.available.cache_clear()
    try:
        module = nn.Sequential(affine())
        assert not int8.pack(module)
        assert isinstance(module[0], Affine)
        assert int8.marked("abc", packed=False) == "abc"
    finally:
        int8.available.cache_clear()
