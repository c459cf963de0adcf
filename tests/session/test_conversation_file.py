"""Saved conversations: what is written, what is not, and the errors of damaged and foreign files."""

from __future__ import annotations

import concurrent.futures
import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image as PILImage

import vision_magic as vm
from tests.session.scripted import PICTURE, Scripted, calls, images_in, picture, says
from vision_magic.secrets import KeyStore
from vision_magic.session import conversation_file

KEY = "sk-abcdefghijklmnopqrstuvwxyz0123456789"
WORD = "the-very-secret-word"  # a key without the form of one, which would be refused as an option


@vm.tool(safe=True)
def look(number: int) -> Any:
    return picture(number)


def talked(**options: Any) -> vm.Conversation:
    """Return a conversation of two turns: one with a picture, and one with a function that returned a picture."""
    server = Scripted(says("Blue."), calls(("look", '{"number": 7}')), says("Red."))
    chat = vm.Conversation("colours", system="Be brief.", tools=[look], **{**server.options, **options})
    chat.ask("Which colour?", PICTURE)
    chat.ask("And that one?")
    return chat


def content(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def pictures_beside(path: Path) -> list[Path]:
    return sorted(path.with_name(f"{path.stem}.images").iterdir())


# Out and back


def test_what_was_said_is_there_again(tmp_path: Path) -> None:
    chat = talked(temperature=0.5, keep_images=2)
    chat.save(tmp_path / "chat.json")
    again = vm.Conversation.load(tmp_path / "chat.json")
    assert (again.name, again.keep_images) == ("colours", 2)
    assert again.options == {"system": "Be brief.", "model": "model-1", "temperature": 0.5}
    assert str(again) == str(chat)
    assert [turn.images for turn in again.turns] == [turn.images for turn in chat.turns]
    assert [turn.reply for turn in again.turns] == [None, None]


def test_a_conversation_goes_on_where_it_was_saved(tmp_path: Path) -> None:
    path = talked().save(tmp_path / "chat.json")
    server = Scripted(says("Neither."))
    again = vm.Conversation.load(path)
    again.options |= server.options
    assert again.ask("Which is greener?").text == "Neither."
    assert server.roles() == ["system", "user", "assistant", "user", "assistant", "tool", "user", "assistant", "user"]
    assert images_in(server.bodies[0]) == 2
    assert vm.as_image(PICTURE).data_uri in json.dumps(server.bodies[0])


def test_saved_loaded_and_saved_again_it_is_the_same_file(tmp_path: Path) -> None:
    first = talked().save(tmp_path / "chat.json").read_bytes()
    vm.Conversation.load(tmp_path / "chat.json").save(tmp_path / "again.json")
    assert (tmp_path / "again.json").read_bytes() == first
    assert [file.name for file in pictures_beside(tmp_path / "again.json")] == [
        file.name for file in pictures_beside(tmp_path / "chat.json")
    ]


def test_an_empty_conversation_needs_no_folder_of_pictures(tmp_path: Path) -> None:
    path = vm.Conversation("nothing").save(str(tmp_path / "new" / "chat.json"))
    assert [file.name for file in path.parent.iterdir()] == ["chat.json"]
    assert vm.Conversation.load(str(path)).name == "nothing"


def test_an_interrupted_turn_and_its_key_stay_what_they_were(tmp_path: Path) -> None:
    chat = vm.Conversation(**Scripted(says("A long answer.")).options)
    with chat.stream("What?", cell_id="cell-1") as events:
        next(events)
    (turn,) = vm.Conversation.load(chat.save(tmp_path / "chat.json")).turns
    assert (turn.state, turn.cell_id) == ("interrupted", "cell-1")
    assert turn.answer.endswith("[This answer was interrupted here.]")


def test_an_address_stays_an_address(tmp_path: Path) -> None:
    chat = vm.Conversation(**Scripted(says("A cat.")).options)
    chat.ask("What is it?", vm.url("https://example.org/cat.png"), detail="low")
    (turn,) = vm.Conversation.load(chat.save(tmp_path / "chat.json")).turns
    assert turn.messages[0] == chat.turns[0].messages[0]
    assert not (tmp_path / "chat.images").exists()


def test_words_that_are_no_text_on_disk_do_not_stop_it(tmp_path: Path) -> None:
    chat = vm.Conversation(**Scripted(says("Ok.")).options)
    chat.ask("What is \ud83d?")
    assert vm.Conversation.load(chat.save(tmp_path / "chat.json")).turns[0].answer == "Ok."


# What the file holds


def test_the_file_is_plain_json_with_the_hashes_of_the_pictures(tmp_path: Path) -> None:
    path = talked().save(tmp_path / "chat.json")
    stored = content(path)
    assert (stored["vision_magic"], stored["version"]) == ("conversation", 2)
    names = [part["image"] for part in stored["turns"][0]["messages"][0]["content"] if "image" in part]
    assert names == [f"{hashlib.sha256(vm.as_image(PICTURE).data).hexdigest()}.png"]
    assert [file.name for file in pictures_beside(path)] == sorted(
        [*names, f"{hashlib.sha256(vm.as_image(picture(7)).data).hexdigest()}.png"]
    )
    for file in pictures_beside(path):
        assert hashlib.sha256(file.read_bytes()).hexdigest() == file.stem
    assert (tmp_path / "chat.images" / names[0]).read_bytes() == vm.as_image(PICTURE).data


def test_no_data_uri_and_no_base64_gets_into_the_file(tmp_path: Path) -> None:
    text = talked().save(tmp_path / "chat.json").read_text("utf-8")
    assert "data:image" not in text
    assert "base64" not in text
    assert len(text) < 4000


def test_a_picture_that_comes_twice_is_one_file(tmp_path: Path) -> None:
    chat = vm.Conversation(**Scripted(says("Blue.")).options)
    chat.ask("Which?", PICTURE, PICTURE)
    chat.ask("Again?", PICTURE)
    assert len(pictures_beside(chat.save(tmp_path / "chat.json"))) == 1


def test_a_photograph_stays_a_photograph(tmp_path: Path) -> None:
    noise = PILImage.merge("RGB", [PILImage.effect_noise((300, 300), spread) for spread in (30, 60, 90)])
    chat = vm.Conversation(max_bytes=60_000, **Scripted(says("Noise.")).options)
    chat.ask("What?", noise)
    path = chat.save(tmp_path / "chat.json")
    (image,) = vm.Conversation.load(path).turns[0].images
    assert isinstance(image, vm.Image)
    assert image == chat.turns[0].images[0]
    assert image.media_type == "image/jpeg"
    assert [file.suffix for file in pictures_beside(path)] == [".jpg"]


def test_a_picture_that_was_shrunk_is_the_same_one_after_loading(tmp_path: Path) -> None:
    chat = vm.Conversation(max_side=40, **Scripted(says("Blue.")).options)
    chat.ask("Which?", PICTURE)
    server = Scripted(says("Still blue."))
    again = vm.Conversation.load(chat.save(tmp_path / "chat.json"))
    again.options |= server.options
    again.ask("And now?", PICTURE)
    assert again.turns[0].images == again.turns[1].images
    assert images_in(server.bodies[0]) == 1


def test_neither_keys_nor_functions_nor_addresses_nor_carriers_get_into_the_file(
    tmp_path: Path,
) -> None:
    keys = KeyStore()
    keys.remember(("http", "127.0.0.1", 9), WORD)
    server = Scripted(says(f"Your key {KEY} is fine."))
    chat = vm.Conversation(
        KEY, system=f"The key is {WORD}.", extra={"note": WORD}, user="ada", tools=[look],
        approve=lambda call: True, stop=[WORD], **server.options,
    )  # fmt: skip
    chat.ask(f"Is {KEY} a key, and {WORD}?")
    text = chat.save(tmp_path / "chat.json").read_text("utf-8")
    assert KEY[3:] not in text
    assert WORD not in text
    assert "127.0.0.1" not in text
    assert content(tmp_path / "chat.json")["options"].keys() == {"model", "system", "stop"}
    assert chat.options["system"] == f"The key is {WORD}."  # in memory it stays


def test_the_file_is_nobody_elses_to_read(tmp_path: Path) -> None:
    path = talked().save(tmp_path / "chat.json")
    for file in (path, *pictures_beside(path)):
        assert file.stat().st_mode & 0o077 == 0


# Pictures that are gone


def gone(file: Path) -> None:
    file.unlink()


def changed(file: Path) -> None:
    file.write_bytes(vm.as_image(picture(9)).data)


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:50])


