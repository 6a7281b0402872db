"""Summaries, labels, points, the question: what the writer is asked, and what is let through."""
