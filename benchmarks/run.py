"""Measure everything: ``make bench``."""

from __future__ import annotations

import encode
import imports
import stream


def main() -> None:
    """Print every table."""
    imports.main()
    encode.main()
    stream.main()


if __name__ == "__main__":
    main()
