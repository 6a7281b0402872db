"""Keeps encodings and predictions between runs, under keys that name all that they depend on.

One SQLite file in a folder: writes are transactions, so a killed process leaves no half entry and
several processes may share the folder.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import platformdirs

from summarizer import DataError

_WAIT = 60.0  # seconds for another process to finish its transaction
_MANY = 500  # keys asked for at a time; SQLite takes 999 in its oldest builds


def default_folder() -> Path:
    """Return the folder for caches of this user, outside the checkout."""
    return Path(platformdirs.user_cache_path("viewpoint-summarizer-eval"))


def key_of(*parts: Any) -> str:
    """Return the key of what is made of `parts`, plain JSON values: the digest of all of them."""
    content = json.dumps(parts, sort_keys=True, ensure_ascii=False, allow_nan=False)
    return sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


class Cache:
    """Bytes by key in `folder`, which is made when needed; without a folder nothing is kept.

    usable: whether keys still mean what they say; while it is False, nothing is kept or found.

    Raises:
        DataError: the folder cannot be written or holds a broken file.
    """

    def __init__(
        self, folder: Path | None = None, *, usable: Callable[[], bool] = lambda: True
    ) -> None:
        self._file = folder / "cache.sqlite3" if folder else None
        self._usable = usable
        self._connection: sqlite3.Connection | None = None

    @property
    def kept(self) -> bool:
        """Whether anything is kept."""
        return self._file is not None

    def get(self, keys: Sequence[str]) -> dict[str, bytes]:
        """Return what is known of `keys`."""
        if self._file is None or not self._usable():
            return {}
        found: dict[str, bytes] = {}
        for first in range(0, len(keys), _MANY):
            some = keys[first : first + _MANY]
            marks = ",".join("?" * len(some))
            # Only question marks are put into the statement.
            query = f"SELECT key, value FROM entries WHERE key IN ({marks})"
            found.update(self._execute(query, some))
        return found

    def put(self, entries: Mapping[str, bytes]) -> None:
        """Keep `entries`; what is interrupted keeps whole entries only."""
        if self._file is None or not entries or not self._usable():
            return
        rows = list(entries.items())
        for first in range(0, len(rows), _MANY // 2):
            some = rows[first : first + _MANY // 2]
            marks = ",".join(["(?, ?)"] * len(some))
            values = [value for row in some for value in row]
            self._execute(f"INSERT OR REPLACE INTO entries VALUES {marks}", values)

    def close(self) -> None:
        """Let go of the file; the next use opens it again."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _execute(self, statement: str, values: Iterable[Any]) -> list[Any]:
        try:
            return self._opened().execute(statement, tuple(values)).fetchall()
        except (sqlite3.Error, OSError) as error:
            raise DataError(
                f"{self._file}: cannot be used as a cache ({error}); delete it, name another "
                "folder with --cache, or give --no-cache"
            ) from error

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None and self._file is not None:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._connection = _open(self._file)
        if self._connection is None:
            raise ValueError("a cache without a folder keeps nothing")
        return self._connection


def _open(file: Path) -> sqlite3.Connection:
    # isolation_level None: each statement is a transaction of its own
    connection = sqlite3.connect(file, timeout=_WAIT, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("CREATE TABLE IF NOT EXISTS entries (key TEXT PRIMARY KEY, value BLOB)")
    return connection
