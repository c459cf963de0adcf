"""Images in answers from end to end: asked, recorded, logged, sent back, saved."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

import vision_magic as vm
from tests.servers import END, LoopbackServer, chunk
from tests.session.scripted import PICTURE, Scripted, draws, images_in, in_delta, picture, says
from vision_magic.chat.events import ImageReceived
from vision_magic.errors import ImageError, TruncatedReply
from vision_magic.session.default import session
from vision_magic.session.store.log import ExchangeLog


def streamed(*, asynchronous: bool, **options: Any) -> list[vm.Event]:
    if not asynchronous:
        return list(vm.stream("Draw it.", **options))

    async def read() -> list[vm.Event]:
        return [event async for event in vm.astream("Draw it.", **options)]

    return asyncio.run(read())


@pytest.mark.parametrize("asynchronous", [False, True])
def test_an_image_arrives_over_a_connection(asynchronous: bool) -> None:
    image = in_delta(picture(200).resize((640, 480)))
    pieces = [chunk("Here: "), chunk(delta={"images": [image]}), chunk("Done."), END]
    whole = b"".join(pieces)
    with LoopbackServer(lambda body: [whole[at : at + 1000] for at in range(0, len(whole), 1000)]) as server:
        events = streamed(asynchronous=asynchronous, base_url=server.url, model="model-1")
    assert isinstance(events[1], ImageReceived)
    assert isinstance(events[-1], vm.Finished)
    reply = events[-1].reply
    assert reply.text == "Here: Done."
    assert [(image.width, image.height) for image in reply.output_images] == [(640, 480)]


def test_a_reply_that_is_not_streamed_has_its_images_too() -> None:
    body = {"choices": [{"message": {"content": None, "images": [in_delta(picture(1))]}, "finish_reason": "stop"}]}
    reply = vm.ask("Draw it.", stream=False, **Scripted(json.dumps(body).encode()).options)
    assert len(reply.output_images) == 1


def test_a_stream_that_is_cut_within_an_image_keeps_what_arrived() -> None:
    event = chunk(delta={"images": [in_delta(picture(2))]})
    server = Scripted(chunk("Two: ") + chunk(delta={"images": [in_delta(picture(1))]}) + event[:200])
    with pytest.raises(TruncatedReply) as error:
        vm.ask("Draw it.", **server.options)
    assert error.value.partial is not None
    assert len(error.value.partial.output_images) == 1


def test_a_hostile_image_costs_only_itself() -> None:
    hostile = {"type": "image_url", "image_url": {"url": "data:image/png;base64," + "A" * 70_000}}
    server = Scripted(chunk("Here: ", delta={"content": "Here: ", "images": [hostile, in_delta(picture(1))]}) + END)
    reply = vm.ask("Draw it.", **server.options)
    assert (reply.text, len(reply.output_images), len(reply.notes)) == ("Here: ", 1, 1)


# Files


def test_a_recording_holds_each_image_once_by_its_hash(tmp_path: Path) -> None:
    image = in_delta(picture(1))
    server = Scripted(chunk(delta={"images": [image]}) + chunk(message={"content": "", "images": [image]}) + END)
    file = tmp_path / "lesson.jsonl"
    with vm.recording(file, "record"):
        first = vm.ask("Draw it.", **server.options)
    uri = image["image_url"]["url"]
    line = file.read_text("utf-8")
    assert line.count(uri) == 1
    assert json.loads(line)["answer_images"] == {hashlib.sha256(uri.encode()).hexdigest(): uri}
    with vm.recording(file, "replay", speed=0):
        assert vm.ask("Draw it.", **server.options).choices == first.choices


def test_an_image_that_was_refused_is_not_recorded(tmp_path: Path) -> None:
    hostile = "data:image/png;base64," + "A" * 48_000_000
    server = Scripted(chunk(delta={"content": "a", "images": [hostile]}) + END)
    file = tmp_path / "lesson.jsonl"
    with vm.recording(file, "record"):
        vm.ask("Draw it.", **server.options)
    assert file.stat().st_size < 5_000
    with vm.recording(file, "replay", speed=0):
        assert "was refused" in vm.ask("Draw it.", **server.options).notes[0]


def test_a_recording_of_another_hand_cannot_name_a_file(tmp_path: Path) -> None:
    server = Scripted(draws(picture(1), text="a"))
    file = tmp_path / "lesson.jsonl"
    with vm.recording(file, "record"):
        vm.ask("Draw it.", **server.options)
    changed = json.loads(file.read_text("utf-8"))
    changed["answer_images"] = dict.fromkeys(changed["answer_images"], "file:///etc/passwd")
    file.write_text(json.dumps(changed) + "\n", "utf-8")
    with vm.recording(file, "replay", speed=0):
        reply = vm.ask("Draw it.", **server.options)
    assert (reply.output_images, len(reply.notes)) == ((), 1)


def test_the_log_describes_the_images_of_an_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session.state, "log", ExchangeLog(tmp_path / "log.sqlite"))
    vm.log(True)
    reply = vm.ask("Draw it.", PICTURE, **Scripted(draws(picture(1))).options)
    database = sqlite3.connect(tmp_path / "log.sqlite")
    rows = database.execute(
        "SELECT images.hash, width, source FROM answer_images JOIN images ON images.hash = image"
    ).fetchall()
    assert rows == [(hashlib.sha256(reply.output_images[0].data).hexdigest(), 21, "picture of an answer")]
    assert database.execute("SELECT COUNT(*) FROM exchange_images").fetchone() == (1,)
    database.close()


def test_an_image_is_saved_by_name(tmp_path: Path) -> None:
    [image] = vm.ask("Draw it.", **Scripted(draws(picture(1))).options).output_images
    assert image.save(tmp_path / "made") == tmp_path / "made.png"
    assert (tmp_path / "made.png").read_bytes() == image.data
    with pytest.raises(ImageError, match=r"ends in \.png"):
        image.save(tmp_path / "made.jpg")
    with pytest.raises(ImageError, match="could not be written"):
        image.save(tmp_path / "nowhere" / "made.png")
    with pytest.raises(ImageError, match="expected the path"):
        image.save(7)  # type: ignore[arg-type]


# Conversations


def test_the_next_question_sends_the_image_in_a_message_of_the_user() -> None:
    """Servers refuse it in one of the assistant: openai/openai-node#1030, epam/ai-dial-adapter-bedrock#306."""
    server = Scripted(draws(picture(1)), says("Red."))
    chat = vm.Conversation(**server.options)
    made = chat.ask("Draw it.").output_images[0]
    chat.ask("Which colour is it?")
    assert server.roles() == ["user", "assistant", "user"], "templates of local models refuse two of one role"
    assert server.messages()[1]["content"] == "[This answer is a picture, which follows.]"
    words, image, question = server.messages()[2]["content"]
    assert question == {"type": "text", "text": "Which colour is it?"}
    assert words == {"type": "text", "text": "You made this picture:"}
    assert image["image_url"]["url"] == vm.as_image(made).data_uri
    assert [turn.answer for turn in chat.turns] == ["[This answer is a picture, which follows.]", "Red."]
    assert "[A picture of 21×10 pixels, picture of an answer]" in str(chat)


