"""Errors of the service, and the status that each error of the package is answered with.

| status | when |
|---|---|
| 400, 422 | the body is no JSON; it has the wrong shape, or its text holds no article |
| 401, 403 | no or a wrong API key; a host or a web page that is not let in |
| 408 | the body does not come in time |
| 413 | the body, the page or the story is larger than is taken |
| 415 | the body is neither JSON nor JSON lines |
| 429, 503 | too many requests at once, with Retry-After; no work is taken now |
| 500 | a fault of the service; its log says more |
| 502 | the page cannot be fetched, or may not be |
| 504 | not done in time |
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.responses import Response

from summarizer import report
from summarizer.errors import (
    DataError,
    FetchError,
    NoArticleError,
    SummarizerError,
    TooLongError,
)

_STATUS: tuple[tuple[type[SummarizerError], int], ...] = (
    (FetchError, 502),
    (NoArticleError, 422),
    (DataError, 422),
    (TooLongError, 413),
)


class ServiceError(HTTPException):
    """Base of what the service itself refuses; answered with `status`."""

    status: int = 500

    def __init__(self, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(self.status, message, dict(headers or {}))

    def __str__(self) -> str:
        return str(self.detail)


class BodyError(ServiceError):
    """The body does not have the shape that is asked for."""

    status = 422


class MalformedError(ServiceError):
    """The body is not what its media type says."""

    status = 400


class UnauthorizedError(ServiceError):
    """The API key is missing or wrong."""

    status = 401


class ForbiddenError(ServiceError):
    """The request comes from where none is taken from."""

    status = 403


class SlowBodyError(ServiceError):
    """The body does not come in time."""

    status = 408


class BodyTooLargeError(ServiceError):
    """The body is larger than is taken."""

    status = 413


class MediaTypeError(ServiceError):
    """The body is in a form that is not read."""

    status = 415


class BusyError(ServiceError):
    """Too many requests at once."""

    status = 429


class NotReadyError(ServiceError):
    """No work is taken now."""

    status = 503


class DeadlineError(ServiceError):
    """The time for one story has passed."""

    status = 504


class GoneError(ServiceError):
    """The client has hung up; nobody reads this."""

    status = 499


class InternalError(ServiceError):
    """A fault of the service."""

    status = 500


def status_of(error: Exception) -> int:
    """Return the HTTP status that says what `error` is."""
    if isinstance(error, HTTPException):
        return error.status_code
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 500)


def body_of(error: Exception) -> dict[str, dict[str, str]]:
    """Return what a client is told: a name to go by and a sentence to read."""
    if type(error) is HTTPException:  # the framework's own: no such path, no such method
        if error.status_code == HTTPStatus.BAD_REQUEST:
            return body_of(MalformedError("the body cannot be read as JSON"))
        said = HTTPStatus(error.status_code).phrase
        return {"error": {"type": f"{said.replace(' ', '')}Error", "message": error.detail}}
    return {"error": {"type": type(error).__name__, "message": str(error)}}


def refusal(error: Exception, headers: Mapping[str, str] | None = None) -> Response:
    """Return the response that says what `error` is."""
    # Not a JSONResponse: what a client sent, quoted, may hold half a surrogate pair.
    return Response(
        report.dumps(body_of(error)),
        status_of(error),
        headers=headers,
        media_type="application/json",
    )
