"""Images in a reply: the shapes in which servers send them, and those that are refused."""

from __future__ import annotations

import base64
import io
from typing import Any

import pytest
from PIL import Image as PILImage

from tests.session.scripted import in_delta, picture
from vision_magic.chat import output_images
from vision_magic.chat.events import ImageReceived, TextDelta
from vision_magic.chat.reply import Reply
from vision_magic.chat.reply_builder import ReplyBuilder
from vision_magic.images.convert import as_image
from vision_magic.images.image import Image, WholeImage
from vision_magic.secrets import Secret


def fold(*choices: dict[str, Any], n: int = 1) -> Reply:
    builder = ReplyBuilder(choices=n)
    for choice in choices:
        builder.add({"choices": [choice]})
    return builder.snapshot()


def given(url: Any) -> Reply:
    return fold({"delta": {"content": "Here:", "images": [{"type": "image_url", "image_url": {"url": url}}]}})


def data_uri(data: bytes, kind: str = "image/png") -> str:
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


URI = in_delta(picture(1))["image_url"]["url"]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param({"images": [in_delta(picture(1))]}, id="OpenRouter, LiteLLM, Vercel"),
        pytest.param({"images": [{"image_url": URI}]}, id="a string in place of the object"),
        pytest.param({"images": [{"url": URI}]}, id="only url"),
        pytest.param({"images": URI}, id="no list"),
        pytest.param({"content": [{"type": "image_url", "image_url": {"url": URI}}]}, id="a part"),
        pytest.param({"content": [{"type": "output_image", "image_url": URI}]}, id="as the Responses API names it"),
        pytest.param({"images": [in_delta(picture(1)), in_delta(picture(1))]}, id="twice"),
    ],
)
@pytest.mark.parametrize("field", ["delta", "message"])
def test_every_shape_of_an_image_is_read(content: dict[str, Any], field: str) -> None:
    [image] = fold({field: content}).output_images
    assert (image.width, image.height, image.media_type, image.source) == (21, 10, "image/png", "picture of an answer")
    assert image.to_pil().getpixel((0, 0)) == (1, 0, 0)


def test_an_image_is_an_event_when_it_has_arrived() -> None:
    builder = ReplyBuilder()
    events = builder.add({"choices": [{"delta": {"content": "Here:", "images": [in_delta(picture(1))]}}]})
    [text, received] = events
    assert text == TextDelta("Here:")
    assert isinstance(received, ImageReceived)
    assert builder.snapshot().output_images == (received.image,)


def test_a_last_message_repeats_nothing() -> None:
    images = [in_delta(picture(1)), in_delta(picture(2))]
    reply = fold({"delta": {"images": images[:1]}}, {"delta": None, "message": {"images": images}})
    assert [image.width for image in reply.output_images] == [21, 22]


def test_each_choice_has_its_own_images() -> None:
    choices = ({"index": n, "delta": {"images": [in_delta(picture(1))]}} for n in range(2))
    reply = fold(*choices, n=2)
    assert [len(choice.output_images) for choice in reply.choices] == [1, 1]


def test_a_picture_alone_is_an_answer() -> None:
    reply = fold({"delta": {"content": "", "images": [in_delta(picture(1))]}, "finish_reason": "stop"})
    assert reply.has_answer
    assert not reply.choices[0].is_empty
    assert reply.notes == ()
    assert repr(reply) == "<Reply '', 1 picture, unknown model, complete>"


@pytest.mark.parametrize(
    ("sent", "media_type", "mode"),
    [
        pytest.param(in_delta(picture(1)), "image/png", "RGB", id="PNG"),
        pytest.param(in_delta(picture(1), "JPEG"), "image/jpeg", "RGB", id="JPEG"),
        pytest.param(in_delta(picture(1), "WEBP"), "image/png", "RGB", id="WebP"),
        pytest.param(in_delta(picture(1), "GIF"), "image/png", "RGB", id="GIF"),
        pytest.param(in_delta(PILImage.new("RGBA", (21, 10), (9, 0, 0, 128))), "image/png", "RGBA", id="transparent"),
        pytest.param(in_delta(PILImage.new("1", (21, 10))), "image/png", "L", id="one bit"),
    ],
)
def test_the_kept_image_is_whole_and_has_the_type_of_its_data(sent: Any, media_type: str, mode: str) -> None:
    [image] = given(sent["image_url"]["url"]).output_images
    assert image.media_type == media_type
    assert image.to_pil().format == media_type.removeprefix("image/").upper()
    assert (image.to_pil().mode, image.to_pil().size) == (mode, (21, 10))


def test_what_others_wrote_into_the_file_is_not_kept() -> None:
    """ComfyUI writes the whole prompt into its PNG files."""
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("prompt", "SECRET-OF-THE-SERVER")
    [image] = given(in_delta(picture(1), pnginfo=info)["image_url"]["url"]).output_images
    assert b"SECRET" not in image.data


def bomb(side: int) -> bytes:
    data = io.BytesIO()
    PILImage.new("1", (side, side)).save(data, "PNG")
    return data.getvalue()


