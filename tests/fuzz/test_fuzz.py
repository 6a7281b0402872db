"""A short run of every fuzz target, and every input that once broke one."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from tests.fuzz.mutate import load, mutate
from tests.fuzz.strategies import INPUTS
from tests.fuzz.targets import TARGETS, read_page

HERE = Path(__file__).parent
FOUND = sorted((HERE / "found").iterdir())


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_no_input_leaves_the_tree_of_errors(name):
    @settings(max_examples=15, suppress_health_check=list(HealthCheck))
    @given(INPUTS[name])
    def law(data):
        TARGETS[name](data)

    law()


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
def test_what_broke_a_target_breaks_it_no_more(path):
    TARGETS[path.name.partition("-")[0]](path.read_bytes())


def test_saved_pages_may_be_changed_in_any_way():
    pages = load(HERE.parent / "pages")
    assert pages
    for number in range(20):
        rng = random.Random(number)
        read_page(mutate(rng.choice(pages), others=pages, rng=rng))