def test_an_image_of_an_answer_is_a_picture_of_the_next_question() -> None:
    server = Scripted(draws(picture(1), text="Here."), says("Red."))
    reply = vm.ask("Draw it.", **server.options)
    vm.ask("Which colour is it?", reply.output_images[0], **server.options)
    assert images_in(server.bodies[1]) == 1


def test_a_saved_conversation_has_the_images_and_goes_on(tmp_path: Path) -> None:
    server = Scripted(draws(picture(1), text="Here."), says("Red."))
    chat = vm.Conversation(**server.options)
    chat.ask("Draw it.")
    again = vm.Conversation.load(chat.save(tmp_path / "chat.json"))
    [turn] = again.turns
    assert turn.answer == "Here."
    assert [image.width for image in turn.output_images] == [21]
    again.options |= server.options
    again.ask("Which colour is it?")
    assert images_in(server.bodies[1]) == 1
    sent = server.messages()[2]["content"][1]["image_url"]["url"].partition(",")[2]
    assert base64.b64decode(sent) == turn.output_images[0].data


def test_a_conversation_with_images_is_replayed(tmp_path: Path) -> None:
    server = Scripted(draws(picture(1)), says("Red."))
    for mode in ("record", "replay"):
        with vm.recording(tmp_path / "lesson.jsonl", mode, speed=0):
            chat = vm.Conversation(**server.options)
            chat.ask("Draw it.")
            assert chat.ask("Which colour is it?").text == "Red."
    assert len(server.bodies) == 2


def test_only_the_newest_images_are_sent_again() -> None:
    server = Scripted(*(draws(picture(number)) for number in range(6)), says("Six."))
    chat = vm.Conversation(**server.options)
    for _ in range(6):
        chat.ask("Another one.")
    chat.ask("How many?")
    assert images_in(server.bodies[-1]) == 4
