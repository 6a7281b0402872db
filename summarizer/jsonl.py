"""JSON lines on disk: read one by one, and added so that a file holds whole lines only."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path
from typing import Any

from summarizer.errors import DataError

log = logging.getLogger(__name__)

Json = dict[str, Any]


def parse(raw: bytes) -> Json | DataError:
    """Return the object in a line, or the error that says why there is none."""
    try:
        row = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return DataError(f"not a line of JSON: {error}")
    return row if isinstance(row, dict) else DataError("not a JSON object")


@contextmanager
def opened(target: Path, *, keep: int, size: int) -> Iterator[FileIO]:
    """Give `target` to this process alone, to be added to after its first `keep` bytes.

    Raises:
        DataError: another process is adding to it, or it no longer has `size` bytes.
    """
    # Unbuffered: no close may try once more to write what did not fit on the disk.
    with FileIO(target, "ab") as out:
        _lock(out, target)
        if target.stat().st_size != size:
            raise DataError(f"{target}: has changed since it was read; start again")
        out.truncate(keep)
        yield out


def append(out: FileIO, line: bytes) -> None:
    """Add the whole of `line`, or nothing.

    Raises:
        OSError: it cannot be written; names the file and what to do.
    """
    start = out.tell()
    rest = memoryview(line)
    try:
        while rest:
            rest = rest[out.write(rest) or 0 :]
    except OSError as error:
        out.truncate(start)
        advice = f"{error.strerror}; make room and start again"
        raise OSError(error.errno, advice, str(out.name)) from error


def _lock(out: FileIO, target: Path) -> None:
    """Take the lock that the system drops with the process, however that ends."""
    if sys.platform == "win32":  # two runs on one output are not told apart there
        return
    import fcntl

    try:
        fcntl.flock(out, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise DataError(f"{target}: another run is writing it; wait for its end") from error
    except OSError as error:
        log.info("%s: no locks on this file system (%s)", target, error)
