"""Kinds of questions, a module each: how one is known by its words, and often how it is answered."""
