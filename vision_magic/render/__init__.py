"""Values as safe HTML and as plain text.

Importing the folder registers how a `Reply` and a `Receipt` show themselves (`vision_magic.chat.display`).
"""

from vision_magic.render import receipt, reply

__all__ = ["receipt", "reply"]
