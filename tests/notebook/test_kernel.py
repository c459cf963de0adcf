"""The magic in a real kernel, driven like JupyterLab and like programs that run notebooks."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Iterator
from typing import Any

import pytest
from jupyter_client.manager import start_new_kernel

PLOT = """
import matplotlib.pyplot as plt
fig, ax = plt.subplots(figsize=(6, 4))
ax.plot([1, 2, 3], [3, 1, 2], label="rainfall")
ax.set_title("Quartz lizards of Uqbar")
ax.legend()
plt.show()
"""


class Kernel:
    """A running kernel; `run` returns the messages of one cell."""

    def __init__(self) -> None:
        environment = {**os.environ, "VISION_MAGIC_PROFILE": "embedded"}
        self.manager, self.client = start_new_kernel(kernel_name="python3", env=environment)
        self.run("%load_ext vision_magic")

    def run(self, code: str, *, person: bool = False, cell: bool = True, meanwhile: Any = None) -> list[dict[str, Any]]:
        """Run a cell, or a line of a console; a `person` can be asked for input, a program cannot."""
        # An old kernel may drop the cell behind one that ended in an error, here the one that was interrupted.
        content = {"code": code, "silent": False, "allow_stdin": person, "stop_on_error": False}
        request = self.client.session.msg("execute_request", content, metadata={"cellId": "cell"} if cell else {})
        self.client.shell_channel.send(request)
        sent = request["header"]["msg_id"]
        messages: list[dict[str, Any]] = []
        while True:
            message = self.client.get_iopub_msg(timeout=120)
            if message["parent_header"].get("msg_id") != sent:
                continue
            messages.append(message)
            if meanwhile is not None:
                meanwhile(message)
            if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                return messages

    def stop(self) -> None:
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)
        self.manager.cleanup_resources()


@pytest.fixture(scope="module")
def kernel() -> Iterator[Kernel]:
    running = Kernel()
    yield running
    running.stop()


def of_kind(messages: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [message["content"] for message in messages if message["msg_type"] == kind]


def _output(kind: str, content: dict[str, Any]) -> Any:
    if kind == "error":
        return f"{content['ename']}: {content['evalue']}"
    return dict(content["data"]) if kind == "display_data" else content["text"]


def outputs(messages: list[dict[str, Any]]) -> list[Any]:
    """Return the outputs of a cell as a notebook shows and saves them, each as its text or its data."""
    shown: list[Any] = []
    by_id: dict[str, Any] = {}
    waits = False
    stream = ""  # the stream that the last output belongs to, to which a notebook appends what follows
    for message in messages:
        kind, content = message["msg_type"], message["content"]
        if kind == "stream" and stream == content["name"] and not waits:
            shown[-1] += content["text"]
            continue
        if kind in ("stream", "display_data", "error"):
            stream = content["name"] if kind == "stream" else ""
        if kind == "clear_output":
            waits = True
        elif kind in ("display_data", "stream", "error"):
            shown = [] if waits else shown
            waits = False
            shown.append(_output(kind, content))
            by_id[content.get("transient", {}).get("display_id", "")] = shown[-1]
        elif kind == "update_display_data" and content["transient"]["display_id"] in by_id:
            output = by_id[content["transient"]["display_id"]]
            output.clear()
            output.update(content["data"])
    assert not waits, "a cell that clears its outputs shows an error in their place"
    return shown


def printed(messages: list[dict[str, Any]]) -> str:
    return "".join(content["text"] for content in of_kind(messages, "stream"))


def failed(messages: list[dict[str, Any]]) -> str:
    """Return the error of a cell as it is shown."""
    [error] = of_kind(messages, "error")
    return str(_output("error", error))


def test_a_figure_of_the_cell_before_is_read_although_it_was_closed(kernel: Kernel) -> None:
    shown = of_kind(kernel.run(PLOT), "display_data")
    assert "image/png" in shown[0]["data"]
    assert printed(kernel.run("print(plt.get_fignums())")) == "[]\n"
    [answer] = of_kind(kernel.run("%%vision\nWhat is the title?"), "display_data")
    assert "Quartz lizards of Uqbar" in answer["data"]["text/plain"]
    assert "Quartz lizards of Uqbar" in answer["data"]["text/html"]


def test_a_program_gets_one_output_and_no_update(kernel: Kernel) -> None:
    kernel.run(PLOT)
    messages = kernel.run("%%vision\nDescribe it.")
    assert len(of_kind(messages, "display_data")) == 1
    assert not of_kind(messages, "update_display_data")
    assert not of_kind(messages, "execute_result")


def test_the_same_cell_gives_the_same_output_again(kernel: Kernel) -> None:
    kernel.run(PLOT)
    first, second = (of_kind(kernel.run("%%vision\nDescribe it."), "display_data") for _ in range(2))
    assert first == second


def test_a_person_sees_one_output_grow_and_end_as_a_program_gets_it(kernel: Kernel) -> None:
    kernel.run(PLOT)
    [static] = of_kind(kernel.run("%%vision\nDescribe it."), "display_data")
    kernel.run("%env VISION_MAGIC_DISPLAY=live")  # whatever the page of an earlier test did
    kernel.run("from vision_magic.notebook.views import page\npage._PAGE_READY = 0.5")  # instead of 2
    messages = kernel.run("%%vision\nDescribe it.", person=True)
    kernel.run("%env VISION_MAGIC_DISPLAY=auto")
    [first] = of_kind(messages, "display_data")
    [last] = of_kind(messages, "update_display_data")
    model = first["data"]["application/vnd.jupyter.widget-view+json"]["model_id"]
    assert last["transient"] == first["transient"]
    assert last["data"] == static["data"]
    assert last["metadata"]["vision_magic"]["images"][0]["width"] > 300
    about = [message["content"] for message in messages if message["content"].get("comm_id") == model]
    assert about[0]["data"]["state"]["target"] == "embedded-reader · in this process"
    assert any(message["data"].get("method") == "custom" for message in about)
    # A widget that has just been made is closed a little later.
    look = f"print({model!r} in __import__('ipywidgets').Widget.get_manager_state()['state'])"
    assert printed(kernel.run(f"import time; time.sleep(1)\n{look}")) == "False\n"


SLOW = """
import httpx, json, time, vision_magic as vm
from vision_magic.notebook.views import live
live.PATIENCE = 0.6  # instead of 1.5
class Slow(httpx.SyncByteStream):
    def __iter__(self):
        for text in ("One", " two", " three"):
            yield b'data: {"choices":[{"delta":{"content":"%s"}}]}\\n\\n' % text.encode()
            time.sleep(0.35)
        yield b'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\\n\\ndata: [DONE]\\n\\n'
