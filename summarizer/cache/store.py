"""A size-limited SQLite file of keys and bytes, by hishel; every fault of it is a warning."""

from __future__ import annotations

import hashlib
import logging
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from hishel import Entry, Headers, Request, Response, SqliteStorage

log = logging.getLogger(__name__)

_FILE: Final = "cache-1.db"  # another number when what is kept takes another form
_BUSY_S: Final = 5.0  # hishel's own wait for another process
_LARGEST: Final = 20_000_000  # one entry: as much as a page may have
_DIGEST: Final = "x-sha256"
FAULTS: Final = (sqlite3.Error, OSError, RuntimeError)
"""What sqlite and hishel raise for a file that is broken, locked, full or somebody else's."""


class Store:
    """Bytes by key. A file that cannot be opened, read or written is as good as an empty one.

    `storage` is what hishel's transport takes; None where the file cannot be used.
    """

    def __init__(self, folder: Path, *, max_bytes: int) -> None:
        self.path = folder / _FILE
        _say_faults()
        self.storage: SqliteStorage | None = None
        try:
            self.storage = self._opened(max_bytes)
        except FAULTS as error:
            self.warn("cannot be used; delete it, or name another folder", error)

    def _opened(self, max_bytes: int) -> SqliteStorage:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        connection = sqlite3.connect(
            self.path, timeout=_BUSY_S, check_same_thread=False, isolation_level=None
        )
        try:
            connection.execute("PRAGMA schema_version").fetchone()  # is it a database at all?
            self.path.chmod(0o600)
            storage = SqliteStorage(
                connection=connection, max_size=max_bytes, max_stream_size=_LARGEST
            )
            storage.get_entries("")  # makes the tables; RuntimeError where others are there
        except BaseException:
            connection.close()
            raise
        return storage

    def get(self, key: str) -> bytes | None:
        """Return what `put` kept under `key`, None when nothing whole is there."""
        if self.storage is None:
            return None
        try:
            for entry in self.storage.get_entries(key):
                content = b"".join(_stream(entry))
                if entry.response.headers.get(_DIGEST) == _digest(content):
                    return content
                self.storage.remove_entry(entry.id)
        except FAULTS as error:
            self.warn("cannot be read", error)
        return None

    def put(self, key: str, content: bytes) -> None:
        """Keep `content` under `key`, if that can be."""
        if self.storage is None:
            return
        headers = Headers({_DIGEST: _digest(content)})
        answer = Response(status_code=200, headers=headers, stream=iter([content]))
        try:
            entry = self.storage.create_entry(Request(method="GET", url=key), answer, key)
            for _ in _stream(entry):  # hishel writes what is read
                pass
        except FAULTS as error:
            self.warn("cannot be written", error)

    def close(self) -> None:
        """Close the file."""
        if self.storage is not None:
            self.storage.close()
            self.storage = None

    def warn(self, what: str, error: Exception) -> None:
        """Say that the file `what`, and that this is all that follows."""
        log.warning("the cache %s %s (%s); going on without it", self.path, what, error)


def _stream(entry: Entry) -> Iterator[bytes]:
    stream = entry.response.stream
    return stream if isinstance(stream, Iterator) else iter(())


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


class _Said(logging.Handler):
    """Passes on what hishel logs as warnings of our own: one line, the same one once."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._seen: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        reason = record.exc_info[1] if record.exc_info else None
        said = f"{record.getMessage()} ({reason})" if reason else record.getMessage()
        if said not in self._seen:
            self._seen.add(said)
            log.warning("%s", said)


def _say_faults() -> None:
    """Let hishel's log, with its tracebacks of faults dealt with, come through ours."""
    logger = logging.getLogger("hishel")
    if not any(isinstance(handler, _Said) for handler in logger.handlers):
        logger.addHandler(_Said())
