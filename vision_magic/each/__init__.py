"""One question to many pictures: a row for each, in a file that survives whatever happens."""
