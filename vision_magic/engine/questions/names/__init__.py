"""Which name of a chart a question means: in full, in short, in another language or form, or by a number."""
