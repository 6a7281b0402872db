"""Encoders that keep what they computed: the same text or passage is encoded once per weights."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from eval import provenance
from eval.cache import Cache, key_of

Vectors = npt.NDArray[np.float32]


def vectors(
    texts: Sequence[str],
    encode: Callable[[Sequence[str]], Any],
    *,
    cache: Cache,
    encoder: str,
) -> Vectors:
    """Return (n, d) vectors of `texts`: kept ones, and those that `encode` gives for the rest.

    encoder: what identifies weights and code. A vector must not depend on the texts beside it.
    """
    keys = [key_of("vector", encoder, text) for text in texts]
    known = cache.get(keys)
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    if missing or not texts:
        fresh = np.asarray(encode(list(missing.values())), dtype=np.float32)
        if not texts:
            return fresh
        entries = {key: row.tobytes() for key, row in zip(missing, fresh, strict=True)}
        cache.put(entries)
        known |= entries
    return np.stack([np.frombuffer(known[key], dtype=np.float32) for key in keys])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """What a relation encoder says of a passage, under the names that the product reads."""

    types: npt.NDArray[np.float64]
    sides: npt.NDArray[np.float64]
    stances: npt.NDArray[np.float64]


class CachedEncoder:
    """An encoder whose vectors are kept."""

    def __init__(self, encoder: Any, cache: Cache) -> None:
        self.digest: str = encoder.digest
        self._encoder, self._cache = encoder, cache
        self._identity = key_of(encoder.digest, *model_code())

    def encode(self, texts: Sequence[str], /) -> Vectors:
        """Return (n, d) unit vectors of `texts`."""
        return vectors(texts, self._encoder.encode, cache=self._cache, encoder=self._identity)


class CachedReader(CachedEncoder):
    """A relation encoder whose vectors and readings are kept."""

    def read(self, passages: Sequence[Any], /) -> list[Any]:
        """Return a reading per passage, independent of the other passages."""
        keys = [key_of("reading", self._identity, asdict(passage)) for passage in passages]
        known = self._cache.get(keys)
        missing = {key: one for key, one in zip(keys, passages, strict=True) if key not in known}
        if missing:
            fresh = self._encoder.read(list(missing.values()))
            entries = {key: _pack(one) for key, one in zip(missing, fresh, strict=True)}
            self._cache.put(entries)
            known |= entries
        return [_unpack(known[key]) for key in keys]

    def salience(self, vectors: Vectors, /) -> npt.NDArray[np.float64]:
        """Return what the encoder makes of vectors; too little work to be kept."""
        found: npt.NDArray[np.float64] = self._encoder.salience(vectors)
        return found


def cached(encoder: Any, cache: Cache) -> CachedEncoder:
    """Return `encoder` with what it computes kept in `cache`."""
    return (
        CachedReader(encoder, cache) if hasattr(encoder, "read") else CachedEncoder(encoder, cache)
    )


def model_code() -> tuple[str | None, ...]:
    """Return what identifies the code around a model's weights."""
    libraries = ("torch", "transformers", "tokenizers", "sentence-transformers")
    code = provenance.code_digest("summarizer/models")
    return (code, *(provenance.version(name) for name in libraries))


def _pack(reading: Any) -> bytes:
    file = io.BytesIO()
    np.savez(file, types=reading.types, sides=reading.sides, stances=reading.stances)
    return file.getvalue()


def _unpack(content: bytes) -> _Reading:
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        return _Reading(**{name: arrays[name] for name in ("types", "sides", "stances")})
