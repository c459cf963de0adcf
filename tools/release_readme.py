"""Give the README and pyproject.toml the address of the repository, for a release.

``python tools/release_readme.py https://HOST/OWNER/NAME v0.2.0`` is run by the release workflow, which knows both;
nothing in the repository does. Relative links and pictures become absolute, since the index shows the README without
the files beside it; the package is installed by its name; and ``[project.urls]`` is filled in. The files are changed in
place: do not commit them.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
LINK = re.compile(r"(!?)\[([^\]]*)\]\((?!https?:|#|mailto:)([^)\s]+)\)")


def with_links(readme: str, address: str, tag: str) -> str:
    """Return the README with absolute links: pages as the repository shows them, pictures as files."""

    def absolute(link: re.Match[str]) -> str:
        kind = "raw" if link[1] else "blob"
        return f"{link[1]}[{link[2]}]({address}/{kind}/{tag}/{link[3]})"

    return LINK.sub(absolute, readme)


def with_name(readme: str) -> str:
    """Return the README with commands that install the package by its name."""
    named, number = re.subn(r'pip install (?:"\.(\[[\w,]+\])"|\.(?= ))', r'pip install "vision-magic\1"', readme)
    if number == 0 or ", in a clone of this repository:" not in named:
        raise SystemExit("README.md no longer says how to install the package from a clone.")
    return named.replace(", in a clone of this repository:", ":")


def urls(address: str, tag: str) -> str:
    """Return the table ``[project.urls]``."""
    pages = {
        "Repository": address,
        "Documentation": f"{address}/blob/{tag}/docs/index.md",
        "Changelog": f"{address}/blob/{tag}/CHANGELOG.md",
        "Issues": f"{address}/issues",
    }
    return "[project.urls]\n" + "".join(f'{name} = "{page}"\n' for name, page in pages.items()) + "\n"


def main(address: str, tag: str) -> None:
    """Change both files."""
    if urlsplit(address).scheme != "https" or not re.fullmatch(r"[\w./+-]+", tag):
        raise SystemExit(f"expected an https address and a tag, got {address!r} and {tag!r}")
    readme, project = ROOT / "README.md", ROOT / "pyproject.toml"
    readme.write_text(with_links(with_name(readme.read_text("utf-8")), address, tag), encoding="utf-8")
    before = "[project.optional-dependencies]\n"
    project.write_text(project.read_text("utf-8").replace(before, urls(address, tag) + before, 1), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
