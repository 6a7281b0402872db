"""Measures the product through its public names; stays out of the wheel."""

from eval import provenance as provenance  # first of all: it notes when the code was read
