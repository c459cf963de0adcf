"""The pace of reading a stream: fast tokens are gathered, all others are read on arrival."""

from __future__ import annotations

import time
from collections.abc import Iterator

import anyio
import pytest

from tests.servers import END, LoopbackServer, chunk
from tests.wire.held import AsyncHeld, Held
from vision_magic.chat.messages import user_message
from vision_magic.chat.request import ChatRequest
from vision_magic.wire import connection
from vision_magic.wire.connection import _GATHER, _Pace
from vision_magic.wire.endpoint import Endpoint

ASKED = ChatRequest(model="m", messages=(user_message("Hi"),))
WORDS = [f"{number} " for number in range(60)]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr(connection.time, "monotonic", lambda: now[0])
    return now


def test_the_first_word_is_never_held_back(clock: list[float]) -> None:
    pace = _Pace()
    assert not pace.resting
    pace.waited()
    assert not pace.resting


def test_tokens_that_come_fast_gather(clock: list[float]) -> None:
    pace = _Pace()
    pace.waited()
    clock[0] += 0.002
    pace.waited()
    assert pace.resting
    clock[0] += 0.005
    assert pace.rest(None) == pytest.approx(_GATHER - 0.005)
    assert not pace.resting, "once: the next read takes what has gathered"


def test_a_deadline_is_not_slept_through(clock: list[float]) -> None:
    pace = _Pace()
    pace.waited()
    pace.waited()
    assert pace.rest(clock[0] + 0.001) == pytest.approx(0.001)
    pace.waited()
    assert pace.rest(clock[0] - 1) == 0


def test_a_listener_who_takes_his_time_waits_no_longer(clock: list[float]) -> None:
    pace = _Pace()
    pace.waited()
    pace.waited()
    clock[0] += 1
    assert pace.rest(None) == 0


def test_a_slow_stream_is_read_as_it_comes(clock: list[float]) -> None:
    pace = _Pace()
    for _ in range(5):
        pace.waited()
        assert not pace.resting
        clock[0] += 0.05


def trickle(body: object) -> Iterator[bytes]:
    for word in WORDS:
        time.sleep(0.002)
        yield chunk(word)
    yield END


def test_every_word_of_a_fast_stream_comes() -> None:
    with LoopbackServer(trickle) as server, Held(Endpoint(server.url), ASKED) as events:
        for _ in events:
            pass
        assert events.reply.text == "".join(WORDS)


def test_every_word_comes_in_asynchronous_code_too() -> None:
    async def ask() -> str:
        async with AsyncHeld(Endpoint(server.url), ASKED) as events:
            async for _ in events:
                pass
        return events.reply.text

    with LoopbackServer(trickle) as server:
        assert anyio.run(ask) == "".join(WORDS)
