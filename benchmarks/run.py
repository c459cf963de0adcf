"""Measure everything: ``make bench``."""

from __future__ import annotations

import browser
import imports
import pictures
import session
import stream


def main() -> None:
    """Print every table."""
    imports.main()
    pictures.main()
    stream.main()
    session.main()
    browser.main()


if __name__ == "__main__":
    main()