def a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize("harm", [gone, changed, cut, a_folder])
def test_a_picture_that_is_gone_or_changed_becomes_a_line(tmp_path: Path, harm: Callable[[Path], None]) -> None:
    chat = talked()
    path = chat.save(tmp_path / "chat.json")
    harm(path.with_name("chat.images") / f"{hashlib.sha256(vm.as_image(PICTURE).data).hexdigest()}.png")
    again = vm.Conversation.load(path)
    assert [len(turn.images) for turn in again.turns] == [0, 1]
    assert "[A picture of 320×200 pixels, Pillow image: its file is missing or was changed]" in again.turns[0].question
    assert again.turns[0].answer == "Blue."


def test_a_name_in_the_file_does_not_lead_out_of_the_folder(tmp_path: Path) -> None:
    path = talked().save(tmp_path / "chat.json")
    data = vm.as_image(picture(9)).data
    outside = tmp_path / f"{hashlib.sha256(data).hexdigest()}.png"
    outside.write_bytes(data)
    stored = content(path)
    for name in (f"../{outside.name}", str(outside)):
        stored["turns"][0]["messages"][0]["content"] = [{"text": "What?"}, picture_part(name)]
        path.write_text(json.dumps(stored))
        assert vm.Conversation.load(path).turns[0].images == ()


