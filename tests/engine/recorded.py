"""The file of recorded readings: the boxes of text in each picture, by a hash of its pixels."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from PIL import Image

from vision_magic.engine.reading import Text

FILE = Path(__file__).parent / "readings.json"


class Readings:
    """The recorded readings of all pictures; `make readings` writes them."""

    def __init__(self) -> None:
        self._known = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
        self._added: dict[str, list[dict[str, Any]]] = {}

    def of(self, picture: Image.Image) -> tuple[Text, ...] | None:
        """Return the texts in a picture, or None if it is not recorded."""
        found = (self._added or self._known).get(_key(picture))
        if found is None:
            return None
        return tuple(Text(**text | {"box": tuple(text["box"])}) for text in found)

    def add(self, picture: Image.Image, texts: tuple[Text, ...]) -> None:
        self._added[_key(picture)] = [asdict(text) for text in texts]

    def save(self) -> None:
        """Write the readings that were added, and only those, one picture per line."""
        lines = (
            f"{json.dumps(key)}: {json.dumps(self._added[key], ensure_ascii=False)}" for key in sorted(self._added)
        )
        FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def _key(picture: Image.Image) -> str:
    return hashlib.sha256(repr(picture.size).encode() + picture.convert("RGB").tobytes()).hexdigest()[:20]