def noise() -> bytes:
    data = io.BytesIO()
    PILImage.effect_noise((100, 100), 80).save(data, "PNG")
    return data.getvalue()


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        pytest.param(data_uri(b"<svg onload=alert(1)>" * 4, "image/svg+xml"), "format SVG", id="SVG"),
        pytest.param(data_uri(b"MZ" + bytes(100)), "could not be decoded", id="no picture"),
        pytest.param(data_uri(noise()[:3000]), "could not be decoded", id="cut off"),
        pytest.param("data:image/png;base64,%%%%", "Base64 is damaged", id="no Base64"),
        pytest.param("data:image/png;base64,", "0 bytes", id="nothing"),
        pytest.param("data:text/html;base64,AAAA", "neither", id="another type"),
        pytest.param("file:///etc/passwd", "neither", id="a file"),
        pytest.param("javascript:alert(1)", "neither", id="a script"),
        pytest.param("//host.example/x.png", "neither", id="no scheme"),
        pytest.param({"url": {"url": {"url": "x"}}}, "neither", id="nested"),
        pytest.param(None, "neither", id="null"),
        pytest.param("https://" + "x" * 5_000, "too long", id="a long address"),
    ],
)
def test_what_is_no_picture_is_refused_with_a_note_and_the_text_is_kept(url: Any, reason: str) -> None:
    assert_refused(given(url), reason)


@pytest.mark.parametrize(
    ("side", "reason"),
    [
        pytest.param(8_000, "64 million pixels; the limit is 50 million", id="a bomb"),
        pytest.param(14_000, "the limit is 50 million", id="one that Pillow refuses itself"),
    ],
)
def test_a_bomb_is_refused(side: int, reason: str) -> None:
    assert_refused(given(data_uri(bomb(side))), reason)


def assert_refused(reply: Reply, reason: str) -> None:
    assert (reply.text, reply.output_images) == ("Here:", ())
    [note] = reply.notes
    assert note.startswith("picture 1 of the answer was refused: ")
    assert reason in note
    assert len(note) < 250


def test_fifty_megabytes_are_refused_before_they_are_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(output_images.pybase64, "b64decode", None)
    reply = given("data:image/png;base64," + "A" * (4 * 50_000_000 // 3))
    assert reply.notes == ("picture 1 of the answer was refused: it has 50.0 MB; the limit is 32.0 MB",)


def test_an_image_beside_a_part_of_a_key_is_passed_on() -> None:
    """Of a chunk that is hidden, a recording gets what was shown of it."""
    secret = Secret("the-very-secret-word", source="a test")
    chunks: list[Any] = []
    builder = ReplyBuilder(on_chunk=lambda chunk, at: chunks.append(chunk))
    builder.add({"choices": [{"delta": {"content": "It is the-very-", "images": [in_delta(picture(1))]}}]})
    builder.add({"choices": [{"delta": {"content": "secret-word."}}]})
    builder.end()
    assert secret.reveal() not in str(chunks)
    again = ReplyBuilder()
    for one in chunks:
        again.add(one)
    assert again.snapshot().choices == builder.snapshot().choices
    assert len(again.snapshot().output_images) == 1


def test_an_answer_keeps_sixteen_pictures() -> None:
    reply = fold({"delta": {"images": [in_delta(picture(number)) for number in range(30)]}})
    assert len(reply.output_images) == 16
    assert len(reply.notes) == 5
    assert reply.notes[-1] == "10 more pictures were refused"


def test_many_large_pictures_are_refused_by_their_pixels_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(output_images, "_MAX_TOTAL_PIXELS", 300)
    monkeypatch.setattr(output_images.OutputLimits, "__init__", lambda self: _limits(self, 300))
    reply = fold({"delta": {"images": [in_delta(picture(number)) for number in range(4)]}})
    assert len(reply.output_images) == 2, "each has 200 pixels or more"
    assert "at most 16 pictures" in reply.notes[0]


def _limits(limits: Any, pixels: int) -> None:
    limits.images, limits.size, limits.pixels = 16, 10**9, pixels


def test_an_address_is_listed_and_never_loaded() -> None:
    """Nothing here can open a connection: `chat` imports no client."""
    reply = given("https://tracker.example/x.png?who=you")
    assert reply.choices[0].image_addresses == ("https://tracker.example/x.png?who=you",)
    assert reply.notes == ("a picture was given by its address at tracker.example, which was not loaded",)
    bundle = reply._repr_mimebundle_()
    assert "[picture at tracker.example, not loaded: https://tracker.example/x.png?who=you]" in bundle["text/plain"]
    assert "<img" not in bundle["text/html"]
    assert "a picture, not loaded</a> (tracker.example)" in bundle["text/html"]


@pytest.mark.parametrize(
    "url", ['https://a.example/"onmouseover="alert(1)', "https://bank.example@evil.example/<script>", "http://[x"]
)
def test_no_address_breaks_out_of_its_link(url: str) -> None:
    html = given(url)._repr_mimebundle_()["text/html"]
    assert '"onmouseover' not in html
    assert "<script" not in html
    assert "(bank.example" not in html


def test_an_answer_shows_its_pictures_in_every_form() -> None:
    reply = given(in_delta(PILImage.effect_noise((3000, 1500), 80).convert("RGB"), "JPEG")["image_url"]["url"])
    bundle = reply._repr_mimebundle_()
    assert "Here:\n[picture 3000 × 1500]" in bundle["text/plain"]
    assert '<img src="data:image/jpeg;base64,' in bundle["text/html"]
    assert "shown at 1024 × 512" in bundle["text/html"]
    assert len(bundle["text/html"]) < 1_500_000, "a notebook file keeps it"


def test_an_output_image_is_prepared_like_any_other_before_it_is_sent() -> None:
    [image] = given(in_delta(PILImage.new("RGBA", (4000, 100), (0, 0, 0, 0)))["image_url"]["url"]).output_images
    assert type(image) is WholeImage
    sent = as_image(image)
    assert (type(sent), sent.width) == (Image, 2048)
    assert "transparency shown on" in sent.note
