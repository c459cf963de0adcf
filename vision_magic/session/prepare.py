"""Preparation of a call: its parts and options become settings, a checked request, functions and limits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vision_magic.chat.messages import FactsPart, ImagePart, Message, Part, TextPart
from vision_magic.chat.receipt import Receipt, receipt_of_request
from vision_magic.chat.request import FIELDS, ChatRequest
from vision_magic.errors import ImageError, RequestError, SettingsError
from vision_magic.images.convert import as_image, images_in
from vision_magic.images.displayed import DisplayedImage
from vision_magic.images.image import Image, RemoteImage
from vision_magic.naming import near_miss
from vision_magic.session import approval
from vision_magic.session.tool_loop import Limits
from vision_magic.settings import Settings, resolve

if TYPE_CHECKING:
    from vision_magic.chat.schema import Schema
    from vision_magic.chat.tools import Tool

__all__ = ["CARRIERS", "Cell", "PreparedCall", "call_for", "known", "per_model", "settings_in", "split"]

CARRIERS = ("transport", "client")  # objects that carry requests: no settings, and never compared or stored
BRIGHTNESS = ("range", "percentile", "cmap")  # how the numbers of this call's arrays are shown: no settings either
ROUNDS = (
    "schema",
    "repair",
    "approve",
    "max_rounds",
    "max_calls",
    "fresh",
    "witness",
    "cell",
)  # how an answer of several rounds goes
_MOST_MODELS = 16  # at once
_IMAGE_NAMES = ("image", "images", "picture", "pictures", "fig", "figure", "img")
_FILE_NAME = re.compile(r"\S+\.(?:png|jpe?g|gif|webp|bmp|tiff?|svg|pdf)", re.IGNORECASE)
_BESIDE = (*CARRIERS, *BRIGHTNESS, *ROUNDS)

NAMES = tuple(sorted({item.name for item in fields(Settings)} - {"request"} | {*FIELDS, *_BESIDE}))


@dataclass(frozen=True, slots=True)
class Cell:
    """The cell that asks.

    Attributes
    ----------
    label : str
        For people, such as ``In [3]``; empty outside a notebook.
    id : str
        The front end's name of the cell; empty where it gives none.
    """

    label: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedCall:
    """One question, ready to be asked.

    Attributes
    ----------
    settings : Settings
        Who answers, and how.
    request : ChatRequest
        What is asked first.
    tools : mapping of str to Tool
        The functions that the model may call, by name.
    schema : Schema or None
        Which shape the answer must have.
    limits : Limits
        How far one answer may go.
    approve : Approve
        Who decides whether a function runs.
    cell : Cell
        Which cell asks.
    beside : mapping
        The options that are neither settings nor fields of the request.
    """

    settings: Settings
    request: ChatRequest
    tools: Mapping[str, Tool] = field(default_factory=dict)
    schema: Schema | None = None
    limits: Limits = field(default_factory=Limits)
    approve: approval.Approve = "ask"
    cell: Cell = Cell()
    beside: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def receipt(self) -> Receipt:
        """What would be sent."""
        return receipt_of_request(self.request, self.settings.host)

    def image(self, obj: object) -> Image | RemoteImage:
        """Return what a function returned as an image, under the same limits as those of the question."""
        return _image(obj, self.settings, {})


def call_for(
    parts: Sequence[object],
    options: Mapping[str, Any],
    session: Mapping[str, Any],
    before: Sequence[Message] = (),
) -> PreparedCall:
    """Return the call that parts and options describe.

    Parameters
    ----------
    parts : sequence of str and pictures
        The question.
    options : mapping
        What this call says.
    session : mapping
        What was chosen for all calls.
    before : sequence of Message
        What was said before in the conversation, without the system prompt.
    """
    chosen, beside = split(options, session)
    tools, described = _tools(chosen.request.get("tools"))
    schema = _schema(beside.get("schema"), chosen)
    request = dict(chosen.request)
    if described:
        request["tools"] = described
    if schema is not None:
        request["response_format"] = schema.to_wire()
    if tools and request.get("n", 1) != 1:
        raise RequestError(f"n got {request['n']} together with functions; only one answer can call them. Leave n out.")
    return PreparedCall(
        settings=chosen,
        request=_request(parts, chosen, beside, request, before),
        tools=tools,
        schema=schema,
        limits=_limits(beside),
        approve=approval.checked(beside.get("approve")),
        cell=beside.get("cell", Cell()),
        beside=beside,
    )


def per_model(options: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the options of each call: one for each model that is named, and one where none is."""
    given = options.get("model")
    if not isinstance(given, list | tuple):
        return [dict(options)]
    if not given or len(given) > _MOST_MODELS or not all(isinstance(model, str) and model.strip() for model in given):
        raise RequestError(
            f"model got {given!r}; expected the id of a model, or a list of 1 to {_MOST_MODELS} of them."
        )
    return [{**options, "model": model} for model in given]


def split(options: Mapping[str, Any], session: Mapping[str, Any]) -> tuple[Settings, dict[str, Any]]:
    """Return the settings of a call, and what it says beside them: carriers, brightness, how its rounds go."""
    elsewhere = options.get("profile") not in (None, session.get("profile"))
    merged = {**({} if elsewhere else session), **known(options)}
    beside = {name: merged[name] for name in _BESIDE if merged.get(name) is not None}
    return resolve(settings_in(options), session=settings_in(session)), beside


