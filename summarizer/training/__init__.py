"""Trains the bundled models: `python -m summarizer.training --help` (extra `train`)."""
