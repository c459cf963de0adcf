"""The receipt: what was sent, to whom, and what it took."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

from PIL import Image as PILImage

from vision_magic.chat.messages import FactsPart, ImagePart, Message, TextPart
from vision_magic.chat.receipt import Receipt, receipt_of_request
from vision_magic.chat.reply import Choice, Reply
from vision_magic.chat.request import ChatRequest
from vision_magic.chat.usage import Timing, Usage
from vision_magic.images.convert import as_image
from vision_magic.images.image import Image, RemoteImage
from vision_magic.render.reply import metadata, receipt_html, reply_html


def picture(width: int = 400, height: int = 300) -> Image:
    return as_image(PILImage.new("RGB", (width, height), "navy"))


def request(*parts: Any, model: str = "claude-x") -> ChatRequest:
    return ChatRequest(model=model, messages=(Message(role="user", content=(*parts, TextPart("What?"))),))


def reply(asked: ChatRequest, **more: Any) -> Reply:
    known: dict[str, Any] = {
        "choices": (Choice(text="Blue.", finish_reason="stop"),),
        "model": "claude-x",
        "host": "example.org",
        "request": asked,
        "timing": Timing(time_to_first_token=0.42, total=2.1),
        "usage": Usage(prompt_tokens=1200, completion_tokens=7, total_tokens=1207, raw={"prompt_tokens": 1200}),
    }
    return Reply(**(known | more))


def test_it_says_in_order_what_a_reviewer_would_ask() -> None:
    shown = as_image(PILImage.new("RGB", (4000, 3000), "navy"), max_side=1000)
    asked = request(ImagePart(shown, "high"), FactsPart("title: Peaks"))
    lines = str(reply(asked).receipt).splitlines()
    assert [line.split()[0] for line in lines] == [
        "picture", "sent", "as", "rule", "detail", "facts", "estimate", "counted", "time", "ended", "asked",
    ]  # fmt: skip
    text = "\n".join(lines)
    for words in (
        "1000×750 pixels, from 4000×3000",
        "PNG, ",
        "shrunk from 4000×3000",
        "high",
        "facts sent beside it, 12 characters",
        "about 1,000 tokens (Anthropic's pixels ÷ 750)",
        "1,200 asked, 7 answered tokens",
        "first token after 0.4 s, 2.1 s in all",
        "stop",
        "claude-x · example.org",
    ):
        assert words in text


def test_before_it_is_sent_it_says_so() -> None:
    receipt = receipt_of_request(request(ImagePart(picture())), "example.org")
    assert receipt.state == "not sent"
    assert "Not sent: 1 picture, 400×300" in receipt_html(receipt)
    assert "not sent" in str(receipt)
    assert "counted" not in str(receipt)


def test_several_pictures_have_a_line_each_and_one_sum() -> None:
    receipt = receipt_of_request(request(ImagePart(picture()), FactsPart("facts"), ImagePart(picture(20, 10))))
    lines = str(receipt).splitlines()
    assert lines[0].startswith("picture 1")
    assert "no facts sent" in lines[1]
    assert "a model sees little of so small a picture" in lines[1]
    assert "about 161 tokens for all pictures" in lines[2]
    assert receipt.summary.startswith("2 pictures, ")


def test_an_address_is_named_without_its_query_and_never_loaded() -> None:
    receipt = receipt_of_request(request(ImagePart(RemoteImage("https://example.org/x.png?token=secret"))))
    html = receipt_html(receipt)
    assert "https://example.org/x.png; the server fetches it" in str(receipt)
    assert "secret" not in html
    assert "<img" not in html


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def test_the_fold_is_closed_under_the_answer_and_has_thumbnails_with_their_words() -> None:
    asked = request(ImagePart(picture()), ImagePart(picture(100, 300)))
    html = reply_html(reply(asked))
    tags = _Tags()
    tags.feed(html)
    assert html.index("Blue.") < html.index("<details")
    assert "open" not in dict(tags.seen)["details"]
    images = [attributes for tag, attributes in tags.seen if tag == "img"]
    assert [image["alt"] for image in images] == [
        "Picture 1 of 2: Pillow image, 400×300 pixels",
        "Picture 2 of 2: Pillow image, 100×300 pixels",
    ]
    assert all(str(image["src"]).startswith("data:image/jpeg;base64,") for image in images)
    assert all(len(str(image["src"])) < 20_000 for image in images)
    assert "<details" not in reply_html(reply(asked), live=True)


def test_of_many_pictures_a_dozen_are_shown() -> None:
    receipt = receipt_of_request(request(*(ImagePart(picture()) for _ in range(30))))
    assert receipt_html(receipt).count("<img") == 12
    assert "and 18 more" in receipt_html(receipt)


def test_what_somebody_called_his_object_is_no_html() -> None:
    image = replace(picture(), source="<b onload=x>", note="<script>")
    html = receipt_html(receipt_of_request(request(ImagePart(image))))
    assert "<script" not in html
    assert "<b onload" not in html


def test_the_metadata_is_plain_json_with_the_hash_of_what_was_sent() -> None:
    image = picture()
    found = json.loads(json.dumps(metadata(reply(request(ImagePart(image, "low"))))))["vision_magic"]
    assert found["pictures"][0]["sha256"] == hashlib.sha256(image.data).hexdigest()
    assert found["pictures"][0]["detail"] == "low"
    assert found["usage"] == {"prompt_tokens": 1200}
    assert found["seconds"] == {"time_to_first_token": 0.42, "total": 2.1}
    assert "base64" not in json.dumps(found)
    assert metadata(Reply()) == {}


def test_a_reproducible_reply_has_no_times_in_its_receipt() -> None:
    receipt = reply(request(ImagePart(picture())), reproducible=True).receipt
    assert receipt.timing is None
    assert "time" not in str(receipt)


def test_without_a_picture_it_says_so() -> None:
    receipt = receipt_of_request(request())
    assert receipt.summary == "no picture"
    assert isinstance(receipt, Receipt)
    assert repr(receipt) == "<Receipt: no picture, not sent>"
