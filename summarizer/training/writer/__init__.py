"""Trains the writer: `python -m summarizer.training writer --help`."""
