"""Approval of function calls: who decides, what counts as a yes, and what the person is shown."""

from __future__ import annotations

import asyncio
import builtins
import datetime
import enum
import functools
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Annotated, Any

import numpy as np
import pydantic
import pytest

import vision_magic as vm
from tests.session.scripted import Scripted, calls, says
from vision_magic.chat.messages import ToolCall
from vision_magic.session.background import BackgroundReply

ran: list[str] = []


@pytest.fixture(autouse=True)
def _nothing_ran() -> None:
    ran.clear()


@vm.tool(safe=True)
def double(x: float) -> float:
    ran.append(f"double {x}")
    return 2 * x


def wipe(path: str) -> str:
    ran.append(f"wipe {path}")
    return "gone"


def ask(server: Scripted, **options: Any) -> vm.Reply:
    return vm.ask("What?", **{**server.options, **options})


def aask(server: Scripted, **options: Any) -> vm.Reply:
    return asyncio.run(vm.aask("What?", **{**server.options, **options}))


def in_background(server: Scripted, **options: Any) -> vm.Reply:
    return BackgroundReply(vm.astream("What?", **{**server.options, **options})).start().wait(30)


def outcomes(reply: vm.Reply) -> list[str]:
    return [call.outcome for one in reply.rounds for call in one.choices[0].tool_calls]


ENTRIES = [ask, aask, in_background]


# Who decides


def test_where_nobody_can_be_asked_a_function_that_is_not_marked_safe_is_refused() -> None:
    server = Scripted(calls(("wipe", '{"path": "/"}'), ("double", '{"x": 4}')), says("A pity."))
    reply = ask(server, tools=[double, wipe])
    assert outcomes(reply) == ["refused", "done"]
    assert "Nobody can be asked here" in server.told()[0]
    assert ran == ["double 4.0"]


@pytest.mark.parametrize(
    ("approve", "runs", "said"),
    [
        pytest.param("all", True, "gone", id="all"),
        pytest.param(True, True, "gone", id="true"),
        pytest.param("none", False, "not marked safe are not allowed", id="none"),
        pytest.param(False, False, "not marked safe are not allowed", id="false"),
        pytest.param("ask", False, "Nobody can be asked", id="ask"),
        pytest.param(lambda call: call.name == "wipe", True, "gone", id="a function that allows"),
        pytest.param(lambda call: "/etc" not in call.arguments, False, "not allow", id="a function that does not"),
        pytest.param(lambda call: None, False, "did not allow", id="a function that says nothing"),
    ],
)
def test_who_decides_decides(approve: Any, runs: bool, said: str) -> None:
    server = Scripted(calls(("wipe", '{"path": "/etc"}')), says("Well."))
    ask(server, tools=[wipe], approve=approve)
    assert said in server.told()[0]
    assert ran == (["wipe /etc"] if runs else [])


def test_whoever_decides_is_not_asked_about_a_safe_function_or_a_call_that_cannot_be_made() -> None:
    asked: list[str] = []
    server = Scripted(calls(("double", '{"x": 4}'), ("wipe", "{}"), ("wipe", '{"path": "x"}')), says("Well."))
    ask(server, tools=[double, wipe], approve=lambda call: asked.append(call.arguments))
    assert asked == ['{"path": "x"}']


@pytest.mark.parametrize("word", ["yes please", 5, "ALL", ""])
def test_a_word_that_decides_nothing_is_refused(word: Any) -> None:
    server = Scripted(says("Hi"))
    with pytest.raises(vm.RequestError, match="approve got"):
        ask(server, approve=word)
    assert server.bodies == []


@pytest.mark.parametrize(
    ("typed", "runs"), [("y", True), (" YES ", True), ("", False), ("n", False), ("yeah", False), ("no", False)]
)
def test_a_person_is_shown_the_call_and_only_a_yes_runs_it(
    monkeypatch: pytest.MonkeyPatch, typed: Any, runs: bool
) -> None:
    questions: list[str] = []
    monkeypatch.setattr(builtins, "input", lambda question: questions.append(question) or typed)
    ask(Scripted(calls(("wipe", '{"path": "/etc"}')), says("Well.")), tools=[wipe])
    assert questions == ['The model wants to run wipe with\n    path: "/etc"\nRun it? [y/N] ']
    assert ran == (["wipe /etc"] if runs else [])


