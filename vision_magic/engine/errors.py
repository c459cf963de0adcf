"""What cannot be honoured? A field of the request, with OpenAI's error shape to say so."""

from __future__ import annotations

from typing import Any

from vision_magic.errors import VisionError

__all__ = ["Refused"]


class Refused(VisionError):
    """A request that the embedded reader cannot honour, as OpenAI's error shape says it.

    Attributes
    ----------
    param : str or None
        The field.
    code : str or None
        A short name for the error.
    status : int
        The HTTP status.
    """

    def __init__(self, message: str, *, param: str | None = None, code: str | None = None, status: int = 400) -> None:
        super().__init__(message)
        self.param = param
        self.code = code
        self.status = status

    def to_wire(self) -> dict[str, Any]:
        """Return the error as JSON."""
        error = {
            "message": str(self),
            "type": "invalid_request_error",
            "param": self.param,
            "code": self.code,
        }
        return {"error": error}
