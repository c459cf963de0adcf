"""`ImageInput` in a real JupyterLab: paste, drop, file choice and camera, with a real mouse and keyboard."""

from __future__ import annotations

import base64
import hashlib
import io
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image as PILImage

from tests.browser.lab import Lab
from tests.browser.seen import Seen

Open = Callable[..., Seen]

ROOT = ".vision-magic-input-root"
FRAME = ".vision-magic-input-frame"
PICTURE = ".vision-magic-input-stage > img"
HANDLE = ".vision-magic-input-handle"

# The kernel's own words about what it holds, for the test to read.
CELL = """import hashlib, ipywidgets
from vision_magic.notebook.widgets.image_input import ImageInput
widget = ImageInput()
told = ipywidgets.Label("holds nothing")
def tell(change):
    sums = [hashlib.sha256(picture.tobytes()).hexdigest()[:16] for picture in widget.images]
    told.value = "holds " + " ".join(f"{n}:{w}x{h}:{s}" for (n, w, h, _), s in zip(widget.value, sums)) + ";"
widget.observe(tell, "value")
display(widget, told)"""


# Twenty seconds are over after two.
HURRY = """() => { window.patient = window.setTimeout;
  window.setTimeout = (done, time, ...more) => window.patient(done, time === 20000 ? 2000 : time, ...more); }"""


def picture(width: int = 120, height: int = 90) -> tuple[bytes, str]:
    """Return a PNG of noise, and the sum of its pixels."""
    pixels = random.Random(width).randbytes(3 * width * height)
    buffer = io.BytesIO()
    PILImage.frombytes("RGB", (width, height), pixels).save(buffer, "PNG")
    return buffer.getvalue(), hashlib.sha256(pixels).hexdigest()[:16]


@pytest.fixture
def shown(open_notebook: Open, lab: Lab) -> Seen:
    seen = open_notebook(lab, CELL)
    seen.run_all()
    seen.page.wait_for_selector(FRAME, timeout=60_000)
    seen.waits_for("holds nothing")
    return seen


def give(seen: Seen, *files: tuple[str, bytes]) -> None:
    """Choose files, as a person does in the browser's dialog."""
    payload = [{"name": name, "mimeType": "image/png", "buffer": data} for name, data in files]
    seen.page.set_input_files(f"{ROOT} input[type=file]", payload)


def given(seen: Seen, width: int = 120, height: int = 90) -> str:
    data, total = picture(width, height)
    give(seen, ("noise.png", data))
    seen.waits_for(f"noise.png:{width}x{height}:{total};")
    seen.page.wait_for_function(f"document.querySelector('{PICTURE}').naturalWidth > 0")
    return total


def drag(seen: Seen, start: tuple[float, float], end: tuple[float, float]) -> None:
    box = seen.page.locator(PICTURE).bounding_box()
    mouse = seen.page.mouse
    mouse.move(box["x"] + start[0], box["y"] + start[1])
    mouse.down()
    mouse.move(box["x"] + 30, box["y"] + 30)
    mouse.move(box["x"] + end[0], box["y"] + end[1], steps=4)
    mouse.up()


def trouble(seen: Seen) -> str:
    return str(seen.page.inner_text(f"{ROOT} [role=alert]"))


def click(seen: Seen, words: str) -> None:
    seen.page.get_by_role("button", name=words).click()


def pixels_kept(seen: Seen, width: int, height: int) -> None:
    seen.waits_for(f":{width}x{height}:")


def put_on_clipboard(seen: Seen, data: bytes) -> None:
    seen.page.evaluate(
        """async (data) => {
            const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
            const picture = new Blob([bytes], { type: "image/png" });
            await navigator.clipboard.write([new ClipboardItem({ "image/png": picture })]);
        }""",
        base64.b64encode(data).decode(),
    )


