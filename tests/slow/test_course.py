"""The notebooks as a student runs them: with the extras that the README names and no others, and each cell twice."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.test_notebooks import NOTEBOOKS

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / "build" / "course" / "bin" / "python"
"""Python of an environment with the extras [reader,jupyter] alone, which `make test-rest` makes."""

RUN_ALL_TWICE = """
import sys
sys.modules["rfc3987_syntax"] = None  # see tests/conftest.py: three seconds for each lesson
import nbformat
from nbclient import NotebookClient

path = sys.argv[1]
notebook = nbformat.read(path, as_version=4)
client = NotebookClient(notebook, timeout=300, kernel_name="python3")
with client.setup_kernel():
    for run in range(2):
        for number, cell in enumerate(notebook.cells):
            client.execute_cell(cell, number)
print(len(notebook.cells), "cells ran twice")
"""


@pytest.mark.skipif(not PYTHON.exists(), reason="make build/course/.made makes the environment")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_n3_n4_a_lesson_runs_twice_with_the_extras_of_the_readme(path: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(path.parent, tmp_path / "notebooks"))
    files = sorted(folder.iterdir())
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment |= {"VISION_MAGIC_PROFILE": "embedded", "PYTHONWARNINGS": "ignore"}
    command = [str(PYTHON), "-c", RUN_ALL_TWICE, path.name]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "cells ran twice" in done.stdout
    assert sorted(folder.iterdir()) == files, "a lesson leaves no files behind"
