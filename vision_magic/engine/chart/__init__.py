"""Charts: their axes and legends, and the role of each line of text."""
