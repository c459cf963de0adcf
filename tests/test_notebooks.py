"""Promises of the committed notebooks in addition to their outputs, which nbval compares."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

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
def test_a_notebooks_answers_say_that_the_embedded_reader_wrote_them(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    elsewhere = ("--base-url", "--profile")
    asked = [cell for cell in notebook.cells if cell.source.startswith("%%vision")]
    asked = [cell for cell in asked if not any(option in cell.source for option in elsewhere)]
    assert not asked or any("embedded-reader" in str(cell.outputs) for cell in asked)
