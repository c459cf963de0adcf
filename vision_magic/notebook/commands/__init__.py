"""The commands of the line magic ``%vision``, one function each."""
