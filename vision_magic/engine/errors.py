"""Errors of the embedded reader: a request that it refuses, in the shape of OpenAI's errors; a fact that is missing."""

from __future__ import annotations

from typing import Any

from vision_magic.errors import VisionError

__all__ = ["InvalidRequest", "SchemaMismatch"]


class SchemaMismatch(ValueError):
    """The facts do not fit a schema, or could not be measured; the message says why, as a clause.

    Attributes
    ----------
    path : str
        The property of the schema, such as ``series[0].highest``; empty if none is known.
    is_unknown : bool
        Whether the property has a name that means no fact.
    """

    path: str = ""
    is_unknown: bool = False


class InvalidRequest(VisionError):
    """A request that the embedded reader cannot answer.

    Attributes
    ----------
    param : str or None
        The field of the request that caused the error.
    code : str or None
        A short name of the error.
    status : int
        The HTTP status.
    """

    def __init__(self, message: str, *, param: str | None = None, code: str | None = None, status: int = 400) -> None:
        super().__init__(message)
        self.param = param
        self.code = code
        self.status = status

    def to_wire(self) -> dict[str, Any]:
        """Return the error as the JSON body of a response."""
        error = {
            "message": str(self),
            "type": "invalid_request_error",
            "param": self.param,
            "code": self.code,
        }
        return {"error": error}