@pytest.mark.parametrize("typed", [True, 1, b"y", ["y"]])
def test_a1_an_answer_that_is_not_a_string_runs_nothing(monkeypatch: pytest.MonkeyPatch, typed: Any) -> None:
    monkeypatch.setattr(builtins, "input", lambda question: typed)
    ask(Scripted(calls(("wipe", '{"path": "/etc"}')), says("Well.")), tools=[wipe])
    assert ran == []


def test_a_call_cannot_draw_over_the_question_about_it(monkeypatch: pytest.MonkeyPatch) -> None:
    questions: list[str] = []
    monkeypatch.setattr(builtins, "input", lambda question: questions.append(question) or "n")
    ask(Scripted(calls(("wipe", '{"path": "\u202e\u2066 harmless"}')), says("Well.")), tools=[wipe])
    assert "harmless" in questions[0]
    assert not set("\u202e\u2066") & set(questions[0])


def test_a_kernel_whose_client_cannot_ask_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(question: str) -> str:
        raise EOFError

    monkeypatch.setattr(builtins, "input", nobody)
    server = Scripted(calls(("wipe", '{"path": "/"}')), says("A pity."))
    assert ask(server, tools=[wipe]).text == "A pity."
    assert "Nobody can be asked here" in server.told()[0]
    assert ran == []


def test_an_interrupt_at_the_question_stops_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(question: str) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(builtins, "input", stopped)
    server = Scripted(calls(("wipe", '{"path": "/"}')), says("And on."))
    chat = vm.Conversation(tools=[wipe], **server.options)
    with pytest.raises(vm.Interrupted):
        chat.ask("What?")
    assert chat.ask("And now?").text == "And on."
    assert server.told() == ["Not run: the answer was interrupted."]
    assert ran == []


def test_a_thread_of_its_own_cannot_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builtins, "input", lambda question: "y")
    server = Scripted(calls(("wipe", '{"path": "/"}')), says("A pity."))
    thread = threading.Thread(target=ask, args=(server,), kwargs={"tools": [wipe]})
    thread.start()
    thread.join()
    assert "Nobody can be asked here" in server.told()[0]
    assert ran == []


# Only True approves


class _Answers:
    """An object whose call is a coroutine function."""

    def __init__(self, answer: object) -> None:
        self.answer = answer

    async def __call__(self, call: ToolCall) -> object:
        await asyncio.sleep(0)
        return self.answer

    async def method(self, call: ToolCall) -> object:
        return self.answer


async def no(call: ToolCall) -> bool:
    return False


async def yes(call: ToolCall) -> bool:
    await asyncio.sleep(0)
    return True


async def words(call: ToolCall) -> str:
    return "yes"


def of(answer: object, call: ToolCall) -> object:
    return answer


async def aof(answer: object, call: ToolCall) -> object:
    return answer


def raises(call: ToolCall) -> bool:
    raise ZeroDivisionError("no such number")


async def araises(call: ToolCall) -> bool:
    raise ZeroDivisionError("no such number")


def leaves(call: ToolCall) -> bool:
    raise SystemExit(3)


def gives_up(call: ToolCall) -> bool:
    raise asyncio.CancelledError


def fails_as_a_server_does(call: ToolCall) -> bool:
    raise vm.ServerError("503 from another question")


async def generates(call: ToolCall) -> Any:
    yield True


class _Truthless:
    def __bool__(self) -> bool:
        raise ValueError("ambiguous")

    def __repr__(self) -> str:
        raise ValueError("no words")


