"""Conversion of Python objects to images, and facts read from figures."""
