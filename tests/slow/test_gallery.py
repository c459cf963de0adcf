"""The gallery: each question of docs/gallery.md is asked, and gets the answer that stands there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_answers_of_the_gallery_are_those_of_the_reader() -> None:
    done = subprocess.run([sys.executable, "tools/gallery.py", "--check"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    asked = [line for line in done.stdout.splitlines() if ": From the figure object" in line or ": Measured in" in line]
    assert len(asked) >= 5, done.stdout  # plotly and bokeh need a browser, and plotnine is not everywhere
