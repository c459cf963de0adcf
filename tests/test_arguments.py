"""Arguments of wrong types: every public callable refuses them with an error of the package."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from PIL import Image as PILImage

import vision_magic as vm
from vision_magic.chat.request import FIELDS
from vision_magic.errors import VisionError
from vision_magic.images import registry
from vision_magic.session.default import session


class Unprintable:
    def __str__(self) -> str:
        raise RuntimeError("no words")

    def __repr__(self) -> str:
        return "<Unprintable>"


class Unequal:
    def __eq__(self, other: object) -> bool:
        raise RuntimeError("not comparable")

    __hash__ = object.__hash__


class Undecided:
    def __bool__(self) -> bool:
        raise RuntimeError("neither")


def circle() -> list[Any]:
    values: list[Any] = []
    values.append(values)
    return values


VALUES: list[Any] = [
    0, -1, 5, 1.5, float("nan"), float("inf"), 10**400, 1j, True, False, "", "x", "\0", "\ud800", "~nobody/x",
    b"", b"x", [], [1], ["x"], [None], [[]], [{}], (), {}, {"x": 1}, {1: 2}, {None: 1}, {"type": None}, set(), {1},
    range(3), object(), object, int, len, print, Unprintable(), Unequal(), Undecided(), Ellipsis, Exception("x"), vm,
    np.array([1, 2]), np.float64(3), np.array("x"), circle(), {"a": circle()},
]  # fmt: skip
"""Values that most arguments refuse; some accept a few of them."""


def shown(value: object) -> str:
    return "a circle" if value is VALUES[-2] else f"{type(value).__name__} {value!r:.20}".replace("\0", "NUL")


def refused_or_accepted(call: Callable[[], Any]) -> None:
    made, error = None, ""
    try:
        made = call()
    except VisionError as raised:
        error = str(raised)
    assert "\n" not in error
    close = getattr(made, "close", None)
    if callable(close):
        close()


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    converters = dict(registry._converters)
    yield
    registry._converters.clear()
    registry._converters.update(converters)
    session.use("embedded")
    session.keep(None)
    session.log(None)


PICTURE = PILImage.new("RGB", (20, 20), "navy")
HELLO = vm.Message(role="user", content="hi")

CALLS: dict[str, Callable[[Any], Any]] = {
    "ask": lambda value: vm.ask(value, PICTURE),
    "ask, a picture": lambda value: vm.ask("hi", value),
    "aask": lambda value: asyncio.run(vm.aask("hi", value)),
    "stream": lambda value: list(vm.stream("hi", value)),
    "prepare": lambda value: vm.prepare("hi", value),
    "choose, its answers": lambda value: vm.choose("hi", PICTURE, value),
    "choose, its question": lambda value: vm.choose(value, PICTURE, ["yes", "no"]),
    "choose, its orders": lambda value: vm.choose("hi", PICTURE, ["yes", "no"], orders=value),
    "choose, its samples": lambda value: vm.choose("hi", PICTURE, ["yes", "no"], samples=value),
    "as_image": vm.as_image,
    **{
        f"as_image, {name}": lambda value, name=name: vm.as_image(np.zeros((9, 9)), **{name: value})
        for name in inspect.signature(vm.as_image).parameters
        if name != "obj"
    },
    "url": vm.url,
    "keep": vm.keep,
    "facts": lambda value: value is VALUES[-2] or value is VALUES[-1] or vm.facts(value),
    "converts": lambda value: (vm.converts(value)(str), vm.as_image(PICTURE)),
    "tool": vm.tool,
    "tool, its name": lambda value: vm.ask("hi", tools=[vm.tool(name=value)(with_annotations)]),
    "use": vm.use,
    "recording": lambda value: vm.recording(value, "record").__enter__(),
    "recording, its mode": lambda value: vm.recording("x.jsonl", value).__enter__(),
    "recording, its speed": lambda value: vm.recording("x.jsonl", speed=value).__enter__(),
    "Conversation": vm.Conversation,
    "Conversation, keep_images": lambda value: vm.Conversation(keep_images=value),
    "Conversation, session": lambda value: vm.Conversation(session=value),
    "Conversation.undo": lambda value: vm.Conversation().undo(value),
    "Conversation.fork, its name": lambda value: vm.Conversation().fork(value),
    "Conversation.fork, turns": lambda value: vm.Conversation().fork(turns=value),
    "Conversation.save": lambda value: vm.Conversation().save(value),
    "Conversation.load": vm.Conversation.load,
    "Conversation.on_change": lambda value: vm.Conversation().on_change(value),
    "Session": vm.Session,
    "Message, role": lambda value: vm.Message(role=value, content="hi"),
    "Message, content": lambda value: vm.Message(role="user", content=value),
    "Message, tool_calls": lambda value: vm.Message(role="assistant", content="hi", tool_calls=value),
    "ChatRequest, model": lambda value: vm.ChatRequest(model=value, messages=(HELLO,)),
    "ChatRequest, messages": lambda value: vm.ChatRequest(model="m", messages=value),
    "AskPanel": vm.AskPanel,
    "ChatPanel": vm.ChatPanel,
    **{
        f"ImageInput, {name}": lambda value, name=name: vm.ImageInput(**{name: value})
        for name in ("label", "multiple", "max_bytes")
    },
    **{
        f"panel, {name}": lambda value, name=name: vm.AskPanel("panel", **{name: value})
        for name in ("model", "profile", "base_url", "temperature", "tools")
    },
    "log": vm.log,
}


def with_annotations(x: int) -> int:
    """Double it."""
    return 2 * x


@pytest.mark.parametrize("name", CALLS)
def test_e7_an_argument_of_a_wrong_type_gives_an_error_of_ours(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for value in VALUES:
        refused_or_accepted(lambda value=value: CALLS[name](value))  # type: ignore[misc]


# Settings of a server have their own table, in test_settings.
OPTIONS = sorted({*FIELDS, "schema", "repair", "max_rounds", "max_calls", "fresh", "extra", "transport",
                  "client", "trace", "cell", "sample", "range", "percentile", "cmap", "max_side",
                  "detail"})  # fmt: skip


@pytest.mark.parametrize("name", OPTIONS)
def test_e7_an_option_of_a_wrong_type_gives_an_error_of_ours(name: str) -> None:
    for value in VALUES:
        refused_or_accepted(lambda value=value: vm.ask("hi", PICTURE, profile="embedded", **{name: value}))  # type: ignore[misc]


@pytest.mark.parametrize("name", ["1x", "class", "", "a b", "a.b", "None", "é é", 5, None, ["panel"]])
def test_e7_a_panel_needs_the_name_of_a_variable(name: Any) -> None:
    with pytest.raises(vm.RequestError, match=r"name got .*expected the name of the variable"):
        vm.AskPanel(name=name)


class AsyncOnly(httpx.AsyncBaseTransport):
    pass


class SyncOnly(httpx.BaseTransport):
    pass


@pytest.mark.parametrize(
    "option",
    [
        pytest.param({"client": httpx.AsyncClient()}, id="E7 an asynchronous client"),
        pytest.param({"client": httpx.Client}, id="E7 a class"),
        pytest.param({"client": 5}, id="E7 no client"),
        pytest.param({"transport": AsyncOnly()}, id="E7 an asynchronous transport"),
    ],
)
def test_e7_a_client_or_transport_of_another_kind_is_refused(option: dict[str, Any]) -> None:
    with pytest.raises(vm.RequestError, match=f"^{next(iter(option))} got "):
        vm.ask("hi", base_url="http://127.0.0.1:9/v1", model="m", **option)


@pytest.mark.parametrize(
    "option",
    [
        pytest.param({"client": httpx.Client()}, id="E7 a client that is not asynchronous"),
        pytest.param({"transport": SyncOnly()}, id="E7 such a transport"),
    ],
)
def test_e7_what_is_not_asynchronous_is_refused_by_aask(option: dict[str, Any]) -> None:
    with pytest.raises(vm.RequestError, match=f"^{next(iter(option))} got "):
        asyncio.run(vm.aask("hi", base_url="http://127.0.0.1:9/v1", model="m", **option))
