"""Evaluation of answers against labels, other answers and repeated answers."""
