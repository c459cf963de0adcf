"""The help of the magics: pages of usages and their meanings, by topic, as text and as HTML."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from vision_magic.notebook.grammar import Argument
from vision_magic.notebook.options import CELL, OPTIONS, TOPICS, options_of
from vision_magic.render.markup import safe_html
from vision_magic.render.plain_table import table_html
from vision_magic.render.theme import style_html

__all__ = ["Page", "Section", "cell_page", "help_text", "option_rows", "page_html", "page_text", "topic_page"]

_COLUMN: Final = 30  # the column in which the meanings begin
_WIDTH: Final = 110

Row = tuple[str, str, str]
"""A usage, its meaning, and an example, which may be empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading with rows below it."""

    title: str = ""
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of the help: an introduction in Markdown, sections, and a last paragraph in Markdown."""

    intro: str = ""
    sections: tuple[Section, ...] = ()
    closing: str = ""


_FREQUENT: Final = ("model", "system", "out", "continues", "temperature", "max_side", "schema", "each", "dry_run")

_INTRO: Final = f"""\
    %%vision [PICTURE ...] [options]
    question, with {{names}} from the notebook

{CELL.help}

A PICTURE is a Python expression: `fig`, `axes[0]`, `img[:200]`, `Out[5]`. Without one, the picture
that the notebook showed last is sent; `last` names it too, and `last:2` the last two. In the question,
`{{fig}}` inserts the picture fig at that place, and `{{x}}` the value of x.
"""

_BRACES: Final = """
Write `{{` and `}}` for braces. The braces of TeX stay as they are, as in `\\frac{a}{b}`, `x_{i}` and `$…$`;
`{{{x}}}` inserts the value of x there too.

With `--each`, every picture is asked about on its own, and the answers are the rows of a table:

    %%vision --each frames --schema "species, count: int" --run moths -o rows
    Which species is it, and how many are there?

The reply or the table is stored in `_vision`, and with `-o NAME` or `NAME <<` also in a variable of your choice.
"""

_KEYS: Final = "No option takes a key: keys come from environment variables or `%vision login`."
_COMMANDS: Final = "`%vision` shows who answers; `%vision help` lists the commands."


def cell_page() -> Page:
    """Return the help of ``%%vision`` on one screen: the options used most often, and the topics of the others."""
    return Page(
        intro=_INTRO,
        sections=(
            Section(title="Used most often", rows=tuple(map(_short_row, _FREQUENT))),
            Section(title="All options, by topic", rows=topic_rows()),
        ),
        closing=f"{_KEYS}\n{_COMMANDS}",
    )


def topic_rows() -> tuple[Row, ...]:
    """Return a row for each topic: the command that shows it, and its options."""
    return tuple((f"%vision help {topic}", _flags(heading), "") for topic, heading in TOPICS.items())


def topic_page(topic: str) -> Page:
    """Return the help of a topic: its options, each with its meaning and an example."""
    heading = TOPICS[topic]
    rows = option_rows(options_of(heading))
    return Page(sections=(Section(title=f"{heading}: options of %%vision", rows=rows),))


def option_page(name: str) -> Page | None:
    """Return the help of the option with this name, with or without dashes; None if there is none."""
    bare = name.lstrip("-").replace("_", "-")
    found = [option for option in OPTIONS if bare in (flag.lstrip("-") for flag in option.option_strings)]
    return Page(sections=(Section(title="Options of %%vision", rows=option_rows(found)),)) if found else None


def help_text() -> str:
    """Return the whole help of ``%%vision`` as text: every option with its meaning and an example."""
    sections = (Section(title=heading, rows=option_rows(options_of(heading))) for heading in TOPICS.values())
    return page_text(Page(intro=_INTRO + _BRACES, sections=tuple(sections), closing=f"{_KEYS}\n{_COMMANDS}"))


def option_rows(options: Iterable[Argument]) -> tuple[Row, ...]:
    """Return a row for each option; a switch has no example, unless it is used with others."""
    return tuple(
        (option.usage, option.help, option.example if option.example not in option.option_strings else "")
        for option in options
    )


def _short_row(dest: str) -> Row:
    """Return the row of an option with the beginning of its meaning; its topic has the rest."""
    option = next(option for option in OPTIONS if option.dest == dest)
    return (option.usage, re.split("[;:,]", option.help)[0], "")


def _flags(heading: str) -> str:
    return " ".join(dict.fromkeys(option.option_strings[-1] for option in options_of(heading)))


def page_text(page: Page) -> str:
    """Return a page as text, in two columns."""
    blocks = [page.intro.strip("\n"), *map(_section_text, page.sections), page.closing.strip("\n")]
    return "\n\n".join(filter(None, blocks)).replace("`", "")


def _section_text(section: Section) -> str:
    lines = [f"{section.title}:"] if section.title else []
    return "\n".join([*lines, *(line for row in section.rows for line in _row_lines(row))])


def _row_lines(row: Row) -> list[str]:
    usage, meaning, example = row
    lines = textwrap.wrap(meaning, _WIDTH - _COLUMN, break_long_words=False, break_on_hyphens=False)
    lines += [f"Example: {example}"] if example else []
    first = f"  {usage}"
    if len(first) < _COLUMN - 1:
        return [f"{first:<{_COLUMN}}{lines[0]}", *(" " * _COLUMN + line for line in lines[1:])]
    return [first, *(" " * _COLUMN + line for line in lines)]


def page_html(page: Page) -> str:
    """Return a page as HTML, with a table for each section."""
    sections = "".join(_section_html(section) for section in page.sections)
    return (
        f'{style_html()}<div class="vision-magic-text">{safe_html(page.intro)}{sections}{safe_html(page.closing)}</div>'
    )


def _section_html(section: Section) -> str:
    examples = any(example for _, _, example in section.rows)
    rows = section.rows if examples else [row[:2] for row in section.rows]
    title = safe_html(f"#### {section.title}") if section.title else ""
    return title + table_html(rows, code=frozenset({0, 2}))
