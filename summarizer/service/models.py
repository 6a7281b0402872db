"""What a request holds; what an answer holds is the published schema of an analysis."""

from __future__ import annotations

from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

from summarizer import report

MOST_SOURCES: Final = 20  # outlets of one story


class Source(BaseModel):
    """One article: its address, or its HTML or text with what else is known of it."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"url": "https://example.org/story"}]}
    )

    url: Annotated[
        str | None,
        Field(description="http(s) address: fetched, unless html or text are given with it."),
    ] = None
    html: Annotated[str | None, Field(description="The page; the article in it is found.")] = None
    text: Annotated[str | None, Field(description="The article as plain text.")] = None
    title: Annotated[str | None, Field(description="With html or text: the headline.")] = None


def _number(body: object) -> str:
    return "several" if isinstance(body, list) else "one"


Sources = Annotated[
    Annotated[Source, Tag("one")]
    | Annotated[list[Source], Field(min_length=1, max_length=MOST_SOURCES), Tag("several")],
    Discriminator(_number),
]
"""A story: one article, or a list of them. Told apart first, so that errors speak of one shape."""


class Problem(BaseModel):
    """A name to go by and a sentence that says what to do."""

    type: str
    message: str


class Refusal(BaseModel):
    """What every error is answered with."""

    error: Problem


def analysis_schema(at: str) -> dict[str, Any]:
    """Return the published JSON Schema of an analysis as it reads at the place `at` of a file."""
    schema: dict[str, Any] = _moved(report.schema(), at)
    schema.pop("$schema", None)
    return schema


def _moved(node: Any, at: str) -> Any:
    if isinstance(node, list):
        return [_moved(item, at) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        name: value.replace("#/", f"{at}/", 1)
        if name == "$ref" and isinstance(value, str)
        else _moved(value, at)
        for name, value in node.items()
    }
