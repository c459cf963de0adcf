"""Measure everything: ``make bench``."""

from __future__ import annotations

import encode
import imports


def main() -> None:
    """Print every table."""
    imports.main()
    encode.main()


if __name__ == "__main__":
    main()
