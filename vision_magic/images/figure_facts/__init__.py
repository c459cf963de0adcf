"""What do figure objects know that their pixels only show? Titles, labels, limits, legends, numbers."""
