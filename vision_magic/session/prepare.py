"""Preparation of a call: parts and options become settings, a checked request, functions and limits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from vision_magic.chat.messages import FactsPart, ImagePart, Message, Part, TextPart
from vision_magic.chat.receipt import Receipt, receipt_of_request
from vision_magic.chat.request import FIELDS, ChatRequest, check_field
from vision_magic.errors import ImageError, RequestError, SettingsError
from vision_magic.images.convert import as_image, images_in
from vision_magic.images.displayed import DisplayedImage
from vision_magic.images.image import Image, RemoteImage
from vision_magic.naming import as_word, near_miss
from vision_magic.reprs import short_repr
from vision_magic.secret_rules import has_secret_name
from vision_magic.session.approval import Approve, as_approve
from vision_magic.session.tool_loop import Limits
from vision_magic.setting_rules import RULES
from vision_magic.settings import Settings, resolve

if TYPE_CHECKING:
    from vision_magic.chat.schema import Schema
    from vision_magic.chat.tools import Tool

__all__ = [
    "TRANSPORT_OPTIONS",
    "Cell",
    "PreparedCall",
    "check_option_names",
    "options_per_model",
    "prepare_call",
    "settings_in",
    "split_options",
]

# The options of a call that are not settings: no profile has them, and they are not fields of the request.
TRANSPORT_OPTIONS = ("transport", "client")  # objects that send the request; never compared, never stored
_ARRAY_OPTIONS = ("range", "percentile", "cmap")  # how arrays become images
_RUN_OPTIONS = ("schema", "repair", "approve", "max_rounds", "max_calls", "fresh", "trace", "cell", "sample")
_CALL_OPTIONS = (*TRANSPORT_OPTIONS, *_ARRAY_OPTIONS, *_RUN_OPTIONS)

_OPTION_NAMES = tuple(sorted({"profile", *RULES, *FIELDS, *_CALL_OPTIONS} - {"request"}))

_WORDS = ("profile", "base_url", "detail")
_METHODS = {
    "transport": ("handle_request", "handle_async_request"),
    "client": ("build_request",),
    "trace": ("on_chunk",),
}
_EXPECTED = {
    "transport": "a transport of httpx, such as httpx.HTTPTransport(…)",
    "client": "a client of httpx, such as httpx.Client(…)",
    "trace": "nothing: --wire of a cell sets it",
}

_MAX_MODELS = 16  # asked at the same time
_IMAGE_NAMES = ("image", "images", "picture", "pictures", "fig", "figure", "img")
_FILE_NAME = re.compile(r"\S+\.(?:png|jpe?g|gif|webp|bmp|tiff?|svg|pdf)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cell:
    """The cell that asks.

    Attributes
    ----------
    label : str
        Name for people, such as ``In [3]``; empty outside a notebook.
    id : str
        Id that the front end gives the cell; empty if it gives none.
    """

    label: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedCall:
    """One question to one model, checked and ready to be sent.

    Attributes
    ----------
    settings : Settings
        The server and model to call.
    request : ChatRequest
        The first request; a call that runs functions sends more.
    tools : mapping of str to Tool
        The functions that the model may call, by name.
    schema : Schema or None
        The shape that the answer must have.
    limits : Limits
        The number of rounds, function calls and repairs that the answer may take.
    approve : Approve
        Who decides whether a function runs.
    cell : Cell
        The cell that asks.
    call_options : mapping
        The options that are neither settings nor fields of the request.
    """

    settings: Settings
    request: ChatRequest
    tools: Mapping[str, Tool] = field(default_factory=dict)
    schema: Schema | None = None
    limits: Limits = field(default_factory=Limits)
    approve: Approve = "ask"
    cell: Cell = Cell()
    call_options: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def receipt(self) -> Receipt:
        """The receipt of what would be sent."""
        return replace(receipt_of_request(self.request, self.settings.host), headers=self.settings.shown_headers)

    def convert_image(self, obj: object) -> Image | RemoteImage:
        """Convert an object that a function returned to an image, under the size limits of this call."""
        return _convert_image(obj, self.settings, {})


def prepare_call(
    parts: Sequence[object],
    options: Mapping[str, Any],
    session_options: Mapping[str, Any],
    history: Sequence[Message] = (),
) -> PreparedCall:
    """Check parts and options, and return the call that they describe.

    Parameters
    ----------
    parts : sequence of str and pictures
        The question.
    options : mapping
        The options of this call.
    session_options : mapping
        The options of all calls of the session; those of this call override them.
    history : sequence of Message
        The earlier messages of the conversation, without the system prompt.
    """
    settings, call_options = split_options(options, session_options)
    tools, tool_schemas = _tools(settings.request.get("tools"))
    schema = _schema(call_options.get("schema"), settings)
    request_fields = dict(settings.request)
    if tool_schemas:
        request_fields["tools"] = tool_schemas
    if schema is not None:
        request_fields["response_format"] = schema.to_wire()
    if tools and request_fields.get("n", 1) != 1:
        raise RequestError(
            f"n got {request_fields['n']} with functions; only a single answer can call them. Leave n out."
        )
    return PreparedCall(
        settings=settings,
        request=_request(parts, settings, call_options, request_fields, history),
        tools=tools,
        schema=schema,
        limits=_limits(call_options),
        approve=as_approve(call_options.get("approve")),
        cell=call_options.get("cell", Cell()),
        call_options=call_options,
    )


# -- options ---------------------------------------------------------------------------------------------------


def options_per_model(options: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the options of each call: one call for each named model, or one if `model` is not a list."""
    models = options.get("model")
    if not isinstance(models, list | tuple):
        return [dict(options)]
    if not 1 <= len(models) <= _MAX_MODELS or not all(isinstance(model, str) and model.strip() for model in models):
        raise RequestError(f"model got {models!r}; expected the id of a model, or a list of 1 to {_MAX_MODELS} ids.")
    return [{**options, "model": model} for model in models]