def picture_part(name: str, **fields: Any) -> dict[str, Any]:
    return {"image": name, "detail": None, "size": [5, 4], "source": "Pillow image", "note": "", **fields}


# Files that are none


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("", "could not be read", id="empty"),
        pytest.param("{", "could not be read", id="no json"),
        pytest.param("[" * 200_000, "could not be read", id="nested"),
        pytest.param("\x00", "could not be read", id="binary"),
        pytest.param("[]", "is not a conversation", id="a list"),
        pytest.param('{"cells": [], "nbformat": 4}', "is not a conversation", id="a notebook"),
        pytest.param('{"vision_magic": "conversation"}', "version None", id="no version"),
        pytest.param('{"vision_magic": "conversation", "version": 2}', "damaged", id="no turns"),
    ],
)
def test_what_is_no_conversation_is_refused(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "chat.json"
    path.write_text(text)
    with pytest.raises(vm.RequestError, match=said):
        vm.Conversation.load(path)


def test_a_file_that_is_not_there_or_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "latin.json").write_bytes(b'"\xe9"')
    for name in ("nowhere.json", "latin.json", "."):
        with pytest.raises(vm.RequestError, match="could not be read"):
            vm.Conversation.load(tmp_path / name)


def test_a_file_that_was_cut_anywhere_is_refused(tmp_path: Path) -> None:
    path = talked().save(tmp_path / "chat.json")
    whole = path.read_bytes()
    for length in range(0, len(whole) - 1, 37):
        path.write_bytes(whole[:length])
        with pytest.raises(vm.RequestError, match="could not be read"):
            vm.Conversation.load(path)


def test_a_file_of_a_later_version_says_so(tmp_path: Path) -> None:
    path = talked().save(tmp_path / "chat.json")
    path.write_text(json.dumps(content(path) | {"version": 3, "turns": "another shape"}))
    with pytest.raises(
        vm.RequestError, match=r"version 3; this vision_magic reads version 2\. Install a newer vision_magic"
    ):
        vm.Conversation.load(path)


