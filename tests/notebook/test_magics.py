"""`%%vision` and `%vision` in a real shell, with the embedded engine, a mock transport or a local server."""

from __future__ import annotations

import json
import re
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image as PILImage

import vision_magic as vm
from tests.notebook.conftest import Run
from tests.servers import END, LoopbackServer, chunk, interrupt_main_thread
from vision_magic.notebook import answer
from vision_magic.notebook.views.static import StaticView
from vision_magic.notebook.views.terminal import TextView
from vision_magic.session.default import session

pytestmark = pytest.mark.usefixtures("run")


def says(*pieces: str) -> Any:
    def answer(body: dict[str, Any]) -> Iterator[bytes]:
        for piece in pieces:
            yield chunk(piece)
        yield END

    return answer


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with LoopbackServer(says("The peak ", "is **1982**.")) as running:
        session.use(base_url=running.url, model="model-1")
        yield running


@pytest.fixture
def fig(run: Run) -> Any:
    run.shell.user_ns["fig"] = PILImage.new("RGB", (50, 40), "navy")
    return run.shell.user_ns["fig"]


def sent(server: LoopbackServer) -> list[Any]:
    """Return the last user message, each picture as its size."""
    import base64
    import io

    parts: list[Any] = []
    for part in server.requests[-1]["messages"][-1]["content"]:
        if part["type"] == "text":
            parts.append(part["text"])
        else:
            data = base64.b64decode(part["image_url"]["url"].partition(",")[2])
            parts.append(PILImage.open(io.BytesIO(data)).size)
    return parts


@pytest.mark.usefixtures("fig")
def test_a_cell_asks_about_the_picture_on_its_line(run: Run, server: LoopbackServer) -> None:
    result = run("%%vision fig\nWhere is the peak?")
    assert result.success
    assert result.result is None
    assert sent(server) == [(50, 40), "Where is the peak?"]
    assert run.out.startswith("The peak is **1982**.")
    assert "model-1 · 127.0.0.1" in run.out
    assert run.shell.user_ns["_vision"].text == "The peak is **1982**."


@pytest.mark.usefixtures("fig")
@pytest.mark.parametrize("line", ["peak << fig", "fig -o peak", "-o peak fig"])
def test_the_reply_is_kept_under_a_name(run: Run, server: LoopbackServer, line: str) -> None:
    run(f"%%vision {line}\nWhere?")
    assert run.shell.user_ns["peak"] is run.shell.user_ns["_vision"]


def test_pictures_and_values_stand_in_the_question_where_they_were_written(run: Run, server: LoopbackServer) -> None:
    run.shell.user_ns.update(
        a=PILImage.new("L", (10, 20)), b=[np.zeros((30, 40))], year=1982, vector=np.arange(3), trick="{a}"
    )
    run("%%vision\nBefore: {a} After: {b[0]} in {year}, {vector}, {trick}, {{a}}, {nothing}")
    assert sent(server) == [
        "Before: ",
        (10, 20),
        " After: ",
        (40, 30),
        " in 1982, [0 1 2], {a}, {a}, {nothing}",
    ]


