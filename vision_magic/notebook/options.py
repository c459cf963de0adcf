"""Which options does a ``%%vision`` line take? One table, from which it is parsed, explained and completed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from vision_magic.chat.request import FIELDS

__all__ = ["ABOUT_THE_CELL", "BY_FLAG", "OPTIONS", "Option", "help_text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option.

    Attributes
    ----------
    flags : tuple of str
        How it is written, the long form last.
    name : str
        What it sets.
    value : str
        What its value is called in the help; empty for a switch.
    constant : object
        What a switch sets it to.
    many : str
        ``"more"`` where values follow one another, ``"again"`` where the option may be repeated, ``"others"`` where
        it may be and one value alone is no list.
    """

    flags: tuple[str, ...]
    name: str
    meaning: str
    example: str
    value: str = ""
    constant: object = True
    many: str = ""


def _field(name: str, value: str, example: str, *, short: str = "", many: str = "") -> Option:
    flags = (*((short,) if short else ()), f"--{name.replace('_', '-')}")
    flags = tuple(dict.fromkeys(flags))
    rule = FIELDS[name]
    meaning = f"{rule.description}; {rule.expected}" if rule.kind != "boolean" else rule.description
    return Option(flags=flags, name=name, meaning=meaning, value=value, example=example, many=many)


OPTIONS: Final[tuple[Option, ...]] = (
    Option(
        flags=("-m", "--model"),
        name="model",
        value="MODEL",
        meaning="the model, as the server spells it; named again, several answer side by side",
        example="-m MODEL -m OTHER",
        many="others",
    ),
    Option(
        flags=("-s", "--system"),
        name="system",
        value="TEXT",
        meaning="system prompt",
        example='-s "Answer in one line."',
    ),
    Option(
        flags=("-c", "--continue"),
        name="continues",
        meaning="go on with the last conversation; pictures go along only where they are named",
        example="-c",
    ),
    Option(
        flags=("--chat",),
        name="chat",
        value="NAME",
        meaning="begin a conversation of this name, or go on with it",
        example="--chat review",
    ),
    Option(
        flags=("-o", "--out"),
        name="out",
        value="NAME",
        meaning="also keep the reply in this variable",
        example="-o peak",
    ),
    Option(
        flags=("-p", "--param"),
        name="param",
        value="NAME=VALUE",
        meaning="a field that only this server knows",
        example="-p reasoning_effort=low",
        many="again",
    ),
    Option(flags=("--no-image",), name="no_image", meaning="send no picture, only text", example="--no-image"),
    Option(
        flags=("--detail",),
        name="detail",
        value="LEVEL",
        meaning="how closely to look: auto, low or high",
        example="--detail high",
    ),
    Option(
        flags=("--max-side",),
        name="max_side",
        value="PIXELS",
        meaning="shrink pictures until no side is longer",
        example="--max-side 1024",
    ),
    Option(
        flags=("--max-bytes",),
        name="max_bytes",
        value="BYTES",
        meaning="pack pictures until each takes no more",
        example="--max-bytes 200000",
    ),
    Option(
        flags=("--max-image-tokens",),
        name="max_image_tokens",
        value="COUNT",
        meaning="shrink pictures until each costs no more, as estimated for the model",
        example="--max-image-tokens 800",
    ),
    Option(
        flags=("--facts",),
        name="facts",
        meaning="send what the figure knows beside its picture: labels, limits, series",
        example="--facts",
    ),
    Option(
        flags=("--range",),
        name="range",
        value="LOW,HIGH",
        meaning="the values of an array shown as black and white",
        example="--range 0,4095",
    ),
    Option(
        flags=("--percentile",),
        name="percentile",
        value="LOW,HIGH",
        meaning="the same by percentiles; one number cuts as much at both ends",
        example="--percentile 2,98",
    ),
    Option(
        flags=("--cmap",),
        name="cmap",
        value="NAME",
        meaning="show an array in a colour map of matplotlib",
        example="--cmap viridis",
    ),
    Option(
        flags=("--profile",), name="profile", value="NAME", meaning="who answers this cell", example="--profile openai"
    ),
    Option(
        flags=("--base-url",),
        name="base_url",
        value="URL",
        meaning="the server's address",
        example="--base-url http://127.0.0.1:8000/v1",
    ),
    Option(
        flags=("--key-env",),
        name="key_env",
        value="NAME",
        meaning="the environment variable that holds the key",
        example="--key-env WORK_KEY",
    ),
    Option(
        flags=("--first-token-timeout",),
        name="first_token_timeout",
        value="SECONDS",
        meaning="how long to wait for the answer to begin",
        example="--first-token-timeout 300",
    ),
    Option(
        flags=("--idle-timeout",),
        name="idle_timeout",
        value="SECONDS",
        meaning="how long it may fall silent",
        example="--idle-timeout 120",
    ),
    Option(
        flags=("--timeout",),
        name="timeout",
        value="SECONDS",
        meaning="how long the whole call may take",
        example="--timeout 600",
    ),
    Option(
        flags=("--no-stream",),
        name="stream",
        constant=False,
        meaning="one answer at the end, not as it is written",
        example="--no-stream",
    ),
    Option(
        flags=("--bg",),
        name="bg",
        meaning="let the answer be written while other cells run; the variable is ready when it is",
        example="--bg -o answer",
    ),
    Option(
        flags=("--hint",),
        name="hint",
        meaning="for teaching: one hint where to look, never the answer",
        example="--hint",
    ),
    Option(
        flags=("--quiz",),
        name="quiz",
        meaning="for teaching: three questions about the figure, their answers folded",
        example="--quiz",
    ),
    Option(
        flags=("--predict",),
        name="predict",
        meaning="for teaching: the cell holds the student's description, which is compared with the model's",
        example="--predict",
    ),
    Option(
        flags=("--rubric",),
        name="rubric",
        value="CRITERIA",
        meaning="for teaching: points for the figure by criteria: a text, or a list or dict of yours",
        example="--rubric criteria",
    ),
    Option(
        flags=("--wire",),
        name="wire",
        meaning="show the request as it is sent, and each event of the stream with what it adds",
        example="--wire",
    ),
    Option(flags=("--dry-run",), name="dry_run", meaning="show the request and send nothing", example="--dry-run"),
    Option(
        flags=("--no-raise-error",),
        name="no_raise_error",
        meaning="show an error and let the cells below run",
        example="--no-raise-error",
    ),
    Option(flags=("-h", "--help"), name="help", meaning="show this", example="--help"),
    _field("temperature", "NUMBER", "-t 0.2", short="-t"),
    _field("top_p", "NUMBER", "--top-p 0.9"),
    _field("n", "COUNT", "-n 3", short="-n"),
    _field("stop", "TEXT", r'--stop "\n"', many="again"),
    _field("max_tokens", "COUNT", "--max-tokens 300"),
    _field("max_completion_tokens", "COUNT", "--max-completion-tokens 300"),
    _field("presence_penalty", "NUMBER", "--presence-penalty 0.5"),
    _field("frequency_penalty", "NUMBER", "--frequency-penalty 0.5"),
    _field("logit_bias", "JSON", """--logit-bias '{"50256": -100}'"""),
    _field("logprobs", "", "--logprobs"),
    _field("top_logprobs", "COUNT", "--logprobs --top-logprobs 5"),
    _field("user", "TEXT", "--user student-7"),
    _field("response_format", "FORMAT", "--response-format json_object"),
    _field("seed", "NUMBER", "--seed 7"),
    _field("tools", "NAME…", "--tools measure zoom", many="more"),
    Option(
        flags=("--approve",),
        name="approve",
        value="WHO",
        meaning="whether functions run that are not marked safe: ask (you), all or none",
        example="--approve all",
    ),
    Option(
        flags=("--max-rounds",),
        name="max_rounds",
        value="COUNT",
        meaning="how often the model may call functions and be told what they gave",
        example="--max-rounds 3",
    ),
    Option(
        flags=("--max-calls",),
        name="max_calls",
        value="COUNT",
        meaning="how many functions may run for one answer",
        example="--max-calls 8",
    ),
    Option(
        flags=("--schema",),
        name="schema",
        value="TYPE",
        meaning="shape of the answer, read into reply.value: a type of yours, or names with types",
        example='--schema "title, peak: float"',
    ),
    Option(
        flags=("--fresh",),
        name="fresh",
        meaning="ask again, though an answer is kept",
        example="--fresh",
    ),
    Option(
        flags=("--repair",),
        name="repair",
        meaning="let the model correct an answer of the wrong shape once",
        example="--repair",
    ),
    _field("tool_choice", "CHOICE", "--tool-choice none"),
    _field("parallel_tool_calls", "", "--parallel-tool-calls"),
    Option(
        flags=("--no-parallel-tool-calls",),
        name="parallel_tool_calls",
        constant=False,
        meaning="one tool call at a time",
        example="--no-parallel-tool-calls",
    ),
    _field("stream_options", "JSON", """--stream-options '{"include_usage": true}'"""),
)

