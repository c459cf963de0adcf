"""A run that is killed: the program of its process, and what the server and the file know afterwards."""

from __future__ import annotations

import json
import random
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.servers import LoopbackServer

ROWS, AT_ONCE = 120, 8

PROGRAM = f"""
import sys
import numpy as np
from vision_magic.each.ask_each import ask_each

pictures = [np.zeros((8, 8 + number, 3), np.uint8) for number in range({ROWS})]
url, run = sys.argv[1:]
ask_each("What?", pictures, run=run, concurrency={AT_ONCE}, base_url=url, model="m", progress=False)
"""


class Killed:
    """Starts a run again and again, kills it, and counts what the server answered.

    Parameters
    ----------
    folder : Path
        Where the file of the run is.
    delay : float
        How long each answer takes (seconds).
    """

    def __init__(self, folder: Path, delay: float = 0.03) -> None:
        self.path = folder / "killed.vision.sqlite"
        self._delay = delay
        self._lock = threading.Lock()
        self.answered: Counter[int] = Counter()

    def answer(self, body: dict[str, Any]) -> Iterator[bytes]:
        """Yield an answer after a moment."""
        time.sleep(self._delay)
        with self._lock:
            self.answered[len(json.dumps(body))] += 1
        choice = {"index": 0, "message": {"role": "assistant", "content": "yes"}, "finish_reason": "stop"}
        yield json.dumps(
            {"model": "m", "choices": [choice], "usage": {"prompt_tokens": 9, "completion_tokens": 1}}
        ).encode()

    def run(self, moments: list[float]) -> None:
        """Start the run, kill it once at each moment after its first row (seconds), and then let it end."""
        with LoopbackServer(self.answer) as server:
            command = [sys.executable, "-c", PROGRAM, server.url, str(self.path)]
            for moment in moments:
                before = self.rows
                with subprocess.Popen(command) as process:
                    while process.poll() is None and self.rows == before:
                        time.sleep(0.005)
                    time.sleep(moment)
                    process.kill()
            subprocess.run(command, check=True, timeout=100)

    @property
    def rows(self) -> int:
        """The number of rows in the file."""
        if not self.path.exists():
            return 0
        with closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, timeout=10)) as database:
            try:
                return int(database.execute("SELECT COUNT(*) FROM rows").fetchone()[0])
            except sqlite3.OperationalError:  # it is being made
                return 0

    def check(self, kills: int) -> None:
        """Check that no row is lost or there twice, and that no more than what was under way was paid twice."""
        with closing(sqlite3.connect(self.path)) as database:
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            keys = [key for (key,) in database.execute("SELECT key FROM rows WHERE state = 'done'")]
        assert len(keys) == len(set(keys)) == ROWS
        paid_twice = self.answered.total() - ROWS
        assert 0 <= paid_twice <= kills * AT_ONCE


def some_moments(count: int, seed: int) -> list[float]:
    """Return random moments (seconds)."""
    chosen = random.Random(seed)
    return [chosen.uniform(0.0, 0.3) for _ in range(count)]
