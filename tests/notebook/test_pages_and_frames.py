"""Pages and frames named in a cell."""

from __future__ import annotations

import numpy as np
import pytest

import vision_magic as vm
from tests.images.test_pages import pdf
from tests.notebook.conftest import Run
from tests.servers import LoopbackServer
from tests.session.scripted import images_in, says


@pytest.mark.parametrize(
    ("cell", "count"),
    [
        pytest.param("%%vision vm.pages(report,1,3) {options}\nWhat is on them?", 2, id="pages"),
        pytest.param("%%vision {options}\nWhat is on {{both}}?", 2, id="in the question"),
        pytest.param("%%vision vm.frames(stack,5) {options}\nWhat moves?", 5, id="frames"),
        pytest.param("%%vision vm.frames(stack,5,sheet=True) {options}\nWhat moves?", 1, id="a sheet"),
    ],
)
def test_several_pictures_of_one_file_are_named_in_a_cell(run: Run, cell: str, count: int) -> None:
    report = pdf("0.2", "0.5", "0.8")
    run.shell.user_ns |= {"vm": vm, "report": report, "both": vm.pages(report, 1, 2), "stack": np.zeros((9, 8, 8))}
    with LoopbackServer(lambda body: [says("Grey.")]) as server:
        assert run(cell.format(options=f"--base-url {server.url} -m model-1")).success, run.err
    assert images_in(server.requests[0]) == count
