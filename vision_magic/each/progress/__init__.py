"""The progress of a run, in numbers and words."""
