"""`ImageInput` without a browser: messages sent by hand, including every fault of a connection or a page."""

from __future__ import annotations

import hashlib
import io
import itertools
import json
import random
import threading
from typing import Any

import pytest
from PIL import Image as PILImage

import vision_magic as vm
from vision_magic.errors import ImageError
from vision_magic.images.decode import MAX_BYTES
from vision_magic.notebook.widgets import image_input
from vision_magic.notebook.widgets.image_input import ImageInput

CHUNK = 1000
_ids = itertools.count()


class Recorder(ImageInput):
    """Keeps the messages that it sends to the browser."""

    def __init__(self, **traits: Any) -> None:
        self.sent: list[tuple[dict[str, Any], list[bytes]]] = []
        super().__init__(**traits)

    def send(self, content: Any, buffers: Any = None) -> None:
        self.sent.append((content, list(buffers or [])))

    def last(self) -> dict[str, Any]:
        return self.sent[-1][0]


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(image_input, "_CHUNK", CHUNK)


@pytest.fixture
def widget() -> Recorder:
    return Recorder()


def noise(width: int = 60, height: int = 40, kind: str = "PNG") -> bytes:
    picture = PILImage.frombytes("RGB", (width, height), random.Random(width).randbytes(3 * width * height))
    buffer = io.BytesIO()
    picture.save(buffer, kind)
    return buffer.getvalue()


def sizes(widget: ImageInput) -> tuple[tuple[str, int, int], ...]:
    """Return names, widths and heights; the versions are there so that another picture is another value."""
    return tuple(one[:3] for one in widget.value)


def parts(data: bytes, name: str = "shot.png", **changes: Any) -> list[tuple[dict[str, Any], list[bytes]]]:
    about = {"kind": "chunk", "id": f"f{next(_ids)}", "name": name, "total": len(data)}
    about |= {"sha256": hashlib.sha256(data).hexdigest(), **changes}
    starts = range(0, len(data), CHUNK)
    return [({**about, "index": i}, [data[start : start + CHUNK]]) for i, start in enumerate(starts)]


def feed(widget: Recorder, messages: list[tuple[dict[str, Any], list[bytes]]]) -> dict[str, Any]:
    for content, buffers in messages:
        widget._on_message(widget, content, [memoryview(part) for part in buffers])
    return widget.last()


def put(widget: Recorder, *sizes: tuple[int, int]) -> None:
    for width, height in sizes:
        feed(widget, parts(noise(width, height), f"{width}.png"))


def test_a_picture_arrives_in_parts_each_of_which_is_acknowledged(widget: Recorder) -> None:
    data = noise()
    changes: list[Any] = []
    widget.observe(lambda change: changes.append(change.new), "value")
    assert feed(widget, parts(data))["kind"] == "complete"
    acknowledged = [content["index"] for content, _ in widget.sent if content["kind"] == "ack"]
    assert acknowledged == list(range(len(parts(data)) - 1))
    assert widget.image is not None
    assert widget.image.tobytes() == PILImage.open(io.BytesIO(data)).tobytes()
    assert sizes(widget) == (("shot.png", 60, 40),)
    assert changes == [widget.value]


def test_parts_may_come_in_any_order_and_twice(widget: Recorder) -> None:
    """A kernel with subshells handles a comm's messages in several threads; a lost acknowledgement repeats one."""
    messages = parts(noise())
    shuffled = [*messages[1:], messages[1]]
    random.Random(3).shuffle(shuffled)
    assert feed(widget, [*shuffled, messages[0]])["kind"] == "complete"
    assert sizes(widget) == (("shot.png", 60, 40),)


def test_the_last_part_again_is_answered_again_and_adds_nothing(widget: Recorder) -> None:
    messages = parts(noise())
    first = feed(widget, messages)
    assert feed(widget, messages[-1:]) == first
    assert len(widget.value) == 1
    assert widget._uploads == {}


def test_an_observer_that_fails_is_shown_in_the_widget(widget: Recorder) -> None:
    def observe(change: object) -> None:
        raise KeyError("weather")

    widget.observe(observe, "value")
    feed(widget, parts(noise()))
    kinds = [content["kind"] for content, _ in widget.sent][-2:]
    assert kinds == ["error", "complete"]
    assert "KeyError: 'weather'" in widget.sent[-2][0]["message"]


def test_parts_may_come_from_several_threads(widget: Recorder) -> None:
    messages = parts(noise(200, 100))
    threads = [threading.Thread(target=feed, args=(widget, [message])) for message in messages]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sizes(widget) == (("shot.png", 200, 100),)


