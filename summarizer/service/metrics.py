"""What the service counts, for Prometheus; each service has a registry of its own."""

from __future__ import annotations

from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS: Final = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120)
_SIZES: Final = (1, 2, 4, 8, 12, 16)


class Metrics:
    """Counters, gauges and histograms by name; `text` is what `/metrics` shows."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "summarizer_requests_total",
            "Requests answered.",
            ["route", "status"],
            registry=self.registry,
        )
        self.seconds = Histogram(
            "summarizer_request_seconds",
            "From a request's head to the end of its answer.",
            ["route"],
            buckets=_SECONDS,
            registry=self.registry,
        )
        self.running = self._gauge("summarizer_requests_running", "Requests being answered.")
        self.waiting = self._gauge("summarizer_stories_waiting", "Stories waiting for the models.")
        self.window_size = Histogram(
            "summarizer_window_stories",
            "Stories in one call of the models.",
            buckets=_SIZES,
            registry=self.registry,
        )
        self.window_seconds = Histogram(
            "summarizer_window_seconds",
            "Time of one call of the models.",
            buckets=_SECONDS,
            registry=self.registry,
        )

    def _gauge(self, name: str, help_text: str) -> Gauge:
        return Gauge(name, help_text, registry=self.registry)

    def window_time(self) -> tuple[float, float]:
        """Return the seconds that all calls of the models took so far, and how many there were."""
        read = self.registry.get_sample_value
        name = "summarizer_window_seconds"
        return read(f"{name}_sum") or 0.0, read(f"{name}_count") or 0.0

    def text(self) -> bytes:
        """Return the state of all of them in Prometheus' text format."""
        return generate_latest(self.registry)
