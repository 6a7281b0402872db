"""The HTTP service: stories in, analyses out, by JSON, JSON lines or a page for people."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware

from summarizer import report
from summarizer.errors import SummarizerError
from summarizer.rows import Json
from summarizer.service import page
from summarizer.service.desk import Desk, while_connected
from summarizer.service.edge import Edge
from summarizer.service.errors import (
    BodyError,
    MalformedError,
    NotReadyError,
    UnauthorizedError,
    refusal,
    status_of,
)
from summarizer.service.limits import Access, Limits
from summarizer.service.metrics import CONTENT_TYPE, Metrics
from summarizer.service.models import Sources
from summarizer.service.openapi import (
    JSON_LINES,
    analysis_content,
    answers,
    describe,
    lines_content,
)
from summarizer.service.queue import Queue
from summarizer.service.stories import Reader
from summarizer.version import __version__

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from summarizer.pipeline import Summarizer

_TAKEN = (
    "Lines of JSON with id, and url, html or text, and perhaps title; or with articles of these."
)
_GIVEN = "Lines of JSON with id, and analysis or error; line instead where there was no id."
_EVERY = (401, 403, 408, 413, 429, 500)  # what any work can be answered with


def create_app(
    summarizer: Summarizer, *, limits: Limits | None = None, access: Access | None = None
) -> ASGIApp:
    """Return the service as an ASGI application; `summarizer` is ready, its models loaded."""
    limits, access, metrics = limits or Limits(), access or Access(), Metrics()
    reader = Reader(summarizer, at_once=limits.fetches)
    queue = Queue(summarizer.analyze_many, limits=limits, metrics=metrics)
    desk = Desk(reader, queue, limits=limits)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        queue.start()
        yield
        reader.close()
        await queue.stop()

    app = FastAPI(
        title="Viewpoint Summarizer",
        version=__version__,
        description="Finds the viewpoints in news articles and sums each up, with evidence.",
        lifespan=lifespan,
        docs_url=None,  # they load scripts from elsewhere
        redoc_url=None,
        exception_handlers={
            SummarizerError: _refused,
            HTTPException: _refused,
            RequestValidationError: _invalid,
        },
    )
    edge = Edge(app, limits=limits, access=access, metrics=metrics)
    _add_work(app, desk)
    _add_page(app, desk, access)
    _add_state(app, edge, queue, metrics)
    describe(app, needs_key=access.key is not None)
    return _with_cors(edge, access) if access.origins else edge


def _with_cors(app: ASGIApp, access: Access) -> ASGIApp:
    """Return `app` with the headers that let pages of other origins read it, refusals too."""
    return CORSMiddleware(
        app,
        allow_origins=sorted(access.origins),
        allow_methods=["GET", "POST"],
        allow_headers=["Authorization", "Content-Type", "X-API-Key"],
    )


def _add_work(app: FastAPI, desk: Desk) -> None:
    @app.post(
        "/v1/analyze",
        response_class=JSONResponse,
        responses=answers(
            400, 415, 422, 502, 504, *_EVERY, description="An analysis.", content=analysis_content()
        ),
    )
    async def analyze(sources: Sources, request: Request) -> Response:
        """Analyse one story: an article, or several of different outlets."""
        analysis = await while_connected(request.receive, desk.analysis(_row(sources)))
        text = await asyncio.to_thread(report.dumps, analysis.to_dict())
        return Response(text, media_type="application/json")

    @app.post(
        "/v1/batch",
        response_class=StreamingResponse,
        responses=answers(415, *_EVERY, description="A line each.", content=lines_content(_GIVEN)),
        openapi_extra={"requestBody": {"required": True, "content": lines_content(_TAKEN)}},
    )
    async def batch(request: Request) -> Response:
        """Analyse JSON lines, as `summarizer batch` does; answers come in order, as they are."""
        return StreamingResponse(desk.records(await request.body()), media_type=JSON_LINES)


def _add_page(app: FastAPI, desk: Desk, access: Access) -> None:

    @app.get("/", include_in_schema=False)
    async def form() -> Response:
        headers = {
            "Content-Security-Policy": page.page_policy(),
            "Referrer-Policy": "same-origin",  # without it browsers hide where the form comes from
        }
        return HTMLResponse(page.page(asks_key=access.key is not None), headers=headers)

    @app.post("/report", include_in_schema=False)
    async def show(request: Request) -> Response:
        try:
            row, key = page.parse_form(await request.body())
            if not access.opens(key):
                raise UnauthorizedError("the API key is wrong")
            analysis = await while_connected(request.receive, desk.analysis(row))
        except (SummarizerError, HTTPException) as error:
            policy = {"Content-Security-Policy": page.page_policy(framed="'self'")}
            return HTMLResponse(page.problem(str(error)), status_of(error), headers=policy)
        html = await asyncio.to_thread(analysis.to_html)
        return HTMLResponse(html, headers={"Content-Security-Policy": page.REPORT_POLICY})


def _add_state(app: FastAPI, edge: Edge, queue: Queue, metrics: Metrics) -> None:
    @app.get("/healthz", responses=answers(403, 500, description="The service lives."))
    async def health() -> dict[str, str]:
        """Say that the process answers."""
        return {"status": "ok"}

    @app.get("/readyz", responses=answers(403, 500, 503, description="More work is taken."))
    async def ready() -> dict[str, str]:
        """Say whether more work is taken now."""
        if not queue.runs:
            raise NotReadyError("the models do not run")
        if edge.is_full:
            raise NotReadyError("as many requests as are taken are being answered")
        return {"status": "ready"}

    @app.get(
        "/metrics",
        response_class=Response,
        responses=answers(
            401, 403, 500, description="For Prometheus.", content={CONTENT_TYPE: {"schema": {}}}
        ),
    )
    async def counts() -> Response:
        """Return what is counted, in Prometheus' text format."""
        return Response(metrics.text(), media_type=CONTENT_TYPE)


def _row(sources: Sources) -> Json:
    """Return the row of a batch that says the same; its id is what errors call it."""
    if isinstance(sources, list):
        return {"id": "the story", "articles": [source.model_dump() for source in sources]}
    return {"id": "the article", **sources.model_dump()}


async def _refused(_: Request, error: Exception) -> Response:
    headers: Any = getattr(error, "headers", None)
    return refusal(error, headers)


async def _invalid(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"] if part not in ("body", "one", "several"))
    if first["type"] == "json_invalid":
        return await _refused(request, MalformedError("the body is not JSON"))
    said = f"{where}: {first['msg']}" if where else str(first["msg"])
    return await _refused(request, BodyError(f"{said}; see /openapi.json"))
