"""What does a long answer cost in a real JupyterLab? Ours against what others do, with plain text as the floor.

A 4,000-token Markdown answer at a steady pace, shown in headless Chromium. For each way: CPU of the page's main thread,
lag from the last token leaving the kernel until it stands in the page, the worst gap between two frames while it
streams, what came over the WebSocket, and the kernel's CPU a token. Ours takes the whole road: server-sent events from
a server on loopback, our client, the live view or the updating one, the static end. The others get their tokens for
nothing.

    python benchmarks/browser.py [tokens per second] [rounds]

Needs Debian's chromium and Playwright's Python package (both come with `make test`).
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import CDPSession, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.browser.lab import CHROMIUM, FLAGS, Lab, running

TOKENS = 4000
LAST = "LASTTOKEN"

SECTION = """
## Section {number}

The **north** series rises from 31 to 52 t/ha while the *south* one falls; the mean is $41.2$ and the spread 6.3.

- first, the crossing in 2020
- then, the `slope` of each line

| year | north | south |
|------|------:|------:|
| 2016 | 31 | 45 |
| 2025 | 52 | 28 |

```python
def slope(years, values):
    return np.polyfit(years, values, 1)[0]
```
"""

SERVER = """
import sys, time
sys.path.insert(0, {root!r})
from tests.servers import LoopbackServer, chunk, END
tokens, rate = {tokens!r}, {rate}
def answer(body):
    begun = time.perf_counter()
    for number, token in enumerate(tokens):
        wait = begun + number / rate - time.perf_counter()
        if wait > 0:
            time.sleep(wait)
        if number == len(tokens) - 1:
            open({stamp!r}, "w").write(str(time.time()))
        yield chunk(token)
    yield END
with LoopbackServer(answer) as server:
    print(server.url, flush=True)
    time.sleep(3600)
"""

PACED = """
import time
def paced(tokens, rate):
    begun = time.perf_counter()
    for number, token in enumerate(tokens):
        wait = begun + number / rate - time.perf_counter()
        if wait > 0:
            time.sleep(wait)
        yield token
    open({stamp!r}, "w").write(str(time.time()))
"""

# What is loaded once a session is no part of an answer's price.
WARM = """
import html, ipywidgets
from IPython.display import Markdown, display
import vision_magic.notebook.views.live, vision_magic.session.run
from vision_magic.render.markup import safe_html
_ = safe_html("| a |\\n|---|\\n\\n```python\\nx\\n```")
"""

WAYS = {
    "ours": """
get_ipython().run_cell_magic("vision", "--no-image --base-url {url} -m model-1", "What?")
""",
    "ours, without a widget manager": """
import os
os.environ["VISION_MAGIC_DISPLAY"] = "updating"
get_ipython().run_cell_magic("vision", "--no-image --base-url {url} -m model-1", "What?")
""",
    "update_display(Markdown) per token": """
from IPython.display import Markdown, display
handle, text = display(Markdown(""), display_id=True), ""
for token in paced(tokens, rate):
    text += token
    handle.update(Markdown(text))
""",
    "update_display(Markdown) at 20 Hz": """
from IPython.display import Markdown, display
handle, text, due = display(Markdown(""), display_id=True), "", 0
for token in paced(tokens, rate):
    text += token
    if time.perf_counter() >= due:
        handle.update(Markdown(text))
        due = time.perf_counter() + 0.05
handle.update(Markdown(text))
""",
    "update_display(Markdown) at 10 Hz": """
from IPython.display import Markdown, display
handle, text, due = display(Markdown(""), display_id=True), "", 0
for token in paced(tokens, rate):
    text += token
    if time.perf_counter() >= due:
        handle.update(Markdown(text))
        due = time.perf_counter() + 0.1
handle.update(Markdown(text))
""",
    "widgets.HTML at 10 Hz": """
import html, ipywidgets
widget, text, due = ipywidgets.HTML(), "", 0
display(widget)
for token in paced(tokens, rate):
    text += token
    if time.perf_counter() >= due:
        widget.value = "<pre>" + html.escape(text) + "</pre>"
        due = time.perf_counter() + 0.1
widget.value = "<pre>" + html.escape(text) + "</pre>"
""",
    "plain stdout": """
for token in paced(tokens, rate):
    print(token, end="")
