"""Recordings of exchanges: what a line holds, what answers a question, and how it is played."""

from __future__ import annotations

import asyncio
import base64
import dataclasses
import io
import json
import socket
import stat
import subprocess
import sys
import textwrap
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import anyio
import pytest
from PIL import Image as PILImage
from PIL import ImageDraw

from tests.wire.conftest import request as a_request
from tests.wire.held import AsyncHeld, Held
from vision_magic.chat.events import Finished, TextDelta
from vision_magic.chat.messages import Message, TextPart, user_message
from vision_magic.chat.reply import Reply
from vision_magic.chat.request import ChatRequest
from vision_magic.errors import RecordingError, RecordingMiss
from vision_magic.images.convert import as_image
from vision_magic.secrets import Secret
from vision_magic.wire import cassette as cassette_module
from vision_magic.wire.cassette import (
    AsyncReplayTransport,
    Cassette,
    Recorded,
    ReplayTransport,
    asked_of,
    today,
)
from vision_magic.wire.endpoint import Endpoint

KEY = "sk-CANARY-0123456789"


def figure(bars: tuple[int, ...] = (20, 50, 35, 70), *, at: int = 0, colour: str = "navy") -> PILImage.Image:
    """Return a chart of bars, as a plotting library would draw it."""
    drawn = PILImage.new("RGB", (160, 120), "white")
    pen = ImageDraw.Draw(drawn)
    for number, height in enumerate(bars):
        left = 15 + 35 * number + at
        pen.rectangle((left, 110 - height, left + 22, 110), fill=colour)
    return drawn


def question(words: str = "How high is the last bar?", *pictures: PILImage.Image, **fields: Any) -> ChatRequest:
    images = [as_image(picture) for picture in pictures or (figure(),)]
    return a_request(**{"messages": (user_message(words, *images),), **fields})


def said(text: str, *, model: str = "model-1") -> list[tuple[float, Mapping[str, Any]]]:
    """Return the chunks of an answer, a word each."""
    pieces = [{"delta": {"content": word}} for word in text.split(" ")] + [{"delta": {}, "finish_reason": "stop"}]
    return [(0.5 * place, {"model": model, "choices": [{"index": 0, **piece}]}) for place, piece in enumerate(pieces)]


def exchange(request: ChatRequest, text: str = "70", **fields: Any) -> Recorded:
    pictures = fields.pop("pictures", False)
    asked = asked_of(request, pictures=pictures)
    return Recorded(**{"asked": asked, "chunks": said(text), "host": "host", "when": "2026-11-23", **fields})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "lesson.jsonl"


@pytest.fixture
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object) -> None:
        raise AssertionError("a connection was made")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def recorded(path: Path, *exchanges: Recorded) -> Cassette:
    """Return a recording with these exchanges, read from its file."""
    made = Cassette(path)
    for one in exchanges:
        made.add(one)
    return Cassette(path)


def text_of(one: Recorded) -> str:
    return " ".join(chunk["choices"][0]["delta"].get("content", "") for _, chunk in one.chunks).strip()


def miss(tape: Cassette, request: ChatRequest) -> str:
    with pytest.raises(RecordingMiss) as caught:
        tape.find(request)
    return str(caught.value)


# What a line holds


def test_an_exchange_is_one_line_of_json_however_many_lines_were_asked_and_answered(path: Path) -> None:
    recorded(path, exchange(question("One\nTwo\u2028Three"), "Four\nFive"), exchange(question("Six")))
    lines = path.read_text(encoding="utf-8").split("\n")
    assert lines.pop() == ""
    assert [json.loads(line)["vision_magic"] for line in lines] == ["exchange", "exchange"]
    assert len(Cassette(path)) == 2


def test_a_line_holds_the_listed_fields_and_nothing_else(path: Path) -> None:
    strange = {"id": "chatcmpl-9", "created": 1, "object": "chunk", "x_account": "me", "obfuscation": "zz"}
    known = {"model": "m", "choices": [], "usage": {"prompt_tokens": 3}, "system_fingerprint": "fp"}
    recorded(path, exchange(question(temperature=0.5), chunks=[(0.25, {**strange, **known})]))
    line = json.loads(path.read_text())
    assert sorted(line) == ["asked", "chunks", "host", "version", "vision_magic", "when"]
    assert line["version"] == 1
    assert (line["host"], line["when"]) == ("host", "2026-11-23")
    assert line["chunks"] == [[0.25, known]]
    assert sorted(line["asked"]) == ["messages", "model", "options", "pictures"]
    assert line["asked"]["options"] == {"temperature": 0.5}


