"""Answers: what is computed from the data of charts, and how it is said."""
