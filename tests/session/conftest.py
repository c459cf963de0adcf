"""The recorded readings of pictures, in place of OCR: these tests are about what is done with an answer."""

from tests.engine.conftest import _kept_readings

__all__ = ["_kept_readings"]