DENIALS = [
    pytest.param(lambda call: "no", "it returned 'no', and only True approves", id="no"),
    pytest.param(lambda call: "yes", "it returned 'yes'", id="yes"),
    pytest.param(lambda call: "", "it returned ''", id="an empty string"),
    pytest.param(lambda call: 1, "it returned 1,", id="1"),
    pytest.param(lambda call: 0, "it returned 0,", id="0"),
    pytest.param(lambda call: 1.0, "it returned 1.0,", id="1.0"),
    pytest.param(lambda call: None, "it returned None", id="None"),
    pytest.param(lambda call: [False], "a value of type list", id="a list"),
    pytest.param(lambda call: np.array(True), "a value of type ndarray", id="an array"),
    pytest.param(lambda call: np.array([True, True]), "a value of type ndarray", id="an array without a truth"),
    pytest.param(lambda call: np.int64(1), "a value of type int64", id="a numpy integer"),
    pytest.param(lambda call: _Truthless(), "a value of type _Truthless", id="an object without a truth"),
    pytest.param(lambda call: lambda: False, "a value of type function", id="a function"),
    pytest.param(generates, "a value of type async_generator", id="an asynchronous generator"),
    pytest.param(_Answers, "a value of type _Answers", id="a class"),
    pytest.param(functools.partial(of, "no"), "it returned 'no'", id="a partial"),
    pytest.param(lambda call: np.False_, "This call was not allowed", id="numpy's False"),
    pytest.param(raises, "it raised ZeroDivisionError: no such number", id="an error"),
    pytest.param(leaves, "it raised SystemExit: 3", id="an exit"),
    pytest.param(gives_up, "it raised CancelledError", id="a cancellation of its own"),
    pytest.param(fails_as_a_server_does, "it raised ServerError", id="an error of ours"),
]


@pytest.mark.parametrize("entry", ENTRIES)
@pytest.mark.parametrize(("approve", "said"), DENIALS)
def test_a1_whatever_is_not_true_denies_and_says_what_it_was(
    entry: Callable[..., vm.Reply], approve: Any, said: str
) -> None:
    server = Scripted(calls(("wipe", '{"path": "/etc"}')), says("Well."))
    reply = entry(server, tools=[wipe], approve=approve)
    assert ran == []
    assert outcomes(reply) == ["refused"]
    assert said in reply.tool_calls[0].result
    assert "\n" not in reply.tool_calls[0].result
    assert reply.text == "Well."


@pytest.mark.parametrize("entry", ENTRIES)
@pytest.mark.parametrize("answer", [True, np.True_], ids=["True", "numpy's True"])
def test_a1_true_approves(entry: Callable[..., vm.Reply], answer: Any) -> None:
    entry(Scripted(calls(("wipe", '{"path": "/etc"}')), says("Well.")), tools=[wipe], approve=lambda call: answer)
    assert ran == ["wipe /etc"]


COROUTINES = [
    pytest.param(no, False, id="async def that denies"),
    pytest.param(yes, True, id="async def that approves"),
    pytest.param(words, False, id="async def with words"),
    pytest.param(araises, False, id="async def that raises"),
    pytest.param(_Answers(False), False, id="object that denies"),
    pytest.param(_Answers(True), True, id="object that approves"),
    pytest.param(_Answers(False).method, False, id="method"),
    pytest.param(functools.partial(aof, False), False, id="partial that denies"),
    pytest.param(functools.partial(aof, True), True, id="partial that approves"),
    pytest.param(functools.partial(_Answers(False)), False, id="partial of an object"),
]


@pytest.mark.parametrize("entry", [aask, in_background])
@pytest.mark.parametrize(("approve", "runs"), COROUTINES)
def test_a1_a_coroutine_function_is_awaited_in_asynchronous_code(
    entry: Callable[..., vm.Reply], approve: Any, runs: bool
) -> None:
    server = Scripted(calls(("wipe", '{"path": "/etc"}')), says("Well."))
    assert outcomes(entry(server, tools=[wipe], approve=approve)) == (["done"] if runs else ["refused"])
    assert ran == (["wipe /etc"] if runs else [])


@pytest.mark.parametrize(("approve", "runs"), COROUTINES)
def test_a1_a_coroutine_function_is_refused_at_the_start_of_synchronous_code(approve: Any, runs: bool) -> None:
    server = Scripted(calls(("wipe", '{"path": "/etc"}')), says("Well."))
    options = {"tools": [wipe], "approve": approve, **server.options}
    for entry in (vm.ask, vm.stream, vm.Conversation(**options).ask, vm.Conversation(**options).stream):
        with pytest.raises(vm.RequestError, match="aask or astream"):
            entry("What?", **options)
    assert (ran, server.bodies) == ([], [])
    assert vm.ask("What?", **{**options, "tools": None}).text == ""  # nothing can be approved, so nothing is refused


