"""A run whose process is killed at twenty random moments."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.each.killed import Killed, some_moments


@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", range(5))
def test_no_row_is_lost_or_there_twice_whenever_a_run_is_killed(tmp_path: Path, seed: int) -> None:
    killed = Killed(tmp_path)
    killed.run(some_moments(4, seed))
    killed.check(kills=4)