vm.use(base_url="http://127.0.0.1:9/v1", model="m",
       transport=httpx.MockTransport(lambda request: httpx.Response(200, stream=Slow())))
"""


def test_a_page_that_is_silent_gets_updates_of_one_output_and_one_that_is_heard_late_the_next_widget(
    kernel: Kernel,
) -> None:
    kernel.run(SLOW)

    def hello(message: dict[str, Any]) -> None:
        """Say hello as a page does to a kernel that hears it only after the cell."""
        if message["msg_type"] == "comm_open" and "target" in message["content"]["data"]["state"]:
            data = {"method": "custom", "content": {"kind": "hello", "page": "a"}}
            said = kernel.client.session.msg("comm_msg", {"comm_id": message["content"]["comm_id"], "data": data})
            kernel.client.shell_channel.send(said)

    for meanwhile, updated in ((None, True), (hello, True), (None, False)):
        messages = kernel.run("%%vision --no-image\nWhat?", person=True, meanwhile=meanwhile)
        [first], updates = of_kind(messages, "display_data"), of_kind(messages, "update_display_data")
        assert "application/vnd.jupyter.widget-view+json" in first["data"]
        assert {tuple(update["data"]) for update in updates} == {("text/html", "text/plain")}
        assert "One two three" in updates[-1]["data"]["text/html"]
        assert "vision-magic-growing" not in updates[-1]["data"]["text/html"]
        assert (len(updates) > 1) == updated
    kernel.run("vm.use()")


def test_a_console_gets_the_text_as_it_arrives(kernel: Kernel) -> None:
    kernel.run(SLOW)
    pieces: list[str] = []

    def read(message: dict[str, Any]) -> None:
        if message["msg_type"] == "stream":
            pieces.append(message["content"]["text"])

    messages = kernel.run("%%vision --no-image\nWhat?", person=True, cell=False, meanwhile=read)
    kernel.run("vm.use()")
    assert "".join(pieces).startswith("One two three\n\nm · 127.0.0.1:9")
    assert len(pieces) >= 2
    assert not of_kind(messages, "display_data")


def test_updates_that_a_program_gets_end_as_one_output(kernel: Kernel) -> None:
    kernel.run(PLOT)
    expected = outputs(kernel.run("%%vision\nDescribe it."))
    kernel.run("%env VISION_MAGIC_DISPLAY=updating")
    shown = outputs(kernel.run("%%vision\nDescribe it."))
    kernel.run("%env VISION_MAGIC_DISPLAY=auto")
    assert shown == expected


@pytest.mark.parametrize("person", [True, False])
def test_what_is_captured_is_one_output(kernel: Kernel, person: bool) -> None:
    kernel.run(PLOT)
    expected = outputs(kernel.run("%%vision\nDescribe it."))
    assert outputs(kernel.run("%%capture kept\n%vision retry", person=person)) == []
    assert outputs(kernel.run("kept.show()")) == expected


def test_a_reply_as_the_last_expression_is_the_same_answer_and_its_text_when_printed(kernel: Kernel) -> None:
    kernel.run("import vision_magic as vm\nfrom PIL import Image\npicture = Image.new('RGB', (320, 200), 'navy')")
    [shown] = of_kind(kernel.run("%%vision picture\nWhat size is it?"), "display_data")
    [result] = of_kind(kernel.run("vm.ask('What size is it?', picture)", person=True), "execute_result")
    assert result["data"] == shown["data"]
    text = printed(kernel.run("print(vm.ask('What size is it?', picture))"))
    assert text == printed(kernel.run("print(_vision.text)"))
    assert "320" in text


def test_an_error_leaves_one_line_and_no_output_of_ours(kernel: Kernel) -> None:
    kernel.run("fig = None")
    messages = kernel.run("%%vision figg\nWhat?", person=True)
    assert not of_kind(messages, "display_data")
    assert "did you mean fig?" in failed(messages)


SERVERS = """
import httpx, json, vision_magic as vm
def answers(status, content):
    return httpx.MockTransport(lambda request: httpx.Response(status, content=content))
