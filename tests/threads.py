"""Several threads that do different things at the same time."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable

SECONDS = 0.4  # for which the threads run if none of them fails


def at_once(*functions: Callable[[int], object], seconds: float = SECONDS) -> None:
    """Call each function again and again, in a thread of its own, with the number of the call; raise the first error.

    Python switches between the threads as often as it can.
    """
    errors: list[BaseException] = []
    until = time.monotonic() + seconds

    def repeat(function: Callable[[int], object]) -> None:
        number = 0
        try:
            while time.monotonic() < until and not errors:
                function(number)
                number += 1
        except BaseException as error:
            errors.append(error)

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        threads = [threading.Thread(target=repeat, args=(function,)) for function in functions]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(before)
    if errors:
        raise errors[0]
