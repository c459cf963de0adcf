"""What is recorded or kept of an answer: all of its rounds if it ended well, and otherwise nothing."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import vision_magic as vm
from tests.servers import END, chunk
from tests.session.scripted import Scripted, calls, says
from vision_magic.chat.reply import Choice, Reply
from vision_magic.session.default import session
from vision_magic.session.run import Run
from vision_magic.session.source import Source

Ask = Callable[..., vm.Reply]


@pytest.fixture(params=["recording", "kept"])
def stored(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], int]]:
    """Turn on a recording or the kept answers, and return a function that counts the exchanges in it."""
    if request.param == "recording":
        with vm.recording(tmp_path / "lesson.jsonl", "once", speed=0) as recording:
            yield recording.store.count
        return
    cache = session.state.cache
    cache._path = tmp_path / "answers.sqlite"
    cache.keep(True)
    yield lambda: cache._store().count()
    cache.keep(None)
    cache._path = None


@vm.tool(safe=True)
def double(x: float) -> float:
    return 2 * x


def ask(server: Scripted, **options: Any) -> vm.Reply:
    return vm.ask("What?", **{**server.options, **options})


def aask(server: Scripted, **options: Any) -> vm.Reply:
    return asyncio.run(vm.aask("What?", **{**server.options, **options}))


def in_conversation(server: Scripted, **options: Any) -> vm.Reply:
    return vm.Conversation().ask("What?", **{**server.options, **options})


BAD = [
    pytest.param([chunk("Half an answ")], {}, id="cut"),
    pytest.param([chunk("") + END], {}, id="C3 without a word"),
    pytest.param([chunk(delta={"role": "assistant"}) + END], {}, id="C3 only a role"),
    pytest.param([chunk(delta={"reasoning": "Hm."}) + chunk(finish_reason="length") + END], {}, id="C3 only reasoning"),
    pytest.param([says("no idea")], {"schema": "count: int"}, id="wrong shape"),
    pytest.param([says("no idea")], {"schema": "count: int", "repair": True}, id="wrong shape, twice"),
    pytest.param([calls(("double", '{"x": 4}')), chunk("It is ei")], {"tools": [double]}, id="cut in its second round"),
    pytest.param([calls(("double", '{"x": 4}')), chunk("") + END], {"tools": [double]}, id="no words after a call"),
    pytest.param([says("word " * 40)], {"max_tokens": 5, "max_tokens_total": 20}, id="over the cap"),
]


@pytest.mark.parametrize("entry", [ask, aask, in_conversation])
@pytest.mark.parametrize(("script", "options"), BAD)
def test_c3_an_answer_that_did_not_end_well_is_not_stored(
    stored: Callable[[], int], entry: Ask, script: list[bytes], options: dict[str, Any]
) -> None:
    server = Scripted(*script)
    with contextlib.suppress(vm.VisionError):
        entry(server, **options)
    assert server.bodies
    assert stored() == 0


@pytest.mark.parametrize("entry", [ask, aask, in_conversation])
@pytest.mark.parametrize(
    ("script", "options", "rounds"),
    [
        pytest.param([says("Yes.")], {}, 1, id="words"),
        pytest.param([calls(("double", '{"x": 4}'), ("double", "{"))], {}, 1, id="calls that nobody answers"),
        pytest.param([calls(("double", '{"x": 4}')), says("8")], {"tools": [double]}, 2, id="two rounds"),
        pytest.param([says("3?"), says('{"count": 3}')], {"schema": "count: int", "repair": True}, 2, id="repaired"),
        pytest.param([chunk(delta={"refusal": "No."}) + END], {}, 1, id="a refusal"),
    ],
)
def test_every_round_of_an_answer_that_ended_well_is_stored(
    stored: Callable[[], int], entry: Ask, script: list[bytes], options: dict[str, Any], rounds: int
) -> None:
    server = Scripted(*script)
    first = entry(server, **options)
    assert stored() == len(server.bodies) == rounds
    assert entry(server, **options).text == first.text
    assert stored() == len(server.bodies) == rounds


def test_an_answer_that_is_stopped_between_its_rounds_is_not_stored(stored: Callable[[], int]) -> None:
    @vm.tool(safe=True)
    def stops() -> None:
        raise KeyboardInterrupt

    with pytest.raises(vm.Interrupted):
        ask(Scripted(calls(("stops", "{}"))), tools=[stops])
    assert stored() == 0


def test_an_answer_that_its_reader_leaves_is_not_stored(stored: Callable[[], int]) -> None:
    with vm.stream("What?", **Scripted(says("One two")).options) as events:
        next(events)
    assert stored() == 0


@pytest.mark.parametrize(
    ("change", "count"),
    [
        pytest.param({}, 1, id="good"),
        pytest.param({"choices": (Choice(text="x", error="the server failed"),)}, 0, id="C3 an error in a choice"),
        pytest.param({"choices": (Choice(text="x"), Choice(text="y", error="no"))}, 0, id="C3 in one of two"),
        pytest.param({"choices": (Choice(),)}, 0, id="C3 empty"),
        pytest.param({"state": "truncated"}, 0, id="truncated"),
        pytest.param({"state": "interrupted"}, 0, id="interrupted"),
        pytest.param({"request": None}, 0, id="without a request"),
    ],
)
def test_c3_what_a_source_stores_is_complete(stored: Callable[[], int], change: dict[str, Any], count: int) -> None:
    [call] = session.prepare_calls(["What?"], Scripted(says("x")).options)
    source = Source(call, session.state, asynchronous=False)
    source.endpoint(call.request)
    reply = Reply(choices=(Choice(text="x"),), host="h", request=call.request)
    source.end(replace(reply, **change), failed=False)
    source.record()
    assert stored() == count
    source.record()  # only once
    assert stored() == count


def test_several_models_are_stored_each_by_how_it_ended(stored: Callable[[], int]) -> None:
    server = Scripted(lambda body: says("Yes.") if body["model"] == "good" else chunk("Hal"))
    reply = vm.ask("What?", **{**server.options, "model": ["good", "bad"]})
    assert [bool(choice.error) for choice in reply.choices] == [False, True]
    assert stored() == 1


def test_the_events_of_an_answer_end_after_it_is_stored(stored: Callable[[], int]) -> None:
    """A listener of the last event may ask the same question again."""
    counts: list[int] = []
    [call] = session.prepare_calls(["What?"], Scripted(says("Yes.")).options)
    with Run(call, session.state) as events:
        for event in events:
            if isinstance(event, vm.Finished):
                counts.append(stored())
    assert counts == [1]
