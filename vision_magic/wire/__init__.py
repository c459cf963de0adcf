"""Chat Completions over HTTP: the only package that opens a connection."""
