"""The line of an exchange: what it stores, and what it never stores."""

from __future__ import annotations

import base64
import json
import stat
from pathlib import Path

import pytest

from tests.session.store.exchanges import KEY, exchange, figure, find, question, recorded, text_of
from tests.wire.conftest import request as a_request
from vision_magic.chat.messages import Message, TextPart, user_message
from vision_magic.images.convert import as_image
from vision_magic.secrets import Secret
from vision_magic.session.store.exchange import canonical_request
from vision_magic.session.store.json_lines import JsonLinesStore


def test_an_exchange_is_one_line_of_json_however_many_lines_were_asked_and_answered(path: Path) -> None:
    recorded(path, exchange(question("One\nTwo\u2028Three"), "Four\nFive"), exchange(question("Six")))
    lines = path.read_text(encoding="utf-8").split("\n")
    assert lines.pop() == ""
    assert [json.loads(line)["vision_magic"] for line in lines] == ["exchange", "exchange"]
    assert JsonLinesStore(path).count() == 2


def test_a_line_holds_the_listed_fields_and_nothing_else(path: Path) -> None:
    strange = {"id": "chatcmpl-9", "created": 1, "object": "chunk", "x_account": "me", "obfuscation": "zz"}
    known = {"model": "m", "choices": [], "usage": {"prompt_tokens": 3}, "system_fingerprint": "fp"}
    recorded(path, exchange(question(temperature=0.5), chunks=[(0.25, {**strange, **known})]))
    line = json.loads(path.read_text())
    assert sorted(line) == ["chunks", "date", "host", "request", "version", "vision_magic"]
    assert line["version"] == 2
    assert (line["host"], line["date"]) == ("host", "2026-11-23")
    assert line["chunks"] == [[0.25, known]]
    assert sorted(line["request"]) == ["images", "messages", "model", "options"]
    assert line["request"]["options"] == {"temperature": 0.5}


def test_a_picture_is_a_hash_of_its_pixels_and_no_data(path: Path) -> None:
    recorded(path, exchange(question()))
    text = path.read_text()
    assert "data:" not in text
    assert base64.b64encode(as_image(figure()).data).decode()[60:120] not in text
    (picture,) = json.loads(text)["request"]["images"]
    assert sorted(picture) == ["colours", "dhash", "pixels", "size"]
    assert picture["size"] == [160, 120]
    assert (len(picture["pixels"]), len(picture["dhash"])) == (64, 64)


def test_a_picture_comes_along_whole_where_it_was_asked_for(path: Path) -> None:
    recorded(path, exchange(question(), images=True))
    (picture,) = json.loads(path.read_text())["request"]["images"]
    assert base64.b64decode(picture["data"]) == as_image(figure()).data
    assert find(JsonLinesStore(path), question()).note == ""


def test_neither_the_question_nor_the_answer_brings_a_key_into_the_file(path: Path) -> None:
    held = Secret(KEY, source="test")
    asked = question(f"Why is {KEY} refused?", extra={"note": KEY, "data": KEY, KEY: 1})
    deltas = [{"content": f"It is {KEY}."}, {"reasoning": KEY}, {"audio": {"data": KEY}}, {KEY: "x"}]
    chunks = [(0.0, {"model": KEY, "choices": [{"index": 0, "delta": delta}]}) for delta in deltas]
    tape = recorded(path, exchange(asked, chunks=chunks))
    assert held.reveal() not in path.read_text()
    assert "****" in path.read_text()
    assert find(tape, asked).note == ""


def test_a_question_with_a_key_is_found_again_before_the_file_is_read_anew(path: Path) -> None:
    held = Secret(KEY, source="test")
    tape = JsonLinesStore(path)
    tape.add(exchange(question(f"Why is {held.reveal()} refused?")))
    assert find(tape, question(f"Why is {held.reveal()} refused?")).note == ""


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
    assert text_of(find(tape, question("Grüße, 世界?")).exchange) == text.replace("\ud83d", "?")


def test_a_recording_says_when_and_by_whom_it_was_made(path: Path) -> None:
    match = find(recorded(path, exchange(question())), question())
    assert match.origin == "recorded 2026-11-23, host"


def test_the_canonical_question_keeps_texts_and_order_and_names_its_pictures() -> None:
    first, second = as_image(figure()), as_image(figure((1, 2, 3, 4)))
    messages = (user_message("Compare", first, second), Message(role="assistant", content=(TextPart("Yes."),)))
    asked = canonical_request(a_request(messages=(*messages, user_message("Why?")), seed=3))
    assert asked["model"] == "model-1"
    assert asked["options"] == {"seed": 3}
    uris = [part["image_url"]["url"] for part in asked["messages"][0]["content"] if part["type"] == "image_url"]
    assert uris == ["image:1", "image:2"]
    assert asked["images"][0]["pixels"] != asked["images"][1]["pixels"]
    assert json.loads(json.dumps(asked)) == asked
