"""Readings that are kept: what a test says of a picture needs its boxes of text, not a reader that finds them again.

`make readings` reads the pictures of these tests anew and writes `readings.json`. A picture that is not in it, as
another matplotlib draws it, is read. Tests with the mark `ocr` always read.
"""

from __future__ import annotations

import os

import pytest
from PIL import Image

from tests.engine.recorded import Readings
from vision_magic.engine import reading
from vision_magic.engine.reading import Text, TextReader

KEPT = Readings()
RECORDING = bool(os.environ.get("RECORD_READINGS"))


@pytest.fixture(autouse=True)
def _kept_readings(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.node.get_closest_marker("ocr"):
        return
    read = TextReader._read_with_ocr

    def read_or_remember(reader: TextReader, image: Image.Image) -> tuple[Text, ...]:
        if RECORDING:
            KEPT.add(image, read(reader, image))
        found = KEPT.of(image)
        return read(reader, image) if found is None else found

    reading._shared_reader.cache_clear()  # what was read without a recording
    monkeypatch.setattr(TextReader, "_read_with_ocr", read_or_remember)


def pytest_sessionfinish() -> None:
    if RECORDING:
        KEPT.save()
