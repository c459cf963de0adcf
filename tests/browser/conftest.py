"""Real front ends in a real browser. Without Chromium, these tests are skipped, with a reason."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.lab import CHROMIUM, FLAGS, Lab, running
from tests.browser.seen import HEIGHT, WIDTH, Seen
from tests.browser.vscode import FOLDER, Code, running_code
from tests.browser.warm_kernels import warm_kernels

playwright_api = pytest.importorskip("playwright.sync_api", reason="Playwright is missing: pip install playwright")

_numbers = itertools.count(1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give these tests a longer timeout: the first one starts a server, and a slow machine renders slowly."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.timeout(300))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    if not Path(CHROMIUM).exists():
        # `make test` installs it before, if the user may install Debian packages, as in CI.
        pytest.skip(f"{CHROMIUM} is missing; on Debian and Ubuntu: apt-get install chromium")
    with playwright_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def warm() -> Iterator[Path]:
    """Run the process whose forks are the kernels."""
    with warm_kernels() as address:
        yield address


@pytest.fixture(scope="session")
def lab(chromium: Any, warm: Path) -> Iterator[Lab]:
    with running(warm=warm) as server:
        yield server


@pytest.fixture(scope="session")
def classic(lab: Lab) -> Lab:
    """Return the Notebook 7 of the server."""
    return lab.other("notebook")


@pytest.fixture(scope="session")
def bare(lab: Lab) -> Lab:
    """Return a JupyterLab of the server without a widget manager."""
    return lab.other(widgets=False)


@pytest.fixture(params=["lab", "classic", "bare"])
def anywhere(request: pytest.FixtureRequest) -> Lab:
    """JupyterLab, Notebook 7, and JupyterLab without a widget manager."""
    found: Lab = request.getfixturevalue(request.param)
    return found


@pytest.fixture(params=["lab", "bare"])
def either(request: pytest.FixtureRequest) -> Lab:
    """JupyterLab with and without a widget manager."""
    found: Lab = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="session")
def code(lab: Lab) -> Iterator[Code]:
    """Run VS Code, with the kernels of a JupyterLab."""
    if not (FOLDER / ".installed").exists():
        pytest.skip(f"VS Code is missing; with npm, tools/vscode/install.sh {FOLDER} installs it")
    with running_code(lab.url) as server:
        yield server


@pytest.fixture(scope="session")
def free_pages() -> list[Seen]:
    """Return the pages of JupyterLab that the next test can use."""
    return []


@pytest.fixture(scope="session")
def jupyter_context(chromium: Any, lab: Lab) -> Any:
    """Return the context of all pages of Jupyter: those after the first find its scripts compiled, in the cache."""
    context = chromium.new_context(viewport={"width": WIDTH, "height": HEIGHT})
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=lab.url)
    return context


@pytest.fixture
def open_file(jupyter_context: Any, free_pages: list[Seen]) -> Iterator[Callable[..., Seen]]:
    """Return a function that opens a notebook of the server's folder.

    After the test, no page may have had an error or sent a request to another host.
    """
    opened: list[Seen] = []

    def opening(lab: Lab, name: str, width: int = WIDTH) -> Seen:
        free = next((seen for seen in free_pages if seen.lab is lab), None)
        if free is not None:
            free_pages.remove(free)
            opened.append(free)
            free.go_on(name, width)
            return free
        seen = Seen(jupyter_context.new_page(), lab, name)
        seen.page.set_viewport_size({"width": width, "height": HEIGHT})
        opened.append(seen)
        seen.open()
        return seen

    yield opening
    # Read before the kernels end, which makes front ends report errors.
    wrong = [(seen.name, seen.errors.copy(), seen.remote.copy()) for seen in opened if seen.errors or seen.remote]
    for seen in opened:
        if seen.leave():
            free_pages.append(seen)
        else:
            seen.page.close()
        seen.lab.end_kernels(seen.name)
    assert wrong == []


@pytest.fixture
def open_notebook(open_file: Callable[..., Seen]) -> Callable[..., Seen]:
    """Return a function that opens a new notebook with the given cells."""

    def opening(lab: Lab, *cells: str, width: int = WIDTH) -> Seen:
        name = f"n{next(_numbers)}"
        lab.notebook(name, *cells)
        return open_file(lab, name, width)

    return opening
