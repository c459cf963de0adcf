"""Real front ends in a real browser. Where there is no Chromium, these tests are skipped, and say so."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.lab import CHROMIUM, FLAGS, Lab, running
from tests.browser.seen import WIDTH, Seen

playwright_api = pytest.importorskip("playwright.sync_api", reason="Playwright is missing: pip install playwright")

_numbers = itertools.count(1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give these tests longer: the first of them starts a server, and a slow machine draws slowly."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.timeout(300))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    if not Path(CHROMIUM).exists():
        # Not everybody may install Debian's packages; where one may, as on CI, `make test` does so before.
        pytest.skip(f"{CHROMIUM} is missing; on Debian and Ubuntu: apt-get install chromium")
    with playwright_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def lab(chromium: Any) -> Iterator[Lab]:
    with running("lab") as server:
        yield server


@pytest.fixture(scope="session")
def classic(chromium: Any) -> Iterator[Lab]:
    """Notebook 7."""
    with running("notebook") as server:
        yield server


@pytest.fixture(scope="session")
def free_pages() -> list[Seen]:
    """Pages of JupyterLab that the next test can go on in."""
    return []


@pytest.fixture
def open_file(chromium: Any, free_pages: list[Seen]) -> Iterator[Callable[..., Seen]]:
    """Open a notebook of the server's folder; at the end, no page may have had an error or asked another host."""
    opened: list[Seen] = []

    def opening(lab: Lab, name: str, width: int = WIDTH) -> Seen:
        free = next((seen for seen in free_pages if seen.lab is lab and width == WIDTH), None)
        if free is not None:
            free_pages.remove(free)
            opened.append(free)
            free.go_on(name)
            return free
        context = chromium.new_context(viewport={"width": width, "height": 1000})
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=lab.url)
        seen = Seen(context.new_page(), lab, name)
        opened.append(seen)
        seen.open()
        return seen

    yield opening
    # Before the kernels end: what a front end says of that is its own.
    wrong = [(seen.name, seen.errors.copy(), seen.remote.copy()) for seen in opened if seen.errors or seen.remote]
    for seen in opened:
        if seen.leave():
            free_pages.append(seen)
        else:
            seen.page.context.close()
        seen.lab.end_kernels(seen.name)
    assert wrong == []


@pytest.fixture
def open_notebook(open_file: Callable[..., Seen]) -> Callable[..., Seen]:
    """Open a notebook of some cells."""

    def opening(lab: Lab, *cells: str, width: int = WIDTH) -> Seen:
        name = f"n{next(_numbers)}"
        lab.notebook(name, *cells)
        return open_file(lab, name, width)

    return opening
