"""The README as the package index shows it: no relative link is left, and the package is installed by its name."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import vision_magic
from tools.release_readme import urls, with_links, with_name

ROOT = Path(__file__).parent.parent
ADDRESS, TAG = "https://host.example/owner/name", "v9.9.9"


@pytest.fixture(scope="module")
def released() -> str:
    return with_links(with_name((ROOT / "README.md").read_text("utf-8")), ADDRESS, TAG)


def test_every_link_of_a_released_readme_is_absolute_and_leads_to_a_file(released: str) -> None:
    links = re.findall(r"(!?)\[[^\]]*\]\(([^)\s]+)\)", released)
    ours = [(kind, link) for kind, link in links if link.startswith(ADDRESS)]
    assert len(ours) > 20
    assert [link for _, link in links if not link.startswith("https://")] == []
    for kind, link in ours:
        path = link.removeprefix(f"{ADDRESS}/{'raw' if kind else 'blob'}/{TAG}/")
        assert (ROOT / path.partition("#")[0]).exists(), link


def test_a_released_readme_installs_the_package_by_its_name(released: str) -> None:
    assert 'pip install "vision-magic[reader,jupyter]"' in released
    assert "pip install ." not in released
    assert "in a clone" not in released.partition("## The first cell")[0]


def test_a_readme_without_an_install_command_is_noticed() -> None:
    with pytest.raises(SystemExit):
        with_name("# A readme")


def test_the_urls_are_a_table_of_the_project() -> None:
    table = tomllib.loads(urls(ADDRESS, TAG))["project"]["urls"]
    assert table["Repository"] == ADDRESS
    for page in ("Documentation", "Changelog"):
        assert (ROOT / table[page].removeprefix(f"{ADDRESS}/blob/{TAG}/")).exists()


def test_the_pictures_of_the_readme_are_small() -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)\s]+)\)", (ROOT / "README.md").read_text("utf-8"))
    sizes = [(ROOT / picture).stat().st_size for picture in pictures]
    assert len(pictures) == 6
    assert max(sizes) < 3_000_000
    assert sum(sizes) < 4_000_000


def test_the_version_is_the_same_everywhere() -> None:
    version = vision_magic.__version__
    about = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert about["version"] == version
    citation = (ROOT / "CITATION.cff").read_text("utf-8")
    day = re.search(r"^date-released: (\S+)$", citation, re.MULTILINE)
    assert day is not None
    assert f"\nversion: {version}\n" in citation
    assert f"\n## [{version}] - {day[1]}\n" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_the_install_page_has_every_extra_of_a_user() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    page = (ROOT / "docs/install.md").read_text("utf-8")
    assert set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)) == set(extras) - {"dev", "docs", "gallery"}
