"""Pages by the rules of HTTP (RFC 9111), in front of the guarded way to the network."""

from __future__ import annotations

import hashlib
from typing import Final

import httpx
from hishel import CacheOptions
from hishel.httpx import CacheTransport

from summarizer.cache.store import FAULTS, Store
from summarizer.settings import Settings

_OURS: Final = "caching"  # the request and response extension that hishel reads and writes


class CachedTransport(httpx.BaseTransport):
    """Answers from the cache where the site allowed it, else asks and keeps what may be kept.

    An entry is found only by requests with the same leave to fetch (`allow_private`, ports) as the
    one that it answered, so that nothing is served that the guard would not have let through.
    Requests with credentials pass by.
    """

    def __init__(
        self, guarded: httpx.BaseTransport, store: Store, *, settings: Settings, shared: bool
    ) -> None:
        self._guarded = guarded
        self._store = store
        self._leave = f"private={settings.allow_private} ports={sorted(set(settings.ports))}"
        self._options = CacheOptions(shared=shared)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Return the response; its body may not have been read yet."""
        storage = self._store.storage
        if storage is None or _has_credentials(request):
            return self._guarded.handle_request(request)
        cached = CacheTransport(self._guarded, storage=storage, rfc=self._options)
        request.extensions[_OURS] = {"key": self._key(request)}
        response = cached.handle_request(request)
        if not response.extensions[_OURS]["from_cache"]:
            return response
        # Read now: an entry that turns out broken can still be asked for where it came from.
        try:
            return _read(response)
        except FAULTS as error:
            self._store.warn("cannot be read", error)
        return self._guarded.handle_request(request)

    def close(self) -> None:
        """Close the way to the network; the store is its owner's."""
        self._guarded.close()

    def _key(self, request: httpx.Request) -> str:
        return hashlib.sha256(f"page {self._leave} {request.url}".encode()).hexdigest()


def _has_credentials(request: httpx.Request) -> bool:
    return bool(request.url.userinfo) or "authorization" in request.headers


def _read(response: httpx.Response) -> httpx.Response:
    content = b"".join(response.iter_raw())
    return httpx.Response(
        status_code=response.status_code,
        headers=response.headers,
        stream=httpx.ByteStream(content),
        extensions=response.extensions,
    )
