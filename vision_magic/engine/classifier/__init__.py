"""A small network that says what a question about a chart asks for, where no rule understands its words."""
