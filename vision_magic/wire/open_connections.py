"""Open connections that the calls of an event loop pass on while some of them are under way."""

from __future__ import annotations

import contextlib
import threading
import weakref
from collections.abc import AsyncIterator, Callable, Hashable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import asyncio

__all__ = ["IDLE_SECONDS", "OpenConnections"]

IDLE_SECONDS: Final = 2.0
"""For how long a connection may wait for the next request; servers close theirs after 5 seconds or more."""
_IDLE: Final = 64  # transports that may be idle while a call is under way; more if there are more calls


@dataclass(slots=True)
class _Loop:
    """The calls of one event loop, and the transports that none of them uses."""

    calls: int = 0
    idle: dict[Hashable, list[Any]] = field(default_factory=dict)


class OpenConnections:
    """Transports of httpx, each with one connection, which serve one request after another.

    A transport serves one call at a time. When that leaves it, the next one to the same server can have it. Idle ones
    are closed when no call is under way: no connection outlives the work of its event loop, and a program that asks
    one question after another opens a connection for each.
    """

    def __init__(self) -> None:
        self._loops: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, _Loop] = weakref.WeakKeyDictionary()
        self._lock = threading.Lock()

    @asynccontextmanager
    async def during_call(self) -> AsyncIterator[None]:
        """Keep idle connections of the running event loop open for the time of a call, from its preparation on."""
        loop = self._running()
        if loop is None:
            yield
            return
        loop.calls += 1
        try:
            yield
        finally:
            loop.calls -= 1
            await _close(_surplus(loop))

    def transport(self, server: Hashable, make: Callable[[], Any]) -> Any:
        """Return a transport; when it is closed during a call, the next one to the same server can have it.

        Parameters
        ----------
        server : hashable
            What a connection is for: the server, its proxy and the certificates that are trusted.
        make : callable
            Makes a transport if none is idle.
        """
        loop = self._running()
        if loop is None or not loop.calls:
            return make()
        idle = loop.idle.get(server)
        return _Lent(loop, server, idle.pop() if idle else make())

    def _running(self) -> _Loop | None:
        import asyncio

        try:
            running = asyncio.get_running_loop()
        except RuntimeError:  # of another library, such as trio
            return None
        with self._lock:
            return self._loops.setdefault(running, _Loop())


class _Lent:
    """A transport while one call has it."""

    def __init__(self, loop: _Loop, server: Hashable, transport: Any) -> None:
        self._loop = loop
        self._server = server
        self._transport = transport
        self._failed = False

    async def handle_async_request(self, request: Any) -> Any:
        try:
            return await self._transport.handle_async_request(request)
        except BaseException:
            self._failed = True  # cancelled during a handshake, for example
            raise

    async def aclose(self) -> None:
        transport, self._transport = self._transport, None
        if transport is None:
            return
        if self._failed:
            await _close([transport])
            return
        self._loop.idle.setdefault(self._server, []).append(transport)
        await _close(_surplus(self._loop))


def _surplus(loop: _Loop) -> list[Any]:
    """Take out the transports that are too many: of the largest group, those that have been idle for longest."""
    surplus = []
    allowed = max(loop.calls, _IDLE) if loop.calls else 0
    for _ in range(sum(map(len, loop.idle.values())) - allowed):
        server = max(loop.idle, key=lambda one: len(loop.idle[one]))
        surplus.append(loop.idle[server].pop(0))
        if not loop.idle[server]:
            del loop.idle[server]
    return surplus


async def _close(transports: list[Any]) -> None:
    for one in transports:
        with contextlib.suppress(Exception):  # whatever has become of the connection
            await one.aclose()
