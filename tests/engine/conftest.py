"""Recorded boxes of text, in place of OCR, for the pictures of these tests.

`make readings` reads all these pictures with OCR and writes `readings.json`. A picture that is not in that file, such
as one drawn by another version of matplotlib, is read with OCR, or its test is skipped where RECORDED_ONLY is set.
Tests with the mark `ocr` always use OCR.
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
RECORDED_ONLY = bool(os.environ.get("RECORDED_ONLY"))


@pytest.fixture(autouse=True)
def _kept_readings(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.node.get_closest_marker("ocr"):
        return
    read = TextReader._read_with_ocr

    def read_or_remember(reader: TextReader, image: Image.Image) -> tuple[Text, ...]:
        if RECORDING:
            KEPT.add(image, read(reader, image))
        found = KEPT.of(image)
        if found is None and RECORDED_ONLY:
            pytest.skip("no reading of this picture is recorded")
        return read(reader, image) if found is None else found

    reading._shared_reader.cache_clear()  # it may hold readings that were made without the recording
    monkeypatch.setattr(TextReader, "_read_with_ocr", read_or_remember)


def pytest_sessionfinish() -> None:
    if RECORDING:
        KEPT.save()
