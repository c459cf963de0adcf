"""The public names: what stands in `__all__`, that it can be imported, and what importing costs."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest

import vision_magic

PUBLIC = [
    "BrokenReply",
    "CellError",
    "ChatRequest",
    "Choice",
    "ConnectionFailed",
    "Event",
    "Finished",
    "Image",
    "Interrupted",
    "Message",
    "Picture",
    "PictureError",
    "ReasoningDelta",
    "RefusalDelta",
    "Reply",
    "RequestError",
    "ServerError",
    "Settings",
    "SettingsError",
    "TextDelta",
    "Timing",
    "ToolCall",
    "ToolCallDelta",
    "TruncatedReply",
    "Usage",
    "VisionError",
    "Waiting",
    "WireError",
    "aask",
    "as_image",
    "ask",
    "astream",
    "converts",
    "prepare",
    "stream",
    "use",
]


def test_the_public_names_are_these() -> None:
    assert vision_magic.__all__ == PUBLIC
    assert sorted(PUBLIC) == PUBLIC


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_name_can_be_imported_and_is_explained(name: str) -> None:
    value = getattr(vision_magic, name)
    if inspect.isclass(value) or inspect.isfunction(value):
        assert inspect.getdoc(value)
        assert value.__module__.startswith("vision_magic.")


def test_every_public_name_has_its_room_and_no_other_has() -> None:
    assert sorted(vision_magic._ROOM_OF) == PUBLIC
    assert set(PUBLIC) <= set(dir(vision_magic))


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        vision_magic.nothing  # noqa: B018  # the access is what is tested


def test_every_error_is_a_vision_error() -> None:
    for name in PUBLIC:
        value = getattr(vision_magic, name)
        if inspect.isclass(value) and issubclass(value, BaseException):
            assert issubclass(value, vision_magic.VisionError)


def test_importing_loads_nothing_heavy() -> None:
    program = "import sys, vision_magic; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    ran = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    loaded = set(ran.stdout.split())
    assert not loaded & {
        "numpy",
        "PIL",
        "IPython",
        "httpx",
        "ipywidgets",
        "matplotlib",
        "pydantic",
        "anyio",
        "rapidocr",
    }
