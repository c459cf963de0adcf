"""A chart picture read: which text plays which part."""