@pytest.mark.parametrize(
    "approve",
    [lambda call: no(call), lambda call: yes(call), functools.partial(lambda answer, call: answer(call), yes)],
)
def test_a1_a_coroutine_that_arrives_in_synchronous_code_is_closed_and_denies(approve: Any) -> None:
    """Python warns about a coroutine that is neither awaited nor closed, which fails this test."""
    reply = ask(Scripted(calls(("wipe", '{"path": "/etc"}')), says("Well.")), tools=[wipe], approve=approve)
    assert ran == []
    assert "which only aask and astream can await" in reply.tool_calls[0].result


def test_a1_a_coroutine_that_arrives_in_asynchronous_code_is_awaited() -> None:
    server = Scripted(calls(("wipe", '{"path": "1"}'), ("wipe", '{"path": "2"}')), says("Well."))
    aask(server, tools=[wipe], approve=lambda call: yes(call) if "1" in call.arguments else no(call))
    assert ran == ["wipe 1"]


def test_a1_a_decision_that_is_awaited_is_stopped_with_the_answer() -> None:
    begun = threading.Event()

    async def never(call: ToolCall) -> bool:
        begun.set()
        await asyncio.sleep(60)
        return True

    server = Scripted(calls(("wipe", '{"path": "/etc"}')), says("Well."))
    answer = BackgroundReply(vm.astream("What?", tools=[wipe], approve=never, **server.options)).start()
    assert begun.wait(30)
    answer.stop()
    assert answer.wait(30).state == "interrupted"
    assert ran == []


def test_a1_an_interrupt_in_the_function_that_decides_stops_the_answer() -> None:
    def stopped(call: ToolCall) -> bool:
        raise KeyboardInterrupt

    with pytest.raises(vm.Interrupted):
        ask(Scripted(calls(("wipe", '{"path": "/etc"}')), says("Well.")), tools=[wipe], approve=stopped)
    assert ran == []


def test_a1_what_a_decision_says_brings_no_key_to_the_model() -> None:
    key = "sk-abcdefghijklmnopqrstuvwxyz0123456789"
    for approve in (lambda call: key, functools.partial(_raises_with, key)):
        server = Scripted(calls(("wipe", '{"path": "/etc"}')), says("Well."))
        ask(server, tools=[wipe], approve=approve)
        assert "not allow" in server.told()[0]
        assert key not in server.told()[0]


def _raises_with(words: str, call: ToolCall) -> bool:
    raise ValueError(words)


@pytest.mark.parametrize("safe", ["no", "False", "", 1, 0, None, [], np.True_])
def test_a1_a_mark_that_is_not_a_bool_is_refused(safe: Any) -> None:
    with pytest.raises(vm.RequestError, match="safe got"):
        vm.tool(safe=safe)


class _HasEverything:
    """An object with an answer for every attribute, as of a library of mocks or a proxy."""

    __name__ = "wipe"

    def __getattr__(self, name: str) -> Any:
        if name in ("__wrapped__", "__signature__", "__annotations__", "__type_params__"):
            raise AttributeError(name)
        return {"safe": "no", "name": ""} if name.startswith("__vision") else _HasEverything()

    def __call__(self, path: str) -> str:
        return wipe(path)


def test_a1_an_object_that_has_every_attribute_is_not_marked_safe() -> None:
    server = Scripted(calls(("_HasEverything", '{"path": "/etc"}')), says("Well."))
    reply = ask(server, tools=[_HasEverything()], approve="none")
    assert outcomes(reply) == ["refused"]
    assert ran == []


# What is shown is what runs


class Level(enum.Enum):
    LOW = "low"
    HIGH = "high"


@dataclass
class Target:
    path: str
    note: str = field(default="", repr=False)


class Order(pydantic.BaseModel):
    cmd: str = pydantic.Field(validation_alias=pydantic.AliasChoices("cmd", "command"))
    hidden: str = pydantic.Field(default="", exclude=True, repr=False)


