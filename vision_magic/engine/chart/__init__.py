"""Charts: their axes and legends, and the part that each text plays in them."""
