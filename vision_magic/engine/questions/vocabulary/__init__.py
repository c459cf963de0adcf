"""Words by which questions are understood, in each language. These modules know nothing of a chart or of a query."""
