"""The site, built from the pages and notebooks without a network."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site that was built without a warning."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-n", "-q", "-c", "docs", ".", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder


def test_the_site_loads_nothing_from_elsewhere(site: Path) -> None:
    pages = list(site.rglob("*.html"))
    assert len(pages) > len([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
    loaded = {
        tag
        for page in pages
        for tag in re.findall(
            r"<(?:script|link|img|iframe|source)\b[^>]*?(?:src|href)=[\"'](?:https?:)?//[^>]*>", page.read_text("utf-8")
        )
    }
    assert loaded == set()
    styles = "\n".join(path.read_text("utf-8") for path in site.rglob("*.css"))
    assert re.findall(r"(?:@import|url\()\s*[\"']?(?:https?:)?//[^)]*", styles) == []


def test_every_link_and_picture_of_a_page_is_there(site: Path) -> None:
    lost = set()
    for page in site.rglob("*.html"):
        for target in re.findall(r"<(?:a|img)\b[^>]*? (?:href|src)=\"([^\"#?:]+)[\"#?]", page.read_text("utf-8")):
            if not (page.parent / unquote(target)).exists():
                lost.add((str(page.relative_to(site)), target))
    assert lost == set()


def test_llms_txt_lists_every_page_of_the_site(site: Path) -> None:
    text = (site / "llms.txt").read_text("utf-8")
    linked = re.findall(r"^- \[[^\]]+\]\(([^)]+)\)(?:: \S.*\.)?$", text, re.MULTILINE)
    assert [link for link in linked if not (site / link).exists()] == []
    pages = {str(path.relative_to(site)) for path in site.rglob("*.html") if path.parent.name in ("docs", "notebooks")}
    assert pages - set(linked) == {"docs/index.html"}


def test_the_search_works_without_a_network(site: Path) -> None:
    index = (site / "searchindex.js").read_text("utf-8")
    assert all(f'"{word}"' in index or f"{word}:" in index for word in ("datafram", "proxi", "record"))
    assert not re.search(r"(?:src|href)=\"https?://", (site / "search.html").read_text("utf-8"))
