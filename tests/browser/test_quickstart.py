"""The quickstart in JupyterLab, as in `make test`: an answer grows, and Stop keeps the part that arrived."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from tests.browser.lab import Lab
from tests.browser.seen import Seen, answers, outputs_of
from tests.browser.test_answers import ANSWER, ask, slowly
from tests.servers import LoopbackServer

QUICKSTART = Path(__file__).parent.parent.parent / "notebooks" / "01-quickstart.ipynb"


def test_the_quickstart_answers_and_an_answer_that_grows_is_stopped_and_kept(
    lab: Lab, open_file: Callable[[Lab, str], Seen]
) -> None:
    notebook = json.loads(QUICKSTART.read_text(encoding="utf-8"))
    expected = answers(outputs_of(notebook))
    assert expected
    with LoopbackServer(slowly(ANSWER * 20, pause=0.05)) as server:
        cells = [cell["source"] for cell in notebook["cells"] if cell["cell_type"] == "code"]
        lab.notebook(
            "quickstart", *cells, ask(server), "print('state', _vision.state, len(_vision.text) > 10)", kernel="python3"
        )
        seen = open_file(lab, "quickstart")
        seen.run_all()
        seen.waits_for("What it shows")
        before = len(seen.text())
        seen.until(lambda: len(seen.text()) > before + 20)
        seen.page.dispatch_event(".vision-magic-stop", "click")
        seen.until(lambda: not seen.live(), 10)
        seen.waits_for("state interrupted True")
        assert "What it shows" in seen.text()
        assert server.hung_up.wait(5)
    assert answers(outputs_of(seen.save())) == expected