@pytest.mark.usefixtures("fig")
@pytest.mark.parametrize(
    ("option", "name", "value"),
    [
        pytest.param("-t 0.2", "temperature", 0.2, id="temperature"),
        pytest.param("--top-p 0.9", "top_p", 0.9, id="top_p"),
        pytest.param("-n 2", "n", 2, id="n"),
        pytest.param("--no-stream", "stream", False, id="stream"),
        pytest.param(
            """--stream-options '{"include_usage": true}'""", "stream_options", {"include_usage": True}, id="so"
        ),
        pytest.param(r'--stop "\n" --stop END', "stop", ["\n", "END"], id="stop"),
        pytest.param("--max-tokens 5", "max_tokens", 5, id="max_tokens"),
        pytest.param("--max-completion-tokens 5", "max_completion_tokens", 5, id="max_completion_tokens"),
        pytest.param("--presence-penalty -1", "presence_penalty", -1, id="presence_penalty"),
        pytest.param("--frequency-penalty 1.5", "frequency_penalty", 1.5, id="frequency_penalty"),
        pytest.param("""--logit-bias '{"50256": -100}'""", "logit_bias", {"50256": -100}, id="logit_bias"),
        pytest.param("--logit-bias bias", "logit_bias", {"7": 1}, id="logit_bias from a name"),
        pytest.param("--logprobs", "logprobs", True, id="logprobs"),
        pytest.param("--logprobs --top-logprobs 3", "top_logprobs", 3, id="top_logprobs"),
        pytest.param("--user 7", "user", "7", id="user"),
        pytest.param("--response-format json_object", "response_format", {"type": "json_object"}, id="format"),
        pytest.param("--response-format shape", "response_format", {"type": "text"}, id="format from a name"),
        pytest.param("--seed 7", "seed", 7, id="seed"),
        pytest.param("--tools tool", "tools", [{"type": "function", "function": {"name": "f"}}], id="tools"),
        pytest.param("--tools tool --tool-choice none", "tool_choice", "none", id="tool_choice"),
        pytest.param(
            "--tools tool --tool-choice f",
            "tool_choice",
            {"type": "function", "function": {"name": "f"}},
            id="one tool",
        ),
        pytest.param("--tools tool --no-parallel-tool-calls", "parallel_tool_calls", False, id="parallel"),
        pytest.param("-p reasoning_effort=low", "reasoning_effort", "low", id="passed through"),
        pytest.param("-p temperature=0.5", "temperature", 0.5, id="a known field by -p"),
        pytest.param("-m other", "model", "other", id="model"),
    ],
)
def test_each_option_reaches_the_wire(run: Run, server: LoopbackServer, option: str, name: str, value: object) -> None:
    run.shell.user_ns.update(bias={7: 1}, shape={"type": "text"}, tool={"type": "function", "function": {"name": "f"}})
    run(f"%%vision {option} -- fig\nWhat?")
    assert server.requests, run.err
    assert server.requests[-1][name] == value
    assert type(server.requests[-1][name]) is type(value)


def test_wire_and_bg_exclude_each_other(run: Run, server: LoopbackServer) -> None:
    assert "leave one of them out" in run.fails(f"%%vision --bg --wire --no-image --base-url {server.url} -m m\nHi")
    assert server.requests == []


@pytest.mark.usefixtures("fig")
def test_detail_and_system_reach_the_wire(run: Run, server: LoopbackServer) -> None:
    run("%%vision fig --detail low -s 'Be brief.'\nWhat?")
    system, user = server.requests[-1]["messages"]
    assert system == {"role": "system", "content": "Be brief."}
    assert user["content"][0]["image_url"]["detail"] == "low"


@pytest.mark.usefixtures("fig")
def test_max_side_shrinks_what_is_sent(run: Run, server: LoopbackServer) -> None:
    run("%%vision fig --max-side 25\nWhat?")
    assert sent(server)[0] == (25, 20)


def test_without_a_picture_the_question_goes_alone_only_when_asked_for(run: Run, server: LoopbackServer) -> None:
    run("%%vision --no-image\nHello?")
    assert sent(server) == ["Hello?"]


