"""The course in a real JupyterLab: each notebook, run by a person, answers and has no error."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.lab import Lab
from tests.browser.seen import Seen
from tests.test_notebooks import NOTEBOOKS


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem[:2])
def test_a_notebook_of_the_course_runs(open_file: Callable[[Lab, str], Seen], lab: Lab, path: Path) -> None:
    for file in (path, *path.parent.glob("*.jsonl")):
        shutil.copy(file, lab.root)
    seen = open_file(lab, path.stem)
    seen.clear_outputs()
    seen.run_all()
    seen.until(lambda: all(prompt.strip("[]: ").isdigit() for prompt in seen.code_prompts()), 120)
    seen.until(lambda: not seen.live())
    assert seen.page.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    outputs = outputs_of(seen.save())
    assert [output for output in outputs if output["output_type"] == "error"] == []
    assert answers(outputs) == answers(outputs_of(json.loads(path.read_text(encoding="utf-8"))))
    seen.shot(f"course-{path.stem}")


def outputs_of(notebook: dict[str, Any]) -> list[dict[str, Any]]:
    return [output for cell in notebook["cells"] for output in cell.get("outputs", ())]


def answers(outputs: list[dict[str, Any]]) -> int:
    """Count the answers, by the line that says who wrote them."""
    return sum("embedded-reader ·" in str(output.get("data", {}).get("text/plain")) for output in outputs)
