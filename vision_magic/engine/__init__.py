"""Floor 3: the embedded endpoint. The same wire, in this process, with no network."""
