"""Preparation of a call: parts and options become settings, a checked request, functions and limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from vision_magic.chat.messages import ImagePart, Message, Part
from vision_magic.chat.receipt import Receipt, receipt_of_request
from vision_magic.chat.request import FIELDS, ChatRequest, check_field
from vision_magic.errors import RequestError, SettingsError
from vision_magic.images.array_hints import shown_better
from vision_magic.images.convert import image_of
from vision_magic.images.image import Image, RemoteImage
from vision_magic.images.options import ImageOptions
from vision_magic.naming import as_word, near_option
from vision_magic.reprs import short_repr
from vision_magic.secret_rules import has_secret_name
from vision_magic.session.approval import Approve, as_approve
from vision_magic.session.content import ARRAY_OPTIONS, check_facts, image_options, parts_of
from vision_magic.session.elsewhere import IN_A_CALL, OTHERS_NAMES
from vision_magic.session.tool_loop import Limits
from vision_magic.setting_rules import RULES
from vision_magic.settings import CUSTOM, Settings, resolve

if TYPE_CHECKING:
    from vision_magic.chat.schema import Schema
    from vision_magic.chat.tools import Tool

__all__ = [
    "OPTION_NAMES",
    "TRANSPORT_OPTIONS",
    "Cell",
    "PreparedCall",
    "check_model",
    "check_option_names",
    "merged_options",
    "options_per_model",
    "prepare_call",
    "schema_of",
    "server_words",
    "settings_in",
    "split_options",
    "system_messages",
    "way_to_model",
]

# The options of a call that are not settings: no profile has them, and they are not fields of the request.
TRANSPORT_OPTIONS = ("transport", "client")  # objects that send the request; never compared, never stored
_RUN_OPTIONS = ("schema", "repair", "approve", "max_rounds", "max_calls", "fresh", "trace", "cell", "sample")
_CALL_OPTIONS = (*TRANSPORT_OPTIONS, *ARRAY_OPTIONS, *_RUN_OPTIONS)

OPTION_NAMES = tuple(sorted({"profile", *RULES, *FIELDS, *_CALL_OPTIONS} - {"request"}))
"""The names of all options of a call."""

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


@dataclass(frozen=True, slots=True)
class Cell:
    """The cell that asks.

    Attributes
    ----------
    label : str
        Name for people, such as ``In [3]``; empty outside a notebook.
    id : str
        Id that the front end gives the cell; empty if it gives none.
    variable : str
        The notebook's variable that gets the reply.
    """

    label: str = ""
    id: str = ""
    variable: str = "_vision"


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

    @property
    def picture_notes(self) -> tuple[str, ...]:
        """What to pass so that more can be seen in the pictures of the question, for those that show little."""
        content = self.request.messages[-1].content
        images = [part.image for part in content if isinstance(part, ImagePart)] if not isinstance(content, str) else []
        in_cell = "cell" in self.call_options
        advice = [shown_better(image.note, cell=in_cell) if isinstance(image, Image) else "" for image in images]
        of = [f"picture {number} is " if len(images) > 1 else "" for number in range(1, len(images) + 1)]
        return tuple(f"{which}{said}" for which, said in zip(of, advice, strict=True) if said)

    def convert_image(self, obj: object) -> Image | RemoteImage:
        """Convert an object that a function returned to an image, under the size limits of this call."""
        return obj if isinstance(obj, RemoteImage) else image_of(obj, image_options(self.settings, {}))


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
    schema = schema_of(call_options.get("schema"), settings)
    request_fields = dict(settings.request)
    if tool_schemas:
        request_fields["tools"] = tool_schemas
    if schema is not None:
        request_fields["response_format"] = schema.to_wire()
        schema = replace(schema, variable=call_options["cell"].variable) if "cell" in call_options else schema
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
    merged = merged_options({} if other_profile else session_options, options)
    call_options = {name: merged[name] for name in _CALL_OPTIONS if merged.get(name) is not None}
    _check_call_options(call_options)
    return resolve(settings_in(options), session=settings_in(session_options)), call_options


def merged_options(earlier: Mapping[str, Any], options: Mapping[str, Any]) -> dict[str, Any]:
    """Return options with newer ones over them: a range also replaces percentiles, and the reverse.

    Raises
    ------
    ImageError
        The values of an option for arrays are not accepted.
    """
    for_arrays: dict[str, Any] = {name: options.get(name) for name in ARRAY_OPTIONS}
    ImageOptions(**for_arrays)
    replaced = {
        other
        for name, other in (("range", "percentile"), ("percentile", "range"))
        if options.get(name) is not None and other not in options
    }
    return {**{name: value for name, value in earlier.items() if name not in replaced}, **options}


def settings_in(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return those options that are settings."""
    return {name: value for name, value in options.items() if name not in _CALL_OPTIONS}


