"""The command `summarizer serve`: loads the models, then answers over HTTP until told to stop."""

from __future__ import annotations

import logging
import os
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from summarizer.cli.cache_options import CacheOptions
from summarizer.cli.console import TalkOptions, working
from summarizer.cli.fetch_options import FetchOptions
from summarizer.cli.model_options import ModelOptions, load
from summarizer.errors import DataError, MissingExtraError, ReadError

if TYPE_CHECKING:
    from summarizer.service import Access

log = logging.getLogger(__name__)

KEY_VARIABLE: Final = "SUMMARIZER_API_KEY"
_GRACE_S: Final = 5  # beyond the time that a story may take

Host = Annotated[str, typer.Option("--host", help="Address to listen on; 0.0.0.0 is everybody's.")]
Port = Annotated[int, typer.Option("--port", min=0, max=65_535, help="0 takes a free one.")]
KeyFile = Annotated[
    Path | None,
    typer.Option(
        "--api-key-file",
        metavar="FILE",
        help=f"Ask for the key that stands there; or set {KEY_VARIABLE}.",
    ),
]
AllowHost = Annotated[
    list[str] | None,
    typer.Option("--allow-host", metavar="NAME", help="Another name of this host. Repeatable."),
]
Origin = Annotated[
    list[str] | None,
    typer.Option("--cors-origin", metavar="URL", help="Let pages of this site ask. Repeatable."),
]
MaxMegabytes = Annotated[
    int, typer.Option("--max-body", metavar="MB", min=1, help="Larger bodies are refused.")
]
StoryTime = Annotated[
    float, typer.Option("--max-time", metavar="SECONDS", min=1, help="For one story.")
]
MaxRequests = Annotated[
    int, typer.Option("--max-requests", metavar="N", min=1, help="At once; more are turned away.")
]
KeepTexts = Annotated[
    bool, typer.Option("--cache-texts", help="Cache what is sent as text or HTML too.")
]


def serve(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    api_key_file: KeyFile = None,
    allow_host: AllowHost = None,
    cors_origin: Origin = None,
    max_body: MaxMegabytes = 20,
    max_time: StoryTime = 120.0,
    max_requests: MaxRequests = 64,
    *,
    models: ModelOptions,
    fetch: FetchOptions,
    cache: CacheOptions,
    cache_texts: KeepTexts = False,
    talk: TalkOptions,
) -> None:
    """Answer over HTTP: POST /v1/analyze and /v1/batch, a page at /, /openapi.json for programs.

    SIGTERM and Ctrl-C stop it once what runs is done.
    """
    talk.start_logging()
    try:
        import uvicorn

        from summarizer.service import Limits, create_app, warm_up
    except ModuleNotFoundError as error:
        raise MissingExtraError(
            f"{error.name} is not installed; run: pip install 'viewpoint-summarizer[serve]'"
        ) from error
    access = _access(host, api_key_file, allow_host or (), cors_origin or ())
    limits = Limits(max_bytes=max_body * 1_000_000, timeout_s=max_time, requests=max_requests)
    useful = cache_texts or not models.offline
    with cache.opened(useful=useful, texts=cache_texts, shared=True) as kept:
        with working("Reading the models", quiet=talk.quiet):
            summarizer = load(models, changes=fetch.changes(), cache=kept)
        with working("Warming up", quiet=talk.quiet):
            warm_up(summarizer)
        app = create_app(summarizer, limits=limits, access=access)
        uvicorn.run(
            app,
            host=host,
            port=port,
            log_config=_log_config(),
            log_level="warning" if talk.quiet else "info",
            server_header=False,
            timeout_graceful_shutdown=round(max_time) + _GRACE_S,
        )


def _log_config() -> dict[str, Any]:
    """Return uvicorn's own, but for stdout, which is for results."""
    from uvicorn.config import LOGGING_CONFIG

    config = deepcopy(LOGGING_CONFIG)
    config["handlers"]["access"]["stream"] = "ext://sys.stderr"
    return config


def _access(
    host: str,
    key_file: Path | None,
    names: tuple[str, ...] | list[str],
    origins: list[str] | tuple[str, ...],
) -> Access:
    from summarizer.service.limits import LOOPBACK, Access, is_loopback

    key = _read_key(key_file)
    local = is_loopback(host)
    if key is None and not local:
        log.warning("listening on %s without an API key: whoever reaches it may use it", host)
    known = {*names, host, *LOOPBACK} if local or names else set()
    return Access(
        key=key,
        hosts=frozenset(name.lower() for name in known),
        origins=frozenset(origin.rstrip("/") for origin in origins),
    )


def _read_key(path: Path | None) -> str | None:
    """Return the API key; not an option of its own, since whoever lists processes would see it."""
    if path is None:
        key = os.environ.get(KEY_VARIABLE)
    else:
        try:
            key = path.read_text(encoding="utf-8").strip()
        except (OSError, ValueError) as error:
            raise ReadError(f"{path}: the API key cannot be read ({error})") from error
    if key is not None and not (key.isascii() and key.isprintable() and key and " " not in key):
        raise DataError("the API key is empty or holds blanks or accents; give letters and digits")
    return key