def refuse(request):
    raise httpx.ConnectError("refused")
def use(transport, **options):
    vm.use(base_url="http://127.0.0.1:9/v1", model="m", transport=transport, **options)
missing = None
figure1 = 1
"""


_FAILING = [
    pytest.param("", "%%vision --zzz\nWhat?", ["Unknown option --zzz"], id="E5 a bad option"),
    pytest.param("", "%%vision -t 5\nWhat?", ["temperature got 5"], id="a bad value"),
    pytest.param("", "%%vision nothing\nWhat?", ["'nothing' is not a name"], id="E5 a missing name"),
    pytest.param("", "# above\n%%vision missing\nWhat?", ["None"], id="E5 not a picture"),
    pytest.param("vm.use('openai', model='m')", "%%vision\nWhat?", ["needs a key"], id="E5 no key"),
    pytest.param("use(answers(401, b'{}'))", "%%vision\nWhat?", ["401"], id="E5 refused by the server"),
    pytest.param("use(answers(404, b'{}'))", "%%vision --no-stream\nWhat?", ["404"], id="in one piece"),
    pytest.param("use(answers(401, b'{}'))", "%%vision -m a -m b\nWhat?", ["401"], id="two models"),
    pytest.param("use(httpx.MockTransport(refuse))", "%%vision\nWhat?", ["refused"], id="no connection"),
    pytest.param(
        "use(answers(401, b'{}'))", "%%vision\nIs it {figure2}?", ["did you mean figure1", "401"], id="with a note"
    ),
    pytest.param(
        'use(answers(200, b\'data: {"choices": [{"delta": {}}]}\\n\\n\'))',
        "%%vision\nWhat?",
        ["ended early"],
        id="E5 nothing arrived",
    ),
    pytest.param("use(answers(401, b'{}'))", "%vision retry", ["401"], id="once more"),
    pytest.param("use(answers(401, b'{}'))", "%%vision --no-raise-error\nWhat?", ["401"], id="without an error"),
    pytest.param("use(answers(401, b'{}'))", "%%vision --wire\nWhat?", ["POST", "401"], id="with the traffic"),
    pytest.param("", "%%vision missing --wire\nWhat?", ["None"], id="with no traffic"),
    pytest.param("use(answers(401, b'{}'))", "%%time\n%%vision\nWhat?", ["401"], id="below %%time"),
]
# What a program gets differs where an output has begun: a server was asked, in a stream or in one piece, or for two.
_FAILING_IN_A_PROGRAM = (
    "E5 a bad option",
    "E5 refused by the server",
    "in one piece",
    "two models",
    "E5 nothing arrived",
)


@pytest.mark.parametrize(
    ("person", "setting", "cell", "said"),
    [
        pytest.param(person, *case.values, id=f"{case.id}-{'person' if person else 'program'}")
        for case in _FAILING
        for person in (True, False)
        if person or case.id in _FAILING_IN_A_PROGRAM
    ],
)
def test_e5_a_failing_cell_leaves_no_empty_output(
    kernel: Kernel, person: bool, setting: str, cell: str, said: list[str]
) -> None:
    kernel.run(PLOT)
    kernel.run(SERVERS + setting)
    if "retry" in cell:
        kernel.run("%%vision --no-image --no-raise-error\nWhat?")
    shown = outputs(kernel.run(cell, person=person))
    kernel.run("vm.use()")
    texts = [output if isinstance(output, str) else output.get("text/plain", "") for output in shown]
    assert all(text.strip() for text in texts)
    assert not any("application/vnd.jupyter.widget-view+json" in output for output in shown)
    for words in said:
        assert any(words in text for text in texts), texts
    if "%%time" not in cell:
        assert len(shown) == len(said)


def test_e5_other_outputs_of_a_cell_stay(kernel: Kernel) -> None:
    kernel.run(PLOT)
    kernel.run(SERVERS + "use(answers(401, b'{}'))")
    first, second, third = outputs(
        kernel.run("print('kept')\nget_ipython().run_cell_magic('vision', '', 'What?')", person=True)
    )
    kernel.run("vm.use()")
    assert first == "kept\n"
    assert second["text/plain"] == "No answer."
    assert "401" in third


def test_e5_an_interrupt_before_the_first_token_leaves_what_happened(kernel: Kernel) -> None:
    kernel.run(PLOT)
    kernel.run(
        SERVERS
        + """
