"""Converters for the built-in kinds of objects.

Importing this package registers them all, and imports no third-party library.
"""

from vision_magic.images.converters import arrays, browser_figures, displayable, encoded, matplotlib, tables

__all__ = ["arrays", "browser_figures", "displayable", "encoded", "matplotlib", "tables"]
