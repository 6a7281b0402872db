"""What a site allows programs to read: its robots.txt, by RFC 9309."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

import httpx
from protego import Protego

from summarizer.read.refusal import RefusedError

PRODUCT: Final = "viewpoint-summarizer"
"""The name that a robots.txt calls this tool by; the first word of its User-Agent."""

MAX_BYTES: Final = 512_000  # RFC 9309 asks for 500 KiB at least; what is beyond is not read


def address(url: httpx.URL) -> str:
    """Return where the robots.txt that rules over `url` lies."""
    return str(httpx.URL(scheme=url.scheme, netloc=url.netloc, path="/robots.txt"))


def parse(content: bytes, *, status: int) -> Protego:
    """Return the rules that an answer to a request for robots.txt stands for.

    A site without one (4xx) allows everything; one that cannot say (5xx) allows nothing, which
    raises RefusedError here, since its rules are not known.
    """
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise RefusedError(
            f"the site's robots.txt cannot be read (it answered {status}), which counts as "
            "a refusal; try again later, or use --ignore-robots on a site of yours"
        )
    found = content[:MAX_BYTES] if status == HTTPStatus.OK else b""
    return Protego.parse(found.decode("utf-8-sig", errors="replace"))


def check(rules: Protego, url: httpx.URL) -> None:
    """Raise RefusedError when `rules` do not allow this tool to read `url`."""
    if not rules.can_fetch(str(url), PRODUCT):
        raise RefusedError(
            f"the robots.txt of {url.host} does not allow programs to read this page; save the "
            "page in a browser and give the file instead, or use --ignore-robots on a site of yours"
        )
