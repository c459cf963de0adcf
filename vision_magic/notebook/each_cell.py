"""A ``%%vision`` cell with ``--each``: one question to many pictures, whose table is stored and shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from vision_magic.errors import CellError, Interrupted, RunError, VisionError
from vision_magic.notebook import namespace
from vision_magic.notebook.each_options import EACH_ONLY
from vision_magic.notebook.namespace import Names
from vision_magic.notebook.option_values import option_values
from vision_magic.notebook.options import CELL_ONLY
from vision_magic.notebook.resolve import named_images, variable_name
from vision_magic.notebook.views.static import show_dry_run
from vision_magic.reprs import short_repr
from vision_magic.session.default import session
from vision_magic.session.teaching import MODES

if TYPE_CHECKING:
    from vision_magic.each.table.table import Table
    from vision_magic.notebook.cell import VisionCell
    from vision_magic.notebook.state import ShellState
    from vision_magic.session.prepare import Cell

__all__ = ["EachPlan", "ask_about_each", "check_options", "plan_each", "show_first"]

_EXCLUDED: Final[Mapping[str, str]] = {
    "continues": "-c",
    "chat": "--chat",
    "bg": "--bg",
    "wire": "--wire",
    "no_image": "--no-image",
    "fresh": "--fresh",
    **{mode: f"--{mode}" for mode in MODES},
}
"""The options that make no sense for many pictures, by their `dest`."""

_INSTEAD: Final[Mapping[str, str]] = {
    "continues": "each picture is asked about on its own, and not in a conversation",
    "chat": "each picture is asked about on its own, and not in a conversation",
    "bg": "Stop, or an interrupt of the kernel, keeps all rows, and the same cell goes on later",
    "wire": "--dry-run shows the request about the first picture",
    "fresh": "a run of another name asks about all pictures again: --run NAME",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EachPlan:
    """The question of such a cell.

    Attributes
    ----------
    question : list of str or object
        The question with its own pictures, which are sent with every row.
    pictures : object
        The pictures.
    options : mapping
        The options of `vision_magic.ask_each`.
    variable : str
        A variable for the table in addition to ``_vision``; empty for none.
    notes : tuple of str
        Hints to print before.
    """

    question: list[object]
    pictures: object
    options: Mapping[str, Any]
    variable: str = ""
    notes: tuple[str, ...] = ()


def check_options(options: Mapping[str, Any]) -> None:
    """Raise `CellError` if options exclude each other: those of many pictures and those of one answer."""
    if "each" not in options:
        given = next((option for option in EACH_ONLY if options.get(option.dest) is not None), None)
        if given is not None:
            raise CellError(
                f"{given.option_strings[-1]} is for many pictures; name them with --each: "
                "%%vision --each frames -o rows."
            )
        return
    excluded = next((dest for dest in _EXCLUDED if options.get(dest)), None)
    if excluded is not None:
        why = _INSTEAD.get(excluded, "it is for one answer")
        raise CellError(f"--each and {_EXCLUDED[excluded]} exclude each other: {why}.")


def plan_each(cell: VisionCell, names: Names, state: ShellState, caller: Cell) -> EachPlan:
    """Return the plan of a cell; parameters and errors as for `resolve`."""
    given = cell.options
    if not cell.prompt:
        raise CellError("The cell has no question; write it on the lines below %%vision.")
    of_run = {option.dest for option in EACH_ONLY} - {"each"}
    chosen = {name: value for name, value in given.items() if name not in CELL_ONLY or name in of_run}
    history = state.display_history
    fixed = [image for expression in cell.images for image in named_images(expression, names, history)]
    return EachPlan(
        question=[*fixed, *namespace.fill(cell.prompt, names)],
        pictures=_pictures(str(given["each"]), names),
        options={**option_values(chosen, names), "cell": caller},
        variable=variable_name(given.get("out")),
        notes=(*namespace.near_misses(cell.prompt, names), *namespace.left_in_tex(cell.prompt, names)),
    )


def _pictures(expression: str, names: Names) -> object:
    """Return the value of an expression; of a name that is none, say how a folder or a file is named."""
    try:
        return namespace.evaluate(expression, names)
    except CellError as error:
        advice = f'--each "Path({expression!r})", after from pathlib import Path'
        if _exists(expression):
            raise CellError(
                f"--each got {expression!r}, which is a file or folder, and not a name in the notebook; expected a "
                f"name or an expression: {advice}."
            ) from None
        raise CellError(
            f"--each: {error} It takes a name or an expression, such as Path('moths') for a folder."
        ) from None


def _exists(expression: str) -> bool:
    try:
        return Path(expression).expanduser().exists()
    except (OSError, ValueError, RuntimeError):
        return False


def ask_about_each(shell: Any, plan: EachPlan) -> None:
    """Ask about each picture; store and show the table, also one that is not complete.

    Raises
    ------
    VisionError
        The run failed or was interrupted.
    """
    from vision_magic.each.ask_each import ask_each

    try:
        _keep_and_show(shell, plan, ask_each(plan.question, plan.pictures, **plan.options))
    except VisionError as error:
        table = _table_of(error)
        if table is not None:
            _keep_and_show(shell, plan, table)
        if isinstance(error, RunError):
            raise RunError(_in_a_cell(str(error))) from None
        if table is None or not isinstance(error, Interrupted):
            raise
        raise CellError(_interrupted(plan, table)) from None


def _in_a_cell(message: str) -> str:
    """Return a message with the options as a cell writes them."""
    from vision_magic.each.run_file.database import OTHER_NAME

    return message.replace(OTHER_NAME, "--run NAME").replace("the same call again", "the same cell again")


def _table_of(error: VisionError) -> Table | None:
    from vision_magic.each.table.table import Table

    partial = getattr(error, "partial", None)
    return partial if isinstance(partial, Table) else None


def _keep_and_show(shell: Any, plan: EachPlan, table: Table) -> None:
    from IPython.display import display

    shell.user_ns.update({name: table for name in ("_vision", plan.variable) if name})
    display(table)


def _interrupted(plan: EachPlan, table: Table) -> str:
    name = plan.variable or "_vision"
    of = "" if table.total is None else f" of {table.total:,}"
    again = "The same cell asks only about the rest." if plan.options.get("run") else f"{name}.go_on() asks the rest."
    return f"Interrupted after {len(table):,}{of} rows, which are in {name}. {again}"


def show_first(shell: Any, plan: EachPlan) -> None:
    """Show the request about the first picture, and how many pictures there are; send nothing."""
    from vision_magic.each.pictures.tasks import tasks_of
    from vision_magic.each.plan import plan_of

    if isinstance(plan.pictures, Iterator):
        raise CellError(
            f"--dry-run would take the first picture out of {short_repr(plan.pictures)}; pass a list of pictures to "
            "see the request."
        )
    options = dict(plan.options)
    schema = options.pop("schema", None)
    run_options = {
        name: options.pop(name) for name in ("run", "rate", "cap", "concurrency", "repeat", "sample") if name in options
    }
    options.setdefault("repair", True)
    resolved = plan_of(plan.question, schema, options, session.state.options)
    tasks = tasks_of(plan.pictures, repeat=run_options.get("repeat", 1))
    first = next(iter(tasks), None)
    if first is None:
        raise CellError("--each got no pictures; there is nothing to ask about.")
    call = resolved.call(first.load())
    print(_first_of(tasks.total, tasks.left_out, first.key))  # noqa: T201
    show_dry_run(shell, call)


def _first_of(total: int | None, left_out: str, key: object) -> str:
    of = "many rows" if total is None else f"{total:,} row{'' if total == 1 else 's'}"
    return f"{of}{f' · {left_out}' if left_out else ''}; this would be sent about the first picture, {short_repr(key)}:"
