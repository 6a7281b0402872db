"""What a fetch is refused for, said once here and given its address by `fetch`."""

from __future__ import annotations


class RefusedError(Exception):
    """The reader will not go on, and why; `fetch` makes it a FetchError that names the page."""
