from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from summarizer import __version__
from summarizer.prompts import Prompts
from tests import readme_tree


@pytest.fixture(scope="module")
def built(root, tmp_path_factory) -> Path:
    """A wheel built from the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel"]
    result = subprocess.run(
        [*command, "--directory", str(folder)], cwd=root, capture_output=True, text=True
    )
    assert result.returncode == 0, result.stderr
    [path] = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def wheel(built) -> set[str]:
    """The names in the wheel."""
    with zipfile.ZipFile(built) as archive:
        return set(archive.namelist())


def on_disk(root: Path, folder: str, pattern: str) -> set[str]:
    return {
        path.relative_to(root / folder).as_posix()
        for path in (root / folder).rglob(pattern)
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_wheel_holds_every_prompt_inside_the_package(root, wheel):
    prompts = on_disk(root, "prompts", "*")
    assert prompts
    assert {f"summarizer/_prompts/{name}" for name in prompts} <= wheel


def test_the_wheel_holds_every_file_of_the_package(root, wheel):
    names = on_disk(root, "summarizer", "*")
    assert {"py.typed", "report/schema.json"} <= names
    assert {f"summarizer/{name}" for name in names} <= wheel


def test_the_wheel_installs_one_top_level_name(wheel):
    tops = {name.split("/")[0] for name in wheel}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"summarizer"}


def test_the_wheel_runs_outside_the_checkout_with_its_own_prompts(built, tmp_path):
    with zipfile.ZipFile(built) as archive:
        archive.extractall(tmp_path)
    code = (
        "import summarizer; from summarizer.prompts import Prompts; from summarizer import report;"
        "print(summarizer.__file__, Prompts.load('bundled').digest, report.VERSION)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stderr
    place, digest, version = result.stdout.split()
    assert Path(place).is_relative_to(tmp_path)
    assert (digest, version) == (Prompts.load("bundled").digest, "1")


@pytest.mark.parametrize(("page", "made"), readme_tree.PAGES.items())
def test_the_pages_list_every_folder_and_file_and_no_other(root, page, made):
    text = (root / page).read_text(encoding="utf-8")
    listed = text.split(readme_tree.BEGIN)[1].split(readme_tree.END)[0]
    # names only: a reworded docstring need not touch the page at once
    assert names(listed) == names(made()), "run: python tests/readme_tree.py"


def test_every_folder_of_the_packages_is_described():
    found = {folder.relative_to(readme_tree.ROOT).as_posix() for folder in readme_tree.packages()}
    assert found <= set(readme_tree.WHAT_FOLDERS_ARE_FOR)


def names(tree: str) -> list[str]:
    return [line.split()[0] for line in tree.splitlines()]


def test_the_changelog_begins_with_this_version_or_with_what_is_not_released(root):
    text = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## \[(.+?)\]", text, re.M)[0] in {"Unreleased", __version__}


def test_what_is_installed_is_pinned(root):
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    lists = [
        project["project"]["dependencies"],
        *project["project"]["optional-dependencies"].values(),
        *project["dependency-groups"].values(),
    ]
    # A tool that is pinned where it is named needs no second place.
    wanted = {
        re.split(r"[\[><=]", name)[0] for names in lists for name in names if "==" not in name
    }
    lines = (root / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {line.split("==")[0] for line in lines if "==" in line}

    def normal(names):
        return {re.sub(r"[-_.]+", "-", name).lower() for name in names}

    assert normal(wanted) <= normal(pinned)
