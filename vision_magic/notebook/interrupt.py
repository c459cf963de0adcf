"""The Stop button of an answer, and blocks in which an interrupt is ignored.

While a cell waits for its answer, two things can interrupt it: the kernel's own interrupt, which raises
``KeyboardInterrupt`` in the main thread, and the Stop button of the answer, whose message arrives in another thread.
"""

from __future__ import annotations

import _thread
import contextlib
import ctypes
import signal
import threading
from collections.abc import Iterator

__all__ = ["Stop", "interrupts_ignored"]


class Stop:
    """A callable that interrupts the thread in which it was created, when another thread calls it.

    Attributes
    ----------
    pressed : bool
        Whether it was called. The interrupt then came from the button and not from the kernel.
    """

    def __init__(self) -> None:
        self.pressed = False
        self._thread = threading.get_ident()
        self._lock = threading.Lock()
        self._expired = False

    def __call__(self) -> None:
        """Interrupt the thread, once; no effect after `expire`."""
        with self._lock:
            if self._expired or self.pressed:
                return
            self.pressed = True
            if threading.get_ident() == self._thread:
                return  # the message was handled after the end of the cell: there is nothing left to stop
            if self._thread != threading.main_thread().ident:
                # The cell runs in a subshell: a signal would interrupt the main thread, which may run another cell.
                _raise_in(self._thread)
            elif hasattr(signal, "pthread_kill"):
                signal.pthread_kill(self._thread, signal.SIGINT)  # unlike interrupt_main, it ends a blocking read
            else:
                _thread.interrupt_main()

    def expire(self) -> None:
        """Disable the button, so that it cannot interrupt the next cell."""
        with self._lock:
            self._expired = True


def _raise_in(thread: int) -> None:
    """Raise ``KeyboardInterrupt`` in a thread that receives no signals, when it next executes Python code."""
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(KeyboardInterrupt))


@contextlib.contextmanager
def interrupts_ignored() -> Iterator[None]:
    """Ignore the kernel's interrupt inside the block; no effect outside the main thread."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_DFL if before is None else before)