import time
class Silent(httpx.SyncByteStream):
    def __iter__(self):
        time.sleep(60)
        yield b""
use(httpx.MockTransport(lambda request: httpx.Response(200, stream=Silent())))
"""
    )

    def stop(message: dict[str, Any]) -> None:
        if message["msg_type"] == "comm_msg" and "'sent': True" in str(message["content"]):
            assert kernel.manager.provisioner is not None
            os.kill(kernel.manager.provisioner.pid, signal.SIGINT)  # type: ignore[attr-defined]

    answer, error = outputs(kernel.run("%%vision\nWhat?", person=True, meanwhile=stop))
    kernel.run("vm.use()")
    assert "interrupted" in answer["text/plain"]
    assert "Interrupted" in error


SHOWN = """
import ipywidgets, vision_magic as vm
from IPython.display import HTML, SVG, clear_output, display, update_display
from PIL import Image
from vision_magic.notebook.state import state_of

def picture(width):
    return Image.new("L", (width, 20))

def look():
    for each in state_of(get_ipython()).display_history.last():
        try:
            print(vm.as_image(each).width)
        except vm.VisionError as error:
            print(error)
"""


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        pytest.param("picture(41)", "41", id="F8 as last expression"),
        pytest.param("display(picture(41)); clear_output()", "40", id="F8 cleared"),
        pytest.param("display(picture(41)); clear_output(wait=True)", "41", id="F8 to be cleared by the next"),
        pytest.param("display(picture(41)); clear_output(wait=True); display('x')", "40", id="F8 cleared by text"),
        pytest.param("display(picture(41)); clear_output(wait=True); display(picture(42))", "42", id="F8 replaced"),
        pytest.param(
            "display(picture(41), display_id='a'); update_display(HTML('x'), display_id='a')", "40", id="F8 update"
        ),
        pytest.param("%%capture captured\ndisplay(picture(41))", "40", id="F8 captured"),
        pytest.param("captured.show()", "41", id="F8 shown after all"),
        pytest.param("out = ipywidgets.Output()\nwith out: display(picture(41))\nout", "41", id="F8 in a widget"),
        pytest.param(
            "display(picture(41)); out = ipywidgets.Output()\nwith out: display(picture(42)); clear_output()",
            "41",
            id="F8 cleared in a widget",
        ),
        pytest.param("SVG('<svg xmlns=\"http://www.w3.org/2000/svg\"><g/></svg>')", "is SVG", id="F8 SVG"),
        pytest.param(
            "import plotly.io; plotly.io.show({'data': [{'y': [1]}]}, renderer='notebook')", "kaleido", id="F8 HTML"
        ),
        pytest.param("%matplotlib inline\nplt.title('$\\\\frac{a$'); plt.show()", "cannot draw", id="F8 failed"),
        pytest.param("1 / 0", "40", id="F8 an error"),
    ],
)
def test_the_last_picture_is_the_newest_that_was_shown_or_a_refusal(kernel: Kernel, cell: str, expected: str) -> None:
    kernel.run(f"import matplotlib.pyplot as plt\n{SHOWN}")
    if "captured.show" in cell:
        kernel.run("%%capture captured\ndisplay(picture(41))")
    kernel.run("picture(40)")
    kernel.run(cell)
    assert expected in printed(kernel.run("look()"))


@pytest.mark.parametrize("display", ["auto", "updating"])
def test_the_stop_button_keeps_what_has_arrived(kernel: Kernel, display: str) -> None:
    """A kernel interrupt is what every front end's stop button sends."""
    kernel.run(f"%env VISION_MAGIC_DISPLAY={display}")
    kernel.run(
        """
import httpx, json, time, vision_magic as vm
class Slow(httpx.SyncByteStream):
    closed = False
    def __iter__(self):
        yield b'data: {"choices":[{"delta":{"content":"Half an answer"}}]}\\n\\n'
        for _ in range(600):
            time.sleep(0.1)
            yield b": waiting\\n\\n"
    def close(self):
        Slow.closed = True
vm.use(base_url="http://127.0.0.1:9/v1", model="m",
       transport=httpx.MockTransport(lambda request: httpx.Response(200, stream=Slow())))
"""
    )
    stopped = []

    def stop(message: dict[str, Any]) -> None:
        if not stopped and "Half an answer" in str(message["content"]):
            stopped.append(time.monotonic())
            assert kernel.manager.provisioner is not None
            os.kill(kernel.manager.provisioner.pid, signal.SIGINT)  # type: ignore[attr-defined]

    kernel.run(PLOT)
    messages = kernel.run("%%vision -o kept\nWhat?", person=True, meanwhile=stop)
    assert "interrupted" in of_kind(messages, "update_display_data")[-1]["data"]["text/html"]
    assert "Interrupted" in failed(messages)
    assert printed(kernel.run("print(kept.text, kept.state, Slow.closed)")) == "Half an answer interrupted True\n"
    kernel.run("vm.use()\n%env VISION_MAGIC_DISPLAY=auto")


