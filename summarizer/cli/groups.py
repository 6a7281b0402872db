"""Groups of options: a command takes each as one value, the command line shows every option."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from functools import wraps
from inspect import Parameter
from typing import Any, get_type_hints


def grouped(command: Callable[..., None]) -> Callable[..., None]:
    """Return `command` as Typer reads it, with the fields of its dataclasses as parameters.

    A field is declared as a parameter of a Typer command is, `Annotated` and with its default.
    """
    own = inspect.signature(command, eval_str=True)
    groups = {name: one.annotation for name, one in own.parameters.items() if _is_group(one)}

    @wraps(command)
    def flat(**given: Any) -> None:
        for name, group in groups.items():
            given[name] = group(**{field.name: given.pop(field.name) for field in fields(group)})
        command(**given)

    shown = [one for parameter in own.parameters.values() for one in _shown(parameter)]
    flat.__annotations__ = {one.name: one.annotation for one in shown}
    flat.__signature__ = own.replace(parameters=shown)  # type: ignore[attr-defined] # as wraps does
    return flat


def _is_group(parameter: Parameter) -> bool:
    return is_dataclass(parameter.annotation)


def _shown(parameter: Parameter) -> Iterator[Parameter]:
    """Yield a parameter, or those of a group; all by keyword, so that any may have a default."""
    if not _is_group(parameter):
        yield parameter.replace(kind=Parameter.KEYWORD_ONLY)
        return
    hints = get_type_hints(parameter.annotation, include_extras=True)
    for field in fields(parameter.annotation):
        yield Parameter(
            field.name,
            Parameter.KEYWORD_ONLY,
            default=field.default,
            annotation=hints[field.name],
        )
