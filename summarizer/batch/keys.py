"""What names a row, as a digest of 16 bytes: a million rows take 16 MB, whatever their ids are."""

from __future__ import annotations

from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from summarizer.rows import Key

Keys = npt.NDArray[np.void]
"""(n,) digests in the order of the rows, as two numbers each."""

_DIGEST = np.dtype([("high", "<u8"), ("low", "<u8")])


def digest(key: Key) -> bytes:
    """Return 16 bytes that no other key has: two of 10⁹ are alike with odds of 1 to 10²⁰."""
    return blake2b(repr(key).encode(), digest_size=_DIGEST.itemsize).digest()


def keys_of(digests: bytes | bytearray) -> Keys:
    """Return digests that were written one behind the other as an array."""
    return np.frombuffer(bytes(digests), dtype=_DIGEST)


def first_repeated(keys: Keys) -> tuple[int, int] | None:
    """Return the first row whose key an earlier row has, behind that row; None if all differ."""
    order, repeats = _grouped(keys)
    if not repeats.any():
        return None
    later = np.flatnonzero(repeats)
    place = later[order[later].argmin()]
    start = place - np.argmin(repeats[place::-1])
    return int(order[start]), int(order[place])


def among(keys: Keys, others: Keys) -> npt.NDArray[np.bool_]:
    """Return (n,) whether each of `keys` is one of `others`."""
    order, repeats = _grouped(np.concatenate([others, keys]))
    groups = np.cumsum(~repeats) - 1
    # The sort keeps the order of equals, so the first of a group tells whether `others` has it.
    known = order[~repeats] < len(others)
    found = np.empty(len(order), dtype=np.bool_)
    found[order] = known[groups]
    return found[len(others) :]


def _grouped(keys: Keys) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.bool_]]:
    """Return the rows sorted by key, and for each whether its key is that of the row before."""
    order = np.lexsort((keys["low"], keys["high"]))
    ordered = keys[order]
    repeats = np.zeros(len(keys), dtype=np.bool_)
    repeats[1:] = ordered[1:] == ordered[:-1]
    return order, repeats
