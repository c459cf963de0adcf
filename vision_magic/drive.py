"""Drivers of generators that do no I/O: a generator yields steps, and a driver performs them and sends the results."""

from __future__ import annotations

import inspect
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from dataclasses import dataclass
from typing import Any

from vision_magic.errors import VisionError

__all__ = ["Emit", "adrive", "drive"]


@dataclass(slots=True)  # not frozen: there is one for each chunk, and a frozen one takes three times as long to create
class Emit:
    """The step that passes events to the listener."""

    events: list[Any]


def drive(steps: Generator[Any, Any, object], perform: Callable[[Any], Any]) -> Generator[Any]:
    """Perform the steps of a generator, and yield the events that it emits.

    Parameters
    ----------
    steps : generator
        The steps. An error of a step is raised inside the generator, which decides how to handle it.
    perform : callable
        Takes a step other than `Emit`, and returns its outcome.
    """
    outcome: Any = None
    error: BaseException | None = None
    try:
        while True:
            try:
                step = steps.send(outcome) if error is None else steps.throw(error)
            except StopIteration:
                return
            except VisionError as failure:
                outcome = None
                # Without the traceback, since the frames of the steps hold bytes that may contain a key.
                raise failure.with_traceback(None) from None
            outcome = error = None
            if type(step) is Emit:
                yield from step.events
                continue
            try:
                outcome = perform(step)
            except BaseException as caught:
                error = caught
    finally:
        steps.close()


async def adrive(steps: Generator[Any, Any, object], perform: Callable[[Any], Awaitable[Any]]) -> AsyncGenerator[Any]:
    """`drive` for asynchronous code; `perform` is a coroutine function."""
    import anyio
    import anyio.to_thread

    outcome: Any = None
    error: BaseException | None = None
    try:
        while True:
            try:
                step = steps.send(outcome) if error is None else steps.throw(error)
            except StopIteration:
                return
            except VisionError as failure:
                outcome = None
                raise failure.with_traceback(None) from None
            outcome = error = None
            if type(step) is Emit:
                for event in step.events:
                    yield event
                continue
            try:
                outcome = await perform(step)
            except BaseException as caught:
                error = caught
    finally:
        if inspect.getgeneratorstate(steps) != inspect.GEN_CLOSED:  # its cleanup may write to a disk
            with anyio.CancelScope(shield=True):
                await anyio.to_thread.run_sync(steps.close)
