"""What a script or a notebook calls: sessions, conversations, and the run of one answer."""
