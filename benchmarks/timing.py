"""How is something timed here? Side by side, interleaved, as medians: ratios hold on a noisy machine."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping

ROUNDS = 7


def interleaved(tasks: Mapping[str, Callable[[], object]], rounds: int = ROUNDS) -> dict[str, float]:
    """Return each task's median of CPU seconds, the tasks taking turns."""
    taken: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(rounds):
        for name, task in tasks.items():
            started = time.process_time()
            task()
            taken[name].append(time.process_time() - started)
    return {name: statistics.median(values) for name, values in taken.items()}


def fresh_processes(programs: Mapping[str, str], rounds: int = ROUNDS) -> dict[str, float]:
    """Return each program's median of wall seconds in a fresh Python."""
    taken: dict[str, list[float]] = {name: [] for name in programs}
    for _ in range(rounds):
        for name, program in programs.items():
            started = time.perf_counter()
            subprocess.run([sys.executable, "-c", program], check=True, stdout=subprocess.DEVNULL)
            taken[name].append(time.perf_counter() - started)
    return {name: statistics.median(values) for name, values in taken.items()}


def table(title: str, seconds: Mapping[str, float], *, base: str, extra: Mapping[str, str] | None = None) -> None:
    """Print medians in milliseconds and as multiples of `base`."""
    print(f"\n{title}")
    for name, value in seconds.items():
        more = f"  {extra[name]}" if extra else ""
        print(f"  {name:<44} {value * 1000:9.1f} ms  {value / seconds[base]:7.2f} ×{more}")
