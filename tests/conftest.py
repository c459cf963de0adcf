"""What all tests share: no user's settings, no user's keys, and a server on this machine that says what it is told."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _nobodys_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every test starts without profile, key, settings file or choice of an earlier test."""
    for name in list(os.environ):
        if name.startswith(("OPENAI_", "VISION_MAGIC_")) or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("VISION_MAGIC_CONFIG", str(tmp_path / "no-config.toml"))
    yield
    from vision_magic.session.default import session

    session.use()
    session.state.ledger.clear()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the browser come last: while Playwright runs, no test could start an event loop of its own."""
    items.sort(key=lambda item: "tests/browser" in item.nodeid)