def test_two_pictures_may_arrive_at_a_time(widget: Recorder) -> None:
    first, second = parts(noise(60, 40)), parts(noise(50, 50))
    mixed = [part for pair in itertools.zip_longest(first, second) for part in pair if part]
    feed(widget, mixed)
    assert {(width, height) for _, width, height in sizes(widget)} == {(60, 40), (50, 50)}


def test_a_browser_without_sha256_is_believed_by_the_length(widget: Recorder) -> None:
    assert feed(widget, parts(noise(), sha256=""))["kind"] == "complete"


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        pytest.param(lambda content, data: (content, data[:-1]), "arrived with", id="short"),
        pytest.param(lambda content, data: (content, data + b"x"), "arrived with", id="long"),
        pytest.param(lambda content, data: (content, b""), "arrived with 0 B", id="empty"),
        pytest.param(lambda content, data: ({**content, "index": 10_000}, data), "belong together", id="far index"),
        pytest.param(lambda content, data: ({**content, "index": -1}, data), "without a valid number", id="negative"),
        pytest.param(
            lambda content, data: ({**content, "index": "1"}, data), "without a valid number", id="text index"
        ),
        pytest.param(
            lambda content, data: ({**content, "index": True}, data), "without a valid number", id="bool index"
        ),
        pytest.param(lambda content, data: ({**content, "total": 5}, data), "belong together", id="other total"),
        pytest.param(lambda content, data: ({**content, "total": None}, data), "without a valid number", id="no total"),
        pytest.param(lambda content, data: ({**content, "id": ""}, data), "without a valid number", id="no id"),
    ],
)
def test_a_damaged_part_is_refused_and_can_be_sent_again(widget: Recorder, spoil: Any, words: str) -> None:
    data = noise()
    messages = parts(data)
    content, buffers = messages[1]
    content, part = spoil(content, buffers[0])
    feed(widget, messages[:1])
    refused = feed(widget, [(content, [part])])
    assert refused["kind"] == "refused"
    assert refused["again"] is True
    assert words in refused["message"]
    assert widget.images == ()
    assert feed(widget, parts(data))["kind"] == "complete"


def test_a_wrong_sum_is_refused_and_can_be_sent_again(widget: Recorder) -> None:
    refused = feed(widget, parts(noise(), sha256="0" * 64))
    assert (refused["kind"], refused["again"]) == ("refused", True)
    assert "damaged in transit" in refused["message"]
    assert widget._uploads == {}


@pytest.mark.parametrize(
    ("total", "words"), [(MAX_BYTES + 1, "the limit is"), (10**18, "the limit is"), (0, "the limit is")]
)
def test_a_file_over_the_cap_is_refused_at_its_first_part(widget: Recorder, total: int, words: str) -> None:
    refused = feed(widget, [({"kind": "chunk", "id": "a", "index": 0, "total": total}, [b"x" * CHUNK])])
    assert (refused["kind"], refused["again"]) == ("refused", False)
    assert words in refused["message"]
    assert widget._uploads == {}


def test_a_file_that_is_not_a_picture_is_refused_for_good(widget: Recorder) -> None:
    refused = feed(widget, parts(b"no picture at all"))
    assert (refused["kind"], refused["again"]) == ("refused", False)
    assert "could not be decoded as a picture" in refused["message"]
    assert widget.image is None


def test_a_small_file_that_claims_millions_of_pixels_is_refused(widget: Recorder) -> None:
    buffer = io.BytesIO()
    PILImage.new("1", (20_000, 20_000)).save(buffer, "PNG")
    assert "million" in feed(widget, parts(buffer.getvalue()))["message"]


@pytest.mark.parametrize(
    "junk",
    [
        None,
        5,
        "chunk",
        [],
        {},
        {"kind": None},
        {"kind": "explode"},
        {"kind": ["chunk"]},
        {"kind": "preview"},
        {"kind": "preview", "key": "p9"},
        {"kind": "crop", "key": "p9", "box": [0, 0, 1, 1]},
        {"kind": "remove", "key": None},
        {"kind": "cancel"},
    ],
)
def test_junk_does_nothing(widget: Recorder, junk: Any) -> None:
    widget._on_message(widget, junk, None)
    assert widget.sent == []
    assert widget.value == ()


def test_abandoned_uploads_are_forgotten(widget: Recorder) -> None:
    for _ in range(10):
        feed(widget, parts(noise())[:1])
    assert len(widget._uploads) == image_input._MAX_UPLOADS
    for name in list(widget._uploads):
        widget._on_message(widget, {"kind": "cancel", "id": name}, [])
    assert widget._uploads == {}