@pytest.mark.parametrize("person", [True, False])
def test_b1_an_interrupt_while_the_answer_is_drawn_keeps_its_text(kernel: Kernel, person: bool) -> None:
    """A text that takes for ever to draw is not known; here, the drawing waits until it is interrupted."""
    kernel.run(
        """
import httpx, json, time, vision_magic as vm
from vision_magic.render import reply as rendering
text = "```cpp" + chr(10) * 20_000 + "The **end**."
body = {"choices": [{"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}]}
vm.use(base_url="http://127.0.0.1:9/v1", model="m",
       transport=httpx.MockTransport(lambda request: httpx.Response(200, json=body)))
def endless(markdown):
    print("drawing", flush=True)
    time.sleep(100)
quick, rendering.safe_html = rendering.safe_html, endless
"""
    )
    stopped = []

    def stop(message: dict[str, Any]) -> None:
        if not stopped and "drawing" in str(message["content"].get("text")):
            stopped.append(message)
            assert kernel.manager.provisioner is not None
            os.kill(kernel.manager.provisioner.pid, signal.SIGINT)  # type: ignore[attr-defined]

    started = time.monotonic()
    messages = kernel.run("%%vision --no-image -o kept\nWhat?", person=person, meanwhile=stop)
    assert time.monotonic() - started < 60  # not the 100 seconds of the drawing
    data = of_kind(messages, "update_display_data" if person else "display_data")[-1]["data"]
    assert "The **end**." in data["text/html"]
    assert "shown as plain text" in data["text/plain"]
    assert "Interrupted while the answer was being drawn" in failed(messages)
    assert printed(kernel.run("print(kept.text == text, kept.state)")) == "True complete\n"
    kernel.run("rendering.safe_html = quick; vm.use()")


