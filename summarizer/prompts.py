"""Prompts: one text file per task and family of writers, read from `prompts/`."""

from __future__ import annotations

import hashlib
import json
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from summarizer.errors import DataError

VARIABLES = frozenset({"texts", "question"})

INSTRUCTION_TYPES = frozenset({"t5", "mt5", "umt5", "longt5", "switch_transformers"})
"""Model types of Hugging Face configs whose checkpoints follow instructions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompts:
    """The prompts of one family; `digest` identifies their texts."""

    family: str
    separator: str
    templates: Mapping[str, str]
    digest: str

    @classmethod
    def load(cls, family: str, *, folder: Path | None = None) -> Prompts:
        """Return the prompts of `family` from `folder`, or the ones that ship with the package.

        Raises DataError when the family is not there or a template names an unknown variable.
        """
        home = (folder or prompts_folder()) / family
        files = sorted(home.glob("*.txt"))
        if not files:
            raise DataError(f"{home}: no prompts there; expected one .txt file per task")
        templates = {file.stem: _template(file) for file in files}
        separator = _separator(home / "family.json")
        content = json.dumps([family, separator, sorted(templates.items())])
        digest = hashlib.sha256(content.encode()).hexdigest()[:16]
        return cls(family=family, separator=separator, templates=templates, digest=digest)

    def fill(self, task: str, texts: Sequence[str], *, question: str | None = None) -> str:
        """Return the prompt of `task` for `texts`; raises DataError for a task without prompt.

        The separator is taken out of the texts, so that no text can pose as two.
        """
        if task not in self.templates:
            raise DataError(f"no prompt for {task!r} in family {self.family!r}; add {task}.txt")
        mark = self.separator.strip()
        bare = [text.replace(mark, " ") if len(mark) > 1 else text for text in texts]
        return self.templates[task].format(
            texts=self.separator.join(" ".join(text.split()) for text in bare),
            question=question or "",
        )


def family_of(model_type: str, *, bundled: bool) -> str:
    """Return the prompt family for a model type as its config.json names it."""
    if bundled:
        return "bundled"
    return "instruction" if model_type in INSTRUCTION_TYPES else "plain"


def prompts_folder() -> Path:
    """Return where the prompts lie: inside the package in a wheel, beside it in a checkout."""
    here = Path(__file__).resolve().parent
    shipped = here / "_prompts"
    return shipped if shipped.is_dir() else here.parent / "prompts"


def _template(file: Path) -> str:
    text = file.read_text(encoding="utf-8").rstrip("\n")
    try:
        names = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError as error:
        raise DataError(f"{file}: {error}; write a literal brace twice") from error
    unknown = names - VARIABLES
    if unknown:
        raise DataError(f"{file}: unknown variable {sorted(unknown)[0]!r}; known: texts, question")
    if "texts" not in names:
        raise DataError(f"{file}: has no {{texts}}, so the claims would not be read")
    return text


def _separator(file: Path) -> str:
    try:
        value = json.loads(file.read_text(encoding="utf-8"))["separator"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"{file}: expected {{'separator': text}} ({error!r})") from error
    if not isinstance(value, str):
        raise DataError(f"{file}: the separator is not a text")
    return value
