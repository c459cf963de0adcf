"""What outlives a call: the choices, the usage, the stores of a session, and what it learnt of servers."""

from __future__ import annotations

import threading
from typing import Any

from vision_magic.secrets import KeyStore
from vision_magic.session.usage import Ledger
from vision_magic.wire.quirks import QuirkBook

__all__ = ["SessionState"]


class SessionState:
    """The state of one session; each part guards itself.

    Attributes
    ----------
    options : dict
        What was chosen for every call.
    ledger : Ledger
        What was spent.
    quirks : QuirkBook
        What was learnt of servers.
    keys : KeyStore
        The keys that were typed.
    preparing : threading.Lock
        Held while images are read in a thread: plotting libraries draw one figure at a time.
    """

    def __init__(self) -> None:
        self.options: dict[str, Any] = {}
        self.ledger = Ledger()
        self.quirks = QuirkBook()
        self.keys = KeyStore()
        self.preparing = threading.Lock()