def test_control_v_puts_the_picture_of_the_clipboard_into_the_kernel(shown: Seen) -> None:
    data, total = picture()
    put_on_clipboard(shown, data)
    cells = shown.page.locator(".jp-Cell").count()
    shown.page.click(FRAME)
    shown.page.keyboard.press("Control+V")
    shown.waits_for(f":120x90:{total};")
    shown.page.keyboard.press("x")  # JupyterLab would cut the cell
    shown.page.keyboard.press("b")
    assert shown.page.locator(".jp-Cell").count() == cells
    shown.shot("input-pasted")


def test_pasting_words_says_that_there_is_no_picture(shown: Seen) -> None:
    shown.page.evaluate("navigator.clipboard.writeText('words')")
    shown.page.click(FRAME)
    shown.page.keyboard.press("Control+V")
    shown.until(lambda: "no picture on the clipboard" in trouble(shown))
    click(shown, "Dismiss")
    assert trouble(shown) == ""


def test_a_file_may_be_dropped(shown: Seen) -> None:
    data, total = picture()
    transfer = shown.page.evaluate_handle(
        """(data) => {
            const transfer = new DataTransfer();
            const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
            transfer.items.add(new File([bytes], "dropped.png", { type: "image/png" }));
            return transfer;
        }""",
        base64.b64encode(data).decode(),
    )
    for kind in ("dragover", "drop"):
        shown.page.dispatch_event(FRAME, kind, {"dataTransfer": transfer})
    shown.waits_for(f"dropped.png:120x90:{total};")


def test_files_may_be_chosen_shown_and_removed(shown: Seen) -> None:
    give(shown, *((f"{width}.png", picture(width)[0]) for width in (120, 100, 80)))
    shown.waits_for("80.png:80x90:")
    assert shown.page.locator(".vision-magic-input-thumbs li").count() == 3
    assert "80 × 90 pixels" in shown.page.inner_text(ROOT)
    click(shown, "Show 120.png")
    shown.until(lambda: "120 × 90 pixels" in shown.page.inner_text(ROOT))
    shown.shot("input-several")
    click(shown, "Remove 100.png")
    shown.until(lambda: "100.png" not in shown.text())
    assert "120 × 90 pixels" in shown.page.inner_text(ROOT)


def test_the_camera_takes_a_picture_and_is_switched_off(shown: Seen) -> None:
    shown.use_up()
    shown.page.evaluate(
        """() => {
            const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
            window.tracks = [];
            navigator.mediaDevices.getUserMedia = async (wish) => {
                const stream = await open(wish);
                window.tracks.push(...stream.getTracks());
                return stream;
            };
        }"""
    )
    live = "window.tracks.filter((track) => track.readyState === 'live').length"
    click(shown, "Use the camera")
    shown.page.wait_for_function("document.querySelector('video.vision-magic-input-video').videoWidth > 0")
    shown.shot("input-camera")
    assert shown.page.evaluate(live) == 1
    shown.page.get_by_role("button", name="Take picture").focus()
    shown.page.keyboard.press("Enter")
    shown.waits_for("camera.png:")
    assert shown.page.evaluate(live) == 0
    click(shown, "Use the camera")
    shown.page.wait_for_function(f"{live} === 1")
    shown.page.keyboard.press("Escape")
    shown.page.wait_for_function(f"{live} === 0")


def test_a_camera_that_is_refused_is_said_to_be(shown: Seen) -> None:
    shown.use_up()
    shown.page.evaluate(
        """() => {
            navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("no", "NotAllowedError"));
        }"""
    )
    click(shown, "Use the camera")
    shown.until(lambda: "does not allow the camera" in trouble(shown))


def test_what_is_marked_by_dragging_is_what_is_sent(shown: Seen) -> None:
    total = given(shown)
    drag(shown, (20, 10), (100, 60))
    pixels_kept(shown, 80, 50)
    whole = PILImage.open(io.BytesIO(picture()[0]))
    assert hashlib.sha256(whole.crop((20, 10, 100, 60)).tobytes()).hexdigest()[:16] in shown.text()
    assert "80 × 50 of 120 × 90 pixels; only this part is sent" in shown.page.inner_text(ROOT)
    shown.shot("input-marked")
    click(shown, "Zoom in")
    shown.page.wait_for_function(f"document.querySelector('{PICTURE}').naturalWidth === 80")
    drag(shown, (10, 10), (50, 40))  # a part of the part
    pixels_kept(shown, 40, 30)
    assert hashlib.sha256(whole.crop((30, 20, 70, 50)).tobytes()).hexdigest()[:16] in shown.text()
    shown.page.mouse.click(*centre(shown))  # a click is no mark, and takes none away
    click(shown, "Whole picture")
    shown.waits_for(f":120x90:{total};")
    assert "only this part" not in shown.page.inner_text(ROOT)


