"""A receipt as HTML: the fold below a reply, its thumbnails, and the metadata of the output."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser

from tests.chat.receipts import picture, reply, request
from vision_magic.chat.messages import ImagePart
from vision_magic.chat.receipt import receipt_of_request
from vision_magic.chat.reply import Reply
from vision_magic.images.image import RemoteImage
from vision_magic.render.receipt import receipt_html
from vision_magic.render.reply import output_metadata, reply_html


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


def test_before_it_is_sent_the_fold_says_so() -> None:
    receipt = receipt_of_request(request(ImagePart(picture())), "example.org")
    assert "Not sent: 1 picture, 400×300" in receipt_html(receipt)


def test_an_address_is_never_loaded_and_its_query_never_shown() -> None:
    receipt = receipt_of_request(request(ImagePart(RemoteImage("https://example.org/x.png?token=secret"))))
    assert "secret" not in receipt_html(receipt)
    assert "<img" not in receipt_html(receipt)


def test_the_metadata_is_plain_json_with_the_hash_of_what_was_sent() -> None:
    image = picture()
    found = json.loads(json.dumps(output_metadata(reply(request(ImagePart(image, "low"))))))["vision_magic"]
    assert found["images"][0]["sha256"] == hashlib.sha256(image.data).hexdigest()
    assert found["images"][0]["detail"] == "low"
    assert found["usage"] == {"prompt_tokens": 1200}
    assert found["seconds"] == {"time_to_first_token": 0.42, "total": 2.1}
    assert "base64" not in json.dumps(found)
    assert output_metadata(Reply()) == {}


def test_replies_and_receipts_show_html_wherever_the_session_is_loaded() -> None:
    script = """
import vision_magic.session
from vision_magic.chat.reply import Reply
for value in (Reply(), Reply().receipt):
    assert set(value._repr_mimebundle_()) == {"text/html", "text/plain"}, value
"""
    subprocess.run([sys.executable, "-c", script], check=True)
