"""Words that are written as options of ``%%vision`` and are none: arguments of functions, settings, commands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["DURATION", "ON_A_COMMAND", "ON_A_LINE", "SAVING"]

DURATION: Final = "A choice lasts for the session; %vision use NAME shows what keeps it in the settings file."
SAVING: Final = ("always", "default", "global", "permanent", "persist", "save")
"""What is looked for by those who want to keep a choice for all notebooks."""

ON_A_COMMAND: Final[Mapping[str, str]] = dict.fromkeys(SAVING, DURATION)
"""What to write instead of an option of a command, by the name with underscores."""

_SETTINGS: Final = (
    *("allow_insecure_http", "connect_timeout", "key_header", "max_tokens_total", "organization", "prices"),
    *("project", "query"),
)
_ARGUMENTS: Final = ("client", "transport")
_COMMANDS: Final = (
    *("config", "history", "keep", "last", "log", "login", "models", "read", "record", "replay", "reset", "retry"),
    *("status", "usage", "use"),
)

ON_A_LINE: Final[Mapping[str, str]] = {
    **{name: f"It is a setting: vm.use({name}=…), or {name} in the settings file." for name in _SETTINGS},
    **{name: f'It is an argument of a call: vm.ask("…", fig, {name}=…).' for name in _ARGUMENTS},
    **{name: f"It is a command, on a line of its own: %vision {name}." for name in _COMMANDS},
    **dict.fromkeys(
        ("fig", "figure", "image", "images", "img", "picture", "pictures"),
        "Pictures are named without an option: %%vision fig.",
    ),
    **dict.fromkeys(
        ("message", "messages", "prompt", "question", "text"), "The question is written on the lines below %%vision."
    ),
    "background": "Write --bg.",
    "crop": "Pass the part itself: %%vision img[100:300,50:200], or photo.crop((50,100,200,300)).",
    "extra": "A field that only one server supports: -p NAME=VALUE.",
    "headers": "Write --header NAME=VALUE, once for each.",
    "stream": "Answers are streamed without it; --no-stream waits for the whole answer.",
}
"""What to write instead, by the name with underscores."""