@pytest.mark.usefixtures("fig", "server")
@pytest.mark.parametrize(
    ("cell", "said"),
    [
        pytest.param(
            "%%vision figg\nWhat?", "'figg' is not a name in the notebook (did you mean fig?).", id="unknown name"
        ),
        pytest.param("%%vision\nWhat?", "none has been shown in this notebook yet. Plot something", id="none shown"),
        pytest.param("%%vision fig\n\n", "has no question", id="empty body"),
        pytest.param("%%vision fig what is this?", "on the lines below %%vision", id="question on the line"),
        pytest.param("%%vision fig what's this", "on the lines below %%vision", id="one with an apostrophe"),
        pytest.param("%%vision Out[99]\nx", "no output Out[99] in this notebook; no cell has", id="no output"),
        pytest.param("%%vision\n{Out[99]} x", "There is no output Out[99]", id="no output in the question"),
        pytest.param("%%vision last:x\nx", "expected a number of pictures, such as last:2", id="last:x"),
        pytest.param("%%vision wrong --range 0 9\nx", "a comma and no space", id="range with a space"),
        pytest.param("%%vision wrong --range 9,0\nx", "the smaller first: --range 0,4095", id="range upside down"),
        pytest.param("%%vision wrong --percentile 200\nx", "--percentile 2,98", id="percentile of 200"),
        pytest.param("%%vision bright\nx", "or pass --range 0,300.", id="an option as a cell writes it"),
        pytest.param("%%vision 5\nx", "%%vision got int; expected a figure", id="no picture"),
        pytest.param(
            "%%vision nope\nx", "'nope' is not a name in the notebook; available pictures: ", id="no name like open"
        ),
        pytest.param("%%vision fig --stop a --stop b --stop c --stop d --stop e\nx", "stop got 5", id="five stops"),
        pytest.param("%%vision fig -t 3\nx", "temperature got 3; expected a number from 0 to 2.", id="temperature"),
        pytest.param("%%vision fig -t hot\nx", "temperature got 'hot'; expected a number", id="no number"),
        pytest.param("%%vision fig --wat\nx", "Unknown option --wat", id="unknown option"),
        pytest.param("%%vision wrong\nx", "use np.moveaxis(a, 0, -1)", id="wrong shape"),
        pytest.param("%%vision empty\nx", "The figure is empty", id="empty figure"),
        pytest.param("%%vision junk\nx", "could not be decoded as a picture", id="a file that is no picture"),
        pytest.param("%%vision missing\nx", "cannot be read", id="no such file"),
        pytest.param("%%vision name\nx", "Path(name)", id="a text"),
        pytest.param("%%vision fig[\nx", "has no ']'", id="bracket"),
        pytest.param("%%vision 1/0\nx", "ZeroDivisionError", id="an expression that raises"),
        pytest.param("%%vision fig.foo\nx", "AttributeError", id="no such attribute"),
        pytest.param("%%vision fig -o 1x\nx", "expected the name of a variable", id="bad name"),
        pytest.param("%%vision fig --no-image\nx", "leave one of them out", id="no image and one"),
        pytest.param("%%vision --tools fig -- fig\nx", "expected a function of yours", id="no function as tool"),
        pytest.param("%%vision --tools len -- fig\nx", "no annotation for 'obj'", id="a function that says too little"),
        pytest.param("%%vision\n{wrong[9]} what?", "{wrong[9]} in the question raised IndexError", id="bad index"),
        pytest.param("%vision wat", "no command 'wat'", id="unknown command"),
        pytest.param("%vision use nope", "Unknown profile 'nope'", id="unknown profile"),
        pytest.param("%vision last", "none has been shown", id="last of none"),
    ],
)
def test_bad_input_is_one_line_with_the_next_step(run: Run, tmp_path: Path, cell: str, said: str) -> None:
    from matplotlib.figure import Figure

    (tmp_path / "junk.png").write_bytes(b"not a picture")
    run.shell.user_ns.update(
        wrong=np.zeros((3, 5, 6)),
        bright=np.full((5, 6, 3), 300.0),
        empty=Figure(),
        junk=tmp_path / "junk.png",
        missing=tmp_path / "missing.png",
        name="x.png",
    )
    message = run.fails(cell)
    assert said in message
    assert "\n" not in message


@pytest.mark.usefixtures("fig")
def test_a_dry_run_shows_the_request_and_sends_nothing(run: Run, server: LoopbackServer) -> None:
    run("%%vision fig -t 0.5 --dry-run\nWhat?")
    receipt, _, rest = run.out.partition("{")
    assert "PNG" in receipt
    shown = json.loads("{" + rest)
    assert shown["temperature"] == 0.5
    assert "characters" in shown["messages"][0]["content"][0]["image_url"]["url"]
    assert not server.requests


def test_a_terminal_shows_a_line_of_the_receipt_and_what_shows_more_of_a_dark_array(run: Run) -> None:
    run.shell.user_ns["dark"] = (np.arange(12_000).reshape(100, 120) % 5000).astype(np.uint16)
    run("%%vision dark\nHow large is it?")
    *_, status, receipt = run.out.strip().splitlines()
    assert status.endswith("· nearly black: --range 0,4999 shows more")
    assert receipt.startswith("Receipt: 1 picture, 120×100, ")
    assert receipt.endswith("print(_vision.receipt) shows it")


