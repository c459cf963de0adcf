"""One answer from end to end: what servers send instead of an answer, and values that fit nowhere."""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import anyio.to_thread
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

import vision_magic as vm
from tests.servers import chunk, interrupt_main_thread
from tests.session.scripted import PICTURE, Scripted, calls, draws, picture, says
from vision_magic.errors import BrokenReply, ConnectionFailed, ServerError, VisionError
from vision_magic.render.wire_trace import WireTrace
from vision_magic.session.background import BackgroundReply
from vision_magic.session.default import session
from vision_magic.session.store.exchange import RecordedExchange, canonical_request
from vision_magic.session.store.json_lines import JsonLinesStore

DONE = b"data: [DONE]\n\n"


# -- values that fit nowhere ------------------------------------------------------------------------------------

_HUGE = {"@400": "9" * 400, "@5000": "9" * 5000, "@-400": "-" + "9" * 400, "@1e999": "1e999", "@-1e999": "-1e999"}
_NUMBERS = st.sampled_from(
    [0, -1, 1, 256, 2**63, 2**64, -(2**63), 10**18, 1.5, -0.0, 1e308, float("nan"), float("inf")]
)
_LEAF = st.one_of(
    st.none(),
    st.booleans(),
    _NUMBERS,
    st.sampled_from(sorted(_HUGE)),
    st.sampled_from(["", "stop", "length", "SAFETY", "a", "\x1b[31m", "\ud83d", "<b>", "word " * 60, "NaN"]),
    st.lists(st.none() | st.integers(-1, 300) | st.text(max_size=3), max_size=3),
    st.dictionaries(st.sampled_from(["type", "text", "message", "url"]), st.none() | st.text(max_size=3), max_size=2),
    st.integers(1, 200).map(lambda depth: json.loads("[" * depth + "]" * depth)),
)


