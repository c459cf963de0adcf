"""VS Code in a browser: code-server, and the pages that it opens."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.browser.seen import SHOTS

PROJECT = Path(__file__).parents[2]
FOLDER = Path(os.environ.get("VISION_MAGIC_VSCODE", PROJECT / "build" / "vscode"))
ENTRY = FOLDER / "node_modules" / "code-server" / "out" / "node" / "entry.js"
THEMES = {"light": "Default Light Modern", "dark": "Default Dark Modern"}


class Code:
    """A code-server whose extension runs notebooks on a Jupyter server."""

    def __init__(self, jupyter: str) -> None:
        self.root = Path(tempfile.mkdtemp())
        extension = self.root / "extensions" / "vision-magic.kernel-0.0.1"
        shutil.copytree(PROJECT / "tools" / "vscode" / "kernel", extension)
        self.theme("light")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}"
        command = ["node", str(ENTRY), "--auth", "none", "--bind-addr", f"127.0.0.1:{self._port}"]
        command += ["--user-data-dir", str(self.root / "user"), "--extensions-dir", str(extension.parent)]
        command += ["--disable-telemetry", "--disable-update-check", "--disable-workspace-trust"]
        about = {"VISION_MAGIC_JUPYTER": jupyter, "VISION_MAGIC_WS": str(FOLDER / "node_modules" / "ws")}
        self._log = (self.root / "server.log").open("w", encoding="utf-8")
        self._process = subprocess.Popen(command, env=os.environ | about, stdout=self._log, stderr=self._log)
        self._wait()

    def _wait(self) -> None:
        for _ in range(300):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{self.url}/healthz", timeout=1).close()
                return
            time.sleep(0.1)
        raise RuntimeError(f"code-server did not start: {(self.root / 'server.log').read_text()[-2000:]}")

    def theme(self, name: str) -> None:
        """Choose the light or dark theme of pages that are opened later."""
        settings = {
            "workbench.colorTheme": THEMES[name],
            "workbench.startupEditor": "none",
            "workbench.sideBar.location": "right",
            "workbench.tips.enabled": False,
            "extensions.autoCheckUpdates": False,
            "window.autoDetectColorScheme": False,
        }
        path = self.root / "user" / "User" / "settings.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(settings), encoding="utf-8")

    def open(self, page: Any, folder: Path) -> VSCodePage:
        """Open the notebook of a folder; the extension shows it, and runs it if it is called "run"."""
        page.goto(f"{self.url}/?folder={folder}")
        return VSCodePage(page)

    def stop(self) -> None:
        """Stop the server and delete its folder."""
        self._process.terminate()
        self._process.wait(30)
        self._log.close()
        shutil.rmtree(self.root, ignore_errors=True)


class VSCodePage:
    """A notebook in VS Code: its outputs are in a frame within a frame."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def outputs(self, script: str) -> list[Any]:
        """Return what a function says of each answer in the outputs."""
        for frame in self.page.frames:
            with contextlib.suppress(Exception):  # a frame that is being loaded
                found = frame.eval_on_selector_all(".vision-magic-answer", f"all => all.map({script})")
                if found:
                    return list(found)
        return []

    def text(self) -> str:
        """Return the visible text of all answers."""
        return "\n".join(self.outputs("answer => answer.innerText"))

    def until(self, test: Callable[[], Any], seconds: float = 60) -> Any:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if found := test():
                return found
            time.sleep(0.05)
        self.shot("failed-vscode")
        raise AssertionError(f"not within {seconds} s; the outputs say: {self.text()[-1500:]}")

    def shot(self, name: str) -> None:
        SHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=str(SHOTS / f"{name}.png"))


@contextlib.contextmanager
def running_code(jupyter: str) -> Iterator[Code]:
    """Run a server for the length of a ``with`` block."""
    code = Code(jupyter)
    try:
        yield code
    finally:
        code.stop()
