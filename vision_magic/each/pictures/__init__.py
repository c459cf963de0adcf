"""The pictures of a run: from whatever was given to tasks with keys, loaded when they are needed."""
