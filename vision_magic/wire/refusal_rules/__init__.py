"""The table of refusals: in which words each is said, what it means, and what to do about it."""
