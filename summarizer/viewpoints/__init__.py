"""The viewpoint engine: how claims relate, which of them are viewpoints, what those contest."""
