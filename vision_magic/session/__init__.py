"""What a script or a notebook calls: sessions, conversations, and the run of one answer."""

# Every reply comes from this folder, so loading it registers how replies and receipts show themselves.
import vision_magic.render  # noqa: F401
