"""The table of the options of ``%%vision``, for parsing, completion and help."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from vision_magic.chat.detail import DETAILS
from vision_magic.notebook.each_options import EACH_ONLY, MANY
from vision_magic.notebook.elsewhere import ON_A_LINE
from vision_magic.notebook.grammar import Argument, Syntax, Type
from vision_magic.notebook.option_makers import field, option, switch
from vision_magic.session.approval import APPROVALS

__all__ = ["CALL_OPTIONS", "CELL", "CELL_ONLY", "GROUPS", "OPTIONS", "TOPICS", "TYPES", "options_of"]

_REQUEST: Final = "The request"
_IMAGES: Final = "Pictures"
_REPLY: Final = "The cell and its reply"
_CONVERSATIONS: Final = "Conversations"
_SERVER: Final = "Who answers"
_FUNCTIONS: Final = "Functions"
_TYPED: Final = "Typed answers"
_TEACHING: Final = "Teaching"

TOPICS: Final[Mapping[str, str]] = {
    "request": _REQUEST,
    "pictures": _IMAGES,
    "cell": _REPLY,
    "many": MANY,
    "conversations": _CONVERSATIONS,
    "servers": _SERVER,
    "functions": _FUNCTIONS,
    "types": _TYPED,
    "teaching": _TEACHING,
}
"""The headings of the options, in the order of the help, by the word that ``%vision help`` takes."""

GROUPS: Final = tuple(TOPICS.values())
"""The headings alone."""


OPTIONS: Final[tuple[Argument, ...]] = (
    *EACH_ONLY,
    option(
        "-m",
        "--model",
        group=_SERVER,
        metavar="MODEL",
        action="store_or_append",
        completer="model",
        help="model id, as the server spells it; several models answer side by side",
        example="-m MODEL -m OTHER",
    ),
    option(
        "-s",
        "--system",
        group=_REQUEST,
        metavar="TEXT",
        help="system prompt",
        example='-s "Answer in one line."',
    ),
    switch(
        "-c",
        "--continue",
        group=_CONVERSATIONS,
        dest="continues",
        cell_only=True,
        help="continue the last conversation; only pictures named in this cell are added",
        example="-c",
    ),
    option(
        "--chat",
        group=_CONVERSATIONS,
        metavar="NAME",
        completer="conversation",
        cell_only=True,
        help="begin or continue the conversation of this name",
        example="--chat review",
    ),
    option(
        "-o",
        "--out",
        group=_REPLY,
        metavar="NAME",
        cell_only=True,
        help="also keep the reply in this variable",
        example="-o peak",
    ),
    option(
        "-p",
        "--param",
        group=_REQUEST,
        metavar="NAME=VALUE",
        action="append",
        type="pair",
        help="request field that only this server supports",
        example="-p reasoning_effort=low",
    ),
    switch("--no-image", group=_IMAGES, cell_only=True, help="send no picture, only text"),
    option(
        "--detail",
        group=_IMAGES,
        metavar="LEVEL",
        suggestions=DETAILS,
        help="detail level at which the model reads pictures: auto, low, high, original (OpenAI since GPT-5.4), or "
        "another that the server has",
        example="--detail high",
    ),
    option(
        "--max-side",
        group=_IMAGES,
        metavar="PIXELS",
        type="number",
        help="shrink pictures until no side is longer",
        example="--max-side 1024",
    ),
    option(
        "--max-bytes",
        group=_IMAGES,
        metavar="BYTES",
        type="number",
        help="compress or shrink pictures until none is larger",
        example="--max-bytes 200000",
    ),
    option(
        "--max-image-tokens",
        group=_IMAGES,
        metavar="COUNT",
        type="number",
        help="shrink pictures until none costs more tokens, as estimated for the model",
        example="--max-image-tokens 800",
    ),
    switch(
        "--facts",
        group=_IMAGES,
        help="also send facts of the figure object: labels, limits, series; the embedded reader gets them without it",
    ),
    switch(
        "--no-facts",
        group=_IMAGES,
        dest="facts",
        const=False,
        type="flag",
        help="send only pixels to the embedded reader, which otherwise also gets the facts of a figure object",
    ),
    option(
        "--range",
        group=_IMAGES,
        metavar="LOW,HIGH",
        type="numbers",
        help="values of an array that are shown as black and white",
        example="--range 0,4095",
    ),
    option(
        "--percentile",
        group=_IMAGES,
        metavar="LOW,HIGH",
        type="numbers",
        help="the same, as percentiles of the values; a single number is cut off at both ends",
        example="--percentile 2,98",
    ),
    option(
        "--cmap",
        group=_IMAGES,
        metavar="NAME",
        type="color_map",
        completer="color map",
        help="matplotlib colour map for an array",
        example="--cmap viridis",
    ),
    option(
        "--profile",
        group=_SERVER,
        metavar="NAME",
        completer="profile",
        help="profile that answers this cell",
        example="--profile openai",
    ),
    option(
        "--base-url",
        group=_SERVER,
        metavar="URL",
        help="address of the server",
        example="--base-url http://127.0.0.1:8000/v1",
    ),
    option(
        "--key-env",
        group=_SERVER,
        metavar="NAME",
        completer="environment variable",
        help="environment variable that holds the key",
        example="--key-env WORK_KEY",
    ),
    option(
        "--header",
        group=_SERVER,
        dest="headers",
        metavar="NAME=VALUE",
        action="append",
        type="headers",
        help='header that is added to the request; {"env": "NAME"} stands for the value of an environment variable',
        example="--header X-Title=Lab",
    ),
    option(
        "--first-token-timeout",
        group=_SERVER,
        metavar="SECONDS",
        type="number",
        help="time limit for the first token",
        example="--first-token-timeout 300",
    ),
    option(
        "--idle-timeout",
        group=_SERVER,
        metavar="SECONDS",
        type="number",
        help="time limit for a pause within the answer",
        example="--idle-timeout 120",
    ),
    option(
        "--timeout",
        group=_SERVER,
        metavar="SECONDS",
        type="number",
        help="time limit for the whole call",
        example="--timeout 600",
    ),
    switch(
        "--no-stream",
        group=_REQUEST,
        dest="stream",
        const=False,
        type="flag",
        help="get the whole answer at the end instead of token by token",
    ),
    switch(
        "--bg",
        group=_REPLY,
        cell_only=True,
        help="answer in the background: other cells can run, and the variable gets the reply at the end",
        example="--bg -o answer",
    ),
    switch("--hint", group=_TEACHING, cell_only=True, help="give a hint on where to look, never the answer"),
    switch("--quiz", group=_TEACHING, cell_only=True, help="ask three questions about the figure, with folded answers"),
    switch(
        "--predict",
        group=_TEACHING,
        cell_only=True,
        help="compare the student's description of the figure, which is in the cell, with the model's",
    ),
    option(
        "--rubric",
        group=_TEACHING,
        metavar="CRITERIA",
        cell_only=True,
        help="grade the figure by criteria: a string, or a list or dict of yours",
        example="--rubric criteria",
    ),
    switch(
        "--wire",
        group=_REPLY,
        cell_only=True,
        help="show the request as sent, and each event of the stream with what it adds to the reply",
    ),
    switch("--dry-run", group=_REPLY, cell_only=True, help="show the request and send nothing"),
    switch(
        "--no-raise-error",
        group=_REPLY,
        cell_only=True,
        help="print an error instead of failing, so that the cells below run",
    ),
    switch("-h", "--help", group=_REPLY, cell_only=True, help="show this help"),
    field("temperature", "-t 0.2", metavar="NUMBER", short="-t"),
    field("top_p", "--top-p 0.9", metavar="NUMBER"),
    field("n", "-n 3", metavar="COUNT", short="-n"),
    field("stop", r'--stop "\n"', metavar="TEXT", action="append"),
    field("max_tokens", "--max-tokens 300", metavar="COUNT"),
    field("max_completion_tokens", "--max-completion-tokens 300", metavar="COUNT"),
    field("presence_penalty", "--presence-penalty 0.5", metavar="NUMBER"),
    field("frequency_penalty", "--frequency-penalty 0.5", metavar="NUMBER"),
    field("logit_bias", """--logit-bias '{"50256": -100}'""", metavar="JSON", completer="dict"),
    field("logprobs", "--logprobs"),
    field("top_logprobs", "--logprobs --top-logprobs 5", metavar="COUNT"),
    field("user", "--user student-7", metavar="TEXT"),
    field(
        "response_format",
        "--response-format json_object",
        group=_TYPED,
        metavar="FORMAT",
        suggestions=("text", "json_object"),
        completer="dict",
    ),
    field("seed", "--seed 7", metavar="NUMBER"),
    field(
        "tools",
        "--tools measure zoom",
        group=_FUNCTIONS,
        metavar="NAME…",
        nargs="+",
        type="tools",
        completer="function",
    ),
    option(
        "--approve",
        group=_FUNCTIONS,
        metavar="WHO",
        choices=APPROVALS,
        help="functions that may run although they are not marked safe: ask (you decide), all or none",
        example="--approve all",
    ),
    option(
        "--max-rounds",
        group=_FUNCTIONS,
        metavar="COUNT",
        type="number",
        help="limit on rounds of function calls for one answer",
        example="--max-rounds 3",
    ),
    option(
        "--max-calls",
        group=_FUNCTIONS,
        metavar="COUNT",
        type="number",
        help="limit on function calls for one answer",
        example="--max-calls 8",
    ),
    option(
        "--schema",
        group=_TYPED,
        metavar="TYPE",
        type="schema",
        completer="function",
        help="type of the answer, which is parsed into reply.value: a class of yours, or names with types",
        example='--schema "title, peak: float"',
    ),
    switch("--fresh", group=_REPLY, help="ask again even if an answer is kept"),
    switch("--repair", group=_TYPED, help="let the model correct an answer that does not fit the schema, once"),
    field(
        "tool_choice",
        "--tool-choice none",
        group=_FUNCTIONS,
        metavar="CHOICE",
        suggestions=("none", "auto", "required"),
    ),
    field("parallel_tool_calls", "--parallel-tool-calls", group=_FUNCTIONS),
    switch(
        "--no-parallel-tool-calls",
        group=_FUNCTIONS,
        dest="parallel_tool_calls",
        const=False,
        type="flag",
        help="one tool call at a time",
    ),
    field("stream_options", """--stream-options '{"include_usage": true}'""", metavar="JSON", completer="dict"),
)

CALL_OPTIONS: Final = tuple(one for one in OPTIONS if not one.cell_only)
"""The options that concern the call rather than one cell and its reply."""

CELL_ONLY: Final = frozenset(one.dest for one in OPTIONS if one.cell_only)
"""The `dest` of every other option."""

TYPES: Final[Mapping[str, Type]] = {one.dest: one.type for one in OPTIONS}
"""The type to which each value is converted, by the `dest` of its option."""

CELL: Final = Syntax(
    prog="%%vision",
    help="Ask a vision model about pictures that are in memory; the answer streams below the cell.",
    positional=Argument(
        dest="images", metavar="PICTURE", nargs="*", completer="image", help="Python expressions for pictures"
    ),
    options=OPTIONS,
    elsewhere=ON_A_LINE,
)


def options_of(group: str) -> list[Argument]:
    """Return the options under a heading of the help."""
    return [one for one in OPTIONS if one.group == group]
