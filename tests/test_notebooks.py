"""Promises of the committed notebooks in addition to their outputs, which nbval compares."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))


def test_there_are_notebooks() -> None:
    assert NOTEBOOKS


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_a_notebook_is_small_run_in_order_and_without_errors(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1)), "run `make notebooks`"
    assert not [output for cell in cells for output in cell.outputs if output.output_type == "error"]
    assert path.stat().st_size < 300_000


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_a_lessons_answers_say_that_the_embedded_reader_wrote_them_or_a_recording_has_them(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    elsewhere = ("--base-url", "--profile", "--dry-run", "--each", "--no-raise-error")
    asked = [cell for cell in notebook.cells if cell.source.startswith("%%vision")]
    for cell in (one for one in asked if not any(option in one.source for option in elsewhere)):
        assert re.search(r"embedded-reader|recorded \d{4}-\d\d-\d\d", str(cell.outputs)), cell.source


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_the_recordings_of_a_lesson_are_beside_it(path: Path) -> None:
    cells = [cell.source for cell in nbformat.read(path, as_version=4).cells]
    named = {source.split()[-1] for source in cells if source.startswith("%vision replay ") and ".vision." in source}
    recorded = {source.split()[-1] for source in cells if source.startswith("%vision record ")}  # in the lesson itself
    assert all((path.parent / name).exists() for name in named - recorded)


def code_of(path: Path) -> str:
    """Return the Python of a notebook, without magics."""
    cells = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    lines = (line for source in cells if not source.startswith("%%") for line in source.splitlines())
    return "\n".join(line for line in lines if not line.startswith("%"))


def imported(path: Path) -> set[str]:
    """Return the modules that a notebook imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(code_of(path))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(str(node.module))
    return found


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_n3_a_lesson_imports_what_the_readme_installs(path: Path) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    required = {re.split(r"[<>=; ]", one)[0] for one in (*project["dependencies"], *extras["jupyter"])}
    names = {"pillow": "PIL", "ipython": "IPython"}
    known = {names.get(one, one) for one in required} | {"vision_magic", "numpy"}  # NumPy comes with matplotlib
    tops = {name.partition(".")[0] for name in imported(path)}
    assert tops - sys.stdlib_module_names <= known


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_n18_a_lesson_uses_public_names_only(path: Path) -> None:
    assert not [name for name in imported(path) if name.startswith("vision_magic.")]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_n18_a_lesson_shows_a_picture_and_ends_with_exercises_and_their_solutions(path: Path) -> None:
    cells = nbformat.read(path, as_version=4).cells
    shown = [output.get("data", {}) for cell in cells for output in cell.get("outputs", [])]
    assert any("image/png" in data for data in shown)
    _, heading, exercises = cells[-1].source.partition("## Exercises")
    assert heading
    tasks, _, solutions = exercises.partition("<details><summary>Solutions</summary>")
    numbered = [re.findall(r"^\d+\.", part, re.MULTILINE) for part in (tasks, solutions)]
    assert numbered[0] == numbered[1] != []
