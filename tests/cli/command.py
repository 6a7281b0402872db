"""What a run of the command leaves behind, and an address to name."""

from __future__ import annotations

ADDRESS = "https://example.org/tram"


class Outcome:
    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err
