"""One question to several models: a stream for each, and an error in one does not end the others."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

import vision_magic as vm
from tests.servers import LoopbackServer, chunk, interrupt_main_thread
from tests.session.scripted import PICTURE, Scripted, says

Answer = Callable[[dict[str, Any]], httpx.Response]


def options(answer: Answer, *models: str) -> dict[str, Any]:
    transport = httpx.MockTransport(lambda request: answer(json.loads(request.content)))
    return {"base_url": "http://127.0.0.1:9/v1", "model": list(models), "transport": transport}


def by_name(body: dict[str, Any]) -> httpx.Response:
    """Answer with the model's name; a model called wrong… is an error, the answer of one called cut… breaks off."""
    model = body["model"]
    if model.startswith("wrong"):
        return httpx.Response(400, json={"error": {"message": f"{model} is not here"}})
    if model.startswith("cut"):
        return httpx.Response(200, content=chunk(f"half of {model}"))
    return httpx.Response(200, content=says(f"I am {model}.", (len(model), 2)))


def ask(*models: str, **more: Any) -> vm.Reply:
    return vm.ask("Who?", PICTURE, **{**options(by_name, *models), **more})


def test_each_model_answers_in_a_column_of_its_own_in_the_order_of_the_names() -> None:
    reply = ask("a", "bb", "ccc")
    assert [choice.text for choice in reply.choices] == ["I am a.", "I am bb.", "I am ccc."]
    assert [choice.model for choice in reply.choices] == ["a", "bb", "ccc"]
    assert (reply.model, reply.state) == ("a, bb, ccc", "complete")
    assert reply.text == "I am a."


def test_each_column_has_its_own_usage_and_the_reply_their_sum() -> None:
    reply = ask("a", "bb", "ccc")
    counts = [choice.usage.prompt_tokens for choice in reply.choices if choice.usage]
    assert counts == [1, 2, 3]
    assert reply.usage is not None
    assert (reply.usage.prompt_tokens, reply.usage.completion_tokens) == (6, 6)
    assert (vm.usage().total.requests, vm.usage().total.prompt_tokens) == (3, 6)


def test_the_sum_is_unknown_where_one_did_not_count() -> None:
    reply = ask("a", "cut")
    assert [choice.usage is None for choice in reply.choices] == [False, True]
    assert reply.usage is None


@pytest.mark.parametrize("bad", [0, 1, 2])
def test_an_error_in_one_column_leaves_the_others_alive(bad: int) -> None:
    models = ["a", "b", "c"]
    models[bad] = "wrong"
    reply = ask(*models)
    assert reply.state == "complete"
    for number, choice in enumerate(reply.choices):
        assert (number == bad) == bool(choice.error)
        assert choice.text == ("" if number == bad else f"I am {models[number]}.")
    assert "wrong is not here" in reply.choices[bad].error


def test_a_column_that_breaks_off_keeps_what_it_had() -> None:
    reply = ask("a", "cut", "c")
    assert [choice.text for choice in reply.choices] == ["I am a.", "half of cut", "I am c."]
    assert [bool(choice.error) for choice in reply.choices] == [False, True, False]


def test_where_every_column_failed_the_first_error_is_raised_with_what_there_is() -> None:
    with pytest.raises(vm.ServerError, match="wrong-1 is not here") as caught:
        ask("wrong-1", "cut", "wrong-2")
    assert caught.value.partial is not None
    assert [choice.text for choice in caught.value.partial.choices] == ["", "half of cut", ""]
    assert all(choice.error for choice in caught.value.partial.choices)


def test_events_tell_which_column_they_belong_to() -> None:
    with vm.stream("Who?", **options(by_name, "a", "bb", "ccc")) as events:
        seen = list(events)
    written = {event.choice: event.text for event in seen if isinstance(event, vm.TextDelta)}
    assert written == {0: "I am a.", 1: "I am bb.", 2: "I am ccc."}
    assert [isinstance(event, vm.Finished) for event in seen].count(True) == 1
    assert isinstance(seen[-1], vm.Finished)
    assert events.reply == seen[-1].reply


def test_several_answers_of_several_models_are_numbered_through() -> None:
    def twice(body: dict[str, Any]) -> httpx.Response:
        said = [{"index": index, "delta": {"content": f"{body['model']}{index}"}} for index in (1, 0)]
        pieces = [f"data: {json.dumps({'choices': [choice]})}\n\n" for choice in said]
        return httpx.Response(200, text="".join([*pieces, "data: [DONE]\n\n"]))

    reply = vm.ask("Who?", n=2, **options(twice, "a", "b"))
    assert [choice.text for choice in reply.choices] == ["a0", "a1", "b0", "b1"]
    assert [choice.model for choice in reply.choices] == ["a", "a", "b", "b"]


def test_a_model_may_stand_in_two_columns() -> None:
    assert [choice.text for choice in ask("a", "a").choices] == ["I am a.", "I am a."]


def test_a_list_of_one_model_is_that_model() -> None:
    reply = ask("a")
    assert (reply.model, reply.choices[0].model) == ("model-1", "")
    assert len(reply.choices) == 1