def shown_and_run(function: Any, arguments: str) -> tuple[list[str], str, vm.Reply]:
    """Return the lines of the question about a call, the arguments that the rule was given, and the reply."""
    given: list[str] = []
    questions: list[str] = []

    def decide(call: ToolCall) -> bool:
        from vision_magic.render.tool_call import approval_text

        given.append(call.arguments)
        questions.append(approval_text(call))
        return True

    reply = ask(Scripted(calls((function.__name__, arguments)), says("Well.")), tools=[function], approve=decide)
    (question,) = questions
    return question.splitlines()[1:], given[0], reply


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        pytest.param('{"path": "\\u0072\\u006d -rf /"}', 'path: "rm -rf /"', id="escapes"),
        pytest.param('{"\\u0070ath": "x"}', 'path: "x"', id="an escaped name"),
        pytest.param('{ "path"\n\n :\t"x" }', 'path: "x"', id="white space"),
        pytest.param('{"path": "a\\nb\\tc\\u000b"}', 'path: "a\\nb\\tc\\u000b"', id="line ends and tabs"),
        pytest.param('{"path": "a\\\\nb"}', 'path: "a\\\\nb"', id="a backslash"),
        pytest.param('{"path": "a\\u2028b\\u0085c"}', 'path: "a⟨U+2028⟩b⟨U+0085⟩c"', id="other line ends"),
        pytest.param('{"path": "a\\u200bb\\u202ec"}', 'path: "a⟨U+200B⟩b⟨U+202E⟩c"', id="without width"),
        pytest.param('{"path": "a\\u00a0\\u3000b"}', 'path: "a⟨U+00A0⟩⟨U+3000⟩b"', id="other spaces"),
        pytest.param('{"path": "a\\u200db"}', 'path: "a⟨U+200D⟩b"', id="a joiner"),
        pytest.param('{"path": "Grüße 世界 🙂"}', 'path: "Grüße 世界 🙂"', id="letters"),
    ],
)
def test_a2_an_argument_is_shown_decoded_on_one_line(arguments: str, line: str) -> None:
    lines, given, reply = shown_and_run(wipe, arguments)
    assert lines == [f"    {line}"]
    assert reply.rounds[0].tool_calls[0].arguments == given
    assert "\\u00" not in given.replace("\\u000b", "")
    assert len(ran) == 1


def test_a2_what_matters_is_shown_behind_three_thousand_line_ends() -> None:
    lines, _, _ = shown_and_run(wipe, '{"path": "echo hi' + "\\n" * 3000 + 'rm -rf /"}')
    (line,) = lines
    assert line.startswith('    path: "echo hi\\n\\n')
    assert line.endswith('\\nrm -rf /"')
    assert len(line) < 1200
    assert "(2,508 characters left out)" in line
    assert ran == ["wipe echo hi" + "\n" * 3000 + "rm -rf /"]


@pytest.mark.parametrize("filler", [" ", "\\u00a0", "\\u200b", "x", "世", "\\\\"])
def test_a2_the_end_of_a_long_argument_is_shown_whatever_fills_it(filler: str) -> None:
    lines, _, _ = shown_and_run(wipe, '{"path": "a' + filler * 9000 + 'rm -rf /"}')
    assert len(lines) == 1
    assert lines[0].endswith('rm -rf /"')
    assert "characters left out" in lines[0]


def test_a2_each_argument_has_a_line_of_its_own_in_the_order_of_the_call() -> None:
    def send(to: str, count: int, level: Level = Level.LOW, when: datetime.date | None = None) -> None:
        ran.append(f"{to} {count} {level} {when}")

    lines, given, _ = shown_and_run(send, '{"count": 3, "to": "a, count: 1", "level": "high", "when": "2026-01-02"}')
    assert lines == ["    count: 3", '    to: "a, count: 1"', '    level: "high"', '    when: "2026-01-02"']
    assert ran == ["a, count: 1 3 Level.HIGH 2026-01-02"]
    assert '"level": "high"' in given


