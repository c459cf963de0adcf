"""Questions about the data of charts: what they ask for, in six languages, and their answers."""
