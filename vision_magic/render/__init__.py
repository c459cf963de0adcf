"""Rendering of values as safe HTML and as plain text.

Importing the package registers the renderers of `Reply`, `Receipt` and `ChatRequest` (`vision_magic.chat.display`).
"""

from vision_magic.render import receipt, reply, request

__all__ = ["receipt", "reply", "request"]
