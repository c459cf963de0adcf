"""Answers and widgets in marimo, which resets the styles of lists and text."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.seen import SHOTS
from tests.browser.test_answers import slowly
from tests.browser.vscode import PROJECT
from tests.servers import LoopbackServer

MARIMO = PROJECT / "build" / "marimo" / "bin" / "marimo"
APP = """
import marimo
app = marimo.App()

@app.cell
def _():
    import vision_magic as vm
    address = dict(base_url={url!r}, model="m")
    return address, vm

@app.cell
def _(address, vm):
    vm.ask("What is it?", **address)
    return

@app.cell
def _(vm):
    vm.ImageInput(label="A photograph")
    return

@app.cell
def _(address, vm):
    vm.AskPanel(**address)
    return

@app.cell
def _(address, vm):
    vm.ChatPanel(**address)
    return
"""
TEXT = "# Title\n\n- It rises by $\\frac{1}{2}$\n- with [a link](https://example.org)\n\nThe end."
LOOK = """answer => {
  const style = (part) => getComputedStyle(answer.querySelector(part));
  return { bullet: style('ul').listStyleType, indent: parseFloat(style('ul').paddingLeft),
    title: parseFloat(style('h1').fontSize) / parseFloat(style('p').fontSize),
    formula: answer.querySelector('math').getClientRects().length,
    source: getComputedStyle(answer.querySelector('.vision-magic-tex')).visibility }; }"""


@pytest.fixture
def marimo_page(chromium: Any, tmp_path: Path) -> Iterator[Any]:
    """Open the app, whose questions a loopback server answers."""
    if not MARIMO.exists():
        pytest.skip(f"marimo is missing: make {MARIMO.relative_to(PROJECT)}")
    with socket.socket() as free, LoopbackServer(slowly(TEXT)) as server:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        app = tmp_path / "app.py"
        app.write_text(APP.format(url=server.url), encoding="utf-8")
        free.close()
        command = [str(MARIMO), "run", str(app), "--headless", "--no-token", "--host", "127.0.0.1", "--port", str(port)]
        with (tmp_path / "log").open("w") as log:
            process = subprocess.Popen(command, env=os.environ | {"OPENAI_API_KEY": ""}, stdout=log, stderr=log)
            page = chromium.new_page(viewport={"width": 900, "height": 1500})
            try:
                for _ in range(300):
                    with contextlib.suppress(OSError):
                        urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=1).close()
                        break
                    time.sleep(0.1)
                page.goto(f"http://127.0.0.1:{port}")
                yield page
            finally:
                page.close()
                process.terminate()
                process.wait(30)


def test_an_answer_looks_right_and_the_widgets_and_panels_work(marimo_page: Any) -> None:
    answer = marimo_page.locator(".vision-magic-answer").first
    answer.locator("text=The end.").wait_for(timeout=60_000)
    look = answer.evaluate(LOOK)
    assert look["bullet"] == "disc"
    assert look["indent"] > 10
    assert look["title"] > 1.3
    assert look["formula"] == 1
    assert look["source"] == "hidden"
    marimo_page.locator("text=A photograph").wait_for()
    assert marimo_page.locator("text=Jupyter widgets are not supported").count() == 0
    marimo_page.locator("text=Pictures for the next question").wait_for()  # the panel of a conversation
    marimo_page.locator("input[type=file]").nth(1).set_input_files(
        str(PROJECT / "docs" / "static" / "gallery" / "matplotlib.webp")
    )
    marimo_page.locator("text=pixels").wait_for()
    marimo_page.locator("textarea").first.fill("What is it?")
    marimo_page.locator("button.vision-magic-panel-ask").first.click()
    marimo_page.locator(".vision-magic-panel-answer >> text=The end.").wait_for(timeout=30_000)
    SHOTS.mkdir(parents=True, exist_ok=True)
    marimo_page.screenshot(path=str(SHOTS / "marimo.png"))