@pytest.mark.parametrize(
    "fields",
    [
        {"turns": [{}]},
        {"turns": [5]},
        {"turns": None},
        {"turns": [{"state": "complete", "cell_id": "", "messages": []}]},
        {"turns": [{"state": "complete", "cell_id": "", "messages": [{"role": "user"}]}]},
        {"turns": [{"state": "complete", "cell_id": "", "messages": [{"role": "nobody", "content": "x"}]}]},
        {"turns": [{"state": "complete", "cell_id": "", "messages": [{"role": "user", "content": [{}]}]}]},
        {"turns": [{"state": "complete", "cell_id": "", "messages": [{"role": "user", "content": [{"text": 5}]}]}]},
        {"options": []},
        {"keep_images": "many"},
        {"keep_images": -1},
        {"keep_images": float("inf")},
    ],
    ids=lambda fields: json.dumps(fields)[:60],
)
def test_a_damaged_conversation_is_refused_in_words(tmp_path: Path, fields: dict[str, Any]) -> None:
    path = talked().save(tmp_path / "chat.json")
    path.write_text(json.dumps(content(path) | fields))
    with pytest.raises(vm.RequestError):
        vm.Conversation.load(path)


def test_an_option_that_a_file_may_not_set_is_left_out(tmp_path: Path) -> None:
    path = talked().save(tmp_path / "chat.json")
    options = {"base_url": "https://example.org", "key_env": "HOME", "approve": "all", "model": "m", "extra": {"a": 1}}
    path.write_text(json.dumps(content(path) | {"options": options}))
    assert vm.Conversation.load(path).options == {"model": "m"}


# A disk that takes nothing


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    return talked().save(tmp_path / "chats" / "chat.json")


def longer() -> vm.Conversation:
    chat = vm.Conversation(**Scripted(says("word " * 5000)).options)
    chat.ask("Tell me more.")
    return chat


def test_a_full_disk_leaves_the_old_file_and_no_pieces(saved: Path) -> None:
    resource = pytest.importorskip("resource")
    before, files = saved.read_bytes(), sorted(saved.parent.rglob("*"))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(vm.RequestError, match="too large"):
            longer().save(saved)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert saved.read_bytes() == before
    assert sorted(saved.parent.rglob("*")) == files
    assert len(vm.Conversation.load(saved)) == 2


def test_a_picture_that_finds_no_room_leaves_the_old_conversation(saved: Path) -> None:
    resource = pytest.importorskip("resource")
    chat = vm.Conversation(**Scripted(says("Noise.")).options)
    chat.ask("What?", PILImage.effect_noise((64, 64), 99))
    before, files = saved.read_bytes(), sorted(saved.parent.rglob("*"))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(vm.RequestError, match="too large"):
            chat.save(saved)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert saved.read_bytes() == before
    assert sorted(saved.parent.rglob("*")) == files


# No permission stops root, and Windows has none of this kind; that a failed save keeps the old file is tested above for
# root too, with a limit to the size of files.
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write into every folder")
def test_a_folder_that_may_not_be_written_keeps_the_old_file(saved: Path) -> None:
    before = saved.read_bytes()
    saved.parent.chmod(0o500)
    try:
        with pytest.raises(vm.RequestError, match="Permission denied"):
            longer().save(saved)
    finally:
        saved.parent.chmod(0o700)
    assert saved.read_bytes() == before
    assert len(list(saved.parent.iterdir())) == 2


