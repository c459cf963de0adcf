"""Converters for the built-in kinds of objects.

Importing this package registers them all, and imports no third-party library.
"""

from vision_magic.images.converters import arrays, browser_figures, displayable, encoded, holders, matplotlib, tables
from vision_magic.images.registry import converts_if

__all__ = ["arrays", "browser_figures", "displayable", "encoded", "holders", "matplotlib", "tables"]

# After all others: what an object is says more than that it can be displayed.
converts_if(displayable.has_mimebundle)(displayable.from_mimebundle)
