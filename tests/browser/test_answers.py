"""Answers in a real notebook: shown while they grow, stopped, saved and reopened; hostile answers have no effect."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from typing import Any

import nbformat
import pytest
from nbconvert import HTMLExporter
from PIL import Image as PILImage

from tests.browser.lab import Lab
from tests.browser.seen import Seen
from tests.servers import END, LoopbackServer, chunk
from tests.session.scripted import in_delta

Open = Callable[..., Seen]

SETUP = """%load_ext vision_magic
import matplotlib.pyplot as plt
fig, ax = plt.subplots(figsize=(4, 2))
ax.plot([3, 1, 2])
ax.set_title("Nightjar ledger")
plt.show()"""

ANSWER = r"""## What it shows

The **north** series rises to \(52\); see [the table](https://example.org/table).

| year | yield |
|------|------:|
| 2024 | 31 |

```python
def slope(years):
    return years[0]
```

1. one

2. two

That is all."""


# What can be seen of the answer at each frame: characters, height, whether it is live. It ends with the notebook.
WATCH = """() => { const mine = window.watched = []; const look = () => {
  if (window.watched !== mine) return;
  const text = document.querySelector('.vision-magic-text');
  if (text) mine.push([text.innerText.length, text.getBoundingClientRect().height || measured(text),
    !!document.querySelector('.vision-magic-live, .vision-magic-growing')]);
  requestAnimationFrame(look); };
  const measured = (text) => { const range = document.createRange(); range.selectNodeContents(text);
    return range.getBoundingClientRect().height; };
  requestAnimationFrame(look); }"""


# How many characters the answer had while it was live: each number once.
LENGTHS = "() => [...new Set(window.watched.filter((one) => one[2] && one[0]).map((one) => one[0]))]"
FRAMES = """async () => { for (let frame = 0; frame < 20; frame++)
  await new Promise((done) => requestAnimationFrame(done)); }"""

# A kernel that hears a page, but not its Stop button.
DEAF = """from vision_magic.notebook.views.live import LiveReply
hear = LiveReply._on_message
LiveReply._on_message = lambda *message: hear(*message) if message[2]["kind"] != "stop" else None"""

# A kernel that tells when it has heard which folds are open.
ATTENTIVE = """from vision_magic.notebook.views.live import LiveReply
hear = LiveReply._on_message
def heard(*message):
    hear(*message)
    if message[2]["kind"] == "unfolded": {giving}
LiveReply._on_message = heard"""


PATIENCE = 120  # seconds that a server waits for a test, which has failed then
HOLD = "\f"  # in a text of `slowly`, where it waits for the test, because no pause is long enough on a busy machine


def slowly(
    text: str = ANSWER, pause: float = 0.02, size: int = 6, gate: threading.Semaphore | None = None
) -> Callable[[dict[str, Any]], Iterator[bytes]]:
    """Answer in small pieces; at each `HOLD`, wait until the test has seen what has come and releases the gate."""

    def answer(body: dict[str, Any]) -> Iterator[bytes]:
        time.sleep(0.1)
        for number, part in enumerate(text.split(HOLD)):
            if number and gate is not None:
                gate.acquire(timeout=PATIENCE)
            for start in range(0, len(part), size):
                for choice in range(body.get("n", 1)):
                    yield chunk(part[start : start + size], index=choice)
                time.sleep(pause)
        for choice in range(body.get("n", 1)):
            yield chunk(finish_reason="stop", index=choice)
        yield b"data: [DONE]\n\n"

    return answer


def on_and_on(go: threading.Event, last: str = "\n\nThat was it.") -> Callable[[dict[str, Any]], Iterator[bytes]]:
    """Answer, and go on with the same words until the test has seen what it waits for."""

    def answer(body: dict[str, Any]) -> Iterator[bytes]:
        yield chunk(f"{ANSWER}\n\nAnd ")
        end = time.monotonic() + PATIENCE
        while not go.wait(0.1) and time.monotonic() < end:
            yield chunk("on and ")
        yield chunk(last) + END

    return answer


def ask(server: LoopbackServer, *options: str, question: str = "What does it show?") -> str:
    return f"%%vision {' '.join(options)} --base-url {server.url} -m model-1\n{question}"


# What Notebook 7 has of its own is the page around the notebook, so two tests look at it: an answer that grows and is
# replaced at its end, and Stop. The area of outputs, the comms and the kernel's interrupt are JupyterLab's.
@pytest.fixture(params=["lab", "classic"])
def front(request: pytest.FixtureRequest) -> Lab:
    """JupyterLab, and Notebook 7."""
    found: Lab = request.getfixturevalue(request.param)
    return found


def test_an_answer_is_seen_growing_and_ends_as_it_was_without_a_jump(anywhere: Lab, open_notebook: Open) -> None:
    name = anywhere.application if anywhere.widgets else "bare"
    gate = threading.Semaphore(0)
    fifths = [ANSWER[start : start + 1 + len(ANSWER) // 5] for start in range(0, len(ANSWER), 1 + len(ANSWER) // 5)]
    with LoopbackServer(slowly("".join(HOLD + part for part in fifths) + HOLD, gate=gate)) as server:
        seen = open_notebook(anywhere, SETUP, ask(server), "1 + 1")
        seen.run_all()
        seen.waits_for("waiting for the first token" if anywhere.widgets else "reading the picture")
        seen.shot(f"{name}-waiting")
        seen.page.evaluate(WATCH)
        for number in range(1, 6):
            gate.release()
            seen.until(lambda number=number: len(seen.page.evaluate(LENGTHS)) >= number)  # type: ignore[misc]
        seen.waits_for("That is all.")
        seen.page.evaluate(FRAMES)  # in which what has come is watched
        gate.release()
        seen.until(lambda: not seen.live())
        seen.page.evaluate(FRAMES)
        watched = seen.page.evaluate("() => window.watched")
        lengths = [length for length, _, live in watched if live]
        assert len(set(lengths)) > 4
        # Marks that are read as such when they close, as those of a link, take a few characters away again.
        assert all(after - before > -60 for before, after in pairwise(lengths))
        text = seen.text()
        for words in ("What it shows", "the table (example.org)", "2024", "def slope(years):", "Receipt: 1 picture"):
            assert words in text
        # The end takes the place of the live view, without a frame in which there is less; formulas are typeset then.
        last = max(place for place, (_, _, live) in enumerate(watched) if live)
        before, after = watched[last][1], watched[-1][1]
        assert abs(after - before) < 40
        assert min(height for _, height, _ in watched[last:]) >= before - 40
        seen.shot(f"{name}-done")
        [output] = seen.save()["cells"][1]["outputs"]
        assert set(output["data"]) == {"text/html", "text/plain"}


def test_what_was_saved_is_all_there_when_it_is_opened_again(lab: Lab, open_notebook: Open) -> None:
    with LoopbackServer(slowly(pause=0.001)) as server:
        seen = open_notebook(lab, SETUP, ask(server))
        seen.run_all()
        seen.waits_for("That is all.")
        seen.until(lambda: not seen.live())
        saved = seen.save()
    [output] = saved["cells"][1]["outputs"]
    assert set(output["data"]) == {"text/html", "text/plain"}
    assert output["metadata"]["vision_magic"]["images"][0]["source"] == "matplotlib figure, as shown"
    assert "widget-view" not in json.dumps(saved["cells"])
    assert "widget-state" not in json.dumps(saved["cells"])
    seen.open()
    seen.waits_for("That is all.")
    assert "model not found" not in seen.text()
    exported, _ = HTMLExporter().from_notebook_node(nbformat.reads(json.dumps(saved), as_version=4))
    for words in ("That is all.", "Receipt: 1 picture", "<td>2024</td>"):
        assert words in exported
    assert "vision-magic-live" not in exported


def test_a_picture_in_an_answer_is_seen_at_once_and_stays(lab: Lab, open_notebook: Open) -> None:
    """And one that is only an address is named and never loaded: `open_notebook` refuses requests to other hosts."""
    picture = in_delta(PILImage.radial_gradient("L").resize((1600, 1200)).convert("RGB"))
    tracker = {"type": "image_url", "image_url": {"url": "https://tracker.example/x.png"}}

    def answer(body: dict[str, Any]) -> Iterator[bytes]:
        yield chunk("Here it is: ")
        yield chunk(delta={"images": [picture, tracker]})
        while not go.wait(0.1):
            yield chunk("and on ")
        yield END

    go = threading.Event()
    sizes = "all => all.map((image) => [image.naturalWidth, image.getBoundingClientRect().width > 100])"
    with LoopbackServer(answer) as server:
        seen = open_notebook(lab, SETUP, ask(server, "--no-image"), ask(server, "last"))
        seen.run_all()
        drawn = ".vision-magic-live .vision-magic-text img"
        seen.until(lambda: seen.page.eval_on_selector_all(drawn, sizes) == [[512, True]])
        seen.waits_for("a picture, not loaded (tracker.example)")
        seen.shot("picture-live")
        go.set()
        seen.until(lambda: len(server.requests) == 2 and not seen.live())
        seen.shot("picture-done")
        kept = ".vision-magic-text img"
        seen.until(lambda: seen.page.eval_on_selector_all(kept, sizes) == [[1024, True]] * 2)
        assert "1600 × 1200 · PNG" in seen.text()
    assert json.dumps(server.requests[1]).count("data:image/png;base64,") == 1


def test_who_wants_no_live_view_gets_the_answer_at_the_end(lab: Lab, open_notebook: Open) -> None:
    with LoopbackServer(slowly()) as server:
        seen = open_notebook(lab, f"{SETUP}\n%env VISION_MAGIC_DISPLAY=static", ask(server))
        seen.run_all()
        seen.page.evaluate(WATCH)
        seen.waits_for("That is all.")
        assert not any(live for _, _, live in seen.page.evaluate("() => window.watched"))
        [output] = seen.save()["cells"][1]["outputs"]
    assert set(output["data"]) == {"text/html", "text/plain"}


def test_the_copy_buttons_copy_code_and_the_whole_answer(lab: Lab, open_notebook: Open) -> None:
    with LoopbackServer(slowly(pause=0.001)) as server:
        seen = open_notebook(lab, SETUP, ask(server))
        seen.run_all()
        seen.waits_for("That is all.")
        seen.until(lambda: not seen.live())
    seen.page.click(".vision-magic-code button")
    seen.until(lambda: seen.page.evaluate("() => navigator.clipboard.readText()").startswith("def slope(years):"))
    seen.page.click(".vision-magic-answer > div > button")
    seen.until(lambda: seen.page.evaluate("() => navigator.clipboard.readText()") == ANSWER)


def test_the_stop_button_stops_at_once_and_a_pending_figure_is_shown(front: Lab, open_notebook: Open) -> None:
    with LoopbackServer(slowly(ANSWER * 20, pause=0.05)) as server:
        # A figure that is drawn and not yet shown when the button is pressed.
        line = ask(server).splitlines()[0].removeprefix("%%vision ")
        cell = f"plt.plot([1, 2]); plt.title('pending')\nget_ipython().run_cell_magic('vision', {line!r}, 'What?')"
        seen = open_notebook(front, SETUP, cell, "print('next', _vision.state, len(_vision.text) > 10)")
        seen.run_all()
        seen.waits_for("What it shows")
        pressed = time.monotonic()
        seen.page.dispatch_event(".vision-magic-stop", "click")
        seen.until(lambda: not seen.live(), 10)
        assert time.monotonic() - pressed < 5
        seen.waits_for("next interrupted True")
        assert "interrupted" in seen.text()
        assert "Error:" not in seen.text()
        assert len(seen.page.query_selector_all(".jp-OutputArea-output img:not([alt^=Picture])")) == 2
        assert server.hung_up.wait(5)


def test_the_notebooks_own_stop_keeps_the_answer_and_fails_the_cell(either: Lab, open_notebook: Open) -> None:
    with LoopbackServer(slowly(ANSWER * 20, pause=0.05)) as server:
        seen = open_notebook(either, SETUP, ask(server), "print('must not run')")
        seen.run_all()
        seen.waits_for("What it shows")
        seen.page.click(".lm-MenuBar >> text=Kernel")
        seen.page.click("text=Interrupt Kernel")
        seen.waits_for("Interrupted")
        seen.until(lambda: not seen.live())
        assert "What it shows" in seen.text()
        assert "must not run" not in seen.text()


def test_in_the_background_other_cells_run_and_the_stop_button_works(lab: Lab, open_notebook: Open) -> None:
    with LoopbackServer(slowly(ANSWER * 20, pause=0.05)) as server:
        until_ready = "import time\nwhile not hasattr(late, 'state'): time.sleep(0.1)\nlate.state"
        cells = ("print('meanwhile', late)", until_ready)
        seen = open_notebook(lab, SETUP, ask(server, "--bg", "-o late"), *cells)
        seen.run_all()
        seen.waits_for("meanwhile <BackgroundReply: still being written>")
        seen.waits_for("What it shows")
        seen.page.dispatch_event(".vision-magic-stop", "click")
        seen.until(lambda: not seen.live(), 10)
        seen.waits_for("'interrupted'")


def test_in_the_background_without_widgets_other_cells_run_and_it_is_stopped_by_name(
    bare: Lab, open_notebook: Open
) -> None:
    with LoopbackServer(slowly(ANSWER * 20, pause=0.05)) as server:
        until_some = "import time\nwhile '2024' not in late.reply.text: time.sleep(0.1)"
        shown = bare.signal()
        until_seen = f"print('meanwhile', late)\n{shown.cell}"
        stop = "late.stop(); print('reply', repr(late.wait().state))"
        cells = (until_some, until_seen, stop)
        seen = open_notebook(bare, SETUP, ask(server, "--bg", "-o late"), *cells)
        seen.run_all()
        seen.waits_for("meanwhile <BackgroundReply: still being written>")
        seen.waits_for("What it shows")
        shown.give()
        seen.waits_for("reply 'interrupted'")
        seen.until(lambda: not seen.live(), 10)
        assert "· interrupted" in seen.text()


def test_an_output_that_is_cleared_while_it_is_updated_stays_away_and_the_answer_is_kept(
    bare: Lab, open_notebook: Open
) -> None:
    go = threading.Event()
    with LoopbackServer(on_and_on(go)) as server:
        seen = open_notebook(bare, SETUP, ask(server), "print('after', _vision.state)")
        seen.run_all()
        seen.waits_for("What it shows")
        seen.clear_outputs()
        time.sleep(0.5)  # for more of the answer
        go.set()
        seen.waits_for("after complete")
        assert "What it shows" not in seen.text()


def test_a_page_that_is_late_gets_the_widget_after_all_and_one_answer_is_seen(lab: Lab, open_notebook: Open) -> None:
    late = """import time
from vision_magic.notebook.views.live import LiveReply
hear = LiveReply._on_message
def hear_late(self, widget, content, buffers):
    time.sleep(4 if content.get("kind") == "hello" else 0)
    hear(self, widget, content, buffers)
LiveReply._on_message = hear_late"""
    forms = """() => [...document.querySelectorAll('.vision-magic-answer')].map(
        (one) => one.className.match(/live|growing/)?.[0] ?? 'static')"""
    go = threading.Event()
    with LoopbackServer(on_and_on(go)) as server:
        seen = open_notebook(lab, f"{SETUP}\n{late}", ask(server), "'after'")
        seen.run_all()
        shown: list[list[str]] = []

        def has_ended() -> bool:
            if (now := seen.page.evaluate(forms)) and now not in shown[-1:]:
                shown.append(now)
                if shown[-2:] == [["growing"], ["live"]]:
                    go.set()
            return "'after'" in seen.text()

        seen.until(has_ended)
        assert shown[-3:] == [["growing"], ["live"], ["static"]]
        [output] = seen.save()["cells"][1]["outputs"]
    assert set(output["data"]) == {"text/html", "text/plain"}


def test_in_the_background_it_goes_on_in_a_page_that_is_loaded_again_and_stays(lab: Lab, open_notebook: Open) -> None:
    """What takes the place of the live view at the end does not reach such a page."""
    go = threading.Event()
    with LoopbackServer(on_and_on(go, "\n\nSo $x^2$ it is.")) as server:
        seen = open_notebook(lab, SETUP, ask(server, "--bg"), "'after'")
        seen.run_all()
        seen.waits_for("What it shows")
        seen.save()
        seen.open()
        seen.until(seen.live)
        go.set()
        seen.waits_for("it is.")
        seen.until(lambda: not seen.live())
        seen.waits_for("Receipt: 1 picture")
        seen.page.wait_for_selector(".vision-magic-text mjx-container")
        assert "def slope(years):" in seen.text()
        seen.page.click(".vision-magic-code button")
        seen.until(lambda: seen.page.evaluate("() => navigator.clipboard.readText()").startswith("def slope(years):"))


def test_several_choices_stand_side_by_side_and_one_below_the_other_where_it_is_narrow(
    lab: Lab, open_notebook: Open
) -> None:
    places = (
        "() => [...document.querySelectorAll('.vision-magic-choice')].map((one) => one.getBoundingClientRect().top)"
    )
    with LoopbackServer(slowly(pause=0.05)) as server:
        wide = open_notebook(lab, SETUP, ask(server, "-n 2"), width=1300)
        wide.run_all()
        wide.waits_for("Choice 2 of 2")
        tops = wide.page.evaluate(places)
        assert len(tops) == 2
        assert tops[0] == tops[1]
        wide.shot("lab-choices")
        narrow = open_notebook(lab, SETUP, ask(server, "-n 2"), width=500)
        narrow.run_all()
        narrow.waits_for("Choice 2 of 2")
        tops = narrow.page.evaluate(places)
        assert tops[0] < tops[1]


def test_stop_before_the_first_token_is_heard_at_once_too(lab: Lab, open_notebook: Open) -> None:
    def silent(body: dict[str, Any]) -> Iterator[bytes]:
        time.sleep(30)
        yield END

    with LoopbackServer(silent) as server:
        seen = open_notebook(lab, SETUP, ask(server), "print('next', _vision.state, repr(_vision.text))")
        # Pressed in the first moment in which it is there: the kernel may not listen yet.
        seen.page.evaluate(
            """() => new MutationObserver((_, all) => { const stop = document.querySelector('.vision-magic-stop');
            if (stop) { all.disconnect(); window.pressed = performance.now(); stop.click(); stop.click(); } })
            .observe(document.body, { childList: true, subtree: true })"""
        )
        seen.run_all()
        seen.waits_for("next interrupted ''")
        assert seen.page.evaluate("() => performance.now() - window.pressed") < 20_000  # the server is silent for 30 s
        assert "Error:" not in seen.text()


def test_a_kernel_that_does_not_hear_the_button_is_interrupted(lab: Lab, open_notebook: Open) -> None:
    """As one of ipykernel 6, which hears nothing while a cell runs, but has heard a page after the one before."""
    with LoopbackServer(slowly(ANSWER * 20, pause=0.05)) as server:
        seen = open_notebook(lab, f"{SETUP}\n{DEAF}", ask(server))
        seen.run_all()
        seen.waits_for("What it shows")
        seen.page.click(".vision-magic-stop")
        seen.waits_for("Interrupted", 30)
        seen.until(lambda: not seen.live())
        assert "What it shows" in seen.text()


def test_stop_of_an_answer_in_the_background_leaves_a_running_cell_alone(lab: Lab, open_notebook: Open) -> None:
    go = threading.Event()
    with LoopbackServer(on_and_on(go)) as server:
        spared = lab.signal()
        other = f"{spared.cell}\nprint('went', 'on')"
        seen = open_notebook(lab, f"{SETUP}\n{DEAF}", ask(server, "--bg"), other)
        seen.run_all()
        seen.waits_for("What it shows")
        seen.page.click(".vision-magic-stop")
        time.sleep(4)  # a page that is not heard interrupts the kernel after three seconds
        spared.give()
        seen.waits_for("went on", 40)
        go.set()
        assert "KeyboardInterrupt" not in seen.text()


def test_an_error_in_the_background_stands_below_what_arrived(lab: Lab, open_notebook: Open) -> None:
    with LoopbackServer(lambda body: [chunk("Half an answer")]) as server:
        seen = open_notebook(lab, SETUP, ask(server, "--bg"))
        seen.run_all()
        seen.waits_for("ended early, without a finish reason")
        assert "Half an answer" in seen.text()
        assert "incomplete" in seen.text()
        seen.shot("lab-background-error")


def test_reasoning_that_is_unfolded_stays_so_at_the_end(lab: Lab, open_notebook: Open) -> None:
    """And its end is said to those who listen; the focus of the button goes to the cell."""
    gate = threading.Semaphore(0)
    thinks = slowly("<think>It is a line.</think>" + ANSWER + HOLD, gate=gate)
    with LoopbackServer(thinks) as server:
        heard = lab.signal()
        seen = open_notebook(lab, f"{SETUP}\n{ATTENTIVE.format(giving=heard.giving)}", ask(server))
        seen.run_all()
        seen.page.click(".vision-magic-live summary")
        seen.until(heard.given)
        said = "() => document.getElementById('vision-magic-said').textContent"
        assert seen.page.evaluate(said) == "The answer is being written."
        seen.page.focus(".vision-magic-stop")
        gate.release()
        seen.waits_for("That is all.")
        seen.until(lambda: not seen.live())
        assert seen.page.evaluate(said) == "The answer is complete."
        assert "It is a line." in seen.text()
        assert seen.page.evaluate("() => !!document.activeElement.closest('.jp-Notebook')")
        seen.shot("lab-reasoning")


def test_mathematics_is_set_while_the_answer_is_written(lab: Lab, open_notebook: Open) -> None:
    steps = [rf"Step {number}: it is $\frac{{{number}}}{{2}}$ here." for number in range(12)]
    gate = threading.Semaphore(0)
    formulas = "\n\n".join((*steps[:6], HOLD, *steps[6:]))
    with LoopbackServer(slowly(formulas, pause=0.05, gate=gate)) as server:
        seen = open_notebook(lab, SETUP, ask(server))
        seen.run_all()
        seen.page.wait_for_selector(".vision-magic-live mjx-container")
        seen.shot("lab-mathematics-live")
        # Another view of the same output sets what was there before it, too.
        seen.page.click(".vision-magic-live .vision-magic-text")
        seen.page.evaluate("() => window.jupyterapp.commands.execute('notebook:create-output-view')")
        other = seen.page.locator(".jp-LinkedOutputView .vision-magic-live .vision-magic-text > div:first-child")
        other.locator("mjx-container").first.wait_for()
        seen.until(lambda: other.locator("p:has-text('Step 0') mjx-container").count() == 1)
        gate.release()
        seen.waits_for("Step 11")
        seen.until(lambda: not seen.live())
        seen.until(lambda: seen.page.locator(".jp-Notebook .vision-magic-text mjx-container").count() == 12)
        seen.shot("lab-mathematics")


def test_mathematics_in_a_list_is_set_item_by_item(lab: Lab, open_notebook: Open) -> None:
    items = "\n".join(rf"{number}. It is $\frac{{{number}}}{{2}}$ here." for number in range(1, 13))
    gate = threading.Semaphore(0)
    items = items.replace("6. ", f"{HOLD}6. ", 1)
    text = items + "\n\nSo\n\\begin{align}\na &= b \\\\\nc &= d\n\\end{align}\n\n```math\ne = mc^2\n```\n\nThe end."
    with LoopbackServer(slowly(text, pause=0.05, gate=gate)) as server:
        seen = open_notebook(lab, SETUP, ask(server))
        seen.run_all()
        seen.page.wait_for_selector(".vision-magic-live li:nth-child(2) mjx-container")
        seen.shot("lab-mathematics-list-live")
        gate.release()
        seen.waits_for("The end.")
        seen.until(lambda: not seen.live())
        seen.until(lambda: seen.page.locator(".vision-magic-text mjx-container").count() == 14)
        assert seen.page.locator("mjx-merror").count() == 0
        seen.shot("lab-mathematics-list")


class Tracker:
    """A server that counts who asks it for anything."""

    def __init__(self) -> None:
        self.hits: list[str] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.hits.append(self.path)
                self.send_response(200)
                self.end_headers()

            def log_message(self, format: str, *arguments: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


HOSTILE = """
![pixel]({url}/markdown.png)

![by reference][1]

[1]: {url}/reference.png

<img src="{url}/img.png" onerror="window.hacked = 1">

<script>window.hacked = 1</script>

<iframe src="{url}/frame"></iframe> <video poster="{url}/poster.png"></video>

<link rel=stylesheet href="{url}/sheet.css">

<svg onload="window.hacked = 1"><image href="{url}/svg.png" /></svg>

<style>body {{ background: url({url}/style.png) }}</style>

<table background="{url}/table.png"><tr><td style="background-image:url({url}/cell.png)">x</td></tr></table>

[click](javascript:window.hacked=1) <a href="x" ping="{url}/ping">y</a>

<button data-commandlinker-command="x">z</button>

$\\href{{javascript:window.hacked=1}}{{x}}$ $\\require{{html}}\\style{{background:url({url}/math.png)}}{{x}}$

```mermaid
graph TD; A-->B; click A href "{url}/mermaid"
```

```html
<img src="{url}/code.png">
```

<think><img src="{url}/thought.png"></think>

The end.
"""


def test_a_hostile_answer_loads_nothing_and_runs_nothing(either: Lab, open_notebook: Open) -> None:
    tracker = Tracker()
    text = HOSTILE.format(url=tracker.url)
    with LoopbackServer(slowly(text, pause=0.005, size=9)) as server:
        again = ask(server, "--no-image", question=f"![x]({tracker.url}/q)")
        seen = open_notebook(either, SETUP, ask(server, "--no-image"), again)
        seen.run_all()
        seen.until(lambda: seen.text().count("The end.") == 2, 60)
        assert_harmless(seen, tracker)
        seen.save()
        seen.open()  # as a stranger's notebook
        seen.waits_for("The end.")
        assert_harmless(seen, tracker)
    tracker.close()


def assert_harmless(seen: Seen, tracker: Tracker) -> None:
    """Assert that nothing was loaded and nothing ran, once a picture that the test itself asks for last has come."""
    time.sleep(0.5)  # for what would come late
    last = f"{tracker.url}/last.png"
    seen.page.evaluate("async (url) => { await fetch(url, { mode: 'no-cors' }); }", last)
    assert tracker.hits == ["/last.png"]
    assert seen.page.evaluate("() => window.hacked") is None
    tracker.hits.clear()
    seen.remote.remove(last)


def test_an_error_is_one_line_below_what_arrived(lab: Lab, open_notebook: Open) -> None:
    with LoopbackServer(lambda body: [chunk("Half an answer")]) as server:
        seen = open_notebook(lab, SETUP, ask(server))
        seen.run_all()
        seen.waits_for("TruncatedReply")
        assert "Half an answer" in seen.text()
        assert "incomplete" in seen.text()


def test_e5_an_error_before_anything_has_arrived_stands_alone(lab: Lab, open_notebook: Open) -> None:
    def late(body: dict[str, Any]) -> Iterator[bytes]:
        go.wait(PATIENCE)
        yield from ()

    go = threading.Event()
    with LoopbackServer(late, status=401) as server:
        seen = open_notebook(lab, SETUP, ask(server))
        seen.run_all()
        seen.until(lambda: seen.live() or "401" in seen.text())  # the status line is there meanwhile
        go.set()
        seen.waits_for("ServerError")
        counts = """() => [...document.querySelectorAll('.jp-OutputArea')].map(
            area => area.querySelectorAll('.jp-OutputArea-child').length)"""
        assert seen.page.evaluate(counts)[-1] == 1
        assert "401" in seen.text()
        assert not seen.page.query_selector(".vision-magic-live")


def test_dark_and_light_and_narrow_are_readable(lab: Lab, open_notebook: Open) -> None:
    """The pictures of this test are looked at by people; the colours are compared here."""
    with LoopbackServer(slowly(pause=0.03)) as server:
        seen = open_notebook(lab, SETUP, ask(server), width=900)
        seen.run_all()
        seen.waits_for("What it shows")
        light = _colours(seen)
        seen.waits_for("That is all.")
        seen.shot("lab-light")
        seen.dark()
        seen.run_all()
        seen.until(seen.live)
        seen.waits_for("What it shows")
        dark = _colours(seen)
        seen.shot("lab-dark-live")
        seen.waits_for("That is all.")
        seen.shot("lab-dark")
        assert light != dark
        narrow = open_notebook(lab, SETUP, ask(server), width=900)
        narrow.run_all()
        narrow.page.set_viewport_size({"width": 320, "height": 900})
        narrow.waits_for("What it shows")
        narrow.shot("lab-narrow")


def _colours(seen: Seen) -> Any:
    return seen.page.evaluate(
        "() => { const s = getComputedStyle(document.querySelector('.vision-magic-text')); return [s.color]; }"
    )


def test_whole_documents_and_empty_ones_end_well_too(lab: Lab, open_notebook: Open) -> None:
    with LoopbackServer(lambda body: [END]) as server:
        seen = open_notebook(lab, SETUP, ask(server), "print('after', repr(_vision.text))")
        seen.run_all()
        seen.waits_for("after ''")
        assert not seen.live()
