"""Forms of questions in the words that the rules read, in each language."""
