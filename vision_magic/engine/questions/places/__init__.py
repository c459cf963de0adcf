"""Which part of an axis a question means: its units, times, ranges, groups and ends."""
