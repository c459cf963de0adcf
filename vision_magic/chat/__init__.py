"""Floor 2: the Chat Completions vocabulary. Pure values, no I/O, no notebook."""
