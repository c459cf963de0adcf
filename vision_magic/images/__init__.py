"""Floor 1: any Python object to an Image."""