def test_a_folder_that_is_a_file_stays_one(tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("mine")
    with pytest.raises(vm.RequestError, match="notes"):
        longer().save(tmp_path / "notes" / "chat.json")
    assert (tmp_path / "notes").read_text() == "mine"


def test_a_folder_by_the_name_of_the_file_stays_and_no_pieces_are_left(tmp_path: Path) -> None:
    (tmp_path / "chat.json").mkdir()
    with pytest.raises(vm.RequestError, match=r"chat\.json"):
        longer().save(tmp_path / "chat.json")
    assert [file.name for file in tmp_path.iterdir()] == ["chat.json"]


def test_how_functions_are_chosen_is_not_saved_without_the_functions(tmp_path: Path) -> None:
    """Servers refuse `tool_choice` without `tools`."""
    server = Scripted(says("Yes."))
    chat = vm.Conversation(tools=[look], tool_choice="auto", parallel_tool_calls=False, **server.options)
    chat.ask("What?")
    loaded = vm.Conversation.load(chat.save(tmp_path / "chat.json"))
    assert loaded.ask("And now?", **server.options).text == "Yes."
    assert not {"tools", "tool_choice", "parallel_tool_calls"} & server.bodies[-1].keys()


# Pictures that are no longer needed


def asked_about(*numbers: int) -> vm.Conversation:
    """Return a conversation with a turn for each picture."""
    chat = vm.Conversation(**Scripted(says("Yes.")).options)
    for number in numbers:
        chat.ask("Which colour?", picture(number))
    return chat


def names_of(*numbers: int) -> set[str]:
    return {f"{hashlib.sha256(vm.as_image(picture(number)).data).hexdigest()}.png" for number in numbers}


def beside(path: Path) -> set[str]:
    folder = path.with_name(f"{path.stem}.images")
    return {file.name for file in folder.iterdir()} if folder.exists() else set()


def _changed(chat: vm.Conversation, how: str) -> vm.Conversation:
    """Return a conversation that has only the first of three pictures."""
    if how == "fork":
        return chat.fork("branch", turns=1)
    if how == "undo one by one":
        chat.undo()
        chat.undo()
    elif how == "undo":
        chat.undo(2)
    elif how == "another conversation":
        return asked_about(1)
    elif how == "reset":
        chat.reset()
        chat.ask("Which colour?", picture(1))
    return chat


@pytest.mark.parametrize("how", ["undo", "undo one by one", "fork", "another conversation", "reset"])
def test_e8_the_pictures_of_turns_that_are_gone_are_not_on_the_disk(tmp_path: Path, how: str) -> None:
    chat = asked_about(1, 2, 3)
    path = chat.save(tmp_path / "chat.json")
    assert beside(path) == names_of(1, 2, 3)
    changed = _changed(chat, how)
    changed.save(path)
    assert beside(path) == names_of(1)
    assert vm.Conversation.load(path).turns[0].images == changed.turns[0].images


def test_e8_the_turn_of_a_cell_that_is_removed_or_asked_again_leaves_no_picture(tmp_path: Path) -> None:
    chat = vm.Conversation(**Scripted(says("Yes.")).options)
    for cell, number in (("a", 1), ("b", 2), ("a", 3)):
        with chat.stream("Which colour?", picture(number), cell_id=cell) as events:
            list(events)
        chat.save(tmp_path / "chat.json")
    assert beside(tmp_path / "chat.json") == names_of(2, 3)
    chat.remove("b")
    assert beside(chat.save(tmp_path / "chat.json")) == names_of(3)


def test_e8_the_pictures_that_a_function_returned_are_undone_too(tmp_path: Path) -> None:
    chat = talked()
    path = chat.save(tmp_path / "chat.json")
    assert names_of(7) < beside(path)
    chat.undo()
    chat.save(path)
    assert not names_of(7) & beside(path)


def test_e8_a_conversation_that_was_reset_leaves_no_picture(tmp_path: Path) -> None:
    chat = asked_about(1)
    path = chat.save(tmp_path / "chat.json")
    chat.reset()
    chat.save(path)
    assert beside(path) == set()


def test_e8_pictures_that_are_not_sent_again_stay(tmp_path: Path) -> None:
    chat = vm.Conversation(keep_images=1, **Scripted(says("Yes.")).options)
    for number in range(1, 4):
        chat.ask("Which colour?", picture(number))
    for _ in range(2):
        assert beside(chat.save(tmp_path / "chat.json")) == names_of(1, 2, 3)
    again = vm.Conversation.load(tmp_path / "chat.json")
    assert beside(again.save(tmp_path / "chat.json")) == names_of(1, 2, 3)


def test_e8_a_picture_that_another_turn_has_too_stays(tmp_path: Path) -> None:
    chat = asked_about(1, 2, 1)
    chat.save(tmp_path / "chat.json")
    chat.undo(2)
    assert beside(chat.save(tmp_path / "chat.json")) == names_of(1)


@pytest.mark.parametrize("other", ["chat.txt", "chat.json.bak", "chat", "linked.json"])
def test_e8_a_picture_that_another_saved_conversation_needs_stays(tmp_path: Path, other: str) -> None:
    chat, twin = asked_about(1, 2, 3), asked_about(2)
    path = chat.save(tmp_path / "chat.json")
    if other == "linked.json":
        (tmp_path / "linked.images").symlink_to("chat.images")
    elif other == "chat.json.bak":
        (tmp_path / "chat.json.images").symlink_to("chat.images")
    second = twin.save(tmp_path / other)
    chat.undo(2)
    chat.save(path)
    assert beside(path) == names_of(1, 2)
    assert vm.Conversation.load(second).turns[0].images == twin.turns[0].images
    twin.reset()
    twin.save(second)
    assert beside(path) >= names_of(1)
    assert vm.Conversation.load(path).turns[0].images == chat.turns[0].images


def test_e8_files_of_others_in_the_folder_stay(tmp_path: Path) -> None:
    chat = asked_about(1)
    path = chat.save(tmp_path / "chat.json")
    theirs = ["note.txt", "holiday.png", f"{'a' * 63}.png", f"{'g' * 64}.png", f"{'a' * 64}.gif"]
    for name in theirs:
        (tmp_path / "chat.images" / name).write_text("mine")
    (tmp_path / "chat.images" / "folder").mkdir()
    chat.reset()
    chat.save(path)
    assert beside(path) == {*theirs, "folder"}


def test_e8_a_folder_that_is_a_link_is_left_alone(tmp_path: Path) -> None:
    chat = asked_about(1, 2)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "chat.images").symlink_to("elsewhere")
    path = chat.save(tmp_path / "chat.json")
    chat.undo()
    chat.save(path)
    assert beside(path) == names_of(1, 2)