def test_a_picture_is_a_hash_of_its_pixels_and_no_data(path: Path) -> None:
    recorded(path, exchange(question()))
    text = path.read_text()
    assert "data:" not in text
    assert base64.b64encode(as_image(figure()).data).decode()[60:120] not in text
    (picture,) = json.loads(text)["asked"]["pictures"]
    assert sorted(picture) == ["colours", "looks", "pixels", "size"]
    assert picture["size"] == [160, 120]
    assert (len(picture["pixels"]), len(picture["looks"])) == (64, 64)


def test_a_picture_comes_along_whole_where_it_was_asked_for(path: Path) -> None:
    recorded(path, exchange(question(), pictures=True))
    (picture,) = json.loads(path.read_text())["asked"]["pictures"]
    assert base64.b64decode(picture["data"]) == as_image(figure()).data
    assert Cassette(path).find(question()).note == ""


def test_neither_the_question_nor_the_answer_brings_a_key_into_the_file(path: Path) -> None:
    held = Secret(KEY, source="test")
    asked = question(f"Why is {KEY} refused?", extra={"note": KEY, "data": KEY, KEY: 1})
    deltas = [{"content": f"It is {KEY}."}, {"reasoning": KEY}, {"audio": {"data": KEY}}, {KEY: "x"}]
    chunks = [(0.0, {"model": KEY, "choices": [{"index": 0, "delta": delta}]}) for delta in deltas]
    tape = recorded(path, exchange(asked, chunks=chunks))
    assert held.reveal() not in path.read_text()
    assert "****" in path.read_text()
    assert tape.find(asked).note == ""


def test_a_question_with_a_key_is_found_again_before_the_file_is_read_anew(path: Path) -> None:
    held = Secret(KEY, source="test")
    tape = Cassette(path)
    tape.add(exchange(question(f"Why is {held.reveal()} refused?")))
    assert tape.find(question(f"Why is {held.reveal()} refused?")).note == ""


def test_a_data_uri_in_the_words_of_a_server_is_cut(path: Path) -> None:
    recorded(path, exchange(question(), f"data:image/png;base64,{'QUJD' * 40}"))
    assert "QUJDQUJD" not in path.read_text()


def test_a_recording_is_readable_by_its_owner_alone(path: Path) -> None:
    recorded(path, exchange(question()))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_recording_makes_the_folder_that_it_goes_into(tmp_path: Path) -> None:
    recorded(tmp_path / "course" / "week 1" / "lesson.jsonl", exchange(question()))
    assert (tmp_path / "course" / "week 1" / "lesson.jsonl").exists()


@pytest.mark.parametrize("text", ["é世界🙂", "half a pair \ud83d"])
def test_an_answer_in_any_letters_can_be_recorded(path: Path, text: str) -> None:
    tape = recorded(path, exchange(question("Grüße, 世界?"), text))
    assert text_of(tape.find(question("Grüße, 世界?")).recorded) == text.replace("\ud83d", "?")


def test_a_recording_says_when_and_by_whom_it_was_made(path: Path) -> None:
    (only,) = [recorded(path, exchange(question(), when=today())).find(question()).recorded]
    assert only.said == f"recorded {today()}, host"


# Which exchange answers


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"stream": False}, id="not as a stream"),
        pytest.param({"stream_options": {"include_usage": True}}, id="with a count of tokens"),
        pytest.param({"user": "somebody"}, id="for somebody"),
        pytest.param({"model": "model-2"}, id="of another model, where one was recorded"),
    ],
)
def test_how_a_question_travels_is_no_part_of_it(path: Path, fields: dict[str, Any]) -> None:
    tape = recorded(path, exchange(question(), "70"))
    assert text_of(tape.find(question(**fields)).recorded) == "70"


def test_the_bytes_of_a_picture_may_differ_where_its_pixels_do_not(path: Path) -> None:
    tape = recorded(path, exchange(question("Hi")))
    packed = io.BytesIO()
    figure().save(packed, "PNG", compress_level=0)
    image = as_image(figure())
    other = dataclasses.replace(image, data=packed.getvalue())
    assert other.data != image.data
    assert tape.find(a_request(messages=(user_message("Hi", other),))).note == ""


def test_of_two_exchanges_the_later_counts(path: Path) -> None:
    tape = recorded(path, exchange(question(), "old"), exchange(question(), "new"), exchange(question("Else?"), "no"))
    assert text_of(tape.find(question()).recorded) == "new"


def test_the_answer_of_the_model_that_is_asked_comes_before_that_of_another(path: Path) -> None:
    ones = [exchange(question(model=model), f"by {model}") for model in ("model-1", "model-2", "model-3")]
    tape = recorded(path, *ones)
    assert text_of(tape.find(question(model="model-2")).recorded) == "by model-2"


