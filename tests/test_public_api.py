from __future__ import annotations

import ast
import subprocess
import sys
import types

import pytest

import summarizer


def test_no_name_is_listed_twice():
    assert len(set(summarizer.__all__)) == len(summarizer.__all__)


def test_every_listed_name_exists_and_nothing_else_is_public():
    listed = {name: getattr(summarizer, name) for name in summarizer.__all__}
    assert all(value is not None for value in listed.values())
    public = {
        name
        for name, value in vars(summarizer).items()
        if not name.startswith("_") and not isinstance(value, types.ModuleType)
    }
    assert public - {"annotations", "TYPE_CHECKING"} == set(summarizer.__all__) - {"__version__"}


def test_every_error_of_the_tree_is_public():
    errors = {
        name
        for name, value in vars(summarizer.errors).items()
        if isinstance(value, type) and issubclass(value, summarizer.SummarizerError)
    }
    assert errors <= set(summarizer.__all__)


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = summarizer.nothing


@pytest.mark.parametrize("statement", ["import summarizer", "import summarizer.cli.app"])
def test_importing_loads_no_model_library(statement):
    heavy = ["torch", "transformers", "sentence_transformers", "sklearn", "trafilatura", "numpy"]
    code = f"import sys; {statement}; print([m for m in {heavy} if m in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (result.returncode, result.stderr) == (0, "")
    assert ast.literal_eval(result.stdout) == []


def test_logging_is_silent_unless_the_user_sets_it_up():
    code = "import logging, summarizer; logging.getLogger('summarizer').error('not to be seen')"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (result.stdout, result.stderr) == ("", "")
