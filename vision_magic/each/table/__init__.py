"""The table of a run, read from its file when it is needed."""
