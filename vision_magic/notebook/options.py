"""The table of the options of ``%%vision``, for parsing, completion and help."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import Any, Final

from vision_magic.chat.detail import DETAILS
from vision_magic.chat.request import FIELDS
from vision_magic.notebook.grammar import Argument, Syntax, Type
from vision_magic.session.approval import APPROVALS

__all__ = ["CALL_OPTIONS", "CELL", "CELL_ONLY", "GROUPS", "OPTIONS", "TYPES", "help_text", "options_of"]

_REQUEST: Final = "The request"
_IMAGES: Final = "Pictures"
_REPLY: Final = "The cell and its reply"
_CONVERSATIONS: Final = "Conversations"
_SERVER: Final = "Who answers"
_FUNCTIONS: Final = "Functions"
_TYPED: Final = "Typed answers"
_TEACHING: Final = "Teaching"

GROUPS: Final = (_REQUEST, _IMAGES, _REPLY, _CONVERSATIONS, _SERVER, _FUNCTIONS, _TYPED, _TEACHING)
"""The headings of the options, in the order of the help."""


def _option(*flags: str, group: str, help: str, example: str = "", **more: Any) -> Argument:
    """Return an option; by default its `dest` is its long form."""
    dest = more.pop("dest", flags[-1].removeprefix("--").replace("-", "_"))
    return Argument(option_strings=flags, dest=dest, group=group, help=help, example=example or flags[-1], **more)


def _switch(*flags: str, group: str, help: str, **more: Any) -> Argument:
    return _option(*flags, group=group, help=help, action="store_const", **more)


def _field(
    name: str, example: str, *, metavar: str = "", short: str = "", group: str = _REQUEST, **more: Any
) -> Argument:
    """Return the option for a field of the request, described by the field's rule."""
    rule = FIELDS[name]
    types: dict[str, Type] = {"number": "number", "integer": "number", "json": "json", "flag": "flag"}
    make = _option if metavar else _switch
    return make(
        *((short,) if short else ()),
        f"--{name.replace('_', '-')}",
        dest=name,
        group=group,
        metavar=metavar,
        help=f"{rule.description}; {rule.expected}" if metavar else rule.description,
        example=example,
        **{"type": types.get(rule.kind, "text"), **more},
    )