def settings_in(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options that are settings."""
    return {name: value for name, value in options.items() if name not in _BESIDE}


def known(options: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the options, each of which must be one."""
    for name in options:
        if name not in NAMES:
            raise RequestError(_unknown(name))
    return options


def _unknown(name: str) -> str:
    if name in _IMAGE_NAMES:
        return f'Unknown option {name!r}. Pictures are positional: vm.ask("…", fig).'
    return f"Unknown option {name!r}{near_miss(name, NAMES)}. A field that only one server knows goes into extra={{…}}."


def _tools(given: Any) -> tuple[dict[str, Tool], list[dict[str, Any]]]:
    """Return the functions by name, and everything that may be called as the request carries it."""
    if given is None:
        return {}, []
    from vision_magic.chat.tools import as_tool

    given = list(given) if isinstance(given, list | tuple | set) else [given]
    made = [item if isinstance(item, Mapping) else as_tool(item) for item in given]
    tools = {item.name: item for item in made if not isinstance(item, Mapping)}
    described = [dict(item) if isinstance(item, Mapping) else item.to_wire() for item in made]
    names = [str(item.get("function", {}).get("name", "")) for item in described]
    twice = next((name for name in names if name and names.count(name) > 1), None)
    if twice:
        raise RequestError(f"tools got two functions called {twice!r}; the model could not tell them apart.")
    return tools, described


def _schema(kind: Any, chosen: Settings) -> Schema | None:
    if kind is None:
        return None
    if "response_format" in chosen.request:
        raise RequestError("schema came together with response_format; a schema is one, leave the other out.")
    from vision_magic.chat.schema import as_schema

    return as_schema(kind)


def _limits(beside: Mapping[str, Any]) -> Limits:
    given = {name: beside[name] for name in ("max_rounds", "max_calls") if name in beside}
    for name, value in given.items():
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise RequestError(f"{name} got {value!r}; expected a whole number from 1 up.")
    limits = Limits(repairs=1 if beside.get("repair") else 0)
    return replace(limits, **{name.removeprefix("max_"): value for name, value in given.items()})


def _request(
    parts: Sequence[object],
    chosen: Settings,
    beside: Mapping[str, Any],
    request: Mapping[str, Any],
    before: Sequence[Message],
) -> ChatRequest:
    if not chosen.model:
        raise SettingsError(
            f"No model is named for profile {chosen.profile!r}; name one with -m MODEL or model='MODEL', "
            f"or for all cells with %vision use {chosen.profile} -m MODEL."
        )
    messages = [Message(role="system", content=chosen.system)] if chosen.system else []
    messages.extend(before)
    messages.append(Message(role="user", content=_content(parts, chosen, beside)))
    return ChatRequest(
        model=chosen.model, messages=tuple(messages), stream=chosen.stream, extra=chosen.extra, **request
    )


def _refuse_a_file_name(text: str) -> None:
    """Refuse a text that is the name of a file that is there: a model asked about the name would make something up."""
    if _FILE_NAME.fullmatch(text) and Path(text).expanduser().is_file():
        raise RequestError(
            f"{text!r} is a text, and texts are never taken for files. For the picture in that file: Path({text!r}), "
            "from pathlib."
        )


def _content(parts: Sequence[object], chosen: Settings, beside: Mapping[str, Any]) -> tuple[Part, ...]:
    content: list[Part] = []
    for part in _flat(parts):
        if isinstance(part, str):
            _refuse_a_file_name(part)
            content.extend([TextPart(part)] if part.strip() else [])
        else:
            content.extend(_picture(part, chosen, beside))
    if not any(type(part) is TextPart for part in content):
        raise RequestError("The question is empty; write what you want to know about the picture.")
    if chosen.facts and not any(isinstance(part, FactsPart) for part in content):
        raise ImageError(
            "facts were asked for and no picture has any; expected a figure of matplotlib, plotly or Altair that is "
            "still there. Name it, or leave facts out."
        )
    return tuple(content)


def _picture(obj: object, chosen: Settings, beside: Mapping[str, Any]) -> Iterator[Part]:
    """Yield a picture as it is sent, and what it knows of itself where that was asked for."""
    yield ImagePart(_image(obj, chosen, beside), chosen.detail)  # type: ignore[arg-type]  # checked by ImagePart
    known_facts = _facts_of(obj) if chosen.facts and not isinstance(obj, RemoteImage) else ""
    if known_facts:
        yield FactsPart(known_facts)


def _image(obj: object, chosen: Settings, beside: Mapping[str, Any]) -> Image | RemoteImage:
    if isinstance(obj, RemoteImage):
        return obj
    return as_image(
        obj,
        max_side=chosen.max_side,
        max_bytes=chosen.max_bytes,
        max_image_tokens=chosen.max_image_tokens,
        model=chosen.model,
        detail=chosen.detail,
        **{name: value for name, value in beside.items() if name in BRIGHTNESS},
    )


def _facts_of(obj: object) -> str:
    from vision_magic.images.figure_facts.facts import facts

    try:
        return str(facts(obj.obj if isinstance(obj, DisplayedImage) else obj))
    except ImageError:
        return ""


def _flat(parts: Iterable[object]) -> Iterator[object]:
    """Yield the parts with each list, tuple, column or grid of pictures opened."""
    for part in parts:
        if isinstance(part, str):
            yield part
        elif isinstance(part, list | tuple) and any(isinstance(item, str) for item in part):
            yield from _flat(part)
        else:
            yield from images_in(part)