def test_e8_a_name_at_the_seam_of_two_blocks_of_a_large_file_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversation_file, "_BLOCK", 100)
    chat = asked_about(1, 2)
    path = chat.save(tmp_path / "chat.json")
    (name,) = names_of(2)
    for offset in range(60, 110):
        (tmp_path / "chat.txt").write_text("x" * offset + name)
        chat.fork(turns=1).save(path)
        assert beside(path) == names_of(1, 2)


def test_e8_a_picture_that_cannot_be_deleted_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(self: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "Permission denied")

    chat = asked_about(1, 2)
    path = chat.save(tmp_path / "chat.json")
    chat.undo()
    monkeypatch.setattr(Path, "unlink", refused)
    with pytest.warns(UserWarning, match=r"chat.images may hold pictures .* \(Permission denied\)"):
        chat.save(path)
    assert len(vm.Conversation.load(path).turns) == 1


def test_e8_conversations_that_are_saved_to_one_place_at_once_lose_no_picture(tmp_path: Path) -> None:
    """Each may delete the pictures of the other, which is not written yet; the last one has all of its own."""
    path = tmp_path / "chat.json"
    chats = [asked_about(*range(number, number + 3)) for number in (1, 3, 5)]

    def save(chat: vm.Conversation) -> None:
        for _ in range(15):
            chat.save(path)

    with concurrent.futures.ThreadPoolExecutor(len(chats)) as threads:
        list(threads.map(save, chats))
    chats[0].save(path)
    assert beside(path) == names_of(1, 2, 3)
    assert len(vm.Conversation.load(path).turns[0].images) == 1
