"""Measures the product through its public names; stays out of the wheel."""
