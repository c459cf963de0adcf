"""What the committed notebooks promise besides their outputs, which nbval compares."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import papermill
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


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
@pytest.mark.filterwarnings("ignore:::papermill", "ignore:datetime:DeprecationWarning")
def test_a_notebook_runs_under_papermill_with_the_outputs_that_it_has(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISION_MAGIC_PROFILE", "embedded")
    ran = papermill.execute_notebook(
        path, tmp_path / path.name, cwd=path.parent, kernel_name="python3", progress_bar=False
    )
    kept = nbformat.read(path, as_version=4)
    for cell, before in zip(ran.cells, kept.cells, strict=True):
        if cell.cell_type == "code" and cell.source.startswith("%%vision") and "--wire" not in cell.source:
            assert texts(cell) == texts(before), cell.source


def texts(cell: nbformat.NotebookNode) -> list[str]:
    """Return the answers of a cell as text; the day on which one was recorded is another each time."""
    found = [output["data"]["text/plain"] for output in cell.outputs if "data" in output]
    return [re.sub(r"recorded \d{4}-\d\d-\d\d", "recorded DAY", text) for text in found]
