"""A run through the Batch API of a server: half price, within a day."""
