"""Two notebooks of the course in a real JupyterLab: run by a user, they answer without errors."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.lab import Lab
from tests.browser.seen import Seen, answers, outputs_of
from tests.test_notebooks import NOTEBOOKS


@pytest.mark.parametrize(
    "path", [path for path in NOTEBOOKS if path.stem[:2] in ("07", "09")], ids=lambda path: path.stem[:2]
)
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
