"""One small converter per kind of object; importing this registers them all, and loads nobody's library."""

from vision_magic.images.converters import arrays, drawn, encoded, plots, shown, tables

__all__ = ["arrays", "drawn", "encoded", "plots", "shown", "tables"]
