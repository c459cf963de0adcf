"""The models that a server lists, for ``%vision models`` and for the panels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from vision_magic.session.default import session

if TYPE_CHECKING:
    from vision_magic.wire.discovery import Model

__all__ = ["PICTURES", "list_models"]

PICTURES: Final = {True: "accepts pictures", False: "text only", None: ""}
"""What is said of a model by `Model.vision`."""


def list_models(**options: Any) -> tuple[Model, ...]:
    """Return the models of the server that a call with these options would ask, those that accept images first.

    The result is empty if the server answers and lists none.

    Raises
    ------
    SettingsError, WireError
        The key is missing, or the server refuses the list or does not answer.
    """
    return session.endpoint(**options).models()
