"""What of the reference is written by the package itself? Options, commands, settings, public names: never out of date.

A page holds ``<!-- generated: options -->``; what stands there on the site is made from the tables that the package
itself works with.
"""

from __future__ import annotations

import re
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pygments.lexers.python import PythonLexer
from pygments.token import Keyword, Text

import vision_magic
from vision_magic import settings
from vision_magic.notebook import commands
from vision_magic.notebook.options import OPTIONS, Option

__all__ = [
    "MAKERS",
    "CellLexer",
    "commands_page",
    "fill",
    "names_page",
    "options_page",
    "outdated",
    "profiles_page",
    "public_name",
]

_MARK = re.compile(r"<!-- generated: ([\w-]+) -->")

# The parts of the options page, by what an option sets; what is in none of them is a field of the request.
_PARTS = {
    "Pictures": "no_image detail max_side max_bytes max_image_tokens facts range percentile cmap",
    "The cell and its reply": "out bg dry_run wire no_raise_error fresh help",
    "Conversations": "goes_on chat",
    "Who answers": "model profile base_url key_env first_token_timeout idle_timeout timeout",
    "Functions": "tools approve max_rounds max_calls tool_choice parallel_tool_calls",
    "Typed answers": "schema repair response_format",
    "Teaching": "hint quiz predict rubric",
}
_REST = "The request"


def options_page() -> str:
    """Return every option of ``%%vision``, by what it is about."""
    part_of = {name: part for part, names in _PARTS.items() for name in names.split()}
    parts: dict[str, list[Option]] = {_REST: [], **{part: [] for part in _PARTS}}
    for option in OPTIONS:
        parts[part_of.get(option.name, _REST)].append(option)
    return "\n\n".join(_part(title, options) for title, options in parts.items() if options)


def _part(title: str, options: list[Option]) -> str:
    rows = "\n".join(_row(option) for option in options)
    return f"## {title}\n\n| option | what it does | example |\n|---|---|---|\n{rows}"


def _row(option: Option) -> str:
    flags = ", ".join(f"`{flag}`" for flag in option.flags) + (f" `{option.value}`" if option.value else "")
    again = {"more": "; several may follow", "again": "; may be given again", "others": "; may be given again"}
    return f"| {flags} | {_cell(option.meaning)}{again.get(option.many, '')} | `{_escaped(option.example)}` |"


def commands_page() -> str:
    """Return every command of ``%vision``, as its help has them."""
    rows = [f"| `{usage}` | {_cell(meaning)} |" for usage, meaning in _commands()]
    return "| command | what it does |\n|---|---|\n" + "\n".join(rows)


def _commands() -> Iterator[tuple[str, str]]:
    """Yield the commands of the help: each begins a line with ``%``; what it does stands in the right column."""
    for entry in re.split(r"^(?=%)", commands._HELP, flags=re.MULTILINE):
        first, *further = entry.splitlines() or [""]
        usage, meaning = (first[:_COLUMN], first[_COLUMN:]) if first[_COLUMN - 1 : _COLUMN] == " " else (first, "")
        if usage:
            yield _escaped(usage.strip()), " ".join(" ".join([meaning, *further]).split())


_COLUMN = 24  # of the help


def profiles_page() -> str:
    """Return the built-in profiles."""
    rows = [
        f"| `{name}` | {_code(profile.get('base_url', ''))} | {_code(profile.get('key_env', ''))} |"
        for name, profile in settings.PROFILES.items()
    ]
    return "| profile | address | key from |\n|---|---|---|\n" + "\n".join(rows)


def _code(text: str) -> str:
    return f"`{text}`" if text else ""


_TITLES = {
    "vision_magic.session.default": "Asking",
    "vision_magic.session.session": "Asking",
    "vision_magic.session.choose": "Choosing among answers",
    "vision_magic.session.conversation": "Conversations",
    "vision_magic.session.history": "Conversations",
    "vision_magic.chat.tools": "Functions",
    "vision_magic.chat.reply": "Replies",
    "vision_magic.chat.usage": "Replies",
    "vision_magic.chat.receipt": "Replies",
    "vision_magic.images.convert": "Pictures",
    "vision_magic.images.image": "Pictures",
    "vision_magic.images.registry": "Pictures",
    "vision_magic.session.url": "Pictures",
    "vision_magic.images.figure_facts.facts": "Facts",
    "vision_magic.images.figure_facts.values": "Facts",
    "vision_magic.session.recordings": "Recordings, kept answers, the log",
    "vision_magic.session.cache": "Recordings, kept answers, the log",
    "vision_magic.session.log": "Recordings, kept answers, the log",
    "vision_magic.notebook.widgets": "Widgets",
    "vision_magic.settings": "Settings",
    "vision_magic.chat.events": "Events of a stream",
    "vision_magic.chat.messages": "Requests and messages",
    "vision_magic.chat.request": "Requests and messages",
}


