"""Whether a question asks for what a chart has, and whether an answer is to all of the question."""
