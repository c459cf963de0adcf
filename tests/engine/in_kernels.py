"""Recorded readings in place of OCR in the kernels of the notebooks that nbval runs.

Each of these kernels would load the OCR and its models anew, which took half of their time. What the OCR makes of
pictures is tested elsewhere, and `tests/slow/test_papermill.py` runs a notebook with it. IPython runs this file when a
kernel starts, see `tests/conftest.py`; `make readings` writes the readings.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def keep_readings() -> None:
    """Answer with the recorded texts of a picture where there are any."""
    sys.path.insert(0, str(ROOT))
    try:
        from tests.engine.recorded import Readings
    finally:
        sys.path.remove(str(ROOT))
    from vision_magic.engine.reading import TextReader
    from vision_magic.engine.texts import Text

    kept, read = Readings(), TextReader._read_with_ocr
    recording = bool(os.environ.get("RECORD_READINGS"))

    def read_or_remember(reader: TextReader, image: object) -> tuple[Text, ...]:
        found = kept.of(image)  # type: ignore[arg-type]
        if found is None and recording:
            found = kept.add(image, read(reader, image))  # type: ignore[arg-type]
            kept.save()
        return read(reader, image) if found is None else found  # type: ignore[arg-type]

    TextReader._read_with_ocr = read_or_remember  # type: ignore[assignment, method-assign]


sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]  # see tests/conftest.py
if ".ipynb::" in os.environ.get("PYTEST_CURRENT_TEST", ""):
    keep_readings()
