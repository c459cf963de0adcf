"""Facts read from figure objects instead of their pixels: titles, labels, limits, legends, numbers."""
