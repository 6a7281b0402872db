"""What a service takes on, and from whom."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from ipaddress import ip_address


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Sizes, times and numbers; each has its own answer when it is passed (413, 504, 429)."""

    max_bytes: int = 20_000_000  # a body: as much as a page may have
    timeout_s: float = 120.0  # one story, fetching and waiting included
    requests: int = 64  # at once; four full windows
    fetches: int = 8  # stories read at a time: a slow site holds up one of them
    window: int = 16  # stories in one call of the models, as `Summarizer.analyze_many` has it
    gather_s: float = 0.01  # waited for more stories before a window starts: a hundredth of a story


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Who may ask: an API key, the names of this host, the web pages of other origins.

    Without `hosts` any Host header will do. On loopback they are needed: a page of a stranger can
    give its own name the address 127.0.0.1, and then counts as this service to the browser.
    """

    key: str | None = field(default=None, repr=False)
    hosts: frozenset[str] = frozenset()
    origins: frozenset[str] = frozenset()

    def opens(self, offered: str | None) -> bool:
        """Return whether `offered` is the key, in a time that does not tell how near it was."""
        if self.key is None:
            return True
        return hmac.compare_digest((offered or "").encode(), self.key.encode())

    def knows_host(self, header: str) -> bool:
        """Return whether a Host header names this service."""
        name = header.rpartition(":")[0] if header.rpartition(":")[2].isdigit() else header
        return not self.hosts or name.strip("[]").lower() in self.hosts


LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def is_loopback(host: str) -> bool:
    """Return whether a service bound to `host` is reached from this machine only."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"
