"""Floor 5: use cases. What a script or a notebook calls."""

# Every reply comes from this folder, so loading it registers how replies and receipts show themselves.
import vision_magic.render  # noqa: F401
