"""One question to many pictures in a real JupyterLab: the run as it goes, Stop, and the review of its rows."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.browser.lab import Lab
from tests.browser.seen import Seen, outputs_of
from tests.servers import END, LoopbackServer, chunk

Open = Callable[..., Seen]

SETUP = """%load_ext vision_magic
from typing import Literal
from PIL import Image
Stage = Literal["pro", "meta", "ana"]
frames = {f"plate {n:02}": Image.effect_noise((160 + n, 120), 60) for n in range(60)}"""

RUN = ".vision-magic-run"
REVIEW = ".vision-magic-review"


def staged(pause: float) -> Callable[[dict[str, Any]], Iterator[bytes]]:
    def answer(body: dict[str, Any]) -> Iterator[bytes]:
        time.sleep(pause)
        yield chunk(json.dumps({"value": "meta"})) + END

    return answer


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with LoopbackServer(staged(0.3)) as running:
        yield running


def cell(server: LoopbackServer, line: str) -> str:
    return f"%%vision --each {line} --schema Stage --base-url {server.url} -m model-1 -o rows\nWhich stage is it?"


def test_a_run_is_seen_as_it_goes_and_stop_keeps_its_rows(
    open_notebook: Open, lab: Lab, server: LoopbackServer
) -> None:
    seen = open_notebook(lab, SETUP, cell(server, "frames --concurrency 3"), "len(rows) == rows.counts['done']")
    seen.run_all()
    page = seen.page
    page.wait_for_selector(f"{RUN} figure img", timeout=60_000)
    seen.until(lambda: page.locator(f"{RUN} figure img").count() == 6)
    assert page.get_attribute(f"{RUN} [role=progressbar]", "aria-valuemax") == "60"
    assert "in flight" in page.inner_text(RUN)
    seen.shot("run-light")
    page.get_by_role("button", name="Stop").click()
    seen.waits_for("stopped · ")
    seen.waits_for("True")  # the cell did not fail, so that the next one has run
    assert page.locator(RUN).count() == 0
    assert len(server.requests) < 60
    seen.shot("run-stopped")
    kept = [output["data"]["text/plain"] for output in outputs_of(seen.save())]
    assert "".join(kept[0]).startswith("stopped · ")  # and no widget


def test_rows_are_labelled_with_keys_alone(open_notebook: Open, lab: Lab, server: LoopbackServer) -> None:
    few = cell(server, "dict(list(frames.items())[:3])")
    seen = open_notebook(lab, SETUP, few, "rows.review()", "rows.labels")
    seen.run_all()
    page = seen.page
    page.wait_for_selector(f"{REVIEW} img:not([hidden])", timeout=60_000)
    page.focus(REVIEW)
    for key, shown in (
        ("3", "2 of 3"),
        ("0", "3 of 3"),
        ("u", "2 of 3"),
        ("ArrowRight", "3 of 3"),
        ("1", "label: pro"),
    ):
        page.keyboard.press(key)
        seen.until(lambda shown=shown: shown in page.inner_text(REVIEW))  # type: ignore[misc]
    assert page.locator(".jp-Cell").count() == 4  # the keys are not those of the notebook
    assert page.evaluate(f"document.activeElement.matches('{REVIEW}')")
    seen.waits_for("2 of 3 rows labelled · ana 1 · pro 1")
    seen.shot("review-light")
    seen.dark()
    seen.shot("review-dark")
    page.get_by_role("button", name="Done").click()
    seen.until(lambda: page.locator(f"{REVIEW} button").count() == 0)
    assert "rows labelled" in json.dumps(outputs_of(seen.save())[-2])
