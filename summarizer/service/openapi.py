"""The description of the service for programs: FastAPI's, with the published schema of a result."""

from __future__ import annotations

from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from summarizer.service.models import Refusal, analysis_schema

_ANALYSIS: Final = "#/components/schemas/Analysis"
JSON_LINES: Final = "application/x-ndjson"
_ERRORS: Final = {
    400: "The body is not what its media type says.",
    401: "The API key is missing or wrong.",
    403: "The request comes from a host or web page that is not let in.",
    408: "The body did not come in time.",
    413: "The body, the page or the story is larger than is taken.",
    415: "The body is in a form that is not read.",
    422: "The body has the wrong shape, or holds no article.",
    429: "Too many requests at once; Retry-After says when to come back.",
    500: "A fault of the service.",
    502: "The page cannot be fetched, or may not be.",
    503: "The service is stopping, or not ready.",
    504: "Not done in time.",
}


def answers(*statuses: int, **ok: Any) -> dict[int | str, dict[str, Any]]:
    """Return FastAPI's `responses`: 200 as given in `ok`, and errors by status."""
    found: dict[int | str, dict[str, Any]] = {200: ok}
    for status in statuses:
        found[status] = {"model": Refusal, "description": _ERRORS[status]}
    return found


def analysis_content() -> dict[str, Any]:
    """Return the `content` of an answer that is an analysis."""
    return {"application/json": {"schema": {"$ref": _ANALYSIS}}}


def lines_content(description: str) -> dict[str, Any]:
    """Return the `content` of JSON lines, which OpenAPI has no other word for than text."""
    return {JSON_LINES: {"schema": {"type": "string", "description": description}}}


def describe(app: FastAPI, *, needs_key: bool) -> None:
    """Make `app` describe itself with the schema that the package publishes."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            found = get_openapi(
                title=app.title,
                version=app.version,
                description=app.description,
                routes=app.routes,
            )
            components = found.setdefault("components", {})
            components.setdefault("schemas", {})["Analysis"] = analysis_schema(_ANALYSIS)
            if needs_key:
                components["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
                found["security"] = [{"key": []}]
            app.openapi_schema = found
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's documented way
