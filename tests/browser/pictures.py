"""The pictures of README.md: a real JupyterLab, in which the embedded reader answers.

``make pictures`` takes them again: one that moves, `docs/static/readme/ask.webp`, and one for each scene below. Look at
them before you commit them.
"""

from __future__ import annotations

import base64
import io
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from PIL import Image as PILImage, ImageChops
from playwright.sync_api import sync_playwright

from tests.browser.lab import CHROMIUM, FLAGS, Lab, running
from tests.browser.seen import Seen

FOLDER = Path(__file__).parents[2] / "docs" / "static" / "readme"
WIDTH, HEIGHT = 900, 800
TALL = 2400  # a window in which no cell of a scene is cut off

RAIN = """import matplotlib.pyplot as plt

months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun"]
fig, ax = plt.subplots(figsize=(6, 2.6))
ax.plot(months, [42, 37, 51, 48, 66, 71], marker="o", label="Bergen")
ax.plot(months, [35, 39, 33, 41, 46, 44], marker="s", label="Oslo")
ax.set(title="Rain", ylabel="mm")
ax.legend()
plt.show()"""

ALTAIR = """import altair as alt
import pandas as pd

alt.renderers.enable("png")
trees = pd.DataFrame({"species": ["oak", "ash", "elm"], "height": [21.5, 18.2, 24.9]})
bars = alt.Chart(trees, width=330, height=120, title="Trees").mark_bar()
bars.encode(x="height", y="species")"""

FROM_FILE = """rows = pd.read_csv("harvest.csv")
rows.plot.bar(x="year", y="tonnes", figsize=(5, 2), title="Harvest", ylabel="t");"""

FOLDER_OF_CHARTS = """import matplotlib.pyplot as plt
from pathlib import Path

Path("figures").mkdir()
for number, place in enumerate(["Bergen", "Lisbon", "Madrid", "Oslo", "Paris", "Rome"]):
    fig, ax = plt.subplots(figsize=(4, 2.5))
    ax.bar(["spring", "summer", "autumn", "winter"], [31 + number, 52 - 4 * number, 40 + 3 * number, 28])
    ax.set(title=place, ylabel="mm")
    fig.savefig(f"figures/{place}.png")
    plt.close(fig)"""

SCAN = """import numpy as np

fig, ax = plt.subplots(figsize=(6.4, 3), dpi=120, layout="constrained")
t = np.arange(0, 25, 2)
ax.plot(t, 20 + 6 * np.sin(t / 4), "o-", label="inside")
ax.plot(t, 12 + 9 * np.sin(t / 4 - 0.6), "s-", label="outside")
ax.set(xlabel="Hour", ylabel="Temperature (°C)")
ax.legend()
fig.savefig("scan.png")
plt.close(fig)"""


class Scene(NamedTuple):
    """A notebook, of which some cells are shown.

    With `change`, the cells run again after the file of this name has changed; `unfold` opens the last receipt.
    """

    cells: tuple[str, ...]
    shown: slice
    change: tuple[str, str] | None = None
    unfold: bool = False


LOAD = "%load_ext vision_magic"

SCENES = {
    "last": Scene((LOAD, ALTAIR, "%%vision\nHow much taller is the elm than the oak?"), slice(1, 3)),
    "receipt": Scene(
        (LOAD, RAIN, "%%vision\nBy how much is Bergen wetter than Oslo in May?"), slice(2, 3), unfold=True
    ),
    "chart": Scene(
        (
            LOAD,
            "import matplotlib.pyplot as plt\nfrom pathlib import Path",
            SCAN,
            'import vision_magic as vm\n\nvm.read_chart(Path("scan.png"))',
        ),
        slice(3, 4),
    ),
    "kept": Scene(
        (LOAD + "\n%vision keep on\nimport pandas as pd", FROM_FILE, "%%vision\nWhich year was best?"),
        slice(1, 3),
        change=("harvest.csv", "year,tonnes\n2022,31\n2023,38\n2024,35\n2025,44\n"),
    ),
    "lesson": Scene(
        (
            f"{LOAD}\n%vision record lesson.jsonl",
            RAIN,
            "%%vision\nIn which months is Oslo wetter than Bergen?",
            "%vision record off",
            "%vision replay lesson.jsonl",
            "%%vision\nIn which months is Oslo wetter than Bergen?",
        ),
        slice(4, 6),
    ),
    "many": Scene(
        (
            LOAD,
            FOLDER_OF_CHARTS,
            "import vision_magic as vm\n\n"
            'rows = vm.ask_each("Read it.", Path("figures"), schema="title, highest: float, highest_at")',
            'rows.to_pandas()[["title", "highest", "highest_at", "state"]]',
        ),
        slice(2, 4),
    ),
}


