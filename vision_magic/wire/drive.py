"""Drivers of generators that do no I/O: each yields steps, and is sent what came of them."""

from __future__ import annotations

import inspect
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from typing import Any, TypeVar

import anyio
import anyio.to_thread

from vision_magic.errors import VisionError

__all__ = ["adrive", "drive"]

Step = TypeVar("Step")
Result = TypeVar("Result")


def drive(
    steps: Generator[Step, Any, Result], perform: Callable[[Step], Generator[Any, Any, Any]]
) -> Generator[Any, Any, Result]:
    """Carry out the steps of a generator, yield what performing them yields, and return its result.

    Parameters
    ----------
    steps : generator
        An error of a step is raised inside it, so that it alone decides what an error means.
    perform : callable
        Takes a step; a generator that returns what came of it.
    """
    outcome: Any = None
    error: BaseException | None = None
    try:
        while True:
            try:
                step = steps.send(outcome) if error is None else steps.throw(error)
            except StopIteration as end:
                return end.value  # type: ignore[no-any-return]  # StopIteration does not know the type
            except VisionError as failure:
                outcome = None
                raise failure.with_traceback(None) from None  # the frames of the steps hold bytes that may repeat a key
            outcome = error = None
            try:
                outcome = yield from perform(step)
            except GeneratorExit:
                raise
            except BaseException as caught:
                error = caught
    finally:
        steps.close()


async def adrive(
    steps: Generator[Step, Any, object],
    perform: Callable[[Step], Awaitable[Any]],
    events_of: Callable[[Step], list[Any] | None],
) -> AsyncGenerator[Any]:
    """Carry out the steps of a generator from asynchronous code, and yield its events.

    Parameters
    ----------
    steps : generator
        As for `drive`.
    perform : callable
        Takes a step; a coroutine that returns what came of it.
    events_of : callable
        The events that a step hands to the listener; None for a step that is performed.
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
                raise failure.with_traceback(None) from None
            outcome = error = None
            try:
                events = events_of(step)
                if events is None:
                    outcome = await perform(step)
                    continue
            except BaseException as caught:
                error = caught
                continue
            for event in events:
                yield event
    finally:
        if inspect.getgeneratorstate(steps) != inspect.GEN_CLOSED:  # what remains to be done may write to a disk
            with anyio.CancelScope(shield=True):
                await anyio.to_thread.run_sync(steps.close)
