"""Rendering of values as safe HTML and as plain text.

Importing the package registers the renderers of `Reply` and `Receipt` (`vision_magic.chat.display`).
"""

from vision_magic.render import receipt, reply

__all__ = ["receipt", "reply"]