def names_page() -> str:
    """Return the documentation of every public name but the errors, which have a page of their own."""
    parts: dict[str, list[str]] = {title: [] for title in _TITLES.values()}
    for name in vision_magic.__all__:
        room = _module_of(name)
        if room == "vision_magic.errors":
            continue
        title = next((title for start, title in _TITLES.items() if room.startswith(start)), "More")
        parts.setdefault(title, []).append(name)
    return "\n\n".join(f"## {title}\n\n{_documented(names)}" for title, names in parts.items() if names)


def errors_page() -> str:
    """Return the documentation of every error."""
    return _documented(name for name in vision_magic.__all__ if _module_of(name) == "vision_magic.errors")


def _module_of(name: str) -> str:
    """Return the module that holds a public name; a union of types does not know its own."""
    value = getattr(vision_magic, name)
    return "vision_magic.chat.events" if isinstance(value, types.UnionType) else str(value.__module__)


def _documented(names: Iterator[str] | list[str]) -> str:
    return "```{eval-rst}\n" + "\n".join(_directive(name) for name in names) + "```"


def _directive(name: str) -> str:
    value = getattr(vision_magic, name)
    if not isinstance(value, type):
        return f".. {'autofunction' if callable(value) else 'autodata'}:: vision_magic.{name}\n"
    kind = "autoexception" if issubclass(value, BaseException) else "autoclass"
    return f".. {kind}:: vision_magic.{name}\n   :members:\n"


def settings_page() -> str:
    """Return the fields of `Settings`."""
    return "```{eval-rst}\n.. autoclass:: vision_magic.Settings\n   :no-index:\n   :no-members:\n```"


MAKERS = {
    "options": options_page,
    "commands": commands_page,
    "profiles": profiles_page,
    "settings": settings_page,
    "names": names_page,
    "errors": errors_page,
}


def fill(app: Any, docname: str, source: list[str]) -> None:
    """Put what is generated where a page asks for it."""
    source[0] = _MARK.sub(lambda mark: MAKERS[mark[1]](), source[0])


def outdated(app: Any, env: Any, *_: object) -> list[str]:
    """Return the pages with generated parts: they are made again each time, since their source is the package."""
    return [name for name in env.found_docs if Path(env.doc2path(name)).suffix == ".md" and _is_generated(env, name)]


def _is_generated(env: Any, name: str) -> bool:
    return _MARK.search(Path(env.doc2path(name)).read_text("utf-8")) is not None


def public_name(app: Any, env: Any, node: Any, contnode: Any) -> Any:
    """Find ``vision_magic.chat.reply.Reply`` under its public name, ``vision_magic.Reply``."""
    name = node.get("reftarget", "").rpartition(".")[2]
    if node.get("refdomain") != "py" or name not in vision_magic.__all__:
        return None
    domain = env.get_domain("py")
    return domain.resolve_xref(env, node["refdoc"], app.builder, "obj", f"vision_magic.{name}", node, contnode)


class CellLexer(PythonLexer):
    """Python, but the question of a ``%%vision`` cell is prose."""

    def get_tokens_unprocessed(
        self, text: str, stack: tuple[str, ...] = ("root",)
    ) -> Iterator[tuple[int, object, str]]:
        """Yield the tokens of a cell."""
        if not text.startswith("%%vision"):
            yield from super().get_tokens_unprocessed(text, stack)
            return
        end = text.find("\n") + 1 or len(text)
        yield 0, Keyword, text[:end]
        yield end, Text, text[end:]


def _cell(text: str) -> str:
    """Return words of a help for a cell of a table; what is typed as it stands there becomes code."""
    words = text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*")
    return re.sub(r"(?<![\w`])(%%?vision\b|--?[a-z][a-z-]*(?: \d+)?|\w+(?:_\w+)+(?:=\w+)?)", r"`\1`", words)


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")