def test_a2_what_a_class_hides_or_ignores_is_shown_as_it_runs() -> None:
    def run(target: Target, order: Order, names: Iterable[str]) -> None:
        ran.append(f"{target.path} {target.note} {order.cmd} {order.hidden} {list(names)}")

    lines, _, _ = shown_and_run(
        run,
        '{"target": {"path": "/", "note": "all"}, "names": ["a", "b"],'
        ' "order": {"cmd": "rm", "command": "ls", "hidden": "really", "dry_run": true}}',
    )
    assert lines == [
        '    target: {"path": "/", "note": "all"}',
        '    order: {"cmd": "rm", "hidden": "really"}',
        '    names: ["a", "b"]',
    ]
    assert ran == ["/ all rm really ['a', 'b']"]


def test_a2_an_argument_that_its_type_changes_is_shown_changed() -> None:
    def run(cmd: Annotated[str, pydantic.AfterValidator(lambda text: text.removeprefix("echo "))], x: float) -> None:
        ran.append(f"{cmd} {x}")

    lines, given, reply = shown_and_run(run, '{"cmd": "echo rm -rf /", "x": 4}')
    assert lines == ['    cmd: "rm -rf /"', "    x: 4.0"]
    assert given == reply.rounds[0].tool_calls[0].arguments == '{"cmd": "rm -rf /", "x": 4.0}'
    assert ran == ["rm -rf / 4.0"]


def test_a2_a_call_without_arguments_says_so() -> None:
    def wipe_all() -> None:
        ran.append("all")

    reply = ask(Scripted(calls(("wipe_all", "")), says("Well.")), tools=[wipe_all], approve=lambda call: call == "x")
    assert reply.rounds[0].tool_calls[0].arguments == "{}"
    lines, _, _ = shown_and_run(wipe_all, " { } ")
    assert lines == []


@pytest.mark.parametrize(
    "arguments",
    [
        '{"path": "a", "path": "b"}',
        '{"path": "a", "\\u0070ath": "b"}',
        '{"path": "a", "path": "a"}',
    ],
)
def test_a2_a_name_that_is_written_twice_goes_back_to_the_model(arguments: str) -> None:
    asked: list[ToolCall] = []
    server = Scripted(calls(("wipe", arguments)), says("I see."))
    reply = ask(server, tools=[wipe], approve=lambda call: asked.append(call) or True)
    assert (asked, ran, outcomes(reply)) == ([], [], ["refused"])
    assert server.told() == ["wipe got invalid arguments: the name 'path' is repeated; write each name once."]


def test_a2_a_name_that_is_written_twice_is_found_at_any_depth() -> None:
    def run(options: dict[str, Any], targets: list[Target]) -> None:
        ran.append("run")

    for arguments in (
        '{"options": {"a": {"b": 1, "b": 2}}, "targets": []}',
        '{"options": {}, "targets": [{"path": "a", "path": "b"}]}',
    ):
        server = Scripted(calls(("run", arguments)), says("I see."))
        ask(server, tools=[run], approve="all")
        assert "is repeated; write each name once" in server.told()[0]
    assert ran == []


def test_a2_what_ran_is_what_the_next_question_tells_and_what_is_saved(tmp_path: Any) -> None:
    server = Scripted(calls(("wipe", '{"path": "\\u0072m"}')), says("Well."), says("And on."))
    chat = vm.Conversation(tools=[wipe], approve="all", **server.options)
    chat.ask("What?")
    chat.ask("And now?")
    for body in server.bodies[1:]:
        [sent] = [call for message in body["messages"] for call in message.get("tool_calls", ())]
        assert sent["function"]["arguments"] == '{"path": "rm"}'
    saved = chat.save(tmp_path / "talk.json").read_text()
    assert "u0072" not in saved


def test_a2_a_call_whose_function_is_stopped_keeps_the_arguments_that_ran() -> None:
    def stops(path: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(vm.Interrupted) as caught:
        ask(Scripted(calls(("stops", '{"path": "\\u0072m"}'))), tools=[stops], approve="all")
    assert caught.value.partial is not None
    assert caught.value.partial.choices[0].tool_calls[0].arguments == '{"path": "rm"}'
