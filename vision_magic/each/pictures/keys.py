"""Keys of pictures as text, from which each comes back with its type and value.

The text is JSON: ``"a.png"``, ``7``, ``0.5``, ``true``; a tuple is an array, and what JSON does not have is an object
with one tag, such as ``{"path": "moths/a.png"}``. Two keys are the same if their texts are: ``1``, ``1.0`` and ``True``
are three.
"""

from __future__ import annotations

import datetime
import json
import math
import zoneinfo
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from vision_magic.each.row import Key
from vision_magic.errors import RunError
from vision_magic.images.lazy_types import is_instance, type_name
from vision_magic.reprs import short_repr

__all__ = ["check_key", "decode_key", "encode_key"]

_MAX_LENGTH: Final = 4000  # characters of a key's text; Python writes no longer integers
_MAX_DEPTH: Final = 8  # of tuples in tuples
_PLAIN: Final = frozenset({str, int, bool})
_EXPECTED: Final = "expected a string, a number, a date, a path, or a tuple of these"

_READABLE: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_ASCII: Final = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"))
_MICROSECOND: Final = datetime.timedelta(microseconds=1)


def check_key(key: object) -> Key:
    """Return a key as a plain value.

    Parameters
    ----------
    key : object
        A string, integer, float, bool, date, datetime, timedelta, path, or a tuple of these. Scalars of NumPy and
        pandas become plain values; so do members of an `enum.Enum` that are strings or numbers, and named tuples.

    Raises
    ------
    RunError
        The key is missing (None, NaN, NaT), is of another type, is too long, or has nanoseconds.
    """
    return key if type(key) in _PLAIN else _checked(key, _MAX_DEPTH)


def encode_key(key: object) -> str:
    """Return the text of a key; parameters and errors as for `check_key`."""
    try:
        text = _dumped(key if type(key) in _PLAIN else _to_json(check_key(key)))
    except ValueError as error:
        if isinstance(error, RunError):
            raise
        raise _too_long(key) from None  # an integer that Python does not write
    if len(text) > _MAX_LENGTH:
        raise _too_long(key)
    return text


def decode_key(text: str) -> Key:
    """Return the key of a text.

    Raises
    ------
    ValueError
        The text was not written by `encode_key`, or names a time zone that is not known on this machine.
    """
    try:
        return _from_json(json.loads(text), _MAX_DEPTH)
    except (TypeError, KeyError, OverflowError, RecursionError) as error:
        raise ValueError(f"{short_repr(text)} is not a key ({type(error).__name__})") from None


# -- to plain values -------------------------------------------------------------------------------------------------


def _checked(key: Any, depth: int) -> Key:
    if is_instance(key, "numpy.generic"):
        key = _of_numpy(key)
    if key is None or _is_missing(key):
        raise RunError(f"A key is missing ({short_repr(key)}); {_EXPECTED} for each picture.")
    if isinstance(key, tuple):
        if depth == 0:
            raise RunError(f"A key is nested more than {_MAX_DEPTH} deep; {_EXPECTED}.")
        return tuple(_checked(item, depth - 1) for item in key)
    plain = next((make for kind, make in _MAKERS if isinstance(key, kind)), None)
    if plain is None:
        raise RunError(f"A key is {short_repr(key)} ({type_name(key)}); {_EXPECTED}.{_advice(key)}")
    return plain(key)


def _is_missing(key: Any) -> bool:
    if is_instance(key, "pandas._libs.missing.NAType"):
        return True
    return isinstance(key, float | datetime.datetime | datetime.timedelta) and key != key  # NaN, NaT


def _of_numpy(key: Any) -> object:
    """Return a NumPy scalar as a plain value; dates that are finer than microseconds are not changed."""
    if key.dtype.kind not in "mM":
        return key.item()
    if str(key) == "NaT":
        return None
    value = key.item()
    if isinstance(value, int):  # finer, or too far away for a datetime
        value = _in_microseconds(key)
    return value


def _in_microseconds(key: Any) -> object:
    try:
        coarser = key.astype(key.dtype.str[:2] + "8[us]")
        value: object = coarser.item()
        is_exact = coarser == key and not isinstance(value, int)
    except TypeError:  # a span of months has no length in seconds
        is_exact = False
    if not is_exact:
        raise _too_fine(key)
    return value


