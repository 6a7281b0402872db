"""Trains the relation encoder: `python -m summarizer.training relation --help`."""