OPTIONS: Final[tuple[Argument, ...]] = (
    _option(
        "-m",
        "--model",
        group=_SERVER,
        metavar="MODEL",
        action="store_or_append",
        completer="model",
        help="model id, as the server spells it; several models answer side by side",
        example="-m MODEL -m OTHER",
    ),
    _option(
        "-s",
        "--system",
        group=_REQUEST,
        metavar="TEXT",
        help="system prompt",
        example='-s "Answer in one line."',
    ),
    _switch(
        "-c",
        "--continue",
        group=_CONVERSATIONS,
        dest="continues",
        cell_only=True,
        help="continue the last conversation; only pictures named in this cell are added",
        example="-c",
    ),
    _option(
        "--chat",
        group=_CONVERSATIONS,
        metavar="NAME",
        completer="conversation",
        cell_only=True,
        help="begin or continue the conversation of this name",
        example="--chat review",
    ),
    _option(
        "-o",
        "--out",
        group=_REPLY,
        metavar="NAME",
        cell_only=True,
        help="also keep the reply in this variable",
        example="-o peak",
    ),
    _option(
        "-p",
        "--param",
        group=_REQUEST,
        metavar="NAME=VALUE",
        action="append",
        type="pair",
        help="request field that only this server supports",
        example="-p reasoning_effort=low",
    ),
    _switch("--no-image", group=_IMAGES, cell_only=True, help="send no picture, only text"),
    _option(
        "--detail",
        group=_IMAGES,
        metavar="LEVEL",
        suggestions=DETAILS,
        help="detail level at which the model reads pictures: auto, low, high, original (OpenAI since GPT-5.4), or "
        "another that the server has",
        example="--detail high",
    ),
    _option(
        "--max-side",
        group=_IMAGES,
        metavar="PIXELS",
        type="number",
        help="shrink pictures until no side is longer",
        example="--max-side 1024",
    ),
    _option(
        "--max-bytes",
        group=_IMAGES,
        metavar="BYTES",
        type="number",
        help="compress or shrink pictures until none is larger",
        example="--max-bytes 200000",
    ),
    _option(
        "--max-image-tokens",
        group=_IMAGES,
        metavar="COUNT",
        type="number",
        help="shrink pictures until none costs more tokens, as estimated for the model",
        example="--max-image-tokens 800",
    ),
    _switch(
        "--facts",
        group=_IMAGES,
        help="also send facts of the figure object: labels, limits, series; the embedded reader gets them without it",
    ),
    _switch(
        "--no-facts",
        group=_IMAGES,
        dest="facts",
        const=False,
        type="flag",
        help="send only pixels to the embedded reader, which otherwise also gets the facts of a figure object",
    ),
    _option(
        "--range",
        group=_IMAGES,
        metavar="LOW,HIGH",
        type="numbers",
        help="values of an array that are shown as black and white",
        example="--range 0,4095",
    ),
    _option(
        "--percentile",
        group=_IMAGES,
        metavar="LOW,HIGH",
        type="numbers",
        help="the same as percentiles of the values; a single number is cut off at both ends",
        example="--percentile 2,98",
    ),
    _option(
        "--cmap",
        group=_IMAGES,
        metavar="NAME",
        type="color_map",
        completer="color map",
        help="matplotlib colour map for an array",
        example="--cmap viridis",
    ),
    _option(
        "--profile",
        group=_SERVER,
        metavar="NAME",
        completer="profile",
        help="profile that answers this cell",
        example="--profile openai",
    ),
    _option(
        "--base-url",
        group=_SERVER,
        metavar="URL",
        help="address of the server",
        example="--base-url http://127.0.0.1:8000/v1",
    ),
    _option(
        "--key-env",
        group=_SERVER,
        metavar="NAME",
        completer="environment variable",
        help="environment variable that holds the key",
        example="--key-env WORK_KEY",
    ),
    _option(
        "--header",
        group=_SERVER,
        dest="headers",
        metavar="NAME=VALUE",
        action="append",
        type="headers",
        help='header that is added to the request; {"env": "NAME"} stands for the value of an environment variable',
        example="--header X-Title=Lab",
    ),
    _option(
        "--first-token-timeout",
        group=_SERVER,
        metavar="SECONDS",
        type="number",
        help="time limit for the first token",
        example="--first-token-timeout 300",
    ),
    _option(
        "--idle-timeout",
        group=_SERVER,
        metavar="SECONDS",
        type="number",
        help="time limit for a pause within the answer",
        example="--idle-timeout 120",
    ),
    _option(
        "--timeout",
        group=_SERVER,
        metavar="SECONDS",
        type="number",
        help="time limit for the whole call",
        example="--timeout 600",
    ),
    _switch(
        "--no-stream",
        group=_REQUEST,
        dest="stream",
        const=False,
        type="flag",
        help="get the whole answer at the end instead of token by token",
    ),
    _switch(
        "--bg",
        group=_REPLY,
        cell_only=True,
        help="answer in the background: other cells can run, and the variable gets the reply at the end",
        example="--bg -o answer",
    ),
    _switch("--hint", group=_TEACHING, cell_only=True, help="give a hint on where to look, never the answer"),
    _switch(
        "--quiz", group=_TEACHING, cell_only=True, help="ask three questions about the figure, with folded answers"
    ),
    _switch(
        "--predict",
        group=_TEACHING,
        cell_only=True,
        help="compare the student's description of the figure, which is in the cell, with the model's",
    ),
    _option(
        "--rubric",
        group=_TEACHING,
        metavar="CRITERIA",
        cell_only=True,
        help="grade the figure by criteria: a string, or a list or dict of yours",
        example="--rubric criteria",
    ),
    _switch(
        "--wire",
        group=_REPLY,
        cell_only=True,
        help="show the request as sent, and each event of the stream with what it adds to the reply",
    ),
    _switch("--dry-run", group=_REPLY, cell_only=True, help="show the request and send nothing"),
    _switch(
        "--no-raise-error",
        group=_REPLY,
        cell_only=True,
        help="print an error instead of failing, so that the cells below run",
    ),
    _switch("-h", "--help", group=_REPLY, cell_only=True, help="show this help"),
    _field("temperature", "-t 0.2", metavar="NUMBER", short="-t"),
    _field("top_p", "--top-p 0.9", metavar="NUMBER"),
    _field("n", "-n 3", metavar="COUNT", short="-n"),
    _field("stop", r'--stop "\n"', metavar="TEXT", action="append"),
    _field("max_tokens", "--max-tokens 300", metavar="COUNT"),
    _field("max_completion_tokens", "--max-completion-tokens 300", metavar="COUNT"),
    _field("presence_penalty", "--presence-penalty 0.5", metavar="NUMBER"),
    _field("frequency_penalty", "--frequency-penalty 0.5", metavar="NUMBER"),
    _field("logit_bias", """--logit-bias '{"50256": -100}'""", metavar="JSON", completer="dict"),
    _field("logprobs", "--logprobs"),
    _field("top_logprobs", "--logprobs --top-logprobs 5", metavar="COUNT"),
    _field("user", "--user student-7", metavar="TEXT"),
    _field(
        "response_format",
        "--response-format json_object",
        group=_TYPED,
        metavar="FORMAT",
        suggestions=("text", "json_object"),
        completer="dict",
    ),
    _field("seed", "--seed 7", metavar="NUMBER"),
    _field(
        "tools",
        "--tools measure zoom",
        group=_FUNCTIONS,
        metavar="NAME…",
        nargs="+",
        type="tools",
        completer="function",
    ),
    _option(
        "--approve",
        group=_FUNCTIONS,
        metavar="WHO",
        choices=APPROVALS,
        help="functions that may run although they are not marked safe: ask (you decide), all or none",
        example="--approve all",
    ),
    _option(
        "--max-rounds",
        group=_FUNCTIONS,
        metavar="COUNT",
        type="number",
        help="limit on rounds of function calls for one answer",
        example="--max-rounds 3",
    ),
    _option(
        "--max-calls",
        group=_FUNCTIONS,
        metavar="COUNT",
        type="number",
        help="limit on function calls for one answer",
        example="--max-calls 8",
    ),
    _option(
        "--schema",
        group=_TYPED,
        metavar="TYPE",
        type="schema",
        completer="function",
        help="type of the answer, which is parsed into reply.value: a class of yours, or names with types",
        example='--schema "title, peak: float"',
    ),
    _switch("--fresh", group=_REPLY, help="ask again even if an answer is kept"),
    _switch("--repair", group=_TYPED, help="let the model correct an answer that does not fit the schema, once"),
    _field(
        "tool_choice",
        "--tool-choice none",
        group=_FUNCTIONS,
        metavar="CHOICE",
        suggestions=("none", "auto", "required"),
    ),
    _field("parallel_tool_calls", "--parallel-tool-calls", group=_FUNCTIONS),
    _switch(
        "--no-parallel-tool-calls",
        group=_FUNCTIONS,
        dest="parallel_tool_calls",
        const=False,
        type="flag",
        help="one tool call at a time",
    ),
    _field("stream_options", """--stream-options '{"include_usage": true}'""", metavar="JSON", completer="dict"),
)

