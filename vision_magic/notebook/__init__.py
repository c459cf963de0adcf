"""Floor 5: the only folder that knows IPython."""
