"""The file of a run: its rows, labels and batches in SQLite."""
