"""Recorded boxes of text, in place of OCR, for the pictures of these tests, of `tests/session` and of the notebooks.

`make readings` reads all these pictures with OCR and writes `readings.json`. A picture that is not in that file, such
as one drawn by another version of matplotlib, is read with OCR, or its test is skipped where RECORDED_ONLY is set, if
it is a test of the reader.
Tests with the mark `ocr` always use OCR. What is measured in a picture, a pure function of its pixels and texts, is
remembered too: hundreds of tests ask about the same few pictures.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PIL import Image

from tests.engine.recorded import Readings, remembered
from vision_magic.engine import facts, reading
from vision_magic.engine.reading import TextReader
from vision_magic.engine.texts import Text

FIND_PLOT = remembered(facts.find_plot)
CHART_OF_IMAGE = remembered(facts.chart_of_image)
RECORDING = bool(os.environ.get("RECORD_READINGS"))
RECORDED_ONLY = bool(os.environ.get("RECORDED_ONLY"))
KEPT = Readings(anew=RECORDING)


@pytest.fixture(autouse=True)
def _kept_readings(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.node.get_closest_marker("ocr"):
        return
    read = TextReader._read_with_ocr

    def read_or_remember(reader: TextReader, image: Image.Image) -> tuple[Text, ...]:
        found = KEPT.of(image)
        if found is None and RECORDING:
            found = KEPT.add(image, read(reader, image))
        if found is None and RECORDED_ONLY and request.path.is_relative_to(Path(__file__).parent):
            pytest.skip("no reading of this picture is recorded")
        return read(reader, image) if found is None else found

    reading._shared_reader.cache_clear()  # it may hold readings that were made without the recording
    monkeypatch.setattr(TextReader, "_read_with_ocr", read_or_remember)
    monkeypatch.setattr(facts, "find_plot", FIND_PLOT)
    monkeypatch.setattr(facts, "chart_of_image", CHART_OF_IMAGE)


def pytest_sessionfinish() -> None:
    if RECORDING:
        KEPT.save()