@pytest.mark.parametrize("models", [[], ["a", ""], ["a", " "], ["a", 5], [str(number) for number in range(17)]])
def test_a_list_that_names_no_models_is_refused(models: list[Any]) -> None:
    server = Scripted(says("Hi"))
    for refused in (vm.ask, vm.stream, vm.prepare, vm.Conversation(**server.options).ask):
        with pytest.raises(vm.RequestError, match="model got"):
            refused("Who?", **{**server.options, "model": models})
    assert server.bodies == []


def test_every_model_is_asked_the_very_same() -> None:
    server = Scripted(says("Hi"))
    vm.ask("Who?", PICTURE, temperature=0.5, **{**server.options, "model": ["a", "b"]})
    first, second = (json.dumps({**body, "model": ""}) for body in server.bodies)
    assert first == second
    assert sorted(body["model"] for body in server.bodies) == ["a", "b"]


def test_all_columns_write_at_the_same_time() -> None:
    meeting = threading.Barrier(4)

    def answer(body: dict[str, Any]) -> Iterator[bytes]:
        meeting.wait(10)  # nobody goes on before all have come
        yield says(body["model"])

    with LoopbackServer(answer) as server:
        reply = vm.ask("Who?", base_url=server.url, model=["a", "b", "c", "d"])
    assert [choice.text for choice in reply.choices] == ["a", "b", "c", "d"]


def endless(body: dict[str, Any]) -> Iterator[bytes]:
    while True:
        yield chunk("word ")


def test_leaving_the_stream_hangs_up_everywhere() -> None:
    before = threading.active_count()
    with LoopbackServer(endless) as server, LoopbackServer(endless) as other:
        for running in (server, other):
            with vm.stream("Who?", base_url=running.url, model=["a", "b"]) as events:
                next(events)
            assert running.hung_up.wait(10)
            assert events.reply.state == "interrupted"
            assert "word" in "".join(choice.text for choice in events.reply.choices)
        assert not [thread for thread in threading.enumerate() if thread.name == "vision_magic-models"]
    assert threading.active_count() <= before + 2  # the servers' own may still be closing


def test_whoever_reads_slowly_can_leave_all_the_same() -> None:
    """The streams waited for room in a queue that was no longer read, and leaving waited for them, without end."""

    async def leave() -> vm.Reply:
        with LoopbackServer(endless) as server:
            async with vm.astream("Who?", base_url=server.url, model=["a", "b"]) as events:
                await anext(aiter(events))
                await asyncio.sleep(0.5)  # the columns are well ahead by now
            return events.reply

    assert asyncio.run(asyncio.wait_for(leave(), 20)).state == "interrupted"


def test_an_interrupt_ends_every_column_and_keeps_what_arrived() -> None:
    def stop() -> None:
        begun.wait(10)
        interrupt_main_thread()

    begun, stopper = threading.Event(), threading.Thread(target=stop)

    def answer(body: dict[str, Any]) -> Iterator[bytes]:
        yield chunk(f"half of {body['model']}")
        begun.set()
        over.wait(10)
        yield chunk("too late")

    over = threading.Event()
    stopper.start()
    with LoopbackServer(answer) as server:
        with pytest.raises(vm.Interrupted) as caught:
            vm.ask("Who?", base_url=server.url, model=["a", "b"])
        over.set()
    stopper.join()
    assert caught.value.partial is not None
    assert caught.value.partial.state == "interrupted"
    assert "too late" not in "".join(choice.text for choice in caught.value.partial.choices)


def test_asynchronous_code_gets_the_same_columns() -> None:
    reply = asyncio.run(vm.aask("Who?", PICTURE, **options(by_name, "a", "wrong", "ccc")))
    same = ask("a", "wrong", "ccc")
    assert [(choice.text, choice.error) for choice in reply.choices] == [
        (choice.text, choice.error) for choice in same.choices
    ]


def test_columns_may_be_asked_beside_a_loop_that_runs() -> None:
    async def in_a_notebook() -> vm.Reply:
        return ask("a", "b")

    assert len(asyncio.run(in_a_notebook()).choices) == 2


# In a conversation


def test_a_conversation_goes_on_with_the_answer_of_the_first_column() -> None:
    chat = vm.Conversation(**options(by_name, "a", "b"))
    chat.ask("Who?")
    server = Scripted(says("Well."))
    chat.ask("And now?", **server.options)
    assert [message["content"] for message in server.messages()][1] == "I am a."


def test_a_conversation_goes_on_with_the_first_answer_that_there_is() -> None:
    chat = vm.Conversation(**options(by_name, "wrong", "b"))
    chat.ask("Who?")
    assert chat.turns[0].answer == "I am b."


def test_a_shape_is_read_from_the_first_column() -> None:
    def shaped(body: dict[str, Any]) -> httpx.Response:
        return httpx.Response(200, content=says(json.dumps({"name": body["model"]})))

    reply = vm.ask("Who?", schema="name", **options(shaped, "a", "b"))
    assert reply.value.name == "a"


def test_columns_that_all_failed_are_no_turn_of_a_conversation() -> None:
    chat = vm.Conversation(**options(by_name, "wrong-1", "wrong-2"))
    with pytest.raises(vm.ServerError):
        chat.ask("Who?", PICTURE)
    assert chat.turns == ()
