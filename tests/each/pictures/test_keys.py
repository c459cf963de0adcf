"""Keys as text: each comes back with its type and its value."""

from __future__ import annotations

import datetime
import enum
import json
import zoneinfo
from collections import namedtuple
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies as st

from vision_magic.each.pictures.keys import check_key, decode_key, encode_key
from vision_magic.errors import RunError

BERLIN = zoneinfo.ZoneInfo("Europe/Berlin")
PAIR = namedtuple("PAIR", "plate well")


class Stage(str, enum.Enum):  # noqa: UP042  # its str() is not its value, as that of a StrEnum is
    PRO = "pro"


class Level(enum.IntEnum):
    HIGH = 3


ZONES = st.one_of(
    st.none(),
    st.sampled_from([datetime.UTC, BERLIN, zoneinfo.ZoneInfo("America/New_York"), zoneinfo.ZoneInfo("UTC")]),
    st.integers(-1439, 1439).map(lambda minutes: datetime.timezone(datetime.timedelta(minutes=minutes))),
)
MOMENTS = st.builds(
    lambda moment, zone, fold: moment.replace(tzinfo=zone, fold=fold), st.datetimes(), ZONES, st.integers(0, 1)
)
PLAIN = st.one_of(
    st.text(st.characters(), max_size=200),  # lone surrogates too
    st.integers(-(10**60), 10**60),
    st.booleans(),
    st.floats(allow_nan=False),
    st.dates(),
    MOMENTS,
    st.timedeltas(),
    st.text(st.characters(exclude_characters="\0"), max_size=50).map(Path),
)
KEYS = st.recursive(PLAIN, lambda inner: st.lists(inner, max_size=3).map(tuple), max_leaves=6)


def exactly(key: Any) -> Any:
    """Return a key with everything that tells it from others that are equal, such as 1.0 and True."""
    if isinstance(key, tuple):
        return tuple(map(exactly, key))
    zone = getattr(key, "tzinfo", None)
    offset = zone if isinstance(zone, zoneinfo.ZoneInfo) else getattr(key, "utcoffset", lambda: None)()
    return type(key), repr(key) if isinstance(key, float) else key, getattr(key, "fold", 0), offset


@given(KEYS)
def test_a_key_comes_back_with_its_type_and_value(key: Any) -> None:
    text = encode_key(key)
    assert exactly(decode_key(text)) == exactly(key)
    assert encode_key(decode_key(text)) == text
    text.encode()  # a database stores it


@given(KEYS, KEYS)
def test_two_keys_have_one_text_only_if_they_are_the_same(one: Any, other: Any) -> None:
    assert (encode_key(one) == encode_key(other)) == (exactly(one) == exactly(other))


@given(KEYS)
def test_the_text_of_a_key_is_json_on_one_line(key: Any) -> None:
    text = encode_key(key)
    json.loads(text)
    assert "\n" not in text


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("a.png", '"a.png"'),
        ("Käfer.png", '"Käfer.png"'),
        ("\udcff.png", '"\\udcff.png"'),
        (7, "7"),
        (1.0, "1.0"),
        (True, "true"),
        (float("inf"), '{"float":"inf"}'),
        (Path("moths/a.png"), '{"path":"moths/a.png"}'),
        (datetime.date(2026, 11, 29), '{"date":"2026-11-29"}'),
        (datetime.datetime(2026, 11, 29, 12), '{"datetime":"2026-11-29T12:00:00"}'),
        (datetime.datetime(2026, 11, 29, tzinfo=BERLIN), '{"datetime":"2026-11-29T00:00:00","zone":"Europe/Berlin"}'),
        (datetime.timedelta(seconds=-1), '{"microseconds":-1000000}'),
        (("plate 1", 3), '["plate 1",3]'),
        ((), "[]"),
    ],
)
def test_the_text_can_be_read_by_people(key: Any, text: str) -> None:
    assert encode_key(key) == text
    assert decode_key(text) == key


@pytest.mark.parametrize(
    ("key", "plain"),
    [
        (np.int64(3), 3),
        (np.uint8(3), 3),
        (np.float32(0.5), 0.5),
        (np.bool_(True), True),
        (np.str_("a"), "a"),
        (np.datetime64("2026-11-29"), datetime.date(2026, 11, 29)),
        (np.datetime64("2026-11-29T12:00:00", "ns"), datetime.datetime(2026, 11, 29, 12)),
        (np.timedelta64(3, "s"), datetime.timedelta(seconds=3)),
        (pd.Timestamp("2026-11-29 12:00"), datetime.datetime(2026, 11, 29, 12)),
        (pd.Timestamp("2026-11-29", tz=BERLIN), datetime.datetime(2026, 11, 29, tzinfo=BERLIN)),
        (pd.Timedelta("3s"), datetime.timedelta(seconds=3)),
        (Stage.PRO, "pro"),
        (Level.HIGH, 3),
        (PAIR("p", np.int64(3)), ("p", 3)),
    ],
)
def test_scalars_of_other_libraries_become_plain_values(key: Any, plain: Any) -> None:
    assert exactly(check_key(key)) == exactly(plain)
    assert exactly(decode_key(encode_key(key))) == exactly(plain)


@pytest.mark.parametrize(
    "key",
    [None, float("nan"), np.float64("nan"), pd.NaT, pd.NA, np.datetime64("NaT"), ("a", None), ("a", (1, float("nan")))],
    ids=repr,
)
def test_a_missing_key_is_an_error(key: Any) -> None:
    with pytest.raises(RunError, match=r"^A key is missing .*expected a string, a number"):
        check_key(key)


@pytest.mark.parametrize(
    ("key", "words"),
    [
        (["a"], r"\['a'\] \(list\).*Make it a tuple"),
        (b"a", r"Decode it: key\.decode\(\)"),
        (object, r"\(type\).*Pass its string"),
        (1j, r"\(complex\)"),
        (pd.Period("2026-11"), r"Period.*str\(key\)"),
        (np.zeros(2), r"numpy\.ndarray"),
        (np.datetime64(1, "ns"), "microseconds and the years 1 to 9999"),
        (np.datetime64("12026-01-01"), "the years 1 to 9999"),
        (np.timedelta64(1, "M"), "round it"),
        (pd.Timestamp(1), "microseconds"),
        (pd.Timedelta(1), "microseconds"),
    ],
    ids=str,
)
def test_another_type_is_an_error_that_says_what_to_do(key: Any, words: str) -> None:
    with pytest.raises(RunError, match=words):
        encode_key(key)


@pytest.mark.parametrize("key", ["x" * 5000, 10**5000, ("x" * 3000, "y" * 3000)], ids=["text", "number", "tuple"])
def test_a_very_long_key_is_an_error(key: Any) -> None:
    with pytest.raises(RunError, match=r"more than 4,000 characters") as caught:
        encode_key(key)
    assert len(str(caught.value)) < 200


def test_a_tuple_that_is_nested_without_end_is_an_error() -> None:
    key: Any = ()
    for _ in range(100):
        key = (key,)
    with pytest.raises(RunError, match="nested more than 8 deep"):
        encode_key(key)


@pytest.mark.parametrize(
    "text",
    ["", "a", "null", "{}", '{"path": 3}', '{"path": null}', '{"date": "x"}', '{"zone": "x"}', '{"float": "x"}',
     '{"microseconds": 1e999}', '{"datetime": "2026-01-01", "zone": "Nowhere/Else"}', "[null]", "[" * 20 + "]" * 20,
     "[" * 100_000],
)  # fmt: skip
def test_a_damaged_text_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        decode_key(text)
