"""Views: how an answer is shown in a notebook, in one that a program runs, and in a terminal."""