@pytest.mark.parametrize(
    ("line", "html"),
    [
        pytest.param("%vision", "<td[^>]*>embedded-reader</td>", id="status"),
        pytest.param("%vision help", "<code[^>]*>%vision undo", id="help"),
        pytest.param("%vision help pictures", "<code[^>]*>--max-side PIXELS</code>", id="a topic"),
        pytest.param("%%vision --help", "<code[^>]*>%vision help request</code>", id="help of the cell"),
        pytest.param("%vision history", "&lt;b&gt;bold.*A picture of [^<]*<.*<p>The title is", id="history"),
        pytest.param("%vision usage", "<p>Nothing has been spent|<th[^>]*>prompt</th>", id="usage"),
        pytest.param("%vision config seed=7", "<td[^>]*>seed</td><td[^>]*>7</td>", id="config"),
        pytest.param("%vision models", "<td[^>]*>embedded-reader</td>", id="models"),
    ],
)
def test_n16_a_notebook_shows_tables_and_rendered_text_where_a_terminal_prints(
    kernel: Kernel, line: str, html: str
) -> None:
    kernel.run(PLOT)
    kernel.run("%%vision fig\nWhat is the title, in <b>bold</b>? `bold`")
    messages = kernel.run(line)
    kernel.run("%vision config seed=null")
    [shown] = of_kind(messages, "display_data")
    assert not printed(messages)
    assert re.search(html, shown["data"]["text/html"], re.DOTALL), shown["data"]["text/html"]
    assert "<b>" not in shown["data"]["text/html"]
    assert not shown["data"]["text/plain"].startswith("<div")


def test_n9_a_traceback_of_a_wrong_call_ends_in_the_users_line(kernel: Kernel) -> None:
    for call in ("vm.ask('What?', image=1)", "vm.as_image(None)", "vm.Conversation().ask('What?', 3)"):
        [error] = of_kind(kernel.run(f"import vision_magic as vm\n{call}"), "error")
        shown = re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(error["traceback"]))
        assert call in shown
        assert "/vision_magic/" not in shown
        assert error["evalue"] in shown


def test_the_code_that_a_converter_runs_stays_in_the_traceback(kernel: Kernel) -> None:
    kernel.run(
        "import vision_magic as vm\nclass Slide:\n    def __vision_image__(self):\n        return self.no_such_pixels"
    )
    [error] = of_kind(kernel.run("vm.as_image(Slide())"), "error")
    assert "no_such_pixels" in "".join(error["traceback"])