def test_among_several_models_none_speaks_for_one_that_was_not_recorded(path: Path) -> None:
    tape = recorded(path, exchange(question(model="model-1")), exchange(question(model="model-2")))
    assert "the model is model-3" in miss(tape, question(model="model-3"))


def test_a_figure_that_looks_nearly_the_same_answers_and_is_told(path: Path) -> None:
    tape = recorded(path, exchange(question()))
    match = tape.find(question("How high is the last bar?", figure(at=1)))
    assert match.note == "the figure differs from the recorded one"
    assert text_of(match.recorded) == "70"


@pytest.mark.parametrize("other", ["red", "lightblue"])
def test_another_colour_is_another_picture(path: Path, other: str) -> None:
    """A plain picture has no outlines: by them alone, red was taken for navy."""
    plain = [PILImage.new("RGB", (40, 30), colour) for colour in ("navy", other)]
    tape = recorded(path, exchange(question("Which colour?", plain[0])))
    assert "picture 1 looks different by" in miss(tape, question("Which colour?", plain[1]))
    assert tape.find(question("Which colour?", PILImage.new("RGB", (40, 30), (8, 4, 120)))).note


def test_a_recording_without_colours_still_answers(path: Path) -> None:
    recorded(path, exchange(question()))
    lines = json.loads(path.read_text())
    del lines["asked"]["pictures"][0]["colours"]
    path.write_text(json.dumps(lines) + "\n")
    assert Cassette(path).find(question("How high is the last bar?", figure(at=1))).note


def test_the_very_same_figure_comes_before_one_that_only_looks_like_it(path: Path) -> None:
    words = "How high is the last bar?"
    tape = recorded(path, exchange(question(words, figure()), "same"), exchange(question(words, figure(at=1)), "near"))
    match = tape.find(question(words, figure()))
    assert (text_of(match.recorded), match.note) == ("same", "")


def test_of_several_figures_each_must_look_like_its_own(path: Path) -> None:
    tape = recorded(path, exchange(question("Which?", figure(), figure((70, 35, 50, 20)))))
    assert tape.find(question("Which?", figure(), figure((70, 35, 50, 20)))).note == ""
    assert "picture 1 looks different" in miss(tape, question("Which?", figure((70, 35, 50, 20)), figure()))


# What a miss says


def test_a_miss_says_how_the_prompt_differs(path: Path) -> None:
    message = miss(recorded(path, exchange(question())), question("How high is the first bar?"))
    assert "the prompt is 'How high is the first bar?', recorded was 'How high is the last bar?'" in message
    assert message.startswith("lesson.jsonl has no answer to this question; the nearest of its 1 differs")
    assert "%vision record lesson.jsonl" in message
    assert "picture" not in message


def test_a_miss_compares_with_the_nearest_prompt(path: Path) -> None:
    words = ["What is the title?", "How high is the last bar?", "Which colour?"]
    message = miss(recorded(path, *[exchange(question(one)) for one in words]), question("How high is the last bra?"))
    assert "recorded was 'How high is the last bar?'" in message
    assert "nearest of its 3" in message


@pytest.mark.parametrize(
    ("recorded_with", "asked_with", "words"),
    [
        pytest.param({"temperature": 0.2}, {"temperature": 0.7}, "temperature is 0.7, recorded was 0.2", id="changed"),
        pytest.param({}, {"max_tokens": 50}, "max_tokens is 50, recorded was not set", id="new"),
        pytest.param({"seed": 7}, {}, "seed is not set, recorded was 7", id="gone"),
        pytest.param({}, {"extra": {"top_k": 3}}, "top_k is 3, recorded was not set", id="of one server"),
    ],
)
def test_a_miss_says_which_option_differs(
    path: Path, recorded_with: dict[str, Any], asked_with: dict[str, Any], words: str
) -> None:
    message = miss(recorded(path, exchange(question(**recorded_with))), question(**asked_with))
    assert words in message
    assert "prompt" not in message


def test_a_miss_says_by_how_much_a_picture_differs(path: Path) -> None:
    turned = figure().rotate(180)
    message = miss(recorded(path, exchange(question())), question("How high is the last bar?", turned))
    assert "picture 1 looks different by " in message
    assert "at most 10% pass" in message
    assert "prompt" not in message


def test_a_miss_says_that_the_number_of_pictures_differs(path: Path) -> None:
    message = miss(recorded(path, exchange(question("Hi"))), question("Hi", figure(), figure()))
    assert "2 pictures, recorded were 1" in message


