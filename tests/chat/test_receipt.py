"""The receipt: what was sent, to which server, and at what cost."""

from __future__ import annotations

from PIL import Image as PILImage

from tests.chat.receipts import picture, reply, request
from vision_magic.chat.messages import FactsPart, ImagePart
from vision_magic.chat.receipt import Receipt, receipt_of_request
from vision_magic.images.convert import as_image
from vision_magic.images.image import RemoteImage


def test_it_says_in_order_what_a_reviewer_would_ask() -> None:
    shown = as_image(PILImage.new("RGB", (4000, 3000), "navy"), max_side=1000)
    asked = request(ImagePart(shown, "high"), FactsPart("title: Peaks"))
    lines = str(reply(asked).receipt).splitlines()
    assert [line.split()[0] for line in lines] == [
        "picture", "sent", "format", "rule", "detail", "facts", "estimate", "counted", "time", "ended", "model",
    ]  # fmt: skip
    text = "\n".join(lines)
    for words in (
        "1000×750 pixels, from 4000×3000",
        "PNG, ",
        "shrunk from 4000×3000",
        "high",
        "12 characters of facts sent with it",
        "about 972 tokens (Anthropic's patches of 28, at most 4,784)",
        "1,200 prompt, 7 completion tokens",
        "first token after 0.4 s, 2.1 s in total",
        "stop",
        "claude-x · example.org",
    ):
        assert words in text


def test_a_level_of_detail_that_is_not_known_is_noted() -> None:
    assert "detail     original\n" in str(receipt_of_request(request(ImagePart(picture(), "original"))))
    assert "detail     ultra, sent as it is" in str(receipt_of_request(request(ImagePart(picture(), "ultra"))))


def test_before_it_is_sent_it_says_so() -> None:
    receipt = receipt_of_request(request(ImagePart(picture())), "example.org")
    assert receipt.state == "not sent"
    assert "not sent" in str(receipt)
    assert "counted" not in str(receipt)


def test_several_pictures_have_a_line_each_and_one_sum() -> None:
    receipt = receipt_of_request(request(ImagePart(picture()), FactsPart("facts"), ImagePart(picture(20, 10))))
    lines = str(receipt).splitlines()
    assert lines[0].startswith("picture 1")
    assert "no facts sent" in lines[1]
    assert "so small that a model sees little of it" in lines[1]
    assert "about 166 tokens for all pictures" in lines[2]
    assert receipt.summary.startswith("2 pictures, ")


def test_an_address_is_named_without_its_query() -> None:
    receipt = receipt_of_request(request(ImagePart(RemoteImage("https://example.org/x.png?token=secret"))))
    assert "https://example.org/x.png; the server fetches it" in str(receipt)
    assert "secret" not in str(receipt)


def test_a_reproducible_reply_has_no_times_in_its_receipt() -> None:
    receipt = reply(request(ImagePart(picture())), reproducible=True).receipt
    assert receipt.timing is None
    assert "time" not in str(receipt)


def test_without_a_picture_it_says_so() -> None:
    receipt = receipt_of_request(request())
    assert receipt.summary == "no picture"
    assert isinstance(receipt, Receipt)
    assert repr(receipt) == "<Receipt: no picture, not sent>"
