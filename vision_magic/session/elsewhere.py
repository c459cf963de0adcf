"""Names that are not options: those of the magic alone, and those of other tools; for messages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from vision_magic.session.teaching import MODES

__all__ = ["IN_A_CALL", "OTHERS_NAMES"]

_CONVERSATION: Final = 'chat = vm.Conversation(), then chat.ask("…"), continues a conversation.'
_MANY: Final = 'vm.ask_each("…", pictures) asks about many pictures.'
_LESSON: Final = 'give a system prompt of your own: system="…".'

IN_A_CALL: Final[Mapping[str, str]] = {
    "dry_run": 'vm.prepare("…", fig) returns the request, and sends nothing.',
    "wire": 'vm.prepare("…", fig) returns the request, and vm.stream("…", fig) yields the events of the answer.',
    "out": 'a call returns its reply: peak = vm.ask("…", fig).',
    "o": 'a call returns its reply: peak = vm.ask("…", fig).',
    "continue": _CONVERSATION,
    "continues": _CONVERSATION,
    "c": _CONVERSATION,
    "chat": _CONVERSATION,
    "no_image": "a call sends the pictures that it is given, and no other: leave it out.",
    "no_raise_error": "catch the error: except vm.VisionError.",
    "bg": 'await vm.aask("…", fig) leaves other code running.',
    "help": "help(vm.ask) explains the options.",
    "h": "help(vm.ask) explains the options.",
    "header": 'write headers={"X-Title": "Lab"}.',
    "param": 'write extra={"NAME": VALUE}.',
    "p": 'write extra={"NAME": VALUE}.',
    **dict.fromkeys(("each", "run", "repeat", "cap", "rate", "concurrency", "image_format"), _MANY),
    **dict.fromkeys(MODES, _LESSON),
    **{short: f"write {name}=…." for short, name in {"m": "model", "s": "system", "t": "temperature"}.items()},
    **{f"no_{name}": f"write {name}=False." for name in ("facts", "stream", "parallel_tool_calls")},
}
"""What is written instead, by the name of the option without dashes."""

OTHERS_NAMES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("choices", "num_choices", "n_choices"), "n"),
    **dict.fromkeys(("color_map", "colormap", "colourmap"), "cmap"),
    **dict.fromkeys(("clim", "vmin", "vmax"), "range"),
    **dict.fromkeys(("fields", "output_type", "pydantic", "response_model"), "schema"),
    **dict.fromkeys(("functions", "function"), "tools"),
    **dict.fromkeys(("instructions", "role"), "system"),
    **dict.fromkeys(("provider", "server"), "profile"),
    **dict.fromkeys(("host", "url"), "base_url"),
    **dict.fromkeys(("cache", "no_cache"), "fresh"),
    **dict.fromkeys(("resize", "size", "width"), "max_side"),
}
"""What other tools call an option, and its name here."""