def main(*names: str) -> None:
    """Take the named pictures, or all of them."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with laboratory() as lab, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for name in names or ["ask", *SCENES]:
            if name == "ask":
                film(browser, lab)
            else:
                still(browser, lab, name, SCENES[name])
        browser.close()


@contextmanager
def laboratory() -> Iterator[Lab]:
    """Run a JupyterLab whose home is empty, so that it shows no answers that the user keeps."""
    with tempfile.TemporaryDirectory() as home, running(HOME=home) as lab:
        yield lab


def opened(browser: Any, lab: Lab, name: str, *cells: str, scale: float = 2) -> Seen:
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=scale)
    lab.notebook(name, *cells)
    seen = Seen(context.new_page(), lab, name)
    seen.open()
    return seen


def answered(seen: Seen, last: int = -1) -> bool:
    """Return whether the cells up to the last one have run, and no answer grows."""
    prompts = [prompt.strip("[]: ") for prompt in seen.code_prompts()]
    return "*" not in prompts and prompts[last].isdigit() and not seen.live()


def run_all(seen: Seen) -> None:
    seen.run_all()
    seen.page.wait_for_timeout(500)
    seen.until(lambda: answered(seen), 120)


def still(browser: Any, lab: Lab, name: str, scene: Scene) -> None:
    """Run the cells of a scene, and save a picture of those that are shown."""
    if scene.change:
        (lab.root / scene.change[0]).write_text(scene.change[1], encoding="utf-8")
    seen = opened(browser, lab, name, *scene.cells)
    run_all(seen)
    if scene.change:
        path, content = scene.change
        (lab.root / path).write_text(content.replace("44", "29"), encoding="utf-8")
        run_all(seen)
    if scene.unfold:
        seen.page.click("summary >> nth=-1")
    seen.page.set_viewport_size({"width": WIDTH, "height": TALL})
    seen.page.click(".jp-InputPrompt >> nth=0")  # an active cell has a toolbar
    seen.page.wait_for_timeout(1000)
    boxes = [cell.bounding_box() for cell in seen.page.locator(".jp-Notebook .jp-Cell").all()[scene.shown]]
    top, bottom = boxes[0]["y"], boxes[-1]["y"] + boxes[-1]["height"]
    clip = {"x": boxes[0]["x"], "y": top, "width": boxes[0]["width"], "height": bottom - top}
    picture = PILImage.open(io.BytesIO(seen.page.screenshot(clip=clip))).convert("RGB")
    picture.save(FOLDER / f"{name}.webp", quality=90, method=6)
    seen.page.context.close()


TYPED = ("%%vision\nWhich month is wettest, and by how much?", "%%vision --no-facts\nWhat does this figure show?")


def film(browser: Any, lab: Lab) -> None:
    """Type questions below a figure, and save what is seen meanwhile as an animation."""
    seen = opened(browser, lab, "ask", f"{LOAD}\n{RAIN}", scale=1)
    notebook = seen.page.locator(".jp-NotebookPanel-notebook").bounding_box()
    box = tuple(round(notebook[side]) for side in ("x", "y"))
    box += (round(notebook["x"] + notebook["width"]), round(notebook["y"] + notebook["height"]))
    frames: list[tuple[float, PILImage.Image]] = []
    session = seen.page.context.new_cdp_session(seen.page)

    def keep(event: dict[str, Any]) -> None:
        session.send("Page.screencastFrameAck", {"sessionId": event["sessionId"]})
        picture = PILImage.open(io.BytesIO(base64.b64decode(event["data"]))).convert("RGB").crop(box)
        if not frames or ImageChops.difference(frames[-1][1], picture).getbbox():
            frames.append((event["metadata"]["timestamp"], picture))

    session.on("Page.screencastFrame", keep)
    seen.page.click(".jp-Cell >> nth=0")
    seen.page.mouse.move(WIDTH / 2, HEIGHT / 2)
    session.send("Page.startScreencast", {"format": "png"})
    seen.page.wait_for_timeout(1000)
    seen.page.keyboard.press("Shift+Enter")
    seen.page.wait_for_timeout(2500)
    for number, cell in enumerate(TYPED, 1):
        seen.page.keyboard.type(cell, delay=40)
        seen.page.wait_for_timeout(500)
        seen.page.keyboard.press("Shift+Enter")
        while not answered(seen, number):
            seen.page.wait_for_timeout(100)  # frames come while it waits
        seen.page.wait_for_timeout(2000)
        for _ in range(12 if number < len(TYPED) else 0):
            seen.page.mouse.wheel(0, 20)
            seen.page.wait_for_timeout(40)
    session.send("Page.stopScreencast")
    save_film(frames)
    seen.page.context.close()


def save_film(frames: list[tuple[float, PILImage.Image]]) -> None:
    """Save pictures with their times as an animation at most ten times a second, with three seconds at the end."""
    kept = [frames[0]]
    for at, picture in frames[1:]:
        if at - kept[-1][0] < 0.1:
            kept[-1] = (kept[-1][0], picture)
        else:
            kept.append((at, picture))
    times = [at for at, _ in kept]
    durations = [round(1000 * (b - a)) for a, b in pairwise(times)] + [3000]
    path = FOLDER / "ask.webp"
    first, *rest = [picture for _, picture in kept]
    first.save(path, save_all=True, append_images=rest, duration=durations, loop=0, quality=70, method=4)


if __name__ == "__main__":
    main(*sys.argv[1:])
