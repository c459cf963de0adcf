"""Widgets: a frame for images, a panel for one question, and a panel for a conversation."""
