"""JSON from servers: parsed leniently, and without the keys that a server may repeat.

Everything that a server sends is parsed here, so that no later part of the program sees a key in it. A key that is cut
into several chunks is found where the chunks are joined, in `chat/reply_builder.py`.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from typing import Any

from vision_magic.secrets import may_hold_key, without_keys_in

_loads: Callable[[str], Any] = json.loads
with contextlib.suppress(ImportError):  # installed by the extra [fast]
    from orjson import loads as _loads

__all__ = ["loads"]


def loads(data: str | bytes) -> Any:
    """Parse JSON from a server, and hide the keys of this process in its strings.

    Raises
    ------
    ValueError
        It is not JSON, or is nested too deeply for Python.
    """
    text = data if isinstance(data, str) else data.decode("utf-8", errors="replace")
    try:
        value = _parsed(text)
        return without_keys_in(value) if may_hold_key(text) else value
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _parsed(text: str) -> Any:
    with contextlib.suppress(ValueError):
        return _loads(text)
    return json.loads(text)  # accepts lone surrogates, which orjson does not
