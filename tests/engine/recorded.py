"""The file of recorded readings: the boxes of text in each picture, by a hash of its pixels."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from pathlib import Path
from typing import Any

from PIL import Image

from vision_magic.engine.texts import Text

FILE = Path(__file__).parent / "readings.json"


class Readings:
    """The recorded readings of all pictures; `make readings` writes them."""

    def __init__(self, *, anew: bool = False) -> None:
        self._known = {} if anew else json.loads(FILE.read_text(encoding="utf-8"))

    def of(self, picture: Image.Image) -> tuple[Text, ...] | None:
        """Return the texts in a picture, or None if it is not recorded."""
        found = self._known.get(_key(picture))
        if found is None:
            return None
        return tuple(Text(**text | {"box": tuple(text["box"])}) for text in found)

    def add(self, picture: Image.Image, texts: tuple[Text, ...]) -> tuple[Text, ...]:
        self._known[_key(picture)] = [asdict(text) for text in texts]
        return texts

    def save(self) -> None:
        """Write the readings, one picture per line."""
        lines = (
            f"{json.dumps(key)}: {json.dumps(self._known[key], ensure_ascii=False)}" for key in sorted(self._known)
        )
        FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def remembered(read: Callable[..., Any]) -> Callable[..., Any]:
    """Return a pure function of a picture and other values that computes the result for the same ones once."""
    results: dict[tuple[str, str], Any] = {}

    @wraps(read)
    def once(picture: Image.Image, *more: Any) -> Any:
        key = _key(picture), repr(more)
        if key not in results:
            results[key] = read(picture, *more)
        return results[key]

    return once


def _key(picture: Image.Image) -> str:
    return hashlib.sha256(repr(picture.size).encode() + picture.convert("RGB").tobytes()).hexdigest()[:20]
