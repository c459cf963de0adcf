"""The sentences of answers, in each language, and the small words in them."""