def check_option_names(options: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the options; raise `RequestError` if one of the names is unknown, or is not a string as it must be."""
    for name, value in options.items():
        if name not in OPTION_NAMES:
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
        return f'{name!r} is not an option. Pictures are positional: they follow the question, vm.ask("…", fig).'
    if has_secret_name(name):
        return (
            f"Unknown option {name!r}. A key is not an option, since it would stay in the notebook. Put it into an "
            "environment variable and name that with key_env, or type it at %vision login."
        )
    if instead := IN_A_CALL.get(name.replace("-", "_")):
        return f"{name} is an option of %%vision, and not of a call: {instead}"
    hint = near_option(OTHERS_NAMES.get(name, name), OPTION_NAMES)
    return f"Unknown option {name!r}{hint}. A field that only one server supports: extra={{{name!r}: …}}."


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


def schema_of(kind: Any, settings: Settings) -> Schema | None:
    """Return the schema of an answer; None if any text is one."""
    if kind is None:
        return None
    if "response_format" in settings.request:
        raise RequestError("schema and response_format exclude each other; leave one of them out.")
    from vision_magic.chat.schema import as_schema

    return as_schema(kind)


# -- the request -----------------------------------------------------------------------------------------------


def check_model(settings: Settings) -> None:
    """Raise `SettingsError` if no model is named."""
    if not settings.model:
        named = settings.host if settings.profile == CUSTOM else f"profile {settings.profile!r}"
        raise SettingsError(
            f"No model is chosen for {named}. Choose one for all cells, {way_to_model(settings)}; "
            "or for one question, -m MODEL or model='MODEL'."
        )


def way_to_model(settings: Settings) -> str:
    """Return how a model of a profile is chosen, for messages: its models are listed first."""
    server = server_words(settings)
    return f"%vision use {server} -m MODEL (%vision models {server} lists them)"


def server_words(settings: Settings) -> str:
    """Return the words that name a server to a command: its profile, and where its address or key differ from that."""
    named, at_address = Settings(), Settings()
    if settings.profile != CUSTOM:  # an address alone, which no command knows by its name
        with suppress(SettingsError):  # a profile without an address
            named = resolve({"profile": settings.profile})
        with suppress(SettingsError):
            at_address = resolve({"profile": settings.profile, "base_url": settings.base_url or None})
    options = (
        ("--base-url", settings.base_url, named.base_url),
        ("--key-env", settings.key_env, at_address.key_env),
    )
    words = [] if settings.profile == CUSTOM else [as_word(settings.profile)]
    words += (f"{option} {as_word(value)}" for option, value, known in options if value and value != known)
    return " ".join(words)


def system_messages(settings: Settings) -> list[Message]:
    """Return the system prompt as a message; an empty list if there is none."""
    return [Message(role="system", content=settings.system)] if settings.system else []


def _request(
    parts: Sequence[object],
    settings: Settings,
    call_options: Mapping[str, Any],
    request_fields: Mapping[str, Any],
    history: Sequence[Message],
) -> ChatRequest:
    check_model(settings)
    question = Message(role="user", content=_content(parts, settings, call_options))
    return ChatRequest(
        model=settings.model,
        messages=(*system_messages(settings), *history, question),
        stream=settings.stream,
        extra=settings.extra,
        **request_fields,
    )


def _content(parts: Sequence[object], settings: Settings, call_options: Mapping[str, Any]) -> tuple[Part, ...]:
    content = parts_of(parts, settings, call_options)
    check_facts(content, settings)
    return content
