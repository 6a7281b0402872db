"""What an output holds already: whose answers, how many failed, and where its last line ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from summarizer.batch import lines
from summarizer.batch.inputs import is_parquet
from summarizer.batch.keys import Keys, among, digest, keys_of
from summarizer.batch.lines import Line
from summarizer.errors import DataError


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Held:
    """The answers of an output, in its order.

    keys: (n,) the rows answered. outcomes: (n,) places in `kinds`, whose first is "" for an
    analysis, the others types of errors. `kept` is the length of the journal in bytes up to the
    end of its last whole line, `found` its length with what a kill left behind that.
    """

    keys: Keys
    outcomes: npt.NDArray[np.uint16]
    kinds: tuple[str, ...]
    kept: int = 0
    found: int = 0

    def failures(self, counted: npt.NDArray[np.bool_]) -> Counter[str]:
        """Return how often each type of error stands in the answers that are `counted`."""
        found = np.bincount(self.outcomes[counted], minlength=len(self.kinds))
        return Counter(
            {kind: int(n) for kind, n in zip(self.kinds, found, strict=True) if kind and n}
        )


def journal_of(target: Path) -> Path:
    """Return the file that lines are added to: `target`, or for Parquet one beside it."""
    return target.with_name(f"{target.name}.part.jsonl") if is_parquet(target) else target


def held(target: Path) -> Held:
    """Return what `target` and its journal hold; reads both, changes none.

    Raises:
        DataError: one of them holds anything but answers of a batch.
    """
    journal = _Journal(journal_of(target))
    added = _collect(journal.lines())
    added = replace(added, kept=journal.kept, found=journal.found)
    if not is_parquet(target) or not target.exists():
        return added
    from summarizer.batch import parquet  # pyarrow is an extra

    finished = _collect(parquet.written(target))
    if among(added.keys, finished.keys).all():
        # Killed between the last two steps: all of the journal is in the file.
        return replace(finished, kept=0, found=added.found)
    return _joined(finished, added)


def answers_in(target: Path) -> Iterator[Line]:
    """Yield the answers of a finished output, in its order; raises as `held`."""
    if not is_parquet(target):
        return _Journal(target).lines()
    from summarizer.batch import parquet  # pyarrow is an extra

    return parquet.written(target)


class _Journal:
    """Whole lines of a file, and after them how far they reached."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.kept = self.found = 0

    def lines(self) -> Iterator[Line]:
        if not self._path.exists():
            return
        with self._path.open("rb") as stream:
            for number, raw in enumerate(stream, start=1):
                self.found += len(raw)
                if not raw.endswith(b"\n"):
                    # It is about to be dropped, and may be somebody's only copy of something else.
                    if not lines.is_cut(raw):
                        raise DataError(f"{self._path}:{number}: {lines.FOREIGN}")
                    return
                yield self._line(raw, number)
                self.kept += len(raw)

    def _line(self, raw: bytes, number: int) -> Line:
        try:
            return lines.parse(raw)
        except DataError as error:
            raise DataError(f"{self._path}:{number}: {error}") from error


def _collect(answers: Iterable[Line]) -> Held:
    digests = bytearray()
    outcomes = bytearray()
    kinds = {"": 0}
    for line in answers:
        digests += digest(line.key)
        outcomes += kinds.setdefault(line.kind, len(kinds)).to_bytes(2, "little")
    return Held(
        keys=keys_of(digests),
        outcomes=np.frombuffer(bytes(outcomes), dtype="<u2"),
        kinds=tuple(kinds),
    )


def _joined(one: Held, other: Held) -> Held:
    kinds = {kind: place for place, kind in enumerate(dict.fromkeys((*one.kinds, *other.kinds)))}
    places = [[kinds[kind] for kind in part.kinds] for part in (one, other)]
    return replace(
        other,
        keys=np.concatenate([one.keys, other.keys]),
        outcomes=np.concatenate(
            [
                np.array(place, dtype="<u2")[part.outcomes]
                for place, part in zip(places, (one, other), strict=True)
            ]
        ),
        kinds=tuple(kinds),
    )
