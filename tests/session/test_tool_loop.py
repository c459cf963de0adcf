"""The rounds of one answer: which functions run, in which order, and what is sent back to the model."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import textwrap
import threading
import time
from typing import Any

import pytest
from PIL import Image as PILImage

import vision_magic as vm
from tests.servers import LoopbackServer, chunk, interrupt_main_thread
from tests.session.scripted import PICTURE, Scripted, calls, images_in, says
from vision_magic.chat.events import ToolFinished, ToolStarted
from vision_magic.chat.messages import Message, ToolCall
from vision_magic.chat.reply import Choice, Reply
from vision_magic.chat.tools import as_tool
from vision_magic.drive import Emit
from vision_magic.session.tool_loop import AskApproval, CallTool, Limits, SendRequest, ToolLoop, ToolOutcome

ran: list[str] = []


@pytest.fixture(autouse=True)
def _nothing_ran() -> None:
    ran.clear()


@vm.tool(safe=True)
def double(x: float) -> float:
    """Double a number."""
    ran.append(f"double {x}")
    return 2 * x


@vm.tool(safe=True)
def shout(word: str) -> str:
    ran.append(f"shout {word}")
    return word.upper()


@vm.tool(safe=True)
def broken() -> str:
    ran.append("broken")
    raise ZeroDivisionError("no such number")


def wipe(path: str) -> str:
    ran.append(f"wipe {path}")
    return "gone"


def ask(server: Scripted, **options: Any) -> vm.Reply:
    return vm.ask("What?", **{"tools": [double, shout], **server.options, **options})


def outcomes(reply: vm.Reply) -> list[str]:
    return [call.outcome for one in reply.rounds for call in one.choices[0].tool_calls]


# The generator


REQUEST = vm.ChatRequest(model="m", messages=(Message(role="user", content="What?"),), tools=[as_tool(wipe).to_wire()])


def calling(*made: ToolCall) -> Reply:
    return Reply(choices=(Choice(tool_calls=made, finish_reason="tool_calls"),), request=REQUEST)


def test_the_rounds_say_what_is_to_be_done_and_do_none_of_it() -> None:
    steps = ToolLoop(REQUEST, {"wipe": as_tool(wipe)}).steps()
    assert next(steps) == SendRequest(REQUEST)
    call = ToolCall(id="a", name="wipe", arguments='{"path": "x"}')
    assert steps.send(calling(call)) == Emit([ToolStarted(call)])
    consent = steps.send(None)
    assert isinstance(consent, AskApproval)
    assert consent.call == call
    run = steps.send("")
    assert isinstance(run, CallTool)
    assert run.arguments == {"path": "x"}
    told = steps.send(ToolOutcome("as it was told"))
    assert isinstance(told, Emit)
    assert isinstance(told.events[0], ToolFinished)
    assert (told.events[0].call.outcome, told.events[0].call.result) == ("done", "as it was told")
    again = steps.send(None)
    assert isinstance(again, SendRequest)
    assert [message.role for message in again.request.messages] == ["user", "assistant", "tool"]
    with pytest.raises(StopIteration) as end:
        steps.send(Reply(choices=(Choice(text="Done."),)))
    assert end.value.value.text == "Done."
    assert ran == []


def test_a_denial_reason_a_call_is_told_instead_of_running_it() -> None:
    steps = ToolLoop(REQUEST, {"wipe": as_tool(wipe)}).steps()
    next(steps)
    steps.send(calling(ToolCall(id="a", name="wipe", arguments='{"path": "x"}')))
    assert isinstance(steps.send(None), AskApproval)
    told = steps.send("Not today.")
    assert isinstance(told, Emit)
    assert isinstance(told.events[0], ToolFinished)
    assert (told.events[0].call.outcome, told.events[0].call.result) == ("refused", "Not today.")


def test_the_state_so_far_has_what_ended_and_leaves_open_what_did_not() -> None:
    turns = ToolLoop(REQUEST, {"double": as_tool(double)})
    steps = turns.steps()
    next(steps)
    assert not turns.begun
    first, second = (ToolCall(id=name, name="double", arguments=f'{{"x": {name}}}') for name in "12")
    steps.send(calling(first, second))
    assert isinstance(steps.send(None), CallTool)
    steps.send(ToolOutcome("2"))  # the first has ended
    steps.send(None)  # the second begins
    assert turns.begun
    assert [call.outcome for call in turns.so_far().choices[0].tool_calls] == ["done", ""]


# One message for each call


def test_each_call_gets_exactly_one_message_in_the_order_of_the_calls() -> None:
    server = Scripted(calls(("shout", '{"word": "a"}'), ("nobody", "{}"), ("double", '{"x": 4}')), says("Done."))
    reply = ask(server)
    assert reply.text == "Done."
    assert server.roles() == ["user", "assistant", "tool", "tool", "tool"]
    assert [message.get("tool_call_id") for message in server.messages()[2:]] == ["id_0", "id_1", "id_2"]
    assert [call["id"] for call in server.messages()[1]["tool_calls"]] == ["id_0", "id_1", "id_2"]
    assert server.told()[0] == "A"
    assert server.told()[2] == "8.0"
    assert ran == ["shout a", "double 4.0"]


def test_calls_without_an_id_or_with_the_same_one_are_told_apart() -> None:
    server = Scripted(
        calls(("double", '{"x": 1}'), ("double", '{"x": 2}'), ids=("", "")),
        calls(("double", '{"x": 3}'), ("double", '{"x": 4}'), ids=("same", "same")),
        says("Done."),
    )
    ask(server)
    answered = [message["tool_call_id"] for message in server.messages() if message["role"] == "tool"]
    asked = [call["id"] for message in server.messages() for call in message.get("tool_calls", ())]
    assert answered == asked
    assert len(set(asked)) == 4


def test_calls_without_an_id_are_told_apart_when_earlier_ones_were_refused() -> None:
    server = Scripted(calls(("nobody", "{}"), ids=("",)), calls(("double", '{"x": 3}'), ids=("",)), says("Done."))
    ask(server)
    asked = [call["id"] for message in server.messages() for call in message.get("tool_calls", ())]
    assert len(set(asked)) == 2


# What is refused, and told


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        pytest.param("double", '{"x": "four"}', "double got invalid arguments", id="another type"),
        pytest.param("double", '{"x": "4"}', "double got invalid arguments", id="a number as text"),
        pytest.param("double", "{}", "double got invalid arguments", id="missing"),
        pytest.param("double", "", "double got invalid arguments", id="nothing at all"),
        pytest.param("double", '{"x": 4, "y": 5}', "double got invalid arguments", id="unknown name"),
        pytest.param("double", '{"x": 4', "double got invalid arguments", id="cut"),
        pytest.param("double", "[4]", "double got invalid arguments", id="no object"),
        pytest.param("double", "null", "double got invalid arguments", id="null"),
        pytest.param("double", '{"x": 4, "x": 5}', "the name 'x' is repeated", id="A2 a name twice"),
        pytest.param("double", '{"x": 4, "\\u0078": 4}', "the name 'x' is repeated", id="A2 escaped"),
        pytest.param("shout", '{"word": "a", "word": "b"}', "write each name once", id="A2 two words"),
        pytest.param("double", '{"x": ' + "[" * 30_000, "double got invalid arguments", id="nested"),
        pytest.param("double", '{"x": "' + "9" * 100_000 + '"}', "expected at most 100,000", id="long"),
        pytest.param("trouble", "{}", "no function 'trouble'; the functions are: double, shout", id="unknown function"),
        pytest.param("", "{}", "no function ''", id="no name"),
        pytest.param("__import__", '{"name": "os"}', "no function '__import__'", id="dunder"),
        pytest.param("double.__globals__", "{}", "no function 'double.__globals__'", id="dunder attribute"),
        pytest.param("wipe", '{"path": "/"}', "no function 'wipe'", id="a function that was not passed"),
        pytest.param("print", '{"x": 1}', "no function 'print'", id="builtin"),
    ],
)
def test_a_call_that_cannot_be_made_goes_back_to_the_model(name: str, arguments: str, said: str) -> None:
    server = Scripted(calls((name, arguments)), says("I see."))
    reply = ask(server)
    assert reply.text == "I see."
    assert outcomes(reply) == ["refused"]
    assert said in server.told()[0]
    assert len(server.told()[0]) < 2000
    assert ran == []


def test_ten_megabytes_of_arguments_are_refused_and_the_conversation_goes_on() -> None:
    server = Scripted(calls(("shout", '{"word": "' + "x" * 10_000_000 + '"}')), says("I see."))
    chat = vm.Conversation(tools=[shout], **server.options)
    assert chat.ask("What?").text == "I see."
    assert "expected at most 100,000" in server.told()[0]
    assert chat.ask("And now?").text == "I see."
    assert ran == []


def test_a_function_that_raises_tells_the_model_how() -> None:
    server = Scripted(calls(("broken", "{}"), ("double", '{"x": 4}')), says("A pity."))
    reply = ask(server, tools=[double, broken])
    assert reply.text == "A pity."
    assert outcomes(reply) == ["failed", "done"]
    assert server.told() == ["ZeroDivisionError: no such number", "8.0"]


def test_a_function_that_leaves_the_program_does_not() -> None:
    @vm.tool(safe=True)
    def leave() -> None:
        raise SystemExit(3)

    reply = ask(Scripted(calls(("leave", "{}")), says("Still here.")), tools=[leave])
    assert (reply.text, outcomes(reply)) == ("Still here.", ["failed"])


def test_what_a_function_raises_with_is_not_told_with_its_key() -> None:
    @vm.tool(safe=True)
    def leak() -> None:
        raise RuntimeError("no access with sk-abcdefghijklmnopqrstuvwxyz0123456789")

    server = Scripted(calls(("leak", "{}")), says("A pity."))
    ask(server, tools=[leak])
    assert "RuntimeError: no access" in server.told()[0]
    assert "abcdefghijkl" not in server.told()[0]


def test_the_same_call_again_is_not_made_again() -> None:
    server = Scripted(
        calls(("double", '{"\\u0078": 4.0}'), ("double", '{ "x" :4 }')),
        calls(("double", '{"x":4}')),
        calls(("double", '{"x": 5}')),
        says("Done."),
    )
    reply = ask(server)
    assert outcomes(reply) == ["done", "refused", "refused", "done"]
    assert "This call was already made" in server.told()[1]
    assert ran == ["double 4.0", "double 5.0"]


# Where it ends


def endless(body: dict[str, Any]) -> bytes:
    """Call a function in each round, with other arguments each time, unless calls are forbidden."""
    if body.get("tool_choice") == "none":
        return says("Enough.")
    return calls(("double", f'{{"x": {len(body["messages"])}}}'))


@pytest.mark.parametrize(("options", "requests"), [({}, 6), ({"max_rounds": 1}, 2), ({"max_rounds": 3}, 4)])
def test_a_chain_of_calls_ends_at_max_rounds(options: dict[str, Any], requests: int) -> None:
    server = Scripted(endless)
    reply = ask(server, **options)
    assert reply.text == "Enough."
    assert len(server.bodies) == requests
    assert len(ran) == requests - 1
    assert [body.get("tool_choice") for body in server.bodies] == [None] * (requests - 1) + ["none"]


def test_max_calls_counts_the_calls_of_all_rounds() -> None:
    def many(body: dict[str, Any]) -> bytes:
        if body.get("tool_choice") == "none":
            return says("Enough.")
        begun = len(body["messages"])
        return calls(*(("double", f'{{"x": {begun + number}}}') for number in range(3)))

    server = Scripted(many)
    reply = ask(server, max_calls=4)
    assert reply.text == "Enough."
    assert len(ran) == 4
    assert outcomes(reply) == ["done", "done", "done", "done", "refused", "refused"]
    assert "No more function calls are allowed" in server.told()[-1]


def test_a_model_that_calls_though_it_must_not_is_not_asked_again() -> None:
    server = Scripted(lambda body: calls(("double", f'{{"x": {len(body["messages"])}}}')))
    reply = ask(server, max_rounds=2)
    assert len(server.bodies) == 3
    assert len(ran) == 2
    assert reply.state == "complete"
    assert [call.outcome for call in reply.choices[0].tool_calls] == [""]


def test_refused_calls_end_at_max_rounds_too() -> None:
    server = Scripted(calls(("nobody", "{}")))
    ask(server, max_rounds=3)
    assert len(server.bodies) == 4
    assert ran == []


@pytest.mark.parametrize("name", ["max_rounds", "max_calls"])
@pytest.mark.parametrize("value", [0, -1, True, 2.5, "5"])
def test_a_limit_that_is_no_number_is_refused(name: str, value: Any) -> None:
    server = Scripted(says("Hi"))
    with pytest.raises(vm.RequestError, match=f"{name} got"):
        ask(server, **{name: value})
    assert server.bodies == []


def test_a_function_that_never_ends_is_stopped_and_the_conversation_goes_on() -> None:
    begun = threading.Event()

    @vm.tool(safe=True)
    def forever() -> None:
        begun.set()
        while True:
            time.sleep(0.01)

    def stop() -> None:
        begun.wait(10)
        interrupt_main_thread()

    server = Scripted(calls(("double", '{"x": 4}'), ("forever", "{}")), says("And on."))
    chat = vm.Conversation(tools=[double, forever], **server.options)
    stopper = threading.Thread(target=stop)
    stopper.start()
    with pytest.raises(vm.Interrupted) as caught:
        chat.ask("What?")
    stopper.join()
    assert caught.value.partial is not None
    assert [call.outcome for call in caught.value.partial.choices[0].tool_calls] == ["done", ""]
    assert caught.value.partial.state == chat.turns[0].state == "interrupted"
    assert chat.ask("And now?").text == "And on."
    assert server.roles() == ["user", "assistant", "tool", "tool", "user"]
    assert server.told() == ["8.0", "Not run: the answer was interrupted."]


def test_a_coroutine_that_never_ends_is_stopped_and_cancelled() -> None:
    begun, cancelled = threading.Event(), threading.Event()

    @vm.tool(safe=True)
    async def forever() -> None:
        begun.set()
        try:
            await asyncio.sleep(60)
        finally:
            cancelled.set()

    def stop() -> None:
        begun.wait(10)
        interrupt_main_thread()

    stopper = threading.Thread(target=stop)
    stopper.start()
    with pytest.raises(vm.Interrupted):
        ask(Scripted(calls(("forever", "{}"))), tools=[forever])
    stopper.join()
    assert cancelled.wait(10)


def test_an_interrupt_in_a_function_that_asks_itself_stops_the_whole_answer() -> None:
    """Interrupted is an Exception too, so the interrupt of the inner answer was sent to the model as a failure."""
    begun = threading.Event()

    def hangs(body: dict[str, Any]) -> Any:
        yield chunk("Half")
        begun.set()
        over.wait(10)

    over = threading.Event()
    with LoopbackServer(hangs) as inner:

        @vm.tool(safe=True)
        def second_opinion() -> str:
            return vm.ask("And you?", base_url=inner.url, model="m").text

        def stop() -> None:
            begun.wait(10)
            time.sleep(0.05)
            interrupt_main_thread()

        server = Scripted(calls(("second_opinion", "{}")), says("And on."))
        stopper = threading.Thread(target=stop)
        stopper.start()
        with pytest.raises(vm.Interrupted) as caught:
            ask(server, tools=[second_opinion])
        stopper.join()
        over.set()
    assert len(server.bodies) == 1
    assert caught.value.partial is not None
    assert [call.name for call in caught.value.partial.choices[0].tool_calls] == ["second_opinion"]


def test_a_function_whose_own_task_is_cancelled_has_failed_and_nothing_is_stopped() -> None:
    @vm.tool(safe=True)
    async def gives_up() -> str:
        raise asyncio.CancelledError

    for answer in (ask, lambda server, **options: asyncio.run(vm.aask("What?", **server.options, **options))):
        server = Scripted(calls(("gives_up", "{}")), says("A pity."))
        assert answer(server, tools=[gives_up]).text == "A pity."
        assert server.told() == ["CancelledError: "]


def test_a_program_ends_though_a_function_that_was_stopped_never_does() -> None:
    program = """
        import asyncio
        import time
        import vision_magic as vm
        from tests.session.scripted import Scripted, calls

        @vm.tool(safe=True)
        def forever() -> None:
            begun.set()
            while True:
                time.sleep(1)

        server = Scripted(calls(("forever", "{}")))

        async def main() -> None:
            answer = asyncio.create_task(vm.aask("What?", tools=[forever], **server.options))
            await begun.wait()
            answer.cancel()
            await asyncio.gather(answer, return_exceptions=True)
            print("stopped", flush=True)

        class Begun:
            def __init__(self) -> None:
                self.is_set = False
            def set(self) -> None:
                self.is_set = True
            async def wait(self) -> None:
                while not self.is_set:
                    await asyncio.sleep(0.01)

        begun = Begun()
        asyncio.run(main())
    """
    ran = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)], capture_output=True, text=True, timeout=30, check=True
    )
    assert ran.stdout == "stopped\n"


# What a function gives


def test_a_picture_that_a_function_returns_is_seen_by_the_model_in_the_next_request() -> None:
    @vm.tool(safe=True)
    def zoom(factor: int) -> PILImage.Image:
        return PICTURE.crop((0, 0, 320 // factor, 200 // factor))

    server = Scripted(calls(("zoom", '{"factor": 2}'), ("double", '{"x": 4}')), says("I see it."))
    reply = vm.ask("What?", PICTURE, tools=[zoom, double], **server.options)
    assert server.roles() == ["user", "assistant", "tool", "tool", "user"]
    assert server.told() == ["zoom returned a picture, which follows.", "8.0"]
    words, shown = server.messages()[-1]["content"]
    assert words["text"] == "zoom returned this picture:"
    assert shown["image_url"]["url"] == vm.as_image(PICTURE.crop((0, 0, 160, 100))).data_uri
    (image,) = reply.rounds[0].choices[0].tool_calls[0].images
    assert (image.width, image.height) == (160, 100)  # type: ignore[union-attr]


def test_several_pictures_of_a_function_follow_each_other_under_the_limits_of_the_question() -> None:
    @vm.tool(safe=True)
    def tiles() -> list[PILImage.Image]:
        return [PILImage.new("RGB", (400, 100 * number), "navy") for number in (1, 2)]

    server = Scripted(calls(("tiles", "{}")), says("I see them."))
    reply = vm.ask("What?", tools=[tiles], max_side=40, **server.options)
    assert server.told() == ["tiles returned 2 pictures, which follow."]
    assert images_in(server.bodies[-1]) == 2
    images = reply.rounds[0].choices[0].tool_calls[0].images
    assert [(image.width, image.height) for image in images] == [(40, 10), (40, 20)]  # type: ignore[union-attr]


def test_a_picture_that_cannot_be_read_is_a_failure_of_the_function() -> None:
    @vm.tool(safe=True)
    def empty() -> PILImage.Image:
        return PILImage.new("RGB", (0, 5))

    server = Scripted(calls(("empty", "{}")), says("A pity."))
    assert outcomes(ask(server, tools=[empty])) == ["failed"]
    assert "ImageError" in server.told()[0]


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (None, "done, nothing returned"),
        ("", "(empty)"),
        ([], "[]"),
        ({"a": [1, None, True]}, '{"a":[1,null,true]}'),
        ("word " * 40_000, "… (cut: 200,000 characters in total)"),
    ],
    ids=["none", "empty", "no items", "json", "long"],
)
def test_what_a_function_returns_is_told_as_text(value: Any, told: str) -> None:
    @vm.tool(safe=True)
    def give() -> Any:
        return value

    server = Scripted(calls(("give", "{}")), says("Thanks."))
    ask(server, tools=[give])
    assert server.told()[0].replace(" ", "").endswith(told.replace(" ", ""))
    assert len(server.told()[0]) < 101_000


def test_an_asynchronous_function_is_awaited() -> None:
    @vm.tool(safe=True)
    async def slowly(x: int) -> int:
        await asyncio.sleep(0)
        return x + 1

    server = Scripted(calls(("slowly", '{"x": 4}')), says("Done."))
    assert ask(server, tools=[slowly]).text == "Done."
    assert server.told() == ["5"]


def test_an_asynchronous_function_is_awaited_beside_a_loop_that_runs() -> None:
    @vm.tool(safe=True)
    async def slowly(x: int) -> int:
        await asyncio.sleep(0)
        return x + 1

    server = Scripted(calls(("slowly", '{"x": 4}')), says("Done."))

    async def in_a_notebook() -> vm.Reply:
        return ask(server, tools=[slowly])

    assert asyncio.run(in_a_notebook()).text == "Done."
    assert server.told() == ["5"]


def test_an_asynchronous_function_that_raises_tells_the_model_how() -> None:
    @vm.tool(safe=True)
    async def sadly() -> None:
        raise LookupError("nowhere")

    server = Scripted(calls(("sadly", "{}")), says("A pity."))
    assert outcomes(ask(server, tools=[sadly])) == ["failed"]
    assert server.told() == ["LookupError: nowhere"]


# What reaches the request


ONE = {"type": "function", "function": {"name": "double"}}


@pytest.mark.parametrize(
    ("choice", "sent"), [("none", "none"), ("auto", "auto"), ("required", "required"), ("double", ONE), (ONE, ONE)]
)
def test_the_choice_of_functions_reaches_the_request(choice: Any, sent: Any) -> None:
    server = Scripted(says("Hi"))
    ask(server, tool_choice=choice)
    assert server.bodies[0]["tool_choice"] == sent
    assert [tool["function"]["name"] for tool in server.bodies[0]["tools"]] == ["double", "shout"]


@pytest.mark.parametrize("parallel", [True, False])
def test_whether_calls_may_come_at_once_reaches_every_request(parallel: bool) -> None:
    server = Scripted(calls(("double", '{"x": 4}')), says("Hi"))
    ask(server, parallel_tool_calls=parallel)
    assert [body["parallel_tool_calls"] for body in server.bodies] == [parallel, parallel]


@pytest.mark.parametrize("choice", ["required", "double"])
def test_what_had_to_be_called_is_called_once(choice: str) -> None:
    server = Scripted(calls(("double", '{"x": 4}')), says("Hi"))
    ask(server, tool_choice=choice)
    assert "tool_choice" not in server.bodies[1]
    assert server.bodies[1]["tools"] == server.bodies[0]["tools"]


def test_nothing_runs_where_calling_was_forbidden() -> None:
    server = Scripted(calls(("double", '{"x": 4}')))
    reply = ask(server, tool_choice="none")
    assert len(server.bodies) == 1
    assert ran == []
    assert reply.choices[0].tool_calls[0].name == "double"


def test_nothing_runs_where_only_a_schema_was_passed() -> None:
    schema = {"type": "function", "function": {"name": "theirs", "parameters": {"type": "object"}}}
    server = Scripted(calls(("theirs", "{}"), ("double", '{"x": 4}')))
    reply = ask(server, tools=[double, schema])
    assert len(server.bodies) == 1
    assert ran == []
    assert [call.name for call in reply.choices[0].tool_calls] == ["theirs", "double"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        pytest.param({"tools": [double, double]}, "two functions called 'double'", id="twice"),
        pytest.param({"tools": [int]}, "tools got the class int", id="a class"),
        pytest.param({"tools": ["double"]}, "tools got str", id="a name"),
        pytest.param({"tools": [lambda x: x]}, "named '<lambda>'", id="without a name"),
        pytest.param({"n": 2}, "only a single answer can call them", id="several answers"),
        pytest.param({"model": ["a", "b"]}, "only a single answer can call functions", id="several models"),
        pytest.param({"tool_choice": "no such"}, "tool_choice got", id="no name"),
        pytest.param({"tools": None, "tool_choice": "auto"}, "tools is not", id="a choice of nothing"),
    ],
)
def test_what_cannot_be_called_is_refused_before_anything_is_sent(options: dict[str, Any], said: str) -> None:
    server = Scripted(says("Hi"))
    with pytest.raises(vm.RequestError, match=said):
        ask(server, **options)
    assert server.bodies == []


# The conversation afterwards


@pytest.mark.parametrize(
    "call",
    [
        ("double", '{"x": "four"}'),
        ("double", "{"),
        ("nobody", "{}"),
        ("__class__", "{}"),
        ("broken", "{}"),
        ("wipe", '{"path": "/"}'),
    ],
    ids=lambda call: call[0],
)
def test_after_a_failure_the_conversation_goes_on_with_every_call_answered(call: tuple[str, str]) -> None:
    server = Scripted(calls(call), says("I see."), calls(("double", '{"x": 4}')), says("Eight."))
    chat = vm.Conversation(tools=[double, broken, wipe], **server.options)
    assert chat.ask("What?").text == "I see."
    assert chat.ask("Twice four?").text == "Eight."
    assert server.roles() == ["user", "assistant", "tool", "assistant", "user", "assistant", "tool"]
    assert server.told()[-1] == "8.0"


def test_a_call_made_in_an_earlier_turn_may_be_made_again() -> None:
    server = Scripted(calls(("double", '{"x": 4}')), says("8"), calls(("double", '{"x": 4}')), says("8 again"))
    chat = vm.Conversation(tools=[double], **server.options)
    chat.ask("Twice four?")
    assert outcomes(chat.ask("Again, please.")) == ["done"]
    assert ran == ["double 4.0", "double 4.0"]


def test_a_connection_that_breaks_after_a_call_leaves_what_the_call_gave() -> None:
    server = Scripted(calls(("double", '{"x": 4}')), chunk("It is ei"), says("Where were we?"))
    chat = vm.Conversation(tools=[double], **server.options)
    with pytest.raises(vm.TruncatedReply) as caught:
        chat.ask("Twice four?")
    assert caught.value.partial is not None
    assert caught.value.partial.text == "It is ei"
    assert outcomes(caught.value.partial) == ["done"]
    chat.ask("And now?")
    assert server.roles() == ["user", "assistant", "tool", "assistant", "user"]
    assert server.messages()[3]["content"] == "It is ei\n[This answer was interrupted here.]"


def test_the_tokens_of_all_rounds_are_one_sum_only_where_all_were_counted() -> None:
    counted = b'data: {"choices": [], "usage": {"prompt_tokens": 10, "completion_tokens": 2, "total_tokens": 12}}\n\n'
    round_one = calls(("double", '{"x": 4}')).replace(b"data: [DONE]", counted + b"data: [DONE]")
    usage = ask(Scripted(round_one, says("8", (20, 3)))).usage
    assert usage is not None
    assert (usage.prompt_tokens, usage.completion_tokens, usage.total_tokens) == (30, 5, 35)
    assert ask(Scripted(round_one, says("8"))).usage is None


# An answer of the wrong shape


def test_an_answer_of_the_wrong_shape_is_sent_back_once_where_that_was_asked_for() -> None:
    server = Scripted(says('{"count": "many"}'), says('{"count": 3}'))
    reply = ask(server, tools=None, schema="count: int", repair=True)
    assert reply.value.count == 3
    assert server.roles() == ["user", "assistant", "user"]
    assert "corrected JSON" in server.messages()[-1]["content"]


def test_an_answer_of_the_wrong_shape_is_an_error_that_keeps_it() -> None:
    with pytest.raises(vm.BrokenReply) as caught:
        ask(Scripted(says("no idea")), tools=None, schema="count: int")
    assert caught.value.partial is not None
    assert caught.value.partial.text == "no idea"
    with pytest.raises(vm.BrokenReply):
        ask(Scripted(says("no idea")), tools=None, schema="count: int", repair=True)


def test_functions_and_a_shape_go_together() -> None:
    server = Scripted(calls(("double", '{"x": 4}')), says('{"count": 8}'))
    reply = ask(server, schema="count: int")
    assert reply.value.count == 8
    assert outcomes(reply) == ["done"]
    assert Limits() == Limits(rounds=5, calls=16, repairs=0)


@pytest.mark.parametrize("arguments", ['{"word": ', "[1]", '{"word": "' + "x" * 200_000 + '"}'])
def test_arguments_that_no_server_takes_do_not_go_along_with_the_next_question(arguments: str) -> None:
    server = Scripted(calls(("shout", arguments)), says("I see."))
    chat = vm.Conversation(tools=[shout], **server.options)
    chat.ask("What?")
    chat.ask("And now?")
    for body in server.bodies[1:]:
        [sent] = [call for message in body["messages"] for call in message.get("tool_calls", ())]
        assert sent["function"] == {"name": "shout", "arguments": "{}"}
    reply = chat.turns[0].reply
    assert reply is not None
    assert reply.rounds[0].choices[0].tool_calls[0].arguments == arguments  # what the model wrote is kept
