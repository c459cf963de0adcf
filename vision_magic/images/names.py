"""Names of the pictures of one file or stack: ``frame 25 of 240 at 1.00 s``, ``page 1, file report.pdf``."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["is_name_in_file"]

_NAME: Final = re.compile(r"(frame \d+ of \d+|page \d+)\b")


def is_name_in_file(source: str) -> bool:
    """Whether the source of an image names its place in a file, as `frames` and `pages` do, and not only its kind."""
    return _NAME.match(source) is not None
