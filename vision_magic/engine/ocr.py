"""The OCR library behind a protocol of two functions: detect lines, and recognise one.

The library and its models come with the extra ``reader``. They are loaded when text is first read. Nothing is
downloaded, since the models are inside the wheel.
"""

from __future__ import annotations

import ctypes
import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, Final, Protocol

from PIL import Image as PILImage

from vision_magic.engine.quads import Quad

__all__ = ["LINE_HEIGHT", "MAX_CANVAS", "Backend", "load_backend"]

LINE_HEIGHT = 48
"""Height of a line of text as the recognition model expects it (pixels)."""

MAX_CANVAS = 2096
"""Longest side of an image in which lines are detected (pixels)."""


class Backend(Protocol):
    """An OCR library."""

    def detect(self, image: PILImage.Image) -> list[Quad]:
        """Return the corners of every line of text in an RGB image."""

    def recognise(self, line: PILImage.Image) -> tuple[str, float]:
        """Return the text of one upright line, and the confidence from 0 to 1."""


def load_backend() -> Backend:
    """Load the OCR library and its models.

    Raises
    ------
    ImportError
        The extra ``reader`` is not installed.
    """
    _import_without_telemetry()
    return _RapidOCR()


def _import_without_telemetry() -> None:
    """Import onnxruntime, which since 1.32 stores events of its telemetry in the home directory when it is imported."""
    before = os.environ.get(_NO_TELEMETRY)
    os.environ[_NO_TELEMETRY] = "1"
    try:
        import onnxruntime  # type: ignore[import-untyped]  # ships no types
    finally:
        if before is None:
            del os.environ[_NO_TELEMETRY]
        else:
            os.environ[_NO_TELEMETRY] = before
    onnxruntime.disable_telemetry_events()


_NO_TELEMETRY: Final = "ORT_DISABLE_TELEMETRY"
"""The variable that onnxruntime reads once, when it is imported."""


class _RapidOCR:
    """The library rapidocr with the models of its wheel, in one thread and without log output.

    Detection takes its memory in large pieces, and gives it back after each image. In blocks of the C library, which
    stay in the process in fragments, it would need twice as much, and an eighth more time.
    """

    def __init__(self) -> None:
        with _unchanged_root_logger():
            from rapidocr import RapidOCR

            # Two threads spin and double the CPU time. The caller chooses sizes, so the library's resizing is off.
            params = {
                "Global.log_level": "critical",
                "Global.use_preprocess_img": False,
                "Global.use_vertical_padding": False,
                "EngineConfig.onnxruntime.intra_op_num_threads": 1,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
                "Det.limit_type": "max",
                "Det.limit_side_len": MAX_CANVAS,
                "Det.box_thresh": 0.4,
                "Rec.rec_img_shape": [3, LINE_HEIGHT, 160],
            }
            self._engine = RapidOCR(params=params)
            self._detector = RapidOCR(params=params | {"EngineConfig.onnxruntime.enable_cpu_mem_arena": True})
            self.detect(PILImage.new("RGB", (32, 32)))  # loads the model
            _give_memory_back(self._detector.text_det)

    def detect(self, image: PILImage.Image) -> list[Quad]:
        _return_free_blocks()
        result = self._detector(_as_bgr(image), use_det=True, use_cls=False, use_rec=False)
        boxes = getattr(result, "boxes", None)
        return [] if boxes is None else [_as_quad(box) for box in boxes]

    def recognise(self, line: PILImage.Image) -> tuple[str, float]:
        result = self._engine(_as_bgr(line), use_det=False, use_cls=False, use_rec=True)
        texts: Sequence[str] = getattr(result, "txts", None) or ("",)
        scores: Sequence[float] = getattr(result, "scores", None) or (0.0,)
        return str(texts[0]), float(scores[0])


def _give_memory_back(detector: Any) -> None:
    """Let the session of a model give back its memory after each run."""
    from onnxruntime import InferenceSession, RunOptions

    session = getattr(getattr(detector, "session", None), "session", None)
    if isinstance(session, InferenceSession):
        options = RunOptions()
        options.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")
        session.run = partial(session.run, run_options=options)


def _return_free_blocks() -> None:
    """Give free blocks of the C library back to the system: about 100 MB after a picture; there only with glibc."""
    trim = None if os.name == "nt" else getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def _as_bgr(image: PILImage.Image) -> Any:
    import numpy as np

    return np.ascontiguousarray(np.asarray(image.convert("RGB"))[:, :, ::-1])


def _as_quad(box: Any) -> Quad:
    a, b, c, d = ((float(x), float(y)) for x, y in box)
    return a, b, c, d


@contextmanager
def _unchanged_root_logger() -> Iterator[None]:
    """Restore the user's settings of the root logger, which importing rapidocr changes."""
    root = logging.getLogger()
    level, handlers = root.level, root.handlers[:]
    try:
        yield
    finally:
        root.setLevel(level)
        root.handlers[:] = handlers