def centre(shown: Seen) -> tuple[float, float]:
    box = shown.page.locator(PICTURE).bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_handles_obey_the_mouse(shown: Seen) -> None:
    given(shown)
    click(shown, "Crop")
    box = shown.page.locator(HANDLE).nth(2).bounding_box()
    assert (box["width"], box["height"]) == (12, 12)
    shown.page.mouse.move(box["x"] + 6, box["y"] + 6)
    shown.page.mouse.down()
    shown.page.mouse.move(box["x"] + 6 - 20, box["y"] + 6 - 30, steps=4)
    shown.page.mouse.up()
    pixels_kept(shown, 100, 60)


def test_everything_can_be_done_with_keys(shown: Seen) -> None:
    given(shown)
    page = shown.page
    page.focus(FRAME)
    words = []
    for _ in range(6):
        page.keyboard.press("Tab")
        words.append(page.evaluate("document.activeElement.textContent"))
        if words[-1] == "Crop":
            break
    assert words[-1] == "Crop", words
    page.keyboard.press("Enter")
    assert "Top left corner at 0, 0" in page.evaluate("document.activeElement.ariaLabel")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    assert "Top left corner at 11, 1" in page.evaluate("document.activeElement.ariaLabel")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+ArrowUp")
    pixels_kept(shown, 109, 79)
    page.keyboard.press("Enter")
    page.wait_for_function(f"document.querySelector('{PICTURE}').naturalWidth === 109")
    assert page.evaluate("document.activeElement.className").startswith("vision-magic-input-frame")
    page.keyboard.press("Escape")  # zooms out
    assert page.locator(".vision-magic-input-area").is_visible()
    page.keyboard.press("Escape")  # takes the mark away
    pixels_kept(shown, 120, 90)
    assert page.locator(".vision-magic-input-area").is_hidden()
    page.get_by_role("button", name="Remove").press("Enter")
    shown.until(lambda: "holds ;" in shown.text())


def test_a_file_above_the_limit_is_refused_in_words(shown: Seen, tmp_path: Path) -> None:
    large = tmp_path / "large.bmp"
    with large.open("wb") as file:
        file.truncate(200_000_000)
    shown.page.set_input_files(f"{ROOT} input[type=file]", str(large))
    shown.until(lambda: "large.bmp holds 200 MB; the limit is 160 MB" in trouble(shown))
    assert "holds nothing" in shown.text()
    given(shown)


def test_a_hundred_megabytes_arrive_whole(shown: Seen, tmp_path: Path) -> None:
    size = (6800, 5000)
    pixels = random.Random(5).randbytes(3 * size[0] * size[1])
    large = tmp_path / "large.bmp"
    PILImage.frombytes("RGB", size, pixels).save(large, "BMP")
    assert large.stat().st_size > 100_000_000
    shown.page.set_input_files(f"{ROOT} input[type=file]", str(large))
    shown.waits_for(f"large.bmp:6800x5000:{hashlib.sha256(pixels).hexdigest()[:16]};", seconds=120)
    assert trouble(shown) == ""


def test_what_is_no_picture_is_said_to_be_none(shown: Seen) -> None:
    give(shown, ("broken.png", b"no picture"))
    shown.until(lambda: "could not be decoded as a picture" in trouble(shown))