""",
}


def answer_tokens(count: int) -> list[str]:
    """Return a Markdown text in so many pieces of about four characters, as models send them."""
    text = "".join(SECTION.format(number=number) for number in range(1, 100))[: count * 4]
    pieces = [text[start : start + 4] for start in range(0, len(text), 4)]
    return [*pieces[: count - 1], f"\n\n{LAST}"]


FRAMES = """() => { window.gaps = []; let before = performance.now(); const look = (now) => {
  window.gaps.push(now - before); before = now; window.watching = requestAnimationFrame(look); };
  requestAnimationFrame(look); }"""

SEEN = f"""() => {{ const all = document.querySelectorAll('.jp-OutputArea-output');
  return [...all].some((one) => one.textContent.includes('{LAST}')); }}"""


@dataclass(frozen=True, slots=True)
class Stream:
    """What every way shows: the tokens, how fast, from where, and where the moment of the last one is written."""

    tokens: list[str]
    rate: int
    url: str
    stamp: Path


def show(page: Page, cdp: CDPSession, lab: Lab, way: str, stream: Stream) -> dict[str, float]:
    """Show one answer in a fresh notebook and return what it took."""
    received = [0]

    def count(data: str | bytes) -> None:
        received[0] += len(data)

    page.on("websocket", lambda one: one.on("framereceived", count))
    given = f"tokens, rate = {stream.tokens!r}, {stream.rate}"
    setup = f"%load_ext vision_magic\n{given}\n{PACED.format(stamp=str(stream.stamp))}\n{WARM}"
    timed = f"cpu = time.process_time()\n{WAYS[way].format(url=stream.url)}\nused = time.process_time() - cpu"
    page.goto(lab.notebook(f"n{time.monotonic_ns()}", setup, timed, "print('CPU', used)"))
    page.wait_for_selector("text=| Idle", timeout=60_000)
    stream.stamp.unlink(missing_ok=True)
    page.evaluate(FRAMES)
    before, came = _cpu(cdp), received[0]
    page.click(".lm-MenuBar >> text=Run")
    page.click("text=Run All Cells")
    limit = time.time() + 3 * len(stream.tokens) / stream.rate + 40
    while not (stream.stamp.exists() and page.evaluate(SEEN)):
        if time.time() > limit:
            break  # counted as it stands: it has not caught up
        time.sleep(0.02)
    lag = time.time() - float(stream.stamp.read_text() or 0)
    time.sleep(2.5)
    gap = max(page.evaluate("() => window.gaps"))
    return {"lag": lag, "cpu": _cpu(cdp) - before, "gap": gap, "bytes": received[0] - came, "kernel": _printed(page)}


def _printed(page: Page) -> float:
    texts = page.eval_on_selector_all(".jp-OutputArea-output", "all => all.map((one) => one.textContent)")
    found = next((text for text in reversed(texts) if text.startswith("CPU ")), "CPU 0")
    return float(found.split()[1])


def _cpu(cdp: CDPSession) -> float:
    metrics = {item["name"]: item["value"] for item in cdp.send("Performance.getMetrics")["metrics"]}
    return float(metrics["TaskDuration"])


def main() -> None:
    """Measure all ways and print them beside one another."""
    rate = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    tokens, folder = answer_tokens(TOKENS), Path(tempfile.mkdtemp())
    stamp = folder / "last"
    source = SERVER.format(root=str(Path(__file__).parents[1]), tokens=tokens, rate=rate, stamp=str(stamp))
    server = subprocess.Popen([sys.executable, "-c", source], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    whole = Stream(tokens, rate, server.stdout.readline().strip(), stamp)
    found: dict[str, list[dict[str, float]]] = {way: [] for way in WAYS}
    try:
        with running() as lab, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            for way in [way for _ in range(rounds) for way in WAYS]:
                if "per token" in way and found[way]:
                    continue  # it never catches up: once is enough
                stream = Stream(answer_tokens(1000), rate, whole.url, stamp) if "per token" in way else whole
                context = browser.new_context(viewport={"width": 1200, "height": 900})
                page = context.new_page()
                cdp = context.new_cdp_session(page)
                cdp.send("Performance.enable", {"timeDomain": "threadTicks"})
                found[way].append(show(page, cdp, lab, way, stream))
                print(way, found[way][-1], file=sys.stderr)
                context.close()
            browser.close()
    finally:
        server.terminate()
        shutil.rmtree(folder, ignore_errors=True)
    report(found, rate)


def report(found: dict[str, list[dict[str, float]]], rate: int) -> None:
    """Print medians, with plain text as the floor."""
    print(f"\n{TOKENS} tokens at {rate} tokens/s in JupyterLab; medians of {len(found['ours'])}")
    print(f"  {'':<38} {'page CPU':>9} {'× stdout':>9} {'lag':>8} {'worst gap':>10} {'received':>9} {'kernel':>13}")
    middle = {
        way: {name: statistics.median(one[name] for one in runs) for name in runs[0]} for way, runs in found.items()
    }
    floor = middle["plain stdout"]["cpu"]
    for way, one in middle.items():
        count = 1000 if "per token" in way else TOKENS
        print(
            f"  {way:<38} {one['cpu']:7.2f} s {one['cpu'] / floor:8.1f}× {one['lag']:6.2f} s {one['gap']:7.0f} ms "
            f"{one['bytes'] / 1e6:6.2f} MB {one['kernel'] / count * 1e6:6.0f} µs/token"
        )
    print("  per token: the first 1,000 tokens only")


if __name__ == "__main__":
    main()
