"""Recordings, kept answers, and the log of exchanges."""
