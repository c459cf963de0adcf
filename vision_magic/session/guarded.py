"""Decorators of public functions: options hold no key, errors show none of our frames, signatures name options."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

from vision_magic.errors import RequestError, SettingsError, VisionError
from vision_magic.secret_rules import has_secret_name, secret_place
from vision_magic.setting_rules import refuse_secrets

__all__ = ["refuses_keys", "with_signature"]

_Function = TypeVar("_Function", bound=Callable[..., Any])


def refuses_keys(function: _Function) -> _Function:
    """Make a function refuse options that hold a key.

    A traceback can show the values of names, and the frames of all functions below would hold the key. The frame of
    this one does not, since it forgets them. The frames below it say nothing to the person whose call was wrong, so an
    error that was raised on purpose loses them.

    A parameter that the function declares is none of these options, so its name says nothing: ``key`` of `ask_each`
    names rows. Its value must not look like a key all the same.
    """
    own = frozenset(inspect.signature(function).parameters)

    @functools.wraps(function)
    def call(*args: Any, **options: Any) -> Any:
        __tracebackhide__ = True
        error = _error(options, own)
        if error is not None:
            args, options = (), {}
            raise error
        try:
            return function(*args, **options)
        except VisionError as failure:
            args, options = (), {}
            raise failure.with_traceback(None)  # noqa: B904  # the same error, with its cause

    @functools.wraps(function)
    async def acall(*args: Any, **options: Any) -> Any:
        __tracebackhide__ = True
        error = _error(options, own)
        if error is not None:
            args, options = (), {}
            raise error
        try:
            return await function(*args, **options)
        except VisionError as failure:
            args, options = (), {}
            raise failure.with_traceback(None)  # noqa: B904  # the same error, with its cause

    return cast(_Function, acall if inspect.iscoroutinefunction(function) else call)


def with_signature(*names: str) -> Callable[[_Function], _Function]:
    """Name some of the ``**options`` of a function in its signature, which editors and notebooks show."""

    def set_signature(function: _Function) -> _Function:
        signature = inspect.signature(function)
        *first, rest = signature.parameters.values()
        named = (inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None) for name in names)
        function.__signature__ = signature.replace(parameters=[*first, *named, rest])  # type: ignore[attr-defined]
        return function

    return set_signature


def _error(options: Mapping[str, Any], own: frozenset[str]) -> RequestError | SettingsError | None:
    others = {name: value for name, value in options.items() if name not in own}
    refusal = refuse_secrets(others)
    if refusal:
        # api_key=… is no option at all; anything else is a value that is not accepted.
        return RequestError(refusal) if any(map(has_secret_name, others)) else SettingsError(refusal)
    for name in own & options.keys():
        if secret_place([options[name]] if has_secret_name(name) else {name: options[name]}) is not None:
            return RequestError(
                f"{name} got a value that looks like the key of a server, which would stay in the notebook. Put it "
                "into an environment variable and name that with key_env, or type it at %vision login."
            )
    return None
