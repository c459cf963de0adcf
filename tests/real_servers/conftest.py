"""Programs that others wrote, as servers on loopback: started for a module, ended by their own process group."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import httpx
import pytest

Start = Callable[[Sequence[str], str], str]
FROM_NPM = Path(__file__).parents[2] / "build" / "mock_servers" / "node_modules" / ".bin"


def from_npm(name: str) -> Path:
    """Return the program of a server that comes with npm; skip where it is not installed."""
    program = FROM_NPM / name
    if not program.exists() or shutil.which("node") is None:
        pytest.skip(f"{name} is not installed: tools/mock_servers/install.sh build/mock_servers")
    return program


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def start() -> Iterator[Start]:
    """Start a command, `{port}` in it standing for a free one; return its address when a path below answers."""
    running: list[subprocess.Popen[bytes]] = []

    def run(command: Sequence[str], path: str) -> str:
        port = free_port()
        url = f"http://127.0.0.1:{port}"
        with tempfile.TemporaryFile() as log:
            words = [word.format(port=port) for word in command]
            process = subprocess.Popen(words, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True)
            running.append(process)
            for _ in range(300):
                if process.poll() is not None or _answers(url + path):
                    break
                time.sleep(0.1)
            if not _answers(url + path):
                log.seek(0)
                pytest.fail(f"{words[0]} did not start:\n{log.read().decode(errors='replace')[-2000:]}")
        return url

    yield run
    for process in running:
        with contextlib.suppress(ProcessLookupError):  # it may have ended by itself, as one that did not start
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(10)


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, trust_env=False, timeout=1).status_code < 500
    except httpx.HTTPError:
        return False
