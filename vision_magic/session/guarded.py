"""The check that options hold no key, before any function is called whose frame would hold them."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

from vision_magic.errors import RequestError, SettingsError
from vision_magic.secret_rules import has_secret_name
from vision_magic.setting_rules import refuse_secrets

__all__ = ["refuses_keys"]

_Function = TypeVar("_Function", bound=Callable[..., Any])


def refuses_keys(function: _Function) -> _Function:
    """Make a function refuse options that hold a key.

    A traceback can show the values of names, and the frames of all functions below would hold the key. The frame of
    this one does not, since it forgets them.
    """

    @functools.wraps(function)
    def call(*args: Any, **options: Any) -> Any:
        error = _error(options)
        if error is not None:
            args, options = (), {}
            raise error
        return function(*args, **options)

    @functools.wraps(function)
    async def acall(*args: Any, **options: Any) -> Any:
        error = _error(options)
        if error is not None:
            args, options = (), {}
            raise error
        return await function(*args, **options)

    return cast(_Function, acall if inspect.iscoroutinefunction(function) else call)


def _error(options: Mapping[str, Any]) -> RequestError | SettingsError | None:
    refusal = refuse_secrets(options)
    if not refusal:
        return None
    # api_key=… is no option at all; anything else is a value that is not accepted.
    return RequestError(refusal) if any(map(has_secret_name, options)) else SettingsError(refusal)