LESSONS: Final = ("hint", "quiz", "predict", "rubric")
"""Options that ask in a way of teaching."""

ABOUT_THE_CELL: Final = (
    "out",
    "no_image",
    "dry_run",
    "no_raise_error",
    "help",
    "bg",
    "continues",
    "chat",
    "wire",
    *LESSONS,
)
"""What options set that is about one cell and its reply, and not about how is asked."""

BY_FLAG: Final[Mapping[str, Option]] = {flag: option for option in OPTIONS for flag in option.flags}

_HEAD = """\
%%vision [PICTURE ...] [options]
question, with {names} from the notebook

Ask a vision model about pictures that are in memory; the answer streams below the cell.

Pictures on the line are Python expressions: fig, axes[0], img[:200], Out[5]. With none,
the last picture shown in the notebook is sent; `last` names it too, `last:2` the last two.
In the question, {fig} stands for the picture fig at that place, {x} for the value of x;
{{ and }} around a text are braces.

The reply is kept in _vision, and with `NAME <<` or -o NAME in a variable of yours.

Options:
"""

_TAIL = """
Keys are never written in a cell: they come from environment variables.
%vision shows who answers; %vision help shows the other commands.
"""


def help_text() -> str:
    """Return the help of the cell magic: every option with its meaning and one example."""
    rows = []
    for option in OPTIONS:
        usage = ", ".join(option.flags) + (f" {option.value}" if option.value else "")
        rows.append(f"  {usage}\n      {option.meaning}. Example: {option.example}")
    return _HEAD + "\n".join(rows) + "\n" + _TAIL