def test_a_miss_says_that_only_the_order_differs(path: Path) -> None:
    picture = as_image(figure())
    first, other = (a_request(messages=(user_message(*parts),)) for parts in (("Hi", picture), (picture, "Hi")))
    assert "words and pictures come in another order" in miss(recorded(path, exchange(first)), other)


def test_a_miss_says_that_the_conversation_before_it_differs(path: Path) -> None:
    def after(system: str) -> ChatRequest:
        messages = (Message(role="system", content=system), user_message("Hi", as_image(figure())))
        return a_request(messages=messages)

    message = miss(recorded(path, exchange(after("Be brief."))), after("Be long."))
    assert "what was said before in the conversation" in message


def test_a_miss_cuts_a_long_prompt(path: Path) -> None:
    message = miss(recorded(path, exchange(question("a " * 4000))), question("b " * 4000))
    assert len(message) < 500
    assert "…" in message


def test_an_empty_recording_says_how_to_fill_it(path: Path) -> None:
    message = miss(Cassette(path), question())
    assert message == "lesson.jsonl holds no answer yet; record some: %vision record lesson.jsonl."


# Files that are not as they should be


def test_what_a_crash_cut_in_the_middle_of_a_line_costs_that_line_alone(path: Path) -> None:
    recorded(path, exchange(question("One")), exchange(question("Zwei é世界"), "drei é世界"))
    whole = path.read_bytes()
    first = whole.index(b"\n") + 1
    letter = whole.index("世".encode())
    for length in (*range(first, len(whole) - 1, 31), letter + 1, letter + 2, len(whole) - 2):
        path.write_bytes(whole[:length])
        assert len(Cassette(path)) == 1


def test_after_a_crash_the_recording_goes_on_and_is_read_again(path: Path) -> None:
    recorded(path, exchange(question("One"), "eins"), exchange(question("Two"), "zwei"))
    path.write_bytes(path.read_bytes()[:-40])
    recorded(path, exchange(question("Three"), "drei"))
    tape = Cassette(path)
    assert [text_of(tape.find(question(words)).recorded) for words in ("One", "Three")] == ["eins", "drei"]
    assert "Two" in miss(tape, question("Two"))


def test_a_last_line_without_its_end_is_read_and_not_glued_to_the_next(path: Path) -> None:
    recorded(path, exchange(question("One"), "eins"))
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    tape = recorded(path, exchange(question("Two"), "zwei"))
    assert [text_of(tape.find(question(words)).recorded) for words in ("One", "Two")] == ["eins", "zwei"]


