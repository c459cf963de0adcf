"""A run whose process is killed at a random moment, and started again. `tests/slow` does so at twenty moments."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.each.killed import Killed, some_moments

pytestmark = pytest.mark.slow  # a process is killed at each of its steps


@pytest.mark.skipif(sys.platform == "win32", reason="kills processes as POSIX does")
def test_a_killed_run_loses_no_row_and_asks_again_only_about_what_was_under_way(tmp_path: Path) -> None:
    killed = Killed(tmp_path)
    killed.run(some_moments(2, seed=1))
    killed.check(kills=2)
