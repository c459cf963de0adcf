"""A clock and timers that are moved by hand, and what `display` returns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.notebook.conftest import Run
from vision_magic.chat.reply import Choice, Reply
from vision_magic.notebook.views import pacing


class Handle:
    """What `display` gives back: keeps what is put in its place."""

    def __init__(self) -> None:
        self.updates: list[dict[str, Any]] = []

    def update(self, data: dict[str, Any], **about: Any) -> None:
        self.updates.append(data)


class Timer:
    """A timer that is let go by hand, and keeps the others of the test."""

    waiting: list[Timer] = []  # noqa: RUF012

    def __init__(self, seconds: float, function: Callable[..., object], args: list[Any]) -> None:
        self.seconds, self.go = seconds, lambda: function(*args)
        self.cancelled = False
        Timer.waiting.append(self)

    def start(self) -> None:
        pass

    def cancel(self) -> None:
        self.cancelled = True


def reply_of(*texts: str, **more: Any) -> Callable[[], Reply]:
    return lambda: Reply(
        choices=tuple(Choice(text=text, **more) for text in texts), model="model-1", host="example.org"
    )


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return the time, in a list, to be moved by hand."""
    now = [100.0]
    monkeypatch.setattr(pacing.time, "monotonic", lambda: now[0])
    return now


@pytest.fixture
def timers(monkeypatch: pytest.MonkeyPatch) -> list[Timer]:
    """Return the timers that have been started, to be let go by hand."""
    monkeypatch.setattr(pacing.threading, "Timer", Timer)
    Timer.waiting.clear()
    return Timer.waiting


@pytest.fixture
def handle(monkeypatch: pytest.MonkeyPatch, run: Run, clock: list[float], timers: list[Timer]) -> Handle:
    """Return the only output that is made; what it holds first is its first update."""
    made = Handle()

    def display(data: dict[str, Any], **about: Any) -> Handle:
        assert not made.updates, "a second output"
        made.update(data)
        return made

    monkeypatch.setattr("IPython.display.display", display)
    return made
