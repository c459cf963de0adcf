"""Of many similar questions a third for `make test`; `pytest` alone and `make test-all` ask the others too.

Each takes 20 to 50 ms, and there are thousands.
"""

from __future__ import annotations

from pathlib import Path

import pytest

FEW = 6
"""A test with so many cases or fewer runs as a whole."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark two thirds of the cases of each test that has many as slow."""
    cases: dict[tuple[Path, str], list[tuple[list[int], pytest.Item]]] = {}
    for item in items:
        if item.path.parent == Path(__file__).parent and (case := getattr(item, "callspec", None)):
            name = getattr(item, "originalname", item.name)
            cases.setdefault((item.path, name), []).append((sorted(case.indices.values()), item))
    for alike in cases.values():
        alike.sort(key=lambda one: (one[0], one[1].name))  # as they are written, not as pytest-randomly shuffles them
        for at, (_, item) in enumerate(alike):
            # Six languages often follow one another: each six begins one later, so that none is left out.
            if len(alike) > FEW and (at + at // 6) % 3:
                item.add_marker(pytest.mark.slow)
