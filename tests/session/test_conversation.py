"""Conversations: what is sent with the next question, undo, forks, and the turns of cells."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

import vision_magic as vm
from tests.servers import END, LoopbackServer, chunk
from tests.session.scripted import PICTURE, Scripted, calls, images_in, picture, says
from tests.threads import at_once
from vision_magic.chat.messages import ImagePart, Message, TextPart
from vision_magic.chat.reply import Choice
from vision_magic.session.turns import drop_old_images, format_turn


def count(body: dict[str, Any]) -> bytes:
    """Answer with the number of the question."""
    return says(f"answer {sum(message['role'] == 'user' for message in body['messages'])}")


@pytest.fixture
def server() -> Scripted:
    return Scripted(count)


@pytest.fixture
def chat(server: Scripted) -> vm.Conversation:
    return vm.Conversation(**server.options)


def texts(body: dict[str, Any]) -> list[str]:
    """Return all texts of a request, in order."""
    made: list[str] = []
    for message in body["messages"]:
        content = message["content"]
        made += [content] if isinstance(content, str) else [part["text"] for part in content if "text" in part]
    return made


# What goes along


def test_a_question_knows_what_was_said_before(server: Scripted, chat: vm.Conversation) -> None:
    assert [chat.ask(question).text for question in ("One?", "Two?", "Three?")] == ["answer 1", "answer 2", "answer 3"]
    assert server.roles() == ["user", "assistant", "user", "assistant", "user"]
    assert texts(server.bodies[-1]) == ["One?", "answer 1", "Two?", "answer 2", "Three?"]


def test_two_conversations_do_not_know_of_each_other(server: Scripted, chat: vm.Conversation) -> None:
    other = vm.Conversation(**server.options)
    chat.ask("One?")
    assert other.ask("Two?").text == "answer 1"
    assert vm.ask("Three?", **server.options).text == "answer 1"


def test_the_system_prompt_stands_first_and_once(server: Scripted) -> None:
    chat = vm.Conversation(system="Be brief.", **server.options)
    chat.ask("One?")
    chat.ask("Two?")
    assert server.messages()[0] == {"role": "system", "content": "Be brief."}
    assert server.roles().count("system") == 1
    chat.ask("Three?", system="Be long.")
    assert server.messages()[0] == {"role": "system", "content": "Be long."}
    assert "Be brief." not in texts(server.bodies[-1])
    chat.ask("Four?")
    assert server.messages()[0]["content"] == "Be brief."


def test_options_of_a_question_hold_for_that_question(server: Scripted) -> None:
    chat = vm.Conversation(temperature=0.1, **server.options)
    chat.ask("One?", temperature=0.9, model="other")
    chat.ask("Two?")
    assert [(body["temperature"], body["model"]) for body in server.bodies] == [(0.9, "other"), (0.1, "model-1")]


# Pictures


def test_the_last_four_pictures_are_sent_and_a_line_replaces_an_older_one(
    server: Scripted, chat: vm.Conversation
) -> None:
    for number in range(6):
        chat.ask(f"Number {number}?", picture(number))
    assert [images_in(body) for body in server.bodies] == [1, 2, 3, 4, 4, 4]
    said = texts(server.bodies[-1])
    assert [line for line in said if line.startswith("[")] == [
        "[A picture of 20×10 pixels, Pillow image: sent earlier, not repeated]",
        "[A picture of 21×10 pixels, Pillow image: sent earlier, not repeated]",
    ]
    assert said.index("Number 0?") < said.index("[A picture of 20×10 pixels, Pillow image: sent earlier, not repeated]")
    assert [len(turn.images) for turn in chat.turns] == [1] * 6  # the turns keep every picture


@pytest.mark.parametrize(
    ("keep", "counts"), [(0, [1, 1, 1, 0]), (1, [1, 1, 1, 1]), (2, [1, 2, 2, 2]), (9, [1, 2, 3, 3])]
)
def test_keep_images_sets_how_many_pictures_are_sent(server: Scripted, keep: int, counts: list[int]) -> None:
    chat = vm.Conversation(keep_images=keep, **server.options)
    for number in range(3):
        chat.ask("What?", picture(number))
    chat.ask("And now?")
    assert [images_in(body) for body in server.bodies] == counts


@pytest.mark.parametrize("keep", [-1, True, 2.5, "4", None])
def test_an_invalid_keep_images_is_refused(keep: Any) -> None:
    with pytest.raises(vm.RequestError, match="keep_images got"):
        vm.Conversation(keep_images=keep)


def test_all_pictures_of_the_question_itself_are_sent(server: Scripted) -> None:
    chat = vm.Conversation(keep_images=2, **server.options)
    chat.ask("What?", picture(0))
    chat.ask("Compare.", [picture(number) for number in range(1, 6)])
    assert images_in(server.bodies[-1]) == 5


def test_a_repeated_picture_is_sent_once(server: Scripted, chat: vm.Conversation) -> None:
    chat.ask("One?", PICTURE)
    chat.ask("Two?", PICTURE)
    assert images_in(server.bodies[-1]) == 1
    assert texts(server.bodies[-1])[1] == "[A picture of 320×200 pixels, Pillow image: sent again below]"
    chat.ask("Three?")
    assert images_in(server.bodies[-1]) == 1
    assert any(part["type"] == "image_url" for part in server.messages()[2]["content"])  # where it stood last


def test_a_repeated_picture_counts_once(server: Scripted) -> None:
    chat = vm.Conversation(keep_images=2, **server.options)
    for number in (1, 2, 2, 2):
        chat.ask("What?", picture(number))
    assert images_in(server.bodies[-1]) == 2


def test_the_line_for_a_picture_does_not_contain_the_name_of_its_file() -> None:
    old = vm.Image(
        data=b"x", media_type="image/png", width=5, height=4, source="Pillow image, file /home/me/secret.png"
    )
    made = drop_old_images([Message(role="user", content=(ImagePart(old), TextPart("What?")))], 0)
    assert made[0].content[0] == TextPart("[A picture of 5×4 pixels, Pillow image, a file: sent earlier, not repeated]")


def test_messages_without_pictures_do_not_change() -> None:
    messages = (Message(role="user", content="What?"), Message(role="assistant", content="That."))
    assert drop_old_images(messages, 0) == messages


def test_a_picture_that_a_function_returned_counts_among_the_last() -> None:
    @vm.tool(safe=True)
    def look(number: int) -> Any:
        return picture(number)

    server = Scripted(calls(("look", '{"number": 1}')), says("Seen."), says("Yes."))
    chat = vm.Conversation(tools=[look], keep_images=1, **server.options)
    chat.ask("What?", picture(0))
    chat.ask("And now?")
    assert images_in(server.bodies[-1]) == 1
    assert "[A picture of 20×10 pixels, Pillow image: sent earlier, not repeated]" in texts(server.bodies[-1])


# Taking back


def test_undo_returns_the_turns_and_the_next_question_is_sent_without_them(
    server: Scripted, chat: vm.Conversation
) -> None:
    for question in ("One?", "Two?", "Three?"):
        chat.ask(question)
    assert [turn.question for turn in chat.undo(2)] == ["Two?", "Three?"]
    assert chat.ask("Four?").text == "answer 2"
    assert texts(server.bodies[-1]) == ["One?", "answer 1", "Four?"]


@pytest.mark.parametrize("number", [0, -1, 3, True, 1.0, "1", None])
def test_undo_of_more_turns_than_there_are_removes_nothing(chat: vm.Conversation, number: Any) -> None:
    chat.ask("One?")
    chat.ask("Two?")
    with pytest.raises(vm.RequestError, match="undo got"):
        chat.undo(number)
    assert len(chat) == 2


def test_undo_in_an_empty_conversation_is_an_error() -> None:
    with pytest.raises(vm.RequestError, match="has 0 turns"):
        vm.Conversation().undo()


def test_undo_brings_an_older_picture_back(server: Scripted) -> None:
    chat = vm.Conversation(keep_images=1, **server.options)
    chat.ask("One?", picture(1))
    chat.ask("Two?", picture(2))
    chat.undo()
    chat.ask("And the first?")
    assert images_in(server.bodies[-1]) == 1
    assert not [text for text in texts(server.bodies[-1]) if text.startswith("[")]


def test_reset_forgets_the_turns_and_keeps_the_options(server: Scripted) -> None:
    chat = vm.Conversation("first", system="Be brief.", **server.options)
    chat.ask("One?", PICTURE)
    chat.reset()
    assert (len(chat), chat.last, chat.turns) == (0, None, ())
    assert chat.ask("Two?").text == "answer 1"
    assert server.roles() == ["system", "user"]
    assert images_in(server.bodies[-1]) == 0


def test_a_fork_begins_with_the_turns_and_is_independent(server: Scripted) -> None:
    chat = vm.Conversation(system="Be brief.", keep_images=1, **server.options)
    chat.ask("One?")
    chat.ask("Two?")
    twin = chat.fork("twin")
    assert (twin.name, twin.keep_images, len(twin)) == ("twin", 1, 2)
    assert twin.ask("There?").text == "answer 3"
    assert chat.ask("Here?").text == "answer 3"
    assert server.messages()[0]["content"] == "Be brief."
    twin.undo(3)
    assert [turn.question for turn in chat.turns] == ["One?", "Two?", "Here?"]


@pytest.mark.parametrize(("turns", "left"), [(0, 0), (1, 1), (2, 2), (None, 3)])
def test_a_fork_begins_with_the_given_number_of_turns(chat: vm.Conversation, turns: int | None, left: int) -> None:
    for question in ("One?", "Two?", "Three?"):
        chat.ask(question)
    assert len(chat.fork(turns=turns)) == left


def test_options_of_a_fork_are_its_own(chat: vm.Conversation) -> None:
    twin = chat.fork()
    twin.options["model"] = "other"
    assert chat.options["model"] == "model-1"


# Asking again from the same place


def test_asking_again_from_a_cell_replaces_its_turn_in_the_same_place(server: Scripted, chat: vm.Conversation) -> None:
    for cell_id in ("a", "b", "c"):
        chat.ask(f"{cell_id}?", cell_id=cell_id)
    assert chat.ask("B, rather?", cell_id="b").text == "answer 2"
    assert texts(server.bodies[-1]) == ["a?", "answer 1", "B, rather?"]
    assert [turn.question for turn in chat.turns] == ["a?", "B, rather?", "c?"]
    assert [turn.question for turn in chat.turns_before("c")] == ["a?", "B, rather?"]
    assert len(chat.turns_before("new")) == 3


def test_asking_again_without_a_cell_adds_a_turn(chat: vm.Conversation) -> None:
    chat.ask("One?")
    chat.ask("One?")
    assert len(chat) == 2


def test_a_fork_does_not_replace_turns_of_cells_that_asked_before(chat: vm.Conversation) -> None:
    chat.ask("One?", cell_id="a")
    twin = chat.fork()
    twin.ask("One, there?", cell_id="a")
    assert [turn.question for turn in twin.turns] == ["One?", "One, there?"]
    assert [turn.question for turn in chat.turns] == ["One?"]


def test_asking_again_without_success_keeps_the_earlier_turn(server: Scripted, chat: vm.Conversation) -> None:
    chat.ask("One?", cell_id="a")
    server.script = [b"data: [DONE]\n\n"]
    with pytest.raises(vm.WireError):
        chat.ask("One, again?", cell_id="a")
    assert [turn.answer for turn in chat.turns] == ["answer 1"]


def test_asking_again_replaces_the_turn_even_if_an_earlier_one_was_removed_meanwhile(chat: vm.Conversation) -> None:
    chat.ask("One?", cell_id="a")
    chat.ask("Two?", cell_id="b")
    with chat.stream("Two, again?", cell_id="b") as events:
        next(events)
        chat.remove("a")
        list(events)
    assert [turn.question for turn in chat.turns] == ["Two, again?"]


def test_the_turn_of_a_cell_is_removed_and_no_other(chat: vm.Conversation) -> None:
    chat.ask("One?", cell_id="a")
    chat.ask("Two?", cell_id="b")
    chat.ask("Three?")
    chat.remove("a")
    chat.remove("nobody")
    assert [turn.question for turn in chat.turns] == ["Two?", "Three?"]


def test_a_question_is_ready_before_it_is_asked(server: Scripted, chat: vm.Conversation) -> None:
    question = chat.question("What?", PICTURE)
    assert server.bodies == []
    assert [image.width for image in question.call.request.images] == [320]
    with question.stream() as events:
        list(events)
    assert len(server.bodies) == len(chat) == 1


# What ends early


def test_an_interrupted_answer_is_kept_and_marked_for_the_model() -> None:
    release, heard = threading.Event(), []

    def answer(body: dict[str, Any]) -> Iterator[bytes]:
        heard.append(body)
        yield chunk("Half an ans")
        if len(heard) == 1:
            release.wait(10)
        yield END

    with LoopbackServer(answer) as server:
        chat = vm.Conversation(base_url=server.url, model="m")
        with chat.stream("What?") as events:
            next(events)
        release.set()
        assert chat.turns[0].state == "interrupted"
        assert chat.last is not None
        assert chat.last.reply is not None
        assert chat.last.reply.text == "Half an ans"
        chat.ask("And now?")
    assert heard[1]["messages"][1]["content"] == "Half an ans\n[This answer was interrupted here.]"
    assert [turn.state for turn in chat.turns] == ["interrupted", "complete"]


def test_an_answer_that_broke_off_is_kept_and_marked(server: Scripted, chat: vm.Conversation) -> None:
    server.script = [chunk("Half an ans"), says("Whole.")]
    with pytest.raises(vm.TruncatedReply):
        chat.ask("What?", PICTURE)
    assert chat.turns[0].answer == "Half an ans\n[This answer was interrupted here.]"
    assert chat.ask("And now?").text == "Whole."
    assert images_in(server.bodies[-1]) == 1


def test_a_stream_that_is_not_read_is_not_a_turn(server: Scripted, chat: vm.Conversation) -> None:
    chat.ask("One?")
    with chat.stream("Two?"):
        pass
    chat.stream("Three?").close()
    assert [turn.question for turn in chat.turns] == ["One?"]
    assert len(server.bodies) == 1


@pytest.mark.parametrize(
    "options",
    [{"temperature": 9}, {"temprature": 1}, {"tools": ["no function"]}, {"model": []}, {"cell_id": "a", "n": 0}],
    ids=lambda options: next(iter(options)),
)
def test_a_question_that_cannot_be_asked_changes_nothing(
    server: Scripted, chat: vm.Conversation, options: dict[str, Any]
) -> None:
    chat.ask("One?", cell_id="a")
    with pytest.raises(vm.VisionError):
        chat.ask("Wrong?", **options)
    assert chat.ask("Two?").text == "answer 2"
    assert texts(server.bodies[-1]) == ["One?", "answer 1", "Two?"]


@pytest.mark.parametrize("status", [400, 401, 404, 413])
def test_an_error_of_the_server_loses_nothing(server: Scripted, status: int) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if "Wrong?" in request.content.decode():
            return httpx.Response(status, json={"error": {"message": "no"}})
        return server(request)

    chat = vm.Conversation(**{**server.options, "transport": httpx.MockTransport(answer)})
    chat.ask("One?", PICTURE)
    with pytest.raises(vm.ServerError):
        chat.ask("Wrong?", picture(1))
    assert chat.ask("Two?").text == "answer 2"
    assert [turn.question for turn in chat.turns] == ["One?", "Two?"]


def test_an_error_in_the_code_that_reads_the_events_keeps_what_arrived(chat: vm.Conversation) -> None:
    class Mine(Exception):
        pass

    def read() -> None:
        with chat.stream("What?") as events:
            for _ in events:
                raise Mine

    with pytest.raises(Mine):
        read()
    assert [turn.reply.text for turn in chat.turns if turn.reply] == ["answer 1"]


def test_a_refusal_counts_as_the_answer(server: Scripted, chat: vm.Conversation) -> None:
    server.script = [chunk(delta={"refusal": "I would rather not."}) + END, says("Well.")]
    chat.ask("What?")
    chat.ask("And now?")
    assert server.messages()[1]["content"] == "I would rather not."


# Who listens


def test_a_listener_is_called_after_every_change_until_it_is_removed(chat: vm.Conversation) -> None:
    heard: list[int] = []
    stop = chat.on_change(lambda: heard.append(len(chat)))
    chat.ask("One?", cell_id="a")
    chat.ask("Two?")
    chat.undo()
    chat.remove("nobody")
    chat.remove("a")
    chat.reset()
    stop()
    stop()
    chat.ask("Three?")
    assert heard == [1, 2, 1, 0, 0]


def test_a_turn_is_kept_before_its_last_event_is_seen(chat: vm.Conversation) -> None:
    with chat.stream("What?") as events:
        kept = [len(chat) for event in events if isinstance(event, vm.Finished)]
    assert kept == [1]


# How it shows itself


def test_a_conversation_shows_itself_without_its_pictures(chat: vm.Conversation) -> None:
    chat.ask("One?", PICTURE)
    assert repr(chat) == "<Conversation: 1 turn>"
    assert str(chat) == "> One?\n  [A picture of 320×200 pixels, Pillow image]\nanswer 1"
    assert "base64" not in repr(chat.turns) + repr(chat.last)
    assert repr(vm.Conversation("red")) == "<Conversation 'red': 0 turns>"
    assert str(vm.Conversation()) == "No questions yet."


def test_an_empty_conversation_is_true() -> None:
    assert vm.Conversation()


def test_a_formatted_turn_shows_what_was_called() -> None:
    @vm.tool(safe=True)
    def double(x: float) -> float:
        return 2 * x

    chat = vm.Conversation(tools=[double], **Scripted(calls(("double", '{"x": 4}')), says("Eight.")).options)
    chat.ask("Twice four?")
    assert format_turn(chat.turns[0]).splitlines() == ["> Twice four?", '  calls double({"x": 4})', "  → 8.0", "Eight."]


def test_what_a_model_writes_cannot_steer_the_terminal(server: Scripted, chat: vm.Conversation) -> None:
    server.script = [says("\x1b[2Jgone\x07")]
    chat.ask("What?")
    assert "\x1b" not in str(chat)
    assert "\x07" not in str(chat)


def test_the_embedded_reader_answers_in_a_conversation() -> None:
    chat = vm.Conversation(profile="embedded")
    assert "320" in chat.ask("What size is it?", PICTURE).text
    assert "#000080" in chat.ask("And which colours?").text
    assert json.dumps(chat.turns[1].question) == '"And which colours?"'


def test_the_answer_to_a_superseded_question_does_not_replace_the_newer_one(chat: vm.Conversation) -> None:
    """This happens if a cell in the background is run again before its answer is complete."""
    older = chat.question("Older?", cell_id="cell").stream()
    next(older)
    with chat.stream("Newer?", cell_id="cell") as events:
        list(events)
    list(older)
    older.close()
    assert [turn.question for turn in chat.turns] == ["Newer?"]


@pytest.mark.parametrize("away", [lambda chat: chat.reset(), lambda chat: chat.remove("cell")], ids=["reset", "remove"])
def test_an_answer_that_arrives_later_does_not_bring_a_removed_turn_back(
    chat: vm.Conversation, away: Callable[[vm.Conversation], None]
) -> None:
    events = chat.question("What?", cell_id="cell").stream()
    next(events)
    away(chat)
    list(events)
    assert chat.turns == ()
    with chat.stream("And now?", cell_id="cell") as again:
        list(again)
    assert [turn.question for turn in chat.turns] == ["And now?"]


# A stream that is left early


def test_a_turn_is_kept_at_the_end_of_an_asynchronous_block_that_is_left_early(chat: vm.Conversation) -> None:
    async def leave() -> int:
        async with chat.astream("What?") as events:
            async for _ in events:
                break
        return len(chat.turns)

    assert asyncio.run(leave()) == 1


def test_a_stream_that_nobody_holds_any_more_ends_at_once(chat: vm.Conversation) -> None:
    """Without a wait for the garbage collector: the server would write on, and a reservation would be held."""
    gc.disable()
    try:
        for _ in chat.stream("What?"):
            break
        assert len(chat.turns) == 1
    finally:
        gc.enable()


def test_asynchronous_questions_call_listeners_in_the_loop(chat: vm.Conversation) -> None:
    async def ask() -> list[asyncio.AbstractEventLoop]:
        loops: list[asyncio.AbstractEventLoop] = []
        chat.on_change(lambda: loops.append(asyncio.get_running_loop()))
        await chat.aask("What?")
        return loops

    assert len(asyncio.run(ask())) == 1


def test_an_interrupt_after_the_answer_keeps_all_of_it(chat: vm.Conversation) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    chat.on_change(interrupt)
    with pytest.raises(vm.Interrupted) as caught:
        chat.ask("What?")
    assert caught.value.partial.text == chat.turns[0].answer
    assert caught.value.partial.state == "complete"


# Several threads


def test_e9_no_turn_is_lost_when_several_threads_add_one() -> None:
    """Each looked up the end of the conversation, and then replaced the turn that another one had put there."""
    chat = vm.Conversation(**Scripted(says("Yes.")).options)
    question = chat.question("What?")
    reply = vm.Reply(choices=(Choice(text="Yes."),), request=question.call.request)
    added: list[int] = []

    def add(number: int) -> None:
        if number < 1000:
            chat.add_turn(question, reply)
            added.append(number)

    at_once(add, add, add)
    assert len(chat) == len(added)


def test_e9_turns_may_be_read_saved_and_removed_while_others_are_added(tmp_path: Path) -> None:
    chat = vm.Conversation(**Scripted(says("Yes.")).options)

    def add(number: int) -> None:
        cell = f"cell-{number % 5}"
        question = chat.question(f"Question {number}?", cell_id=cell)
        chat.add_turn(question, vm.Reply(choices=(Choice(text="Yes."),), request=question.call.request))
        cells = [turn.cell_id for turn in chat.turns]
        assert len(set(cells)) == len(cells)

    def take_away(number: int) -> None:
        with contextlib.suppress(vm.RequestError):  # there is nothing left to undo
            chat.undo()
        chat.remove(f"cell-{number % 5}")
        if number % 20 == 0:
            chat.reset()

    def read(number: int) -> None:
        last = chat.last  # read once: another thread may remove the turn in between
        assert last is None or last.answer == "Yes."
        chat.options["seed"] = number  # as a cell does with the options that the conversation keeps
        str(chat)
        chat.fork()
        if number % 10 == 0:
            chat.save(tmp_path / "chat.json")
        chat.options.pop("seed")

    def listen(number: int) -> None:
        stop = chat.on_change(lambda: None)
        stop()
        stop()

    at_once(add, take_away, read, listen)


def test_e9_the_cells_of_several_threads_keep_one_turn_each() -> None:
    chat = vm.Conversation(**Scripted(says("Yes.")).options)

    def ask(cell: str) -> Callable[[int], None]:
        def once(number: int) -> None:
            with chat.stream(f"{cell} {number}", cell_id=cell) as events:
                list(events)

        return once

    at_once(*(ask(cell) for cell in "abc"))
    assert sorted(turn.cell_id for turn in chat.turns) == ["a", "b", "c"]