def test_a_kernel_that_dies_while_it_records_loses_nothing_before(path: Path) -> None:
    script = f"""
        import os, pathlib, sys
        from vision_magic.wire.cassette import Cassette, Recorded
        tape = Cassette(pathlib.Path({str(path)!r}))
        for number in range(3):
            tape.add(Recorded(asked={{"number": number, "pictures": []}}, chunks=[]))
        os.kill(os.getpid(), 9)
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(script)], check=False)
    assert len(Cassette(path)) == 3


def test_blank_lines_and_line_ends_of_windows_do_no_harm(path: Path) -> None:
    recorded(path, exchange(question("One")), exchange(question("Two")))
    path.write_bytes(b"\n" + path.read_bytes().replace(b"\n", b"\r\n\r\n"))
    assert len(Cassette(path)) == 2


def line_with(**changes: Any) -> str:
    return json.dumps({**json.loads(exchange(question()).to_line()), **changes})


@pytest.mark.parametrize(
    ("content", "why"),
    [
        pytest.param(
            line_with(version=2) + "\n", "line 1: no exchange (version 2; this vision_magic reads 1)", id="newer"
        ),
        pytest.param(line_with(version=0) + "\n", "version 0; this vision_magic reads 1", id="older"),
        pytest.param(line_with(version=2), "version 2; this vision_magic reads 1", id="newer, without a line end"),
        pytest.param(line_with(asked=None) + "\n", "no question or no answer", id="no question"),
        pytest.param(line_with(chunks={}) + "\n", "no question or no answer", id="no answer"),
        pytest.param(line_with(chunks=[[1]]) + "\n", "line 1: no exchange", id="half a chunk"),
        pytest.param(line_with(chunks=[["soon", {}]]) + "\n", "line 1: no exchange", id="a delay in words"),
        pytest.param(f"{line_with()}\n[1]\n{line_with()}\n", "line 2: no exchange", id="other JSON in between"),
        pytest.param('{"log": {"entries": []}}\n', "no exchange of vision_magic", id="a recording of another tool"),
        pytest.param("# My notes\n\nBuy milk\n", "line 1: no exchange", id="a text"),
        pytest.param("My notes", "line 1: no exchange", id="a text without a line end"),
        pytest.param("[" * 100_000, "line 1: no exchange", id="brackets without end"),
    ],
)
def test_a_file_that_is_no_recording_says_where_and_why(path: Path, content: str, why: str) -> None:
    path.write_text(content, encoding="utf-8")
    with pytest.raises(RecordingError) as caught:
        Cassette(path)
    assert not isinstance(caught.value, RecordingMiss)
    assert str(caught.value).startswith(f"{path}, line ")
    assert why in str(caught.value)


def test_a_file_of_other_bytes_says_so(path: Path) -> None:
    path.write_bytes(as_image(figure()).data)
    with pytest.raises(RecordingError, match="line 1: no exchange"):
        Cassette(path)


def test_a_file_that_cannot_be_opened_says_so(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="could not be read as a recording"):
        Cassette(tmp_path)


def test_a_place_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    tape = Cassette(tmp_path / "tape.jsonl")
    tape.path = tmp_path / "file" / "tape.jsonl"
    with pytest.raises(RecordingError, match="could not be recorded in"):
        tape.add(exchange(question()))


def test_a_full_disk_is_told_and_leaves_the_lines_before(path: Path) -> None:
    resource = pytest.importorskip("resource")
    tape = recorded(path, exchange(question("One"), "eins"))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 100, before[1]))
        with pytest.raises(RecordingError, match=r"could not be recorded in .*full"):
            tape.add(exchange(question("Two"), "zwei"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert len(Cassette(path)) == 1
    recorded(path, exchange(question("Three"), "drei"))
    assert len(Cassette(path)) == 2


def test_clearing_begins_anew(path: Path) -> None:
    tape = recorded(path, exchange(question()))
    tape.clear()
    tape.clear()
    assert not path.exists()
    assert len(tape) == 0
    assert "holds no answer yet" in miss(tape, question())


def test_two_recordings_of_one_file_lose_nothing_of_each_other(path: Path) -> None:
    one, other = Cassette(path), Cassette(path)
    one.add(exchange(question("One")))
    other.add(exchange(question("Two")))
    one.add(exchange(question("Three")))
    assert len(Cassette(path)) == 3


# Playing


Play = Callable[[Recorded, float], tuple[list[str], Reply]]


@pytest.fixture(params=["sync", "async"])
def play(request: pytest.FixtureRequest) -> Play:
    """Play an exchange; return the pieces of text and the reply."""

    def sync(one: Recorded, speed: float) -> tuple[list[str], Reply]:
        endpoint = Endpoint("http://recording.invalid/v1", transport=ReplayTransport(one, speed))
        with Held(endpoint, question()) as events:
            return told(list(events))

    def asynchronous(one: Recorded, speed: float) -> tuple[list[str], Reply]:
        async def collect() -> list[Any]:
            endpoint = Endpoint("http://recording.invalid/v1", transport=AsyncReplayTransport(one, speed))
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
    monkeypatch.setattr(cassette_module.time, "sleep", waits.append)

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
    _, reply = play(Recorded.from_line(exchange(question(), chunks=chunks).to_line()), 0.0)
    assert (reply.text, reply.choices[0].reasoning, reply.model) == ("Ja 🙂", "Hm.", "m-1")
    assert reply.choices[0].finish_reason == "length"
    assert reply.usage is not None
    assert reply.usage.total_tokens == 7


@pytest.mark.parametrize("delay", ["NaN", "-5", "-Infinity"])
def test_a_delay_that_is_none_is_no_delay(delay: str, play: Play, slept: list[float]) -> None:
    line = exchange(question(), "70").to_line().replace("[0.0,", f"[{delay},", 1)
    assert f"[{delay}," in line
    assert play(Recorded.from_line(line), 1.0)[0] == ["70"]
    assert slept == [0.5]


def test_the_canonical_question_keeps_texts_and_order_and_names_its_pictures() -> None:
    first, second = as_image(figure()), as_image(figure((1, 2, 3, 4)))
    messages = (user_message("Compare", first, second), Message(role="assistant", content=(TextPart("Yes."),)))
    asked = asked_of(a_request(messages=(*messages, user_message("Why?")), seed=3))
    assert asked["model"] == "model-1"
    assert asked["options"] == {"seed": 3}
    uris = [part["image_url"]["url"] for part in asked["messages"][0]["content"] if part["type"] == "image_url"]
    assert uris == ["picture:1", "picture:2"]
    assert asked["pictures"][0]["pixels"] != asked["pictures"][1]["pixels"]
    assert json.loads(json.dumps(asked)) == asked