def test_it_holds_a_limited_number_of_pictures(widget: Recorder) -> None:
    put(widget, *[(10 + i, 10) for i in range(image_input._MAX_IMAGES)])
    assert len(widget.images) == image_input._MAX_IMAGES
    assert "remove one first" in feed(widget, parts(noise()))["message"]
    assert len(widget.images) == image_input._MAX_IMAGES


def test_a_frame_for_one_picture_replaces_the_old_one() -> None:
    widget = Recorder(multiple=False)
    put(widget, (60, 40), (50, 50))
    assert [size for _, *size in sizes(widget)] == [[50, 50]]


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        pytest.param("C:\\Users\\me\\shot.png", "shot.png", id="windows folder"),
        pytest.param("../../etc/passwd", "passwd", id="unix folder"),
        pytest.param("", "picture", id="none"),
        pytest.param(None, "picture", id="null"),
        pytest.param("a\u202egnp.exe", "a⟨U+202E⟩gnp.exe", id="letters that reorder"),
        pytest.param("x" * 500, "x" * 80, id="long"),
    ],
)
def test_a_name_has_no_folder_and_no_invisible_characters(widget: Recorder, sent: Any, kept: str) -> None:
    feed(widget, parts(noise(), sent))
    assert widget.value[0][0] == kept


def test_the_state_holds_no_pixel_and_no_base64(widget: Recorder) -> None:
    """State is saved with the notebook and sent to every page."""
    put(widget, (400, 300), (300, 200))
    state = widget.get_state()
    own = {name: state[name] for name in state if name not in ("_esm", "_css")}
    assert not any(isinstance(value, bytes | memoryview) for value in own.values())
    assert len(json.dumps(own, default=str)) < 2000
    saved = json.dumps(ImageInput.get_manager_state(widgets=[widget]))
    assert "data:image" not in saved
    assert "iVBOR" not in saved
    assert not any(model.get("buffers") for model in json.loads(saved)["state"].values())


def test_a_preview_comes_when_it_is_asked_for_and_is_never_large(widget: Recorder) -> None:
    put(widget, (3000, 2000))
    key = widget._images[0]["key"]
    widget._on_message(widget, {"kind": "preview", "key": key}, [])
    content, buffers = widget.sent[-1]
    assert content == {"kind": "preview", "key": key, "box": (0, 0, 3000, 2000), "type": content["type"]}
    assert max(PILImage.open(io.BytesIO(buffers[0])).size) == 1280
    assert len(buffers[0]) < 6_000_000
    widget._on_message(widget, {"kind": "preview", "key": key, "box": [2900, 1900, 3200, 2000]}, [])
    content, buffers = widget.sent[-1]
    assert content["box"] == (2900, 1900, 3000, 2000)
    assert PILImage.open(io.BytesIO(buffers[0])).size == (100, 100)


def mark(widget: Recorder, key: str, box: Any, edit: str = "e1") -> None:
    widget._on_message(widget, {"kind": "crop", "key": key, "box": box, "edit": edit}, [])


def test_what_is_marked_is_what_is_sent(widget: Recorder) -> None:
    put(widget, (100, 80))
    whole = widget.image
    assert whole is not None
    mark(widget, "p1", [20, 10, 100, 60])
    assert sizes(widget) == (("100.png", 80, 50),)
    assert vm.as_image(widget).to_pil().tobytes() == whole.crop((20, 10, 100, 60)).tobytes()
    assert "cropped from 100×80" in vm.as_image(widget).note
    mark(widget, "p1", [5, 5, 15, 25], "e2")  # in pixels of the whole picture
    assert widget.images[0].tobytes() == whole.crop((5, 5, 15, 25)).tobytes()
    about = widget._images[0]
    assert (about["width"], about["height"], about["box"], about["edit"]) == (100, 80, (5, 5, 15, 25), "e2")
    assert about["version"] == 2


@pytest.mark.parametrize("box", [None, [0, 0, 100, 80], [-9, 0, 900, 80]])
def test_the_whole_picture_is_no_part(widget: Recorder, box: Any) -> None:
    put(widget, (100, 80))
    mark(widget, "p1", [20, 10, 100, 60])
    mark(widget, "p1", box)
    assert sizes(widget) == (("100.png", 100, 80),)
    assert widget._images[0]["box"] is None
    assert "cropped" not in vm.as_image(widget).note


