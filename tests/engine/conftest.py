"""Readings that are kept: what a test says of a picture needs its boxes of text, not a reader that finds them again.

`make readings` reads the pictures of these tests anew and writes `readings.json`. A picture that is not in it, as
another matplotlib draws it, is read. Tests with the mark `ocr` always read.
"""

from __future__ import annotations

import os
from collections import OrderedDict

import pytest
from PIL import Image

from tests.engine.recorded import Readings
from vision_magic.engine import reading
from vision_magic.engine.reading import Text

KEPT = Readings()
RECORDING = bool(os.environ.get("RECORD_READINGS"))


@pytest.fixture(autouse=True)
def _kept_readings(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.node.get_closest_marker("ocr"):
        return
    read = reading._read_guarded

    def read_or_remember(picture: Image.Image) -> tuple[Text, ...]:
        if RECORDING:
            KEPT.add(picture, read(picture))
        found = KEPT.of(picture)
        return read(picture) if found is None else found

    monkeypatch.setattr(reading, "_readings", OrderedDict())
    monkeypatch.setattr(reading, "_read_guarded", read_or_remember)


def pytest_sessionfinish() -> None:
    if RECORDING:
        KEPT.save()
