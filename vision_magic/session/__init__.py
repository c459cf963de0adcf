"""Floor 4: use cases. What a script or a notebook calls."""