def test_a_part_that_is_refused_can_be_sent_again(open_notebook: Open, lab: Lab) -> None:
    """A kernel that gets a part damaged, once."""
    spoil = """
take, spoiled = widget._take_chunk, []
def once(content, buffers):
    if not spoiled:
        spoiled.append(1)
        buffers = [bytes(buffers[0])[:-1]]
    take(content, buffers)
widget._take_chunk = once"""
    seen = open_notebook(lab, CELL + spoil)
    seen.run_all()
    seen.page.wait_for_selector(FRAME, timeout=60_000)
    data, total = picture()
    give(seen, ("noise.png", data))
    seen.until(lambda: "arrived with" in trouble(seen))
    click(seen, "Try again")
    seen.waits_for(f"noise.png:120x90:{total};")
    assert trouble(seen) == ""


def test_a_part_that_is_lost_is_noticed_and_can_be_sent_again(open_notebook: Open, lab: Lab) -> None:
    lose = """
take, lost = widget._take_chunk, []
def once(content, buffers):
    if lost:
        take(content, buffers)
    lost.append(1)
widget._take_chunk = once"""
    seen = open_notebook(lab, CELL + lose)
    seen.run_all()
    seen.page.wait_for_selector(FRAME, timeout=60_000)
    seen.page.evaluate(HURRY)
    data, total = picture()
    give(seen, ("noise.png", data))
    seen.until(lambda: "The kernel has not answered for 20 s" in trouble(seen))
    seen.page.evaluate("() => { window.setTimeout = window.patient; }")
    click(seen, "Try again")
    seen.waits_for(f"noise.png:120x90:{total};")
    assert trouble(seen) == ""


def test_a_picture_may_be_pasted_while_a_cell_runs(open_notebook: Open, lab: Lab) -> None:
    pasted = lab.signal()
    seen = open_notebook(lab, CELL, f"print('begun')\n{pasted.cell}\nprint('ended')")
    seen.run_all()
    seen.waits_for("begun")
    given(seen)
    assert "ended" not in seen.text()
    pasted.give()
    seen.waits_for("ended")


def test_the_page_may_be_loaded_again_and_the_file_holds_no_pixels(open_notebook: Open, lab: Lab) -> None:
    seen = open_notebook(lab, CELL)
    seen.run_all()
    seen.page.wait_for_selector(FRAME, timeout=60_000)
    given(seen)
    seen.save()
    text = (lab.root / f"{seen.name}.ipynb").read_text(encoding="utf-8")
    assert "iVBOR" not in text
    assert len(text) < 20_000
    seen.page.reload()
    seen.page.wait_for_selector(PICTURE, timeout=60_000)
    seen.page.wait_for_function(f"document.querySelector('{PICTURE}').naturalWidth === 120")


@pytest.mark.parametrize("width", [320, 1100])
def test_it_fits_where_it_stands(open_notebook: Open, lab: Lab, width: int) -> None:
    seen = open_notebook(lab, CELL)
    seen.run_all()
    seen.page.wait_for_selector(FRAME, timeout=60_000)
    seen.shot(f"input-empty-{width}")
    give(seen, ("a-rather-long-name-of-a-photograph.png", picture(640, 400)[0]), ("b.png", picture(500, 300)[0]))
    seen.waits_for("b.png:500x300")
    seen.page.wait_for_function(f"document.querySelector('{PICTURE}').naturalWidth > 0")
    if width == 320:
        narrow(seen)
    click(seen, "Crop")
    for _ in range(6):
        seen.page.keyboard.press("Shift+ArrowRight")
        seen.page.keyboard.press("Shift+ArrowDown")
    give(seen, ("broken.png", b"no picture"))
    seen.until(lambda: "decoded as a picture" in trouble(seen))
    for theme in ("light", "dark"):
        if theme == "dark":
            seen.dark()
        seen.page.locator(ROOT).scroll_into_view_if_needed()
        seen.shot(f"input-{theme}-{width}")
        wide = seen.page.eval_on_selector(ROOT, "root => [root.scrollWidth, root.clientWidth]")
        assert wide[0] <= wide[1]


def narrow(seen: Seen) -> None:
    """Give the widget the width of a telephone; JupyterLab itself is no smaller than a tablet."""
    seen.page.eval_on_selector(ROOT, "root => { root.style.width = '320px'; }")