@pytest.mark.parametrize(
    ("box", "size"),
    [
        pytest.param([50, -50, 500, 500], (50, 80), id="beyond the edges"),
        pytest.param([0, 0, 1, 1], (1, 1), id="one pixel"),
    ],
)
def test_a_frame_is_cut_to_the_picture(widget: Recorder, box: list[int], size: tuple[int, int]) -> None:
    put(widget, (100, 80))
    mark(widget, "p1", box)
    assert sizes(widget)[0][1:] == size


@pytest.mark.parametrize("box", [[5, 5, 5, 9], [9, 9, 5, 5], [200, 0, 300, 9], [0.5, 0, 9, 9], [0, 0, 9], "box", {}])
def test_a_frame_without_a_pixel_is_an_error(widget: Recorder, box: Any) -> None:
    put(widget, (100, 80))
    widget._on_message(widget, {"kind": "crop", "key": "p1", "box": box}, [])
    assert widget.last()["kind"] == "error"
    assert sizes(widget)[0][1:] == (100, 80)


def test_the_newest_picture_is_shown_and_another_may_be_chosen(widget: Recorder) -> None:
    put(widget, (60, 40), (50, 50), (40, 60))
    assert widget.image is not None
    assert widget.image.size == (40, 60)
    widget._current = "p1"
    assert widget.image.size == (60, 40)
    assert [picture.size for picture in widget.images] == [(60, 40), (50, 50), (40, 60)]
    widget._current = "nonsense"
    assert widget.image.size == (60, 40)


@pytest.mark.parametrize(("shown", "removed", "then"), [("p2", "p2", "p3"), ("p3", "p3", "p2"), ("p1", "p3", "p1")])
def test_after_removing_a_neighbour_is_shown(widget: Recorder, shown: str, removed: str, then: str) -> None:
    put(widget, (60, 40), (50, 50), (40, 60))
    widget._current = shown
    widget._on_message(widget, {"kind": "remove", "key": removed}, [])
    assert widget._current == then
    assert len(widget.value) == 2


def test_clear_removes_all(widget: Recorder) -> None:
    put(widget, (60, 40), (50, 50))
    widget.clear()
    assert (widget.image, widget.images, widget.value, widget._current) == (None, (), (), "")


def test_it_is_a_picture_and_the_receipt_names_it(widget: Recorder) -> None:
    put(widget, (60, 40), (100, 80))
    widget._on_message(widget, {"kind": "crop", "key": "p2", "box": [0, 0, 50, 30]}, [])
    image = vm.as_image(widget)
    assert (image.width, image.height) == (50, 30)
    assert image.source.endswith("100.png")
    assert "cropped from 100×80" in image.note
    assert "1 more in the widget, not sent" in image.note


def test_one_may_ask_about_it_and_about_all(widget: Recorder) -> None:
    put(widget, (320, 200), (50, 50))
    widget._current = "p1"
    assert "320 × 200" in vm.ask("What size is it?", widget, profile="embedded").text
    reply = vm.ask("What size is it?", widget.images, profile="embedded")
    assert reply.request is not None
    assert len(reply.receipt.images) == 2


def test_the_same_picture_pasted_again_stays_when_the_first_is_removed(widget: Recorder) -> None:
    put(widget, (60, 40))
    asked = widget.each()
    put(widget, (60, 40))
    widget.discard(asked)
    assert sizes(widget) == (("60.png", 60, 40),)
    assert widget._current == "p2"


def test_an_empty_one_says_what_to_do(widget: Recorder) -> None:
    with pytest.raises(ImageError, match=r"Ctrl\+V"):
        vm.ask("What is it?", widget, profile="embedded")


def test_value_cannot_be_set_and_the_repr_is_short(widget: Recorder) -> None:
    put(widget, (60, 40))
    assert repr(widget) == "<ImageInput: 1 picture>"
    with pytest.raises(Exception, match="read-only"):
        widget.value = ()


def test_no_innerhtml_is_in_the_script() -> None:
    """File names are other people's words."""
    script = str(image_input.ImageInput._esm)
    assert "innerHTML" not in script
    assert "insertAdjacentHTML" not in script


def test_another_picture_of_the_same_name_and_size_is_another_value() -> None:
    widget = Recorder(multiple=False)
    changes: list[Any] = []
    widget.observe(lambda change: changes.append(change.new), "value")
    for kind in ("PNG", "BMP"):
        assert feed(widget, parts(noise(kind=kind)))["kind"] == "complete"
    assert len(set(changes)) == 2
    assert sizes(widget) == (("shot.png", 60, 40),)
