"""The state of a session that outlives its calls: options, usage, stores and knowledge about servers."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from vision_magic.secrets import KeyStore
from vision_magic.session.key_consent import KeyConsents
from vision_magic.session.logprobs import LogprobsBook
from vision_magic.session.store.cache import Cache
from vision_magic.session.store.log import ExchangeLog
from vision_magic.session.store.recording import Recordings
from vision_magic.session.usage import Ledger
from vision_magic.wire.open_connections import OpenConnections
from vision_magic.wire.quirks import QuirkBook

__all__ = ["SessionState"]


class SessionState:
    """The state of one session. Each part is safe to use from several threads.

    Attributes
    ----------
    options : dict
        The options of every call.
    ledger : Ledger
        The tokens that were used.
    quirks : QuirkBook
        The known deviations of servers from the API.
    connections : OpenConnections
        The connections that the calls of an event loop pass on.
    logprobs : LogprobsBook
        The log probabilities that servers return.
    recordings : Recordings
        The recordings, and which of them is in use.
    cache : Cache
        The kept answers.
    log : ExchangeLog
        The log of exchanges.
    keys : KeyStore
        The keys that were entered in this session.
    consents : KeyConsents
        The keys that the person allowed to be sent to a server that they do not belong to.
    preparing : threading.Lock
        Held while images are encoded in a thread, because plotting libraries can draw only one figure at a time.
    show_progress : callable or None
        Shows the `Progress` that it is called with while the context manager that it returns is open; None where
        nothing shows it.
    """

    def __init__(self) -> None:
        self.options: dict[str, Any] = {}
        self.ledger = Ledger()
        self.quirks = QuirkBook()
        self.connections = OpenConnections()
        self.logprobs = LogprobsBook()
        self.recordings = Recordings()
        self.cache = Cache()
        self.log = ExchangeLog()
        self.keys = KeyStore()
        self.consents = KeyConsents()
        self.preparing = threading.Lock()
        self.show_progress: Callable[[Any], AbstractContextManager[None]] | None = None
