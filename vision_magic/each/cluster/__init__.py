"""A run on the workers of an executor: chunks of pictures that carry a share of the cap and the pace."""
