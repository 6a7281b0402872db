"""How fast, how small, how far: measured beside others in one run; stays out of the wheel."""