def _of_datetime(key: Any) -> datetime.datetime:
    if getattr(key, "nanosecond", 0):
        raise _too_fine(key)
    moment = key.to_pydatetime() if hasattr(type(key), "to_pydatetime") else key
    zone = moment.tzinfo
    if zone is None or isinstance(zone, datetime.timezone) or (isinstance(zone, zoneinfo.ZoneInfo) and zone.key):
        return moment  # type: ignore[no-any-return]
    return moment.replace(tzinfo=datetime.timezone(moment.utcoffset()))  # type: ignore[no-any-return]


def _of_timedelta(key: Any) -> datetime.timedelta:
    if getattr(key, "nanoseconds", 0):
        raise _too_fine(key)
    return datetime.timedelta(days=key.days, seconds=key.seconds, microseconds=key.microseconds)


def _too_fine(key: object) -> RunError:
    return RunError(
        f"The key {short_repr(key)} cannot be a datetime, which has microseconds and the years 1 to 9999; round it, or "
        "pass its string."
    )


def _too_long(key: object) -> RunError:
    return RunError(f"The key {short_repr(key, 40)} has more than {_MAX_LENGTH:,} characters; use a shorter one.")


def _advice(key: object) -> str:
    if isinstance(key, list):
        return " Make it a tuple."
    if isinstance(key, bytes | bytearray):
        return " Decode it: key.decode()."
    return " Pass its string: str(key)."


# A datetime is a date, a bool an integer: the narrower type first. A subclass becomes its plain type.
_MAKERS: Final[tuple[tuple[type, Callable[[Any], Key]], ...]] = (
    (str, str.__str__),
    (bool, bool),
    (int, int.__int__),
    (float, float.__float__),
    (datetime.datetime, _of_datetime),
    (datetime.date, lambda key: datetime.date(key.year, key.month, key.day)),
    (datetime.timedelta, _of_timedelta),
    (Path, lambda key: key),
)


# -- to JSON and back ------------------------------------------------------------------------------------------------


def _to_json(key: Any) -> Any:
    if isinstance(key, tuple):
        return [_to_json(item) for item in key]
    if isinstance(key, float):
        return key if math.isfinite(key) else {"float": repr(key)}
    if isinstance(key, str | int):
        return key
    if isinstance(key, Path):
        return {"path": str(key)}
    if isinstance(key, datetime.datetime):
        return _moment_to_json(key)
    if isinstance(key, datetime.date):
        return {"date": key.isoformat()}
    return {"microseconds": key // _MICROSECOND}


def _moment_to_json(key: datetime.datetime) -> dict[str, Any]:
    fold = {"fold": 1} if key.fold else {}
    if isinstance(key.tzinfo, zoneinfo.ZoneInfo):
        return {"datetime": key.replace(tzinfo=None).isoformat(), "zone": key.tzinfo.key, **fold}
    return {"datetime": key.isoformat(), **fold}


def _dumped(value: Any) -> str:
    text = _READABLE.encode(value)
    try:
        text.encode()
    except UnicodeEncodeError:  # half a surrogate pair, as in a file name that is not UTF-8
        return _ASCII.encode(value)
    return text


def _from_json(value: Any, depth: int) -> Key:
    if isinstance(value, list):
        if depth == 0:
            raise ValueError("the key is nested too deeply")
        return tuple(_from_json(item, depth - 1) for item in value)
    if isinstance(value, dict):
        tag = next(iter(value), "")
        if tag in _READERS:
            return _READERS[tag](value)
    elif isinstance(value, str | int | float):
        return value
    raise ValueError(f"{short_repr(value)} is not a key")


def _read_moment(value: Mapping[str, Any]) -> datetime.datetime:
    moment = datetime.datetime.fromisoformat(value["datetime"])
    if "zone" in value:
        moment = moment.replace(tzinfo=zoneinfo.ZoneInfo(value["zone"]))
    return moment.replace(fold=1) if value.get("fold") else moment


_READERS: Final[Mapping[str, Callable[[Mapping[str, Any]], Key]]] = {
    "path": lambda value: Path(value["path"]),
    "float": lambda value: float(value["float"]),
    "datetime": _read_moment,
    "date": lambda value: datetime.date.fromisoformat(value["date"]),
    "microseconds": lambda value: value["microseconds"] * _MICROSECOND,
}
