"""A notebook in a page of a browser: actions on it, and its visible state."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.browser.lab import Lab

WIDTH, HEIGHT = 1100, 1000  # of a page, in pixels, unless a test sets another width
SHOTS = Path(os.environ.get("VISION_MAGIC_SHOTS", "build/screenshots"))

PAUSE = 0.03  # seconds between the first looks at a page; fewer later, because each costs time in four processes

LIVE = ".vision-magic-live, .vision-magic-growing"

# Opens another notebook in the same JupyterLab page, because loading the page would take half the time of a test.
# The promise of the command is kept late, on a busy machine half a minute after the notebook is connected: it is left.
GO_ON = "(path) => void window.jupyterapp.commands.execute('docmanager:open', { path, factory: 'Notebook' })"
LEAVE = """() => { window.watched = null; for (const tab of [...window.jupyterapp.shell.widgets('main')]) {
  if (tab.context) tab.context.model.dirty = false; // closes it without a question about saving
  tab.dispose(); } }"""


LIGHT = "() => void window.jupyterapp.commands.execute('apputils:change-theme', { theme: 'JupyterLab Light' })"


class Seen:
    """A notebook in a page: runs its cells, waits for outputs, and collects errors and requests to other hosts."""

    def __init__(self, page: Any, lab: Lab, name: str) -> None:
        self.page, self.lab, self.name = page, lab, name
        self.errors: list[str] = []
        self.remote: list[str] = []
        self._odd = False  # whether something failed in this page, or it was reloaded unexpectedly
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", self._request)
        page.on("load", self._loaded)

    def _console(self, message: Any) -> None:
        expected = r"favicon|Failed to load resource|apputils"
        if not self.lab.widgets:
            expected += "|Exception opening new comm|Comm not found"  # a widget that nothing shows
        if message.type == "error" and not re.search(expected, message.text):
            self.errors.append(message.text)

    def _request(self, request: Any) -> None:
        if not request.url.startswith((self.lab.url, self.lab.url.replace("http", "ws"), "data:", "blob:")):
            self.remote.append(request.url)

    def _loaded(self, page: Any) -> None:
        self._odd = True

    def open(self) -> None:
        """Load a page with the notebook."""
        with self.lab.served():
            self.page.goto(self.lab.address(self.name))
            self._until_ready()
        if self.lab.application == "lab":
            self.page.keyboard.press("Control+b")  # hides the sidebar

    def go_on(self, name: str, width: int) -> None:
        """Open another notebook in the same page."""
        self.name = name
        self.page.set_viewport_size({"width": width, "height": HEIGHT})
        self.page.evaluate(GO_ON, f"{name}.ipynb")
        self._until_ready()

    def use_up(self) -> None:
        """Keep other tests from using this page, because this test changes its state."""
        self._odd = True

    def leave(self) -> bool:
        """Close the notebook, and return whether the page is clean, so that another test can use it."""
        if self.lab.application != "lab" or self._odd:
            return False
        self.page.evaluate(LEAVE)
        if self.page.locator("[data-jp-theme-light=false]").count():
            self.page.evaluate(LIGHT)
            self.page.wait_for_selector("[data-jp-theme-light=true]", state="attached")
            self.page.wait_for_selector("#jupyterlab-splash", state="detached")
        return self.page.locator("dialog.jp-Dialog").count() == 0

    def _until_ready(self) -> None:
        self.page.wait_for_selector(".jp-Notebook", timeout=60_000)
        if self.lab.application == "lab":
            self.page.wait_for_selector("text=| Idle", timeout=60_000)
        else:
            self.page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=idle]", timeout=60_000)
        self.until(self._connected)
        self._odd = False
        self.errors.clear()  # errors while it starts are the front end's own: Notebook 7 lacks a schema

    def _connected(self) -> bool:
        """Return whether the notebook's kernel is ready; choose one if the front end, still starting, asks for it."""
        which = self.page.locator("dialog.jp-Dialog .jp-mod-accept")
        if which.count():
            which.click()
        return any(kernel["execution_state"] == "idle" and kernel["connections"] for kernel in self.kernels())

    def kernels(self) -> list[dict[str, Any]]:
        """Return the server's description of this notebook's kernel, as `Lab.kernels`."""
        return self.lab.kernels(self.name)

    def run_all(self) -> None:
        """Run all cells; try again if the front end, still starting, ignored the click."""
        before = self._prompts()
        for _ in range(3):
            self.page.click(".lm-MenuBar >> text=Run")
            self.page.click("text=Run All Cells")
            end = time.monotonic() + 10
            while time.monotonic() < end:
                if self._prompts() != before:
                    return
                time.sleep(PAUSE)

    def dark(self) -> None:
        """Choose JupyterLab's dark theme; `open` and `leave` reset it."""
        self.page.click(".lm-MenuBar >> text=Settings")
        self.page.hover(".lm-Menu >> text=Theme")
        self.page.click(".lm-Menu >> text=JupyterLab Dark")
        self.page.wait_for_selector("[data-jp-theme-light=false]", state="attached")
        self.page.wait_for_selector("#jupyterlab-splash", state="detached")  # a change of theme shows it again

    def clear_outputs(self) -> None:
        """Clear all outputs, so that later ones are new."""
        self.page.click(".lm-MenuBar >> text=Edit")
        self.page.click("text=Clear Outputs of All Cells")
        self.until(lambda: not self.text())

    def code_prompts(self) -> list[str]:
        """Return the prompt of each code cell: a number if it has run, a star while it waits or runs."""
        return [prompt for prompt in self._prompts() if prompt]

    def _prompts(self) -> list[str]:
        return self.page.eval_on_selector_all(".jp-InputPrompt", "all => all.map((prompt) => prompt.innerText)")

    def until(self, test: Callable[[], Any], seconds: float = 60) -> Any:
        end, pause = time.monotonic() + seconds, PAUSE
        while time.monotonic() < end:
            found = test()
            if found:
                return found
            time.sleep(pause)
            pause = min(1.3 * pause, 5 * PAUSE)
        self._odd = True
        self.shot(f"failed-{self.name}")
        raise AssertionError(f"not within {seconds} s; the page says: {self.text()[-1500:]}")

    def text(self) -> str:
        """Return the visible text of all outputs."""
        return "\n".join(self.page.eval_on_selector_all(".jp-OutputArea-output", "all => all.map((o) => o.innerText)"))

    def waits_for(self, words: str, seconds: float = 60) -> None:
        self.until(lambda: words in self.text(), seconds)

    def live(self) -> bool:
        """Return whether an answer is being written, in a widget or without one."""
        return self.page.query_selector(LIVE) is not None

    def save(self) -> dict[str, Any]:
        """Save the notebook and return the content of its file."""
        before = self.lab.written_at(self.name)
        self.page.keyboard.press("Control+s")
        self.until(lambda: self.lab.written_at(self.name) != before)
        found: dict[str, Any] = self.until(lambda: self.lab.saved(self.name))
        return found

    def shot(self, name: str) -> None:
        SHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=str(SHOTS / f"{name}.png"))


def outputs_of(notebook: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the outputs of all cells of a notebook."""
    return [output for cell in notebook["cells"] for output in cell.get("outputs", ())]


def answers(outputs: list[dict[str, Any]]) -> int:
    """Count the answers by the line that names who answered."""
    return sum("embedded-reader ·" in str(output.get("data", {}).get("text/plain")) for output in outputs)
