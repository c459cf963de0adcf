"""Floor 3: bytes over HTTP."""