@pytest.mark.usefixtures("fig")
def test_the_address_and_the_variable_of_the_key_are_shown_and_never_the_key(
    run: Run, server: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORK_KEY", "sk-aB3dE6fG7hI8jK9lM0nO1pQ2")
    session.use(base_url=server.url, key_env="WORK_KEY", model="m", query={"api-version": "1"}, headers={"X-Lab": "7"})
    shown = f"POST {server.url}/chat/completions?api-version=1\nAuthorization: (the key in WORK_KEY)\nX-Lab: 7\n{{"
    for option in ("--dry-run", "--wire"):
        assert run(f"%%vision fig {option}\nWhat?").success, run.out
        assert shown in run.out
        assert "sk-aB3" not in run.out
    monkeypatch.delenv("WORK_KEY")
    run("%%vision fig --dry-run\nWhat?")
    assert "WORK_KEY, which is not set in the environment" in run.out
    session.use(base_url=server.url, model="m")
    run("%%vision fig --dry-run\nWhat?")
    assert "Authorization: (none)" in run.out


@pytest.mark.usefixtures("fig")
def test_a_broken_stream_keeps_what_arrived_and_fails_the_cell(run: Run) -> None:
    def cut(body: dict[str, Any]) -> Iterator[bytes]:
        yield chunk("half an ans")

    with LoopbackServer(cut) as server:
        session.use(base_url=server.url, model="m")
        result = run("%%vision fig -o kept\nWhat?")
    assert not result.success
    assert run.out.startswith("half an ans")
    assert "incomplete" in run.out
    assert "ended early" in run.out
    assert run.shell.user_ns["kept"].state == "truncated"


@pytest.mark.usefixtures("fig")
def test_no_raise_error_lets_the_cells_below_run(run: Run) -> None:
    session.use(base_url="http://127.0.0.1:9/v1", model="m")
    result = run("%%vision fig --no-raise-error\nWhat?")
    assert result.success
    assert "127.0.0.1:9 could not be reached" in run.out


@pytest.mark.usefixtures("fig")
def test_a_second_interrupt_while_the_end_is_shown_loses_nothing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []

    class Slow(StaticView):
        def event(self, event: Any, reply: Any) -> None:
            interrupt_main_thread()

        def end(self, reply: vm.Reply, *, plain: bool = False) -> None:
            interrupt_main_thread()
            time.sleep(0.1)
            shown.append(f"{reply.text}, plain: {plain}")

    monkeypatch.setattr(answer, "view_for", lambda shell: Slow())
    with LoopbackServer(lambda body: [chunk("The first words"), END]) as server:
        session.use(base_url=server.url, model="m")
        assert "connection is closed" in run.fails("%%vision fig\nWhat?")
    assert shown == ["The first words, plain: True"]
    assert run.shell.user_ns["_vision"].text == "The first words"
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler  # and the next one is heard again


@pytest.mark.usefixtures("fig")
@pytest.mark.parametrize("error", [KeyboardInterrupt(), RecursionError("a bug")], ids=["interrupt", "error"])
def test_b1_an_answer_whose_drawing_ends_early_is_shown_as_plain_text(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    class Broken(TextView):
        def end(self, reply: vm.Reply, *, plain: bool = False) -> None:
            if not plain:
                raise error
            super().end(reply, plain=plain)

    monkeypatch.setattr(answer, "view_for", lambda shell: Broken())
    with LoopbackServer(lambda body: [chunk("All the words"), END]) as server:
        session.use(base_url=server.url, model="m")
        assert not run("%%vision fig -o kept\nWhat?").success
    assert run.out.count("All the words") == 2  # as it arrived, and in the end
    assert run.shell.user_ns["kept"].text == "All the words"
    assert run.shell.user_ns["kept"].state == "complete"


@pytest.mark.usefixtures("fig")
def test_an_interrupt_keeps_the_partial_answer_and_hangs_up(run: Run) -> None:
    waiting = threading.Event()

    def slow(body: dict[str, Any]) -> Iterator[bytes]:
        yield chunk("The first words")
        waiting.set()
        while True:  # until the client has hung up
            time.sleep(0.02)
            yield b": still here\n\n"

    def stop() -> None:
        waiting.wait(10)
        time.sleep(0.2)
        interrupt_main_thread()

    with LoopbackServer(slow) as server:
        session.use(base_url=server.url, model="m")
        stopper = threading.Thread(target=stop)
        stopper.start()
        message = run.fails("%%vision fig -o kept\nWhat?")
        stopper.join()
        assert server.hung_up.wait(5)
    assert "Interrupted" in message
    assert "The first words" in run.out
    assert "interrupted" in run.out
    assert run.shell.user_ns["kept"].text == "The first words"
    assert run.shell.user_ns["_vision"].state == "interrupted"


def test_a_stop_while_the_picture_is_read_is_shown_too(run: Run, server: LoopbackServer) -> None:
    class Slow:
        def __vision_image__(self) -> Any:
            interrupt_main_thread()
            time.sleep(10)

    run("%%vision --no-image\nWhat?")
    run.shell.user_ns["slow"] = Slow()
    assert "connection is closed" in run.fails("%%vision slow -o kept\nWhat?")
    assert "model-1 · 127.0.0.1 · interrupted · the question was not sent" in re.sub(r":\d+", "", run.out)
    assert (run.shell.user_ns["kept"].state, run.shell.user_ns["_vision"].text) == ("interrupted", "")
    assert len(server.requests) == 1


def test_help_shows_every_option_without_asking(run: Run, server: LoopbackServer) -> None:
    run("%%vision --help\n")
    assert "--max-completion-tokens" in run.out
    run("%%vision?")
    assert not server.requests


def test_a_key_is_sent_and_never_shown(run: Run, fig: object, monkeypatch: pytest.MonkeyPatch) -> None:
    key = "sk-CANARY-0123456789"
    monkeypatch.setenv("WORK_KEY", key)

    def refuse(body: dict[str, Any]) -> Iterator[bytes]:
        yield json.dumps({"error": {"message": f"Incorrect key {key}", "code": "invalid_api_key"}}).encode()

    with LoopbackServer(refuse, status=401) as server:
        run("%xmode Verbose")
        message = run.fails(f"%%vision fig -m m --base-url {server.url} --key-env WORK_KEY\nWhat?")
        run("%tb")
        assert server.headers[-1]["Authorization"] == f"Bearer {key}"
    assert "401" in message
    assert key not in message + run.out + run.err
    run("%vision")
    assert key not in run.out


def test_status_says_who_answers(run: Run) -> None:
    run("%vision")
    assert "embedded" in run.out
    run("%vision use ollama -m qwen3-vl:8b -t 0.1")
    assert "127.0.0.1:11434" in run.out
    run("%vision status")
    assert "qwen3-vl:8b" in run.out
    assert "temperature 0.1" in run.out
    run("%vision use")
    assert "embedded" in run.out


def test_loading_twice_and_unloading_leave_the_shell_as_it_was(run: Run) -> None:
    shell = run.shell
    run("%load_ext vision_magic")
    run("%unload_ext vision_magic")
    assert "format" not in shell.display_formatter.__dict__
    assert "publish" not in shell.display_pub.__dict__
    assert "vision" not in shell.magics_manager.magics["cell"]
    run("%load_ext vision_magic")
    assert "vision" in shell.magics_manager.magics["cell"]


def test_in_a_terminal_the_question_can_be_typed_below_the_line(run: Run) -> None:
    """With a transformer that gives every lone line a body, IPython would take the first line for all of it."""
    complete = run.shell.input_transformer_manager.check_complete
    assert complete("%%vision fig\n")[0] == "incomplete"
    assert complete("%%vision fig\nWhat?\n")[0] == "incomplete"
    assert complete("%%vision fig\nWhat?\n\n")[0] == "complete"


@pytest.mark.parametrize("word", ["x.png", "'x.png'", "photos/x.JPG"])
def test_a_file_name_on_the_line_is_answered_with_how_to_name_files(run: Run, word: str) -> None:
    assert "Path(" in run.fails(f"%%vision {word}\nWhat?")


def test_a_list_of_file_names_is_not_taken_for_files(run: Run) -> None:
    assert "[Path(name) for name in" in run.fails("%%vision ['x.png', 'y.png']\nWhat?")


def test_the_outputs_that_are_there_are_named(run: Run) -> None:
    run.shell.user_ns["Out"].update({3: 1, 5: 2})
    assert "the last ones are Out[3], Out[5]." in run.fails("%%vision Out[99]\nWhat?")


@pytest.mark.usefixtures("fig")
def test_a_misspelt_name_in_the_question_is_noted_and_sent_unchanged(run: Run, server: LoopbackServer) -> None:
    run("%%vision fig\nIs {figg} like {figg.axes[0]}, and {nothing}?")
    note = "{figg} is not a name in the notebook and is sent unchanged (did you mean fig?)"
    assert run.out.splitlines()[0] == note
    assert run.out.count("is not a name") == 1
    assert sent(server) == [(50, 40), "Is {figg} like {figg.axes[0]}, and {nothing}?"]


@pytest.mark.usefixtures("fig")
def test_e3_tex_is_sent_as_it_is_and_that_is_said(run: Run, server: LoopbackServer) -> None:
    run("a, b, n, i, name = 1, 2, 3, 4, 5")
    run("%%vision fig\nIs it $x_{i}$, \\frac{a}{b}, e^{n} or \\text{name}?")
    assert sent(server)[1] == "Is it $x_{i}$, \\frac{a}{b}, e^{n} or \\text{name}?"
    note = "Read as TeX and sent unchanged: {i}, {a}, {b}, {n}, …. Three braces fill in the value there: {{{i}}}"
    assert note in run.out
    run("%%vision fig\nIs it x_{{{i}}} or \\frac{c}{d}?")
    assert sent(server)[1] == "Is it x_{4} or \\frac{c}{d}?"
    assert "TeX" not in run.out


@pytest.mark.usefixtures("fig")
def test_e3_the_receipt_names_what_was_filled_in(run: Run, server: LoopbackServer) -> None:
    run("year = 1982; table = 'a  b\\n' * 100; before, after = 'x', 'y'; nothing = None")
    run("key = 'sk-' + 'a1B2' * 10; rude = '\\udc80\\x1b[2J'")
    run("%%vision fig\nIs {year} in {table}, or {before}_{after}, {year}, {nothing}, {rude}, {key}, {fig}?")
    reply = run.shell.user_ns["_vision"]
    assert dict(reply.receipt.filled) == {
        "year": "1982",
        "table": "a b a b a b a b a b a b a b a b a b a b…",
        "before": "x",
        "after": "y",
        "nothing": "None",
        "rude": "⟨U+DC80⟩␛[2J",
        "key": reply.receipt.filled[6][1],
    }
    assert "a1B2" not in str(reply.receipt.to_dict())
    assert "filled in  {year}: 1982; {table}: a b" in str(reply.receipt)
    assert json.dumps(reply.receipt.to_dict()["filled"], ensure_ascii=False).encode()
    assert "filled" not in vm.ask("Hm?", run.shell.user_ns["fig"]).receipt.to_dict()
    run("%%vision -c\nAnd now?")
    assert not run.shell.user_ns["_vision"].receipt.filled


@pytest.mark.usefixtures("fig", "server")
def test_e3_the_receipt_names_it_after_calls_of_functions_and_repairs(run: Run) -> None:
    run("year = 1982\ndef look() -> str:\n    'Look.'\n    return 'seen'")
    calls = [{"index": 0, "id": "1", "type": "function", "function": {"name": "look", "arguments": "{}"}}]
    asks = chunk(delta={"tool_calls": calls}, finish_reason="tool_calls") + b"data: [DONE]\n\n"
    answers = iter([[asks], [chunk("done"), END]])
    with LoopbackServer(lambda body: next(answers)) as running:
        session.use(base_url=running.url, model="model-1", approve="all")
        run("%%vision fig --tools look\nIs it {year}?")
    reply = run.shell.user_ns["_vision"]
    assert len(reply.rounds) == 1
    assert reply.receipt.filled == (("year", "1982"),)


@pytest.mark.usefixtures("fig")
def test_e3_a_value_that_cannot_be_shown_is_named(run: Run) -> None:
    run("class Odd:\n    def __str__(self):\n        raise RuntimeError('no words')\nodd = Odd()")
    assert run.fails("%%vision fig\nIs it {odd}?") == "The text of {odd} raised RuntimeError: no words"


@pytest.mark.usefixtures("fig")
def test_e6_the_name_of_a_file_in_nobodys_home_is_text(run: Run, server: LoopbackServer) -> None:
    for text in ("~nobody-of-this-name/a.png", "x" * 5000 + ".png", "a\0b.png"):
        assert vm.ask(text, run.shell.user_ns["fig"]).text == "The peak is **1982**."
        assert sent(server)[0] == text


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        pytest.param('%%vision "fig.png"\nWhat?', "Path('fig.png')", id="a file in quotes"),
        pytest.param("%%vision fig --tools nosuch\nWhat?", "available functions: measured", id="no such function"),
    ],
)
def test_a_first_try_that_fails_names_what_would_work(run: Run, cell: str, said: str) -> None:
    def measured() -> int:
        return 1

    run.shell.user_ns.update(measured=measured, fig=PILImage.new("L", (9, 9)))
    assert said in run.fails(cell)


def test_a_format_in_braces_is_noted(run: Run) -> None:
    run.shell.user_ns["x"] = 1.5
    run("%%vision --no-image\nIs {x:.1f} more than {y:.1f}?")
    assert "{x:.1f} is sent unchanged: a name in braces cannot have a format" in run.out
