"""Limits of the system, set low for a moment: files no larger, memory no more than this."""

from __future__ import annotations

import resource
from contextlib import contextmanager


@contextmanager
def limited(what, amount):
    """Set the limit `what` of module resource to `amount`, and back."""
    before = resource.getrlimit(what)
    resource.setrlimit(what, (amount, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(what, before)