def split_options(options: Mapping[str, Any], session_options: Mapping[str, Any]) -> tuple[Settings, dict[str, Any]]:
    """Return the settings of a call, and its options that are not settings."""
    check_option_names(options)
    other_profile = options.get("profile") not in (None, session_options.get("profile"))
    merged = {**({} if other_profile else session_options), **options}
    call_options = {name: merged[name] for name in _CALL_OPTIONS if merged.get(name) is not None}
    _check_call_options(call_options)
    return resolve(settings_in(options), session=settings_in(session_options)), call_options


def settings_in(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return those options that are settings."""
    return {name: value for name, value in options.items() if name not in _CALL_OPTIONS}


def check_option_names(options: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the options; raise `RequestError` if one of the names is unknown, or is not a string as it must be."""
    for name, value in options.items():
        if name not in _OPTION_NAMES:
            raise RequestError(_unknown_option(name))
        if name in _WORDS and not isinstance(value, str | None):
            raise RequestError(f"{name} got {short_repr(value)}; expected a string.")
    return options


def _check_call_options(call_options: Mapping[str, Any]) -> None:
    """Check the options that have no other check before they are used."""
    for name, methods in _METHODS.items():
        value = call_options.get(name)
        # Looked up on the class: mocks and proxies have every attribute.
        if value is not None and not any(callable(getattr(type(value), method, None)) for method in methods):
            raise RequestError(f"{name} got {short_repr(value)}; expected {_EXPECTED[name]}.")
    for name in ("repair", "fresh"):
        if not isinstance(call_options.get(name, False), bool):
            raise RequestError(f"{name} got {short_repr(call_options[name])}; expected True or False.")
    sample = call_options.get("sample", 0)
    if not isinstance(sample, int) or sample < 0:
        raise RequestError(f"sample got {short_repr(sample)}; vm.choose sets it itself: leave it out.")
    if not isinstance(call_options.get("cell", Cell()), Cell):
        raise RequestError(
            f"cell got {short_repr(call_options['cell'])}; a %%vision cell sets it itself: leave it out."
        )


def _unknown_option(name: str) -> str:
    if name in _IMAGE_NAMES:
        return f'Unknown option {name!r}. Pictures are positional: vm.ask("…", fig).'
    if has_secret_name(name):
        return (
            f"Unknown option {name!r}. A key is not an option, since it would stay in the notebook. Put it into an "
            "environment variable and name that with key_env, or type it at %vision login."
        )
    hint = near_miss(name, _OPTION_NAMES)
    return f"Unknown option {name!r}{hint}. A field that only one server supports goes into extra={{…}}."


def _limits(call_options: Mapping[str, Any]) -> Limits:
    given = {name: call_options[name] for name in ("max_rounds", "max_calls") if name in call_options}
    for name, value in given.items():
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise RequestError(f"{name} got {value!r}; expected an integer of 1 or more.")
    limits = Limits(repairs=1 if call_options.get("repair") else 0)
    return replace(limits, **{name.removeprefix("max_"): value for name, value in given.items()})


# -- functions and schemas -------------------------------------------------------------------------------------


def _tools(given: Any) -> tuple[dict[str, Tool], list[dict[str, Any]]]:
    """Return the functions by name, and the schemas of all tools for the request.

    A tool that was passed as a schema alone has no function: the user's own code answers its calls.
    """
    if given is None:
        return {}, []
    from vision_magic.chat.tools import as_tool

    given = list(given) if isinstance(given, list | tuple | set) else [given]
    if not given:
        raise RequestError("tools got no functions; leave it out, or pass at least one.")
    made = [item if isinstance(item, Mapping) else as_tool(item) for item in given]
    tools = {item.name: item for item in made if not isinstance(item, Mapping)}
    schemas = check_field("tools", [item if isinstance(item, Mapping) else item.to_wire() for item in made])
    names = [str((item.get("function") or {}).get("name", "")) for item in schemas]
    repeated = next((name for name in names if name and names.count(name) > 1), None)
    if repeated:
        raise RequestError(f"tools got two functions called {repeated!r}; each needs its own name.")
    return tools, schemas


def _schema(kind: Any, settings: Settings) -> Schema | None:
    if kind is None:
        return None
    if "response_format" in settings.request:
        raise RequestError("schema and response_format exclude each other; leave one of them out.")
    from vision_magic.chat.schema import as_schema

    return as_schema(kind)


# -- the request -----------------------------------------------------------------------------------------------


def _request(
    parts: Sequence[object],
    settings: Settings,
    call_options: Mapping[str, Any],
    request_fields: Mapping[str, Any],
    history: Sequence[Message],
) -> ChatRequest:
    if not settings.model:
        raise SettingsError(
            f"No model is named for profile {settings.profile!r}; name one with -m MODEL or model='MODEL', "
            f"or for all cells with %vision use {as_word(settings.profile)} -m MODEL."
        )
    system = [Message(role="system", content=settings.system)] if settings.system else []
    question = Message(role="user", content=_content(parts, settings, call_options))
    return ChatRequest(
        model=settings.model,
        messages=(*system, *history, question),
        stream=settings.stream,
        extra=settings.extra,
        **request_fields,
    )


def _content(parts: Sequence[object], settings: Settings, call_options: Mapping[str, Any]) -> tuple[Part, ...]:
    content: list[Part] = []
    for part in _flat(parts):
        content.extend(_text_parts(part) if isinstance(part, str) else _image_parts(part, settings, call_options))
    if not any(type(part) is TextPart for part in content):
        raise RequestError("The question is empty; write what you want to know about the picture.")
    if settings.facts and not any(isinstance(part, FactsPart) for part in content):
        raise ImageError(
            "facts was set, but no picture has facts; expected a figure object of matplotlib, plotly or Altair. "
            "Name the figure itself, or leave facts out."
        )
    return tuple(content)


def _flat(parts: Sequence[object]) -> list[object]:
    try:
        return list(_flatten(parts))
    except RecursionError:
        raise RequestError("A list of pictures contains itself, or is nested too deeply; pass the pictures.") from None


def _flatten(parts: Iterable[object]) -> Iterator[object]:
    """Yield the parts, with the items of each list, tuple, column or grid of pictures in its place."""
    for part in parts:
        if isinstance(part, str):
            yield part
        elif isinstance(part, list | tuple) and any(isinstance(item, str) for item in part):
            yield from _flatten(part)
        else:
            yield from images_in(part)


def _text_parts(text: str) -> Iterator[Part]:
    """Yield a string as text; nothing if it is blank.

    The name of an existing file is refused: a model that is asked about the name alone makes something up.
    """
    if _FILE_NAME.fullmatch(text) and _is_file(text):
        raise RequestError(
            f"{text!r} is a string, and a string is never taken for a file. To send the picture in that file, pass "
            f"pathlib.Path({text!r})."
        )
    if text.strip():
        yield TextPart(str(text), getattr(text, "filled", ()))


def _is_file(text: str) -> bool:
    try:
        return Path(text).expanduser().is_file()
    except (OSError, ValueError, RuntimeError):  # too long, impossible, or in the home folder of nobody
        return False


def _image_parts(obj: object, settings: Settings, call_options: Mapping[str, Any]) -> Iterator[Part]:
    """Yield a picture, and its facts if they are wanted and it has any."""
    image = _convert_image(obj, settings, call_options)
    yield ImagePart(image, settings.detail)
    if settings.wants_facts and not isinstance(obj, RemoteImage) and (known_facts := _facts_of(obj, settings)):
        yield FactsPart(known_facts, by_default=settings.facts is None)


def _convert_image(obj: object, settings: Settings, call_options: Mapping[str, Any]) -> Image | RemoteImage:
    if isinstance(obj, RemoteImage):
        return obj
    return as_image(
        obj,
        max_side=settings.max_side,
        max_bytes=settings.max_bytes,
        max_image_tokens=settings.max_image_tokens,
        model=settings.model,
        detail=settings.detail,
        **{name: value for name, value in call_options.items() if name in _ARRAY_OPTIONS},
    )


_STAYS_HERE: Final = 60_000
"""Characters of the facts for the embedded reader, which cost nothing, and from which it answers exactly."""


def _facts_of(obj: object, settings: Settings) -> str:
    """Return what a figure object knows of itself, as text; empty for anything else."""
    from vision_magic.images.figure_facts.facts import facts
    from vision_magic.images.figure_facts.summaries import MAX_VALUES

    try:
        figure = obj.obj if isinstance(obj, DisplayedImage) else obj
        if not settings.embedded:
            return str(facts(figure))
        return facts(figure).to_text(values=MAX_VALUES, characters=_STAYS_HERE)
    except Exception:  # figures hold objects of any library; without facts, there are still the pixels
        return ""
