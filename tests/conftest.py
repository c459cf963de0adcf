"""Set-up for all tests: an empty home, no settings or keys of the user, and the cells of notebooks in order."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

# No test asserts a time; a busy machine is slow now and then.
hypothesis.settings.register_profile("tests", deadline=None)
hypothesis.settings.load_profile("tests")

HOME = Path(tempfile.mkdtemp(prefix="vision-magic-home-"))


def pytest_configure() -> None:
    """Give this process an empty home that it shares with no other worker."""
    for name in list(os.environ):
        if name.startswith(("XDG_", "JUPYTER")) or name in ("IPYTHONDIR", "MPLCONFIGDIR"):
            del os.environ[name]
    os.environ.setdefault("USERS_HOME", os.environ.get("HOME", ""))  # npm finds its registry there
    os.environ["HOME"] = str(HOME)


def pytest_unconfigure() -> None:
    shutil.rmtree(HOME, ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the cells of each notebook back in order, because pytest-randomly shuffles them too."""
    items.sort(key=lambda item: (str(item.path), item.cell_num) if hasattr(item, "cell_num") else ("", 0))


@pytest.fixture(autouse=True)
def _nobodys_settings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Start every test without a profile, a key, a settings file, or a choice of an earlier test."""
    for name in list(os.environ):
        if name.startswith(("OPENAI_", "VISION_MAGIC_")) or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("VISION_MAGIC_CONFIG", str(HOME / "nowhere" / "no-config.toml"))
    yield
    from vision_magic.session.default import session

    session.use()
    session.state.ledger.clear()
