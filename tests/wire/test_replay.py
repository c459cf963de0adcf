"""Replay of recorded chunks one by one, at their recorded pace, without a network."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Mapping
from typing import Any

import anyio
import pytest

from tests.session.store.exchanges import exchange, question
from tests.wire.held import AsyncHeld, Held
from vision_magic.chat.events import Finished, TextDelta
from vision_magic.chat.reply import Reply
from vision_magic.session.store.exchange import RecordedExchange
from vision_magic.wire import replay
from vision_magic.wire.endpoint import Endpoint
from vision_magic.wire.replay import AsyncReplayTransport, ReplayTransport


@pytest.fixture
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object) -> None:
        raise AssertionError("a connection was made")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


Play = Callable[[RecordedExchange, float], tuple[list[str], Reply]]


@pytest.fixture(params=["sync", "async"])
def play(request: pytest.FixtureRequest) -> Play:
    """Play an exchange; return the pieces of text and the reply."""

    def sync(one: RecordedExchange, speed: float) -> tuple[list[str], Reply]:
        endpoint = Endpoint("http://recording.invalid/v1", transport=ReplayTransport(one.chunks, speed))
        with Held(endpoint, question()) as events:
            return told(list(events))

    def asynchronous(one: RecordedExchange, speed: float) -> tuple[list[str], Reply]:
        async def collect() -> list[Any]:
            endpoint = Endpoint("http://recording.invalid/v1", transport=AsyncReplayTransport(one.chunks, speed))
            async with AsyncHeld(endpoint, question()) as events:
                return [event async for event in events]

        return told(asyncio.run(collect()))

    def told(events: list[Any]) -> tuple[list[str], Reply]:
        assert isinstance(events[-1], Finished)
        return [event.text for event in events if isinstance(event, TextDelta)], events[-1].reply

    return sync if request.param == "sync" else asynchronous


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that were waited; nobody really waits."""
    waits: list[float] = []
    monkeypatch.setattr(replay.time, "sleep", waits.append)

    async def wait(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr(anyio, "sleep", wait)
    return waits


@pytest.mark.usefixtures("_no_network")
@pytest.mark.parametrize(
    ("speed", "waits"),
    [
        pytest.param(1.0, [0.5, 1.0, 1.5], id="in the recorded rhythm"),
        pytest.param(2.0, [0.25, 0.5, 0.75], id="twice as fast"),
        pytest.param(0.0, [], id="at once"),
    ],
)
def test_the_chunks_come_one_by_one_in_their_rhythm(
    play: Play, slept: list[float], speed: float, waits: list[float]
) -> None:
    pieces, reply = play(exchange(question(), "It is 70"), speed)
    assert pieces == ["It", "is", "70"]
    assert reply.state == "complete"
    assert reply.choices[0].finish_reason == "stop"
    assert slept == waits


@pytest.mark.usefixtures("_no_network")
def test_an_exchange_plays_again_what_it_was_folded_from(play: Play) -> None:
    chunks: list[tuple[float, Mapping[str, Any]]] = [
        (0.0, {"model": "m-1", "choices": [{"index": 0, "delta": {"reasoning_content": "Hm."}}]}),
        (0.0, {"model": "m-1", "choices": [{"index": 0, "delta": {"content": "Ja 🙂"}, "finish_reason": "length"}]}),
        (0.0, {"choices": [], "usage": {"prompt_tokens": 5, "completion_tokens": 2, "total_tokens": 7}}),
    ]
    _, reply = play(RecordedExchange.from_line(exchange(question(), chunks=chunks).to_line()), 0.0)
    assert (reply.text, reply.choices[0].reasoning, reply.model) == ("Ja 🙂", "Hm.", "m-1")
    assert reply.choices[0].finish_reason == "length"
    assert reply.usage is not None
    assert reply.usage.total_tokens == 7


def test_a_negative_delay_is_no_delay(play: Play, slept: list[float]) -> None:
    line = exchange(question(), "70").to_line().replace("[0.0,", "[-5,", 1)
    assert "[-5," in line
    assert play(RecordedExchange.from_line(line), 1.0)[0] == ["70"]
    assert slept == [0.5]
