"""A notebook run by papermill; all of them are run by nbval."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import papermill
import pytest

from tests.test_notebooks import NOTEBOOKS


@pytest.mark.parametrize("path", NOTEBOOKS[:1], ids=lambda path: path.name)
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
