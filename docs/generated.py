"""The generated parts of the reference: options, commands, profiles, settings, public names.

A page contains a marker such as ``<!-- generated: options -->``. On the site, it is replaced by text that is generated
here from the tables that the package itself uses.
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
from vision_magic.images.tokens import RULES
from vision_magic.notebook.commands.table import COMMANDS, meaning_of, usage_of
from vision_magic.notebook.grammar import Argument
from vision_magic.notebook.options import GROUPS, options_of
from vision_magic.wire.refusals import REFUSALS, Refusal

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
    "refusals_page",
    "tokens_page",
]

_MARK = re.compile(r"<!-- generated: ([\w-]+) -->")


def options_page() -> str:
    """Return every option of ``%%vision``, under the headings of its help."""
    return "\n\n".join(_group(group) for group in GROUPS)


def _group(title: str) -> str:
    rows = "\n".join(_row(option) for option in options_of(title))
    return f"## {title}\n\n| option | what it does | example |\n|---|---|---|\n{rows}"


def _row(option: Argument) -> str:
    usage = ", ".join(f"`{flag}`" for flag in option.option_strings)
    usage += f" `{option.metavar}`" if option.metavar else ""
    more = "; several may follow" if option.nargs == "+" else "; may be repeated" if option.repeatable else ""
    return f"| {usage} | {_cell(option.help)}{more} | `{_escaped(option.example)}` |"


def commands_page() -> str:
    """Return every command of ``%vision``."""
    rows = [(usage_of(command), meaning_of(command)) for command in COMMANDS.values()]
    rows.append(("%%vision --help", "how to ask a question"))
    table = "\n".join(f"| `{_escaped(usage)}` | {_cell(meaning)} |" for usage, meaning in rows)
    return f"| command | what it does |\n|---|---|\n{table}"


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
    "vision_magic.session.default": "Asking and sessions",
    "vision_magic.session.session": "Asking and sessions",
    "vision_magic.session.conversation": "Conversations",
    "vision_magic.session.turns": "Conversations",
    "vision_magic.chat.tools": "Functions",
    "vision_magic.chat.reply": "Replies",
    "vision_magic.chat.usage": "Replies",
    "vision_magic.session.chosen": "Replies",
    "vision_magic.chat.receipt": "Replies",
    "vision_magic.images.convert": "Pictures",
    "vision_magic.images.image": "Pictures",
    "vision_magic.images.registry": "Pictures",
    "vision_magic.session.url": "Pictures",
    "vision_magic.each": "Many pictures",
    "vision_magic.images.figure_facts.facts": "Facts",
    "vision_magic.images.figure_facts.values": "Facts",
    "vision_magic.session.charts": "Charts",
    "vision_magic.engine.chart.data": "Charts",
    "vision_magic.notebook.widgets": "Widgets",
    "vision_magic.settings": "Settings",
    "vision_magic.chat.events": "Events of a stream",
    "vision_magic.chat.messages": "Requests and messages",
    "vision_magic.chat.request": "Requests and messages",
}


def names_page() -> str:
    """Return the documentation of every public name except the errors, which have their own page."""
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
    """Return the module of a public name; a union of types does not have one."""
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


def refusals_page() -> str:
    """Return every kind of refusal that is recognised, with what to do."""
    rows = [
        f"| {_cell(row.meaning)} | {_cell(_filled(row.advice))} | {_codes(row)} | {_TRIED[row.retry]} |"
        for row in REFUSALS
    ]
    return "| the server means | what the error says | codes | tried again |\n|---|---|---|---|\n" + "\n".join(rows)


def _filled(advice: str) -> str:
    return advice.replace("{size}", "The size of the request is shown: ").replace("{key}", "its source is shown")


_TRIED = {True: "yes", False: "no", None: "by status"}


def _codes(row: Refusal) -> str:
    names = sorted(row.codes | row.shared_codes) + [str(status) for status in sorted(row.statuses)]
    return ", ".join(f"`{name}`" for name in names)


def settings_page() -> str:
    """Return the fields of `Settings`."""
    return "```{eval-rst}\n.. autoclass:: vision_magic.Settings\n   :no-index:\n   :no-members:\n```"


def tokens_page() -> str:
    """Return the rules for the tokens of a picture, in the order in which they are tried."""
    rows = (f"| {rule.models} | {_escaped(rule.words)} | {rule.date} | {rule.source} |" for rule in RULES)
    return "| models | tokens of a picture | as of | source |\n|---|---|---|---|\n" + "\n".join(rows)


MAKERS = {
    "options": options_page,
    "commands": commands_page,
    "profiles": profiles_page,
    "settings": settings_page,
    "names": names_page,
    "errors": errors_page,
    "refusals": refusals_page,
    "tokens": tokens_page,
}


def fill(app: Any, docname: str, source: list[str]) -> None:
    """Replace the markers of a page."""
    source[0] = _MARK.sub(lambda mark: MAKERS[mark[1]](), source[0])


def outdated(app: Any, env: Any, *_: object) -> list[str]:
    """Return the pages with generated parts: they are built each time, because their source is the package."""
    return [name for name in env.found_docs if Path(env.doc2path(name)).suffix == ".md" and _is_generated(env, name)]


def _is_generated(env: Any, name: str) -> bool:
    return _MARK.search(Path(env.doc2path(name)).read_text("utf-8")) is not None


def public_name(app: Any, env: Any, node: Any, contnode: Any) -> Any:
    """Resolve ``vision_magic.chat.reply.Reply`` to its public name, ``vision_magic.Reply``."""
    name = node.get("reftarget", "").rpartition(".")[2]
    if node.get("refdomain") != "py" or name not in vision_magic.__all__:
        return None
    domain = env.get_domain("py")
    return domain.resolve_xref(env, node["refdoc"], app.builder, "obj", f"vision_magic.{name}", node, contnode)


class CellLexer(PythonLexer):
    """Python, except that the question of a ``%%vision`` cell is prose."""

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
    """Return help text for a cell of a table, with what a user types as code."""
    words = text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*")
    return re.sub(r"(?<![\w`])(%%?vision\b|--?[a-z][a-z-]*(?: \d+)?|\w+(?:_\w+)+(?:=\w+)?)", r"`\1`", words)


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")
