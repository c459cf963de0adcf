"""The plan of a run: what is asked about each picture, resolved once for all of them."""

from __future__ import annotations

import difflib
import hashlib
import inspect
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, Literal

from vision_magic.chat.messages import ImagePart, Message, Part, TextPart
from vision_magic.chat.request import ChatRequest
from vision_magic.errors import RequestError
from vision_magic.images.image import Image
from vision_magic.images.options import ImageOptions
from vision_magic.reprs import short_repr
from vision_magic.session.content import ARRAY_OPTIONS, check_facts, image_options, parts_of, picture_parts
from vision_magic.session.prepare import (
    OPTION_NAMES,
    PreparedCall,
    check_model,
    schema_of,
    split_options,
    system_messages,
)
from vision_magic.session.tool_loop import Limits
from vision_magic.settings import Settings

if TYPE_CHECKING:
    from vision_magic.chat.schema import Schema

__all__ = ["EMBEDDED", "ImageFormat", "Plan", "plan_of"]

ImageFormat = Literal["jpeg", "png"]

EMBEDDED: Final = "embedded"
"""The server of a run that the embedded reader answers."""

_MARK_VERSION: Final = 1
_OF_FUNCTIONS: Final = ("tools", "tool_choice", "parallel_tool_calls", "approve", "max_rounds", "max_calls")
_WHOLE_ANSWER: Final = 600.0  # seconds; an answer that is not streamed arrives at its end only


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a run asks about each picture. It can be pickled, as far as its schema can, and holds no key.

    Attributes
    ----------
    settings : Settings
        The server, the model and how to call them; answers are not streamed.
    question : tuple of TextPart and ImagePart
        The question; the picture of a row follows.
    kind : object
        The schema as it was given: a type, a short form or a mapping; None if any text is an answer.
    schema : Schema or None
        The shape that each answer must have.
    request_fields : mapping
        The optional fields of each request.
    call_options : mapping
        The options that are neither settings nor fields of the request, such as ``transport``.
    repair : bool
        Whether an answer of the wrong shape is sent back once.
    image_format : {"jpeg", "png"} or None
        The format of every picture; None for what suits each.
    mark : dict of str to JSON values
        What identifies the question of a run, by name. Timeouts, prices and keys are no part of it.
    """

    settings: Settings
    question: tuple[Part, ...]
    kind: Any = None
    schema: Schema | None = None
    request_fields: Mapping[str, Any] = field(default_factory=dict)
    call_options: Mapping[str, Any] = field(default_factory=dict, repr=False)
    repair: bool = True
    image_format: ImageFormat | None = None
    mark: dict[str, Any] = field(default_factory=dict)

    @property
    def image_options(self) -> ImageOptions:
        """How each picture is encoded."""
        return self._image_options

    def __post_init__(self) -> None:
        options = image_options(self.settings, self.call_options, self.image_format)
        object.__setattr__(self, "_image_options", options)

    _image_options: ImageOptions = field(init=False, repr=False, compare=False)

    @property
    def messages_without_picture(self) -> tuple[Message, ...]:
        """The messages of each request without the picture of the row."""
        return (*system_messages(self.settings), Message(role="user", content=self.question))

    def call(self, picture: object) -> PreparedCall:
        """Return the call about a picture. It may be called from several threads, but not for several figures at once.

        Parameters
        ----------
        picture : object
            What `as_image` accepts.

        Raises
        ------
        ImageError
            The picture cannot be converted.
        """
        content = (*self.question, *picture_parts(picture, self.settings, self.image_options))
        check_facts(content, self.settings)
        return self._call(Message(role="user", content=content))

    def image_of(self, call: PreparedCall) -> Any:
        """Return the picture of the row among those of a call: the last one."""
        return call.request.images[-1]

    def __getstate__(self) -> dict[str, Any]:
        # A validator of pydantic cannot be pickled; the type that it is made of can.
        return {name: value for name, value in self.__dict__.items() if name not in ("schema", "_image_options")}

    def __setstate__(self, state: Mapping[str, Any]) -> None:
        self.__dict__.update(state)
        object.__setattr__(self, "schema", schema_of(self.kind, self.settings))
        self.__post_init__()

    @property
    def _is_partial(self) -> bool:
        return self.settings.embedded and self.schema is not None

    def _call(self, message: Message) -> PreparedCall:
        request = ChatRequest(
            model=self.settings.model,
            messages=(*system_messages(self.settings), message),
            stream=False,
            # A row has a place for each field, so that one that cannot be read must not cost the others.
            extra={**self.settings.extra, "partial": True} if self._is_partial else self.settings.extra,
            **self.request_fields,
        )
        return PreparedCall(
            settings=self.settings,
            request=request,
            schema=self.schema,
            limits=Limits(repairs=1 if self.repair else 0),
            call_options=self.call_options,
            **({"cell": self.call_options["cell"]} if "cell" in self.call_options else {}),
        )


def plan_of(
    question: object,
    schema: Any,
    options: Mapping[str, Any],
    session_options: Mapping[str, Any],
    also: Collection[str] = (),
) -> Plan:
    """Check a question and its options, and return the plan that they describe. Nothing is sent.

    Parameters
    ----------
    question : str or sequence of str and pictures
        The question; the picture of each row follows.
    schema : object
        As for `as_schema`; None if any text is an answer.
    options : mapping
        The options of `ask`, and ``image_format``.
    session_options : mapping
        The options of all calls of the session.
    also : collection of str
        The names of the function's own parameters, to be suggested for misspelled ones.

    Raises
    ------
    ImageError, RequestError, SettingsError
        The question, the schema or an option is invalid.
    """
    given = dict(options)
    image_format = given.pop("image_format", None)
    _check_names(given, also)
    settings, call_options = split_options(given, session_options)
    check_model(settings)
    settings = _unstreamed(settings)
    _check_fields(settings)
    checked = schema_of(schema, settings)
    request_fields = dict(settings.request)
    if checked is not None:
        request_fields["response_format"] = checked.to_wire()
    plan = Plan(
        settings=settings,
        question=parts_of(_parts(question), replace(settings, facts=False), call_options),
        kind=schema,
        schema=checked,
        request_fields=request_fields,
        call_options=call_options,
        repair=bool(call_options.get("repair", False)),
        image_format=image_format,
    )
    plan._call(Message(role="user", content=plan.question))  # a wrong field is an error before the first picture
    return replace(plan, mark=_mark(plan))


def _parts(question: object) -> Sequence[object]:
    parts = list(question) if isinstance(question, list | tuple) else [question]
    if not any(isinstance(part, str) for part in parts):
        raise RequestError(
            f"ask_each got {short_repr(question)} as the question; expected a string, or a list of strings and "
            'pictures that are sent with every row: vm.ask_each("Which species?", pictures).'
        )
    return parts


_OTHERS_NAMES: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        ("max_workers", "workers", "n_jobs", "threads", "num_workers", "max_active", "max_concurrency", "parallel"),
        "concurrency",
    ),
    **dict.fromkeys(("rpm", "qps", "rate_limit", "max_rate"), "rate"),
    **dict.fromkeys(("limit", "head", "n_rows"), "sample"),
    **dict.fromkeys(("budget", "max_cost"), "cap"),
    **dict.fromkeys(("keys", "id", "ids", "index", "names", "id_column"), "key"),
    **dict.fromkeys(("name", "run_name", "file", "path", "cache", "checkpoint"), "run"),
    **dict.fromkeys(("repeats", "n_repeats", "times"), "repeat"),
    **dict.fromkeys(("response_model", "output_type", "type", "fields"), "schema"),
    **dict.fromkeys(("show_progress", "verbose", "quiet", "progress_bar"), "progress"),
}
"""What other libraries call the parameters of `ask_each`."""


def _check_names(options: Mapping[str, Any], also: Collection[str]) -> None:
    known = {*also, "image_format"}
    for name in options:
        meant = _OTHERS_NAMES.get(name) if name not in OPTION_NAMES else None
        meant = meant if meant in known else next(iter(difflib.get_close_matches(name, known, n=1, cutoff=0.75)), None)
        if meant is not None and name not in OPTION_NAMES:
            raise RequestError(f"Unknown option {name!r} (did you mean {meant!r}?).")
    for name in _OF_FUNCTIONS:
        if options.get(name) is not None:
            raise RequestError(f"ask_each got {name}, and its rows call no functions; leave it out, or use vm.ask.")
    if isinstance(options.get("model"), list | tuple):
        raise RequestError(
            f"ask_each got {short_repr(options['model'])} as the model; expected one model. Run it once for each, and "
            "compare the tables with rows.agree(other)."
        )
    if options.get("stream"):
        raise RequestError("ask_each got stream=True; the answers of many pictures are not streamed: leave it out.")


def _check_fields(settings: Settings) -> None:
    if settings.request.get("n", 1) != 1:
        raise RequestError(f"ask_each got n={settings.request['n']}; each row has one answer. repeat=… asks again.")
    if settings.request.get("tools"):
        raise RequestError("The settings name tools, and the rows of ask_each call no functions; leave tools out.")


def _unstreamed(settings: Settings) -> Settings:
    waits = _WHOLE_ANSWER if settings.first_token_timeout is None else settings.first_token_timeout
    request = {name: value for name, value in settings.request.items() if name != "stream_options"}
    return replace(settings, stream=False, first_token_timeout=waits, request=request)


# -- what identifies a run -------------------------------------------------------------------------------------


def _mark(plan: Plan) -> dict[str, Any]:
    settings = plan.settings
    fixed = [_fingerprint(part) for part in plan.question if isinstance(part, ImagePart)]
    fields = {name: value for name, value in plan.request_fields.items() if name != "response_format"}
    found = {
        "version": _MARK_VERSION,
        "question": "\n".join(part.text for part in plan.question if isinstance(part, TextPart)),
        "pictures in the question": fixed,
        "schema": dict(plan.schema.json_schema) if plan.schema is not None else None,
        "model": settings.model,
        "server": settings.base_url or EMBEDDED,
        "system": settings.system,
        "options": _plain({**fields, **settings.extra}),
        "response_format": _plain(settings.request.get("response_format")),
        "detail": settings.detail,
        "facts": settings.facts,
        "image_format": plan.image_format,
    }
    sizes = {name: getattr(settings, name) for name in ("max_side", "max_bytes", "max_image_tokens")}
    arrays = {name: _plain(value) for name, value in plan.call_options.items() if name in ARRAY_OPTIONS}
    return {name: value for name, value in (found | sizes | arrays).items() if value not in (None, "", [], {})}


def _fingerprint(part: ImagePart) -> str:
    image = part.image
    return hashlib.sha256(image.data).hexdigest() if isinstance(image, Image) else image.address


def _plain(value: Any) -> Any:
    """Return JSON values that are the same for the same options; a function is known by its name."""
    if isinstance(value, Mapping):
        return {str(name): _plain(value[name]) for name in sorted(value, key=str)}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else repr(value)
    named = value if inspect.isroutine(value) or inspect.isclass(value) else type(value)
    return getattr(value, "name", None) or f"{named.__module__}.{named.__qualname__}"
