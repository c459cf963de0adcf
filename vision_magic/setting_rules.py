"""Rules that the value of each setting must satisfy, in the settings file and in a call."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from vision_magic.addresses import base_of
from vision_magic.chat.detail import detail_expected
from vision_magic.chat.field_rules import json_object
from vision_magic.chat.request import FIELDS, check_field
from vision_magic.errors import RequestError, SettingsError
from vision_magic.naming import near_miss
from vision_magic.secret_rules import Path, dotted, secret_place
from vision_magic.secrets import redact

__all__ = [
    "RULES",
    "TOP_LEVEL",
    "SettingsTable",
    "check_profile",
    "check_setting",
    "misplaced",
    "refuse_secrets",
    "shown",
    "shown_address",
]

SettingsTable = Mapping[str, Any]

_YEAR = 366 * 24 * 3600  # seconds; the system's clocks overflow on much longer times


def shown(value: object) -> str:
    """Return a value for a message: on one line, shortened, without what looks like a key."""
    try:
        text = repr(value)
    except (RecursionError, ValueError):  # nested too deeply; an integer of more than 4,300 digits
        return f"a {type(value).__name__}"
    text = redact(text)
    return text if len(text) <= 200 else f"{text[:199]}…"


_KEY_SETTINGS: Final = "key_env (--key-env NAME on a line), and a header other than Authorization with key_header"

# -- secrets ---------------------------------------------------------------------------------------------------


def refuse_secrets(table: SettingsTable, where: str = "") -> str:
    """Return why a table of settings is refused: it holds a key or password; empty if it holds none.

    This is a message, and not an error, because the frame that raises the error must not hold the table.

    Parameters
    ----------
    table : mapping
        The settings.
    where : str
        Where they come from, such as the path of a file.
    """
    path = secret_place(table)
    if path is None:
        return ""
    return f"{where}: {_refusal(path, in_file=True)}" if where else _refusal(path, in_file=False)


def _refusal(path: Path, *, in_file: bool) -> str:
    if path[-1] == "base_url":
        return (
            f"{dotted(path)} got an address with a key or a password; expected https://host/v1. A key belongs in an "
            "environment variable, named by key_env."
        )
    if path[-1] == "key_env":
        # The value is not shown: it may be the key itself, pasted in place of the variable's name.
        return (
            f"{dotted(path)} is not the name of an environment variable; expected one such as OPENAI_API_KEY. If this "
            "is the key itself, replace this key: cells stay in the notebook and in IPython's history. Put the new one "
            "in an environment variable."
        )
    got = f"{dotted(path)} is named like a key or looks like one"
    if "headers" in path:
        if _FOR_KEYS.fullmatch(path[-1]):
            return f"{got}. Put it in an environment variable, and name that with {_KEY_SETTINGS}."
        return f"{got}. Put it in an environment variable, and name that as the header's value: {{ env = 'NAME' }}."
    if in_file:
        return (
            f"{got}. Keys are not read from files: put the key in an environment variable and write key_env = 'NAME'."
        )
    return (
        f"{got}. A key is not an option, since it would stay in the notebook. Put it into an environment variable and "
        "name that with key_env, or type it at %vision login."
    )


# -- one setting -----------------------------------------------------------------------------------------------


def _string(value: Any) -> str | None:
    return None if isinstance(value, str) else "a string"


def _flag(value: Any) -> str | None:
    return None if isinstance(value, bool) else "True or False"


def _seconds(value: Any) -> str | None:
    good = isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= _YEAR
    return None if good else "seconds, above 0 and at most a year"


def _size(unit: str) -> Callable[[Any], str | None]:
    def check(value: Any) -> str | None:
        good = isinstance(value, int) and not isinstance(value, bool) and value >= 1
        return None if good else f"a whole number of {unit}, at least 1"

    return check


def _table(value: Any) -> str | None:
    return None if isinstance(value, Mapping) else "a table of names and values"


def _query(value: Any) -> str | None:
    strings = isinstance(value, Mapping) and all(isinstance(item, str) for item in (*value, *value.values()))
    return None if strings else "a table of strings, such as { api-version = '2026-01-01' }"


def _prices(value: Any) -> str | None:
    if isinstance(value, Mapping) and all(map(_is_price, value.values())):
        return None
    return (
        "for each model the prices of a million prompt tokens and a million completion tokens, such as "
        "{ 'MODEL': [2.5, 10.0] }, and after them that of a million cached prompt tokens, if it differs"
    )


def _is_price(value: Any) -> bool:
    numbers = isinstance(value, list | tuple) and len(value) in (2, 3)
    return numbers and all(isinstance(item, int | float) and 0 <= item <= 1e12 for item in value)


def _unlike_extra(value: Mapping[str, Any]) -> str | None:
    """Return what is expected in place of fields that a request would refuse."""
    known = next((name for name in value if name in FIELDS or name in ("model", "messages", "stream")), None)
    if known is not None:
        return f"no regular field; write {known} outside of extra"
    try:
        json_object(value)
    except (TypeError, ValueError, RecursionError):
        return "values that JSON can express"
    return None


_TOKEN: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}")  # a name of a header, RFC 9110 5.6.2
_OWN: Final = re.compile(
    r"accept(-encoding)?|connection|content-(encoding|length|type)|cookie2?|expect|host|keep-alive|proxy-.*|"
    r"set-cookie|te|trailers?|transfer-encoding|upgrade",
    re.IGNORECASE,
)
_FOR_KEYS: Final = re.compile(r"authorization|(x-)?(goog-)?api-?key", re.IGNORECASE)
_MAX_HEADERS, _MAX_HEADER = 32, 4096  # headers; characters of one value


def _key_header(value: Any) -> str | None:
    good = isinstance(value, str) and _TOKEN.fullmatch(value) and not _OWN.fullmatch(value)
    return None if good else "the name of a header that can carry a key, such as api-key"


def _headers(value: Any) -> str | None:
    if not isinstance(value, Mapping) or len(value) > _MAX_HEADERS:
        return f"a table of at most {_MAX_HEADERS} headers, such as {{ X-Title = 'My lab' }}"
    return next(filter(None, (_header(name, item) for name, item in value.items())), None)


def _header(name: Any, value: Any) -> str | None:
    if not isinstance(name, str) or not _TOKEN.fullmatch(name):
        return "names of headers: letters, digits and dashes, such as X-Title"
    if _OWN.fullmatch(name):
        return f"other headers than {name}, which belongs to the connection"
    if _FOR_KEYS.fullmatch(name):
        return f"other headers than {name}, which carries the key: name its variable with {_KEY_SETTINGS}"
    if isinstance(value, Mapping):
        good = list(value) == ["env"] and _is_variable(value["env"])
        return None if good else f"for {name} a string, or the variable that holds its value: {{ env = 'NAME' }}"
    line = _header_line(value)
    return None if line is None else f"for {name} {line}"


def _header_line(value: Any) -> str | None:
    good = isinstance(value, str) and value.isascii() and value.isprintable() and value == value.strip()
    good = good and len(value) <= _MAX_HEADER
    return None if good else f"one line of at most {_MAX_HEADER} printable ASCII characters, without blanks around it"


def _is_variable(name: Any) -> bool:
    """Whether a value can be the name of an environment variable, and not a key pasted in its place."""
    return isinstance(name, str) and re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name) is not None and name == redact(name)


_EXPECTED: Final[Mapping[str, Callable[[Any], str | None]]] = {
    **dict.fromkeys(("base_url", "model", "key_env", "system"), _string),
    **dict.fromkeys(("stream", "allow_insecure_http", "facts"), _flag),
    **dict.fromkeys(("connect_timeout", "first_token_timeout", "idle_timeout", "timeout"), _seconds),
    "key_header": _key_header,
    "query": _query,
    "headers": _headers,
    "organization": _header_line,
    "project": _header_line,
    "detail": detail_expected,
    "max_side": _size("pixels"),
    "max_bytes": _size("bytes"),
    "max_image_tokens": _size("tokens"),
    "max_tokens_total": _size("tokens"),
    "prices": _prices,
    "request": _table,
    "extra": _table,
}

RULES: Final = frozenset(_EXPECTED)
"""The names of the settings of a profile, apart from the fields of a request."""

TOP_LEVEL: Final = ("profile", "profiles")
"""The names at the top level of the settings file."""


def check_setting(name: str, value: Any) -> Any:
    """Return the value of a setting in the form in which it is kept.

    Raises
    ------
    SettingsError
        The value is not accepted.
    """
    expected = _EXPECTED[name](value)
    if expected is not None:
        raise SettingsError(f"{name} got {shown(value)}; expected {expected}.")
    if name == "key_env" and value.strip() and not _is_variable(value.strip()):
        raise SettingsError(_refusal((name,), in_file=False))
    if name == "base_url":
        return _address(value.strip())
    return value.strip() if name in ("model", "key_env") else value


def _address(url: str) -> str:
    try:
        return base_of(url)
    except ValueError:
        raise SettingsError(
            f"base_url got {shown_address(url)}; expected an address such as https://host/v1."
        ) from None


def shown_address(url: str) -> str:
    """Return an address for a message, without parts that may hold a secret."""
    return "an address with a user, password, query or fragment" if re.search(r"[@?#]", url) else shown(url)


# -- one profile -----------------------------------------------------------------------------------------------


def check_profile(profile: SettingsTable, path: Path = ()) -> None:
    """Check the names and values of a profile in the settings file.

    Raises
    ------
    SettingsError
        A name is unknown, or a value is not accepted. The message begins with the dotted path of the value.
    """
    for name, value in profile.items():
        if name == "request":
            _check_request(value, (*path, name))
        elif name in FIELDS:
            _check_field(name, value, (*path, name))
        elif name in RULES:
            _at(path, _check_in_file, name, value)
        elif name in TOP_LEVEL:
            raise SettingsError(misplaced((*path, name), value))
        else:
            hint = near_miss(name, (*RULES, *FIELDS, "profile"))
            raise SettingsError(
                f"{dotted((*path, name))} is not a setting{hint}. A field that only one server supports goes into "
                "extra = { … }."
            )


def misplaced(path: Path, value: Any) -> str:
    """Return what to do about a name of the top level of the settings file that stands in a table."""
    if path[-1] == "profile":
        return (
            f"{dotted(path)} stands below a [table] and so belongs to it. Move profile = {shown(value)} to the "
            "beginning of the file, above the first [table]."
        )
    return f"{dotted(path)} is a table in a table; expected each profile as a table of its own, [profiles.NAME]."


def _check_in_file(name: str, value: Any) -> None:
    check_setting(name, value)
    expected = _unlike_extra(value) if name == "extra" else None
    if expected is not None:
        raise SettingsError(f"extra got {shown(value)}; expected {expected}.")


def _check_request(table: Any, path: Path) -> None:
    _at(path[:-1], check_setting, "request", table)
    for name, value in table.items():
        if name in TOP_LEVEL:
            raise SettingsError(misplaced((*path, name), value))
        if name in RULES - set(FIELDS):
            raise SettingsError(
                f"{dotted((*path, name))} is a setting of the profile, not a field of a request. Move it above "
                f"[{dotted(path)}]."
            )
        if name not in FIELDS:
            raise SettingsError(
                f"{dotted((*path, name))} is not a field of a request{near_miss(name, FIELDS)}. A field that only one "
                "server supports goes into extra = { … }."
            )
        _check_field(name, value, (*path, name))


def _check_field(name: str, value: Any, path: Path) -> None:
    # A response format may be completed by the call, so it is checked when it is sent.
    if not (name == "response_format" and isinstance(value, Mapping)):
        _at(path[:-1], check_field, name, value)


def _at(path: Path, check: Callable[[str, Any], Any], name: str, value: Any) -> None:
    """Check a value; the message of an error begins with its path."""
    try:
        check(name, value)
    except (SettingsError, RequestError) as error:
        prefix = f"{dotted(path)}." if path else ""
        raise SettingsError(f"{prefix}{error}") from None
