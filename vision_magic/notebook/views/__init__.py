"""Views of an answer: in a notebook, in a notebook that a program runs, and in a terminal."""
