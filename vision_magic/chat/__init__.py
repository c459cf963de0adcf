"""The Chat Completions vocabulary: values, without I/O and without a notebook."""