_LOGPROB = {"token": "a", "logprob": -0.1, "bytes": [97], "top_logprobs": [{"token": "a", "logprob": -0.1}]}
_CALL = {"index": 0, "id": "c1", "function": {"name": "look", "arguments": '{"x": 1}'}}
_MESSAGE = {
    "role": "assistant",
    "content": "Hello",
    "reasoning": "hm",
    "refusal": None,
    "tool_calls": [_CALL],
    "images": [{"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}}],
}
_USAGE = {"prompt_tokens": 5, "completion_tokens": 3, "completion_tokens_details": {"reasoning_tokens": 2}}
_TOP = {"id": "x", "object": "chat.completion", "created": 1, "model": "m", "system_fingerprint": "fp"}


def _choice(**more: Any) -> dict[str, Any]:
    return {"index": 0, "finish_reason": None, "native_finish_reason": None, **more}


_WHOLE = {
    **_TOP,
    "choices": [
        _choice(message=_MESSAGE, finish_reason="stop", logprobs={"content": [_LOGPROB]}),
        _choice(index=1, message={"content": [{"type": "text", "text": "Hi"}, {"type": "thinking", "thinking": "hm"}]}),
    ],
    "usage": _USAGE,
}
_CHUNKS = [
    {**_TOP, "choices": [_choice(delta={"role": "assistant", "content": "Hel"}, logprobs={"content": [_LOGPROB]})]},
    {**_TOP, "choices": [_choice(delta={**_MESSAGE, "content": "lo"})]},
    {**_TOP, "choices": [_choice(index=1, delta={"content": [{"type": "output_text", "text": "Hi"}]})]},
    {**_TOP, "choices": [_choice(delta={}, finish_reason="stop")], "usage": _USAGE},
]


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield (*path, key)
        yield from _places(inner, (*path, key))


def _with(value: Any, path: tuple[Any, ...], leaf: Any) -> Any:
    """Return a copy in which one place has another value; a place that is gone stays so."""
    if not path:
        return leaf
    if isinstance(value, dict) and path[0] in value:
        return {**value, path[0]: _with(value[path[0]], path[1:], leaf)}
    if isinstance(value, list) and isinstance(path[0], int) and path[0] < len(value):
        return [_with(inner, path[1:], leaf) if place == path[0] else inner for place, inner in enumerate(value)]
    return value


@st.composite
def _changed(draw: st.DrawFn, value: Any) -> Any:
    for path in draw(st.lists(st.sampled_from(list(_places(value))), max_size=4)):
        value = _with(value, path, draw(_LEAF))
    return value


def _text(value: Any) -> bytes:
    text = json.dumps(value)
    for name, digits in _HUGE.items():
        text = text.replace(f'"{name}"', digits)
    return text.encode()


def _show_everywhere(reply: vm.Reply) -> None:
    """Render a reply in each way, and save it; each form must be what its reader accepts."""
    for form in (str(reply), repr(reply), str(reply.receipt), str(vm.usage()), repr(reply.usage)):
        form.encode("utf-8")
    bundle = reply._repr_mimebundle_()
    json.dumps([bundle, reply.receipt.to_dict()], allow_nan=False)
    assert "<b>" not in bundle["text/html"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(chunks=_changed(_CHUNKS), whole=_changed(_WHOLE), stream=st.booleans(), number=st.sampled_from([1, 2]))
def test_c8_values_that_fit_nowhere_are_ours_or_left_out(
    tmp_path: Path, chunks: list[Any], whole: Any, stream: bool, number: int
) -> None:
    """Whatever the leaves are: an answer that can be shown, recorded, logged and continued, or an error of ours."""
    framed = b"".join(b"data: " + _text(one) + b"\n\n" for one in chunks) + DONE
    options = Scripted(framed if stream else _text(whole)).options
    trace = WireTrace("h")
    vm.log(tmp_path / "log.sqlite")
    # `refresh` keeps the file of the example before, where this answer is one that is not recorded.
    (tmp_path / "recording.jsonl").unlink(missing_ok=True)
    try:
        with vm.recording(tmp_path / "recording.jsonl", "refresh"), warnings.catch_warnings():
            warnings.simplefilter("error")
            talk = vm.Conversation("talk", **options)
            reply = talk.ask("What?", n=number, stream=stream, trace=trace)
        _show_everywhere(reply)
        assert vm.Conversation.load(talk.save(tmp_path / "talk.json"))
        with vm.recording(tmp_path / "recording.jsonl", "replay"):
            again = vm.ask("What?", n=number, stream=stream, **options).text
        assert again == reply.text.encode("utf-8", "replace").decode()
    except VisionError as error:
        if getattr(error, "partial", None) is not None:
            _show_everywhere(error.partial)
    finally:
        vm.log(False)
    trace.html()


def test_c8_the_unchanged_chunks_are_an_answer() -> None:
    framed = b"".join(b"data: " + _text(one) + b"\n\n" for one in _CHUNKS) + DONE
    assert vm.ask("What?", **Scripted(framed).options).text == "HelloHi"
    assert vm.ask("What?", n=2, **Scripted(_text(_WHOLE)).options).choices[1].text == "Hi"


# -- what is no answer is not kept ------------------------------------------------------------------------------

BAD = [
    pytest.param(chunk("half", finish_reason="error") + DONE, id="C3 an error as a finish reason"),
    pytest.param(chunk("half", error={"message": "boom"}) + DONE, id="C3 an error inside a choice"),
    pytest.param(b'data: {"error": {"message": "boom"}}\n\n', id="C3 an error"),
    pytest.param(b'{"response": "Hello"}', id="C3 another interface"),
    pytest.param(b'{"choices": null}', id="C3 no choices"),
    pytest.param(chunk(delta={"role": "assistant"}) + DONE, id="C3 only a role"),
    pytest.param(chunk(finish_reason="stop") + DONE, id="C3 no text"),
    pytest.param(chunk(delta={"reasoning": "hm"}) + chunk(finish_reason="length") + DONE, id="C3 only reasoning"),
    pytest.param(chunk("<think>hm") + chunk(finish_reason="length") + DONE, id="C3 only reasoning, in a tag"),
    pytest.param(chunk("half"), id="C3 cut"),
]


@pytest.fixture(params=["keep", "record", "once", "refresh"])
def store(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Keep answers, or record them in one of the modes."""
    if request.param == "keep":
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
        vm.keep(True)
        yield request.param
        vm.keep(None)
        return
    with vm.recording(tmp_path / "recording.jsonl", request.param):
        yield request.param


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("body", BAD)
def test_c3_what_is_no_answer_is_asked_again(body: bytes) -> None:
    server = Scripted(body, says("Hello"))
    with contextlib.suppress(BrokenReply, ServerError):
        assert all(choice.is_empty for choice in vm.ask("What?", **server.options).choices)
    assert vm.ask("What?", **server.options).text == "Hello"
    assert len(server.bodies) == 2


@pytest.mark.parametrize("body", BAD)
def test_c3_no_file_has_what_is_no_answer(body: bytes, tmp_path: Path) -> None:
    path = tmp_path / "recording.jsonl"
    with vm.recording(path, "record"), contextlib.suppress(VisionError):
        vm.ask("What?", **Scripted(body).options)
    assert not path.exists() or path.read_text() == ""


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(says("Hello"), id="text"),
        pytest.param(chunk(delta={"refusal": "no"}) + chunk(finish_reason="stop") + DONE, id="a refusal"),
        pytest.param(chunk("half", finish_reason="length") + DONE, id="cut by the token limit"),
        pytest.param(draws(picture(1)), id="C6 a picture"),
        pytest.param(calls(("look", "{}")), id="a call"),
    ],
)
def test_an_answer_is_recorded_and_replayed(body: bytes, tmp_path: Path) -> None:
    server = Scripted(body, b"")
    with vm.recording(tmp_path / "recording.jsonl", "once"):
        first = vm.ask("What?", **server.options)
        assert vm.ask("What?", **server.options).choices == first.choices
    assert len(server.bodies) == 1


@pytest.mark.parametrize("stream", [True, False])
def test_c2_an_answer_without_text_says_so_in_its_output(stream: bool) -> None:
    body = chunk(finish_reason="stop") + DONE
    if not stream:
        body = json.dumps({"choices": [{"message": {"content": ""}, "finish_reason": "stop"}]}).encode()
    reply = vm.ask("What?", stream=stream, **Scripted(body).options)
    bundle = reply._repr_mimebundle_()
    assert "The model sent no text." in bundle["text/plain"]
    assert "The model sent no text." in bundle["text/html"]
    assert "The model sent no text." in str(reply.receipt)


def test_c2_a_conversation_goes_on_after_an_answer_without_text() -> None:
    """Servers refuse a message of the assistant without content."""
    server = Scripted(chunk(finish_reason="stop") + DONE, says("Hello"))
    talk = vm.Conversation("talk", **server.options)
    talk.ask("What?")
    assert talk.ask("And now?").text == "Hello"
    assert server.messages()[-2] == {"role": "assistant", "content": "[This answer had no text.]"}


# -- calls in any choice ----------------------------------------------------------------------------------------


def look(x: int) -> str:
    """Look at a place."""
    return f"seen {x}"


CALL = {"id": "c1", "type": "function", "function": {"name": "look", "arguments": '{"x": 7}'}}


@pytest.mark.parametrize(
    "choices",
    [
        pytest.param([{"message": {"content": "Look:"}}, {"message": {"tool_calls": [CALL]}}], id="C7 the second"),
        pytest.param([{"message": {"function_call": CALL["function"]}}], id="C7 the old form"),
    ],
)
@pytest.mark.parametrize("stream", [True, False])
def test_c7_a_call_in_any_choice_of_a_body_runs(choices: list[Any], stream: bool) -> None:
    server = Scripted(json.dumps({"choices": choices}).encode(), says("Done."))
    reply = vm.ask("Look.", tools=[look], approve=lambda call: True, stream=stream, **server.options)
    assert [(call.name, call.result) for call in reply.tool_calls] == [("look", "seen 7")]
    assert reply.text == "Done."
    assert server.told() == ["seen 7"]


# -- the clocks of a replay -------------------------------------------------------------------------------------


@pytest.fixture
def endless(tmp_path: Path) -> Path:
    """Return a recording whose answer has a pause of eleven days."""
    path = tmp_path / "endless.jsonl"
    chunks = [
        (0.0, {"choices": [{"index": 0, "delta": {"content": "Hel"}}]}),
        (1e6, {"choices": [{"index": 0, "delta": {"content": "lo"}, "finish_reason": "stop"}]}),
    ]
    request = vm.prepare("What?", **Scripted(b"").options)
    JsonLinesStore(path).add(RecordedExchange(request=canonical_request(request), chunks=chunks, host="h"))
    return path


@pytest.mark.parametrize(
    ("option", "said"),
    [
        pytest.param({"timeout": 0.3}, "in total", id="B4 timeout"),
        pytest.param({"idle_timeout": 0.3}, "fell silent", id="B4 idle_timeout"),
    ],
)
@pytest.mark.parametrize("asynchronous", [False, True], ids=["sync", "async"])
def test_b4_the_clocks_hold_in_a_replay(endless: Path, option: dict[str, float], said: str, asynchronous: bool) -> None:
    options = Scripted(b"").options | option
    with (
        vm.recording(endless, "replay", speed=1.0),
        pytest.raises(ConnectionFailed, match=said) as caught,
    ):
        asyncio.run(vm.aask("What?", **options)) if asynchronous else vm.ask("What?", **options)
    assert caught.value.partial is not None
    assert caught.value.partial.text == "Hel"


def test_b4_stop_ends_a_replay_in_a_pause(endless: Path) -> None:
    stopper = threading.Timer(0.3, interrupt_main_thread)
    stopper.start()
    with vm.recording(endless, "replay", speed=1.0), pytest.raises(vm.Interrupted) as caught:
        vm.ask("What?", **Scripted(b"").options)
    stopper.join()
    assert caught.value.partial is not None
    assert caught.value.partial.text == "Hel"


def test_b4_stop_ends_a_replay_in_the_background(endless: Path) -> None:
    with vm.recording(endless, "replay", speed=1.0):
        answer = BackgroundReply(vm.astream("What?", **Scripted(b"").options)).start()
        while not answer.reply.text:
            assert not answer.done
        answer.stop()
        assert answer.wait(10).text == "Hel"


@pytest.mark.parametrize("calls_function", [False, True], ids=["answer", "answer that calls a function"])
def test_an_interrupt_while_a_round_is_written_to_the_log(
    calls_function: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer itself is complete; one whose functions have not run is not."""

    def interrupt(*arguments: object, **options: object) -> None:
        raise KeyboardInterrupt

    def look() -> str:
        raise AssertionError("it runs after the log is written")

    monkeypatch.setattr(session.state.log, "add", interrupt)
    server = Scripted(calls(("look", "{}")) if calls_function else says("A complete answer."))
    with pytest.raises(vm.Interrupted) as caught:
        vm.ask("What?", tools=[vm.tool(look, safe=True)], **server.options)
    assert caught.value.partial is not None
    assert caught.value.partial.state == ("interrupted" if calls_function else "complete")


@pytest.mark.parametrize(("logs", "steps"), [(False, 1), (True, 4)])
def test_a_call_takes_a_step_in_a_thread_only_for_its_pictures_and_for_files(
    logs: bool, steps: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each costs 0.1 ms; 64 calls at once shared one core."""
    made: list[object] = []
    run_sync = anyio.to_thread.run_sync

    async def counted(function: Callable[[], Any]) -> Any:
        made.append(function)
        return await run_sync(function)

    monkeypatch.setattr(anyio.to_thread, "run_sync", counted)
    if logs:
        monkeypatch.setenv("VISION_MAGIC_LOG", str(tmp_path / "log.sqlite"))
    asked = vm.Session().aask("What?", PICTURE, **Scripted(says("Yes.")).options)
    assert asyncio.run(asked).text == "Yes."
    assert len(made) == steps
