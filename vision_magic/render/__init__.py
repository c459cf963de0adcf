"""Floor 3: values as safe HTML and as plain text."""