CALL_OPTIONS: Final = tuple(option for option in OPTIONS if not option.cell_only)
"""The options that concern the call rather than one cell and its reply."""

CELL_ONLY: Final = frozenset(option.dest for option in OPTIONS if option.cell_only)
"""The `dest` of every other option."""

TYPES: Final[Mapping[str, Type]] = {option.dest: option.type for option in OPTIONS}
"""The type to which each value is converted, by the `dest` of its option."""

CELL: Final = Syntax(
    prog="%%vision",
    help="Ask a vision model about pictures that are in memory; the answer streams below the cell.",
    positional=Argument(
        dest="images", metavar="PICTURE", nargs="*", completer="image", help="Python expressions for pictures"
    ),
    options=OPTIONS,
)

_INDENT: Final = " " * 6

_HEAD: Final = f"""\
%%vision [PICTURE ...] [options]
question, with {{names}} from the notebook

{CELL.help}

A PICTURE is a Python expression: fig, axes[0], img[:200], Out[5]. Without one, the picture
that the notebook displayed last is sent; `last` names it too, and `last:2` the last two.
In the question, {{fig}} stands for the picture fig at that place, and {{x}} for the value of x;
write {{{{ and }}}} for braces. The braces of TeX stay as they are, as in \\frac{{a}}{{b}}, x_{{i}} and
$…$; {{{{{{x}}}}}} fills in the value of x there too.

The reply is kept in _vision, and with `NAME <<` or -o NAME also in a variable of yours.
"""

_TAIL: Final = """
There is no option for a key: keys come from environment variables or %vision login.
%vision shows who answers; %vision help lists the other commands.
"""


def help_text() -> str:
    """Return the help of the cell magic: every option with what it does and, unless it is a switch, an example."""
    groups = (f"{group}:\n" + "\n".join(map(_help_of, options_of(group))) for group in GROUPS)
    return "\n".join((_HEAD, "\n\n".join(groups), _TAIL))


def options_of(group: str) -> list[Argument]:
    """Return the options under a heading of the help."""
    return [option for option in OPTIONS if option.group == group]


def _help_of(option: Argument) -> str:
    lines = [f"  {option.usage}", *textwrap.wrap(option.help, 88, initial_indent=_INDENT, subsequent_indent=_INDENT)]
    if option.takes_value or option.example not in option.option_strings:
        lines.append(f"{_INDENT}Example: {option.example}")
    return "\n".join(lines)
