"""The body of a response: read to a limit that counts before and after decompression."""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterable, Iterator
from typing import Final

import httpx

from summarizer.read.refusal import RefusedError

ACCEPTED: Final = "gzip, deflate"
"""What `Accept-Encoding` asks for. Brotli and zstd are left out: their decoders in httpx take no
limit, and a few kilobytes of either can ask for gigabytes."""

_STEP: Final = 65_536  # bytes decompressed at a time
_EITHER: Final = 32 + zlib.MAX_WBITS  # zlib's code for: gzip or zlib, by its header
_GZIP: Final = b"\x1f\x8b"


class TooLargeError(Exception):
    """The body is larger than allowed."""


def read_body(response: httpx.Response, *, limit: int, deadline: float) -> bytes:
    """Return the decompressed body of a streamed response.

    Raises TooLargeError for more than `limit` bytes, on the wire or decompressed, RefusedError for
    an encoding that was not asked for, httpx.ReadTimeout past `deadline` (monotonic clock) and
    httpx.RemoteProtocolError where compressed data is broken or breaks off.
    """
    if response.is_stream_consumed:  # by a client of the caller's own: a cache, a mock
        return b"".join(_limited([response.content], limit=limit, deadline=deadline))
    wire = _limited(response.iter_raw(), limit=limit, deadline=deadline)
    parts = _decoded(wire, encoding=response.headers.get("content-encoding", ""))
    return b"".join(_limited(parts, limit=limit, deadline=deadline))


def _limited(parts: Iterable[bytes], *, limit: int, deadline: float) -> Iterator[bytes]:
    size = 0
    for part in parts:
        size += len(part)
        if size > limit:
            raise TooLargeError
        if time.monotonic() > deadline:
            raise httpx.ReadTimeout("deadline for the whole page")
        yield part


def _decoded(parts: Iterable[bytes], *, encoding: str) -> Iterator[bytes]:
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        return iter(parts)
    if encoding in ("gzip", "x-gzip", "deflate"):
        return _inflated(parts)
    raise RefusedError(
        f"the server sent the page in an encoding that was not asked for ({encoding[:40]}); "
        "save the page in a browser and give the file instead"
    )


def _inflated(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the data of gzip members, a zlib stream or bare deflate, in small steps."""
    engine = None
    for part in parts:
        rest = part
        while rest:
            engine = engine or zlib.decompressobj(_window(rest))
            yield _step(engine, rest)
            rest = engine.unconsumed_tail
            if engine.eof and engine.unused_data:
                rest, engine = engine.unused_data, None
                if rest[:2] != _GZIP:
                    return  # padding behind the data: nobody reads it
    if engine is not None and not engine.eof:
        raise httpx.RemoteProtocolError("the compressed page breaks off")


def _step(engine: zlib._Decompress, data: bytes) -> bytes:
    try:
        return engine.decompress(data, _STEP)
    except zlib.error as error:
        raise httpx.RemoteProtocolError(f"the compressed page is broken: {error}") from error


def _window(start: bytes) -> int:
    """Return zlib's window code: with a header (gzip, zlib), or bare deflate without one."""
    zlib_header = start[0] & 0x0F == zlib.DEFLATED and int.from_bytes(start[:2]) % 31 == 0
    return _EITHER if start[:2] == _GZIP or zlib_header else -zlib.MAX_WBITS
