"""JSON from servers, which may repeat a key."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from vision_magic.secrets import HIDDEN, Secret
from vision_magic.wire.server_json import loads

KEY = "sk-CANARY-7f3a9c0b5d2e8146"
ESCAPED = "".join(f"\\u{ord(character):04x}" for character in KEY)


@pytest.fixture(autouse=True)
def _held() -> Iterator[None]:
    held = Secret(KEY, source="test")
    yield
    assert held.reveal() == KEY


def test_a5_json_of_a_server_is_parsed_without_its_keys() -> None:
    data = {"a": [KEY, {"b": f"x{KEY}y"}], KEY: 1, "bytes": list(KEY.encode()), "numbers": [1, 2, 3, 4, 5]}
    parsed = {"a": [HIDDEN, {"b": f"x{HIDDEN}y"}], HIDDEN: 1, "bytes": [], "numbers": [1, 2, 3, 4, 5]}
    assert loads(json.dumps(data)) == loads(json.dumps(data).encode()) == parsed
    assert loads(f'{{"a": "{ESCAPED}"}}') == {"a": HIDDEN}


def test_json_nested_too_deeply_is_refused_with_a_key_too() -> None:
    with pytest.raises(ValueError, match="nested too deeply"):
        loads("[" * 100_000 + f'"{KEY}"' + "]" * 100_000)
