"""The embedded reader: an endpoint inside this process, with the same wire format and without a network."""
