"""One question to many pictures: `ask_each` for scripts and notebooks, `aask_each` for asynchronous code."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vision_magic.each.run import Run, RunOptions, prepare_run
from vision_magic.each.run_thread import in_thread
from vision_magic.session.guarded import refuses_keys

if TYPE_CHECKING:
    from vision_magic.each.table.table import Table
    from vision_magic.session.session import Session

__all__ = ["aask_each", "ask_each"]


@refuses_keys
def ask_each(
    question: object,
    pictures: object,
    *,
    schema: Any = None,
    key: Callable[[int, Any], Any] | Sequence[Any] | str | None = None,
    run: str | Path | None = None,
    concurrency: int = 16,
    rate: float | None = None,
    cap: int | str | None = None,
    executor: Any = None,
    sample: int | None = None,
    repeat: int = 1,
    check: str = "keys",
    repair: bool = True,
    progress: bool = True,
    session: Session | None = None,
    **options: Any,
) -> Table:
    """Ask the same question about each of many pictures, and return a table with a row for each.

    The rows are written to a file as the answers come. The same call again asks only about what is missing, after
    whatever ended the first one; more pictures may be added.

    Parameters
    ----------
    question : str or list of str and pictures
        The question; pictures in it are sent with every row. The row's own picture follows.
    pictures : iterable, mapping, table, array or path
        A list, a dict, a Series or a column of a table, a folder or a pattern of files, a generator, a stack of
        arrays, a zarr array or an HDF5 dataset. They are loaded shortly before they are sent, at most
        ``3 * concurrency`` at a time.
    schema : type, str or mapping, optional
        The shape of each answer, as for `ask`. A row whose answer does not fit is sent back once if `repair` is True,
        and is then marked as doubtful; if it still does not fit, the row has failed.
    key : callable, sequence or str, optional
        What names each picture: a function of its position and the picture, one key for each, or the name of a column.
    run : str or Path, optional
        The name of the run: ``"moths"`` is the file ``moths.vision.sqlite`` in the working folder. By default a new
        file in the user's data folder.
    concurrency : int
        The most requests at the same time (1 to 1,024); the embedded reader takes 2.
    rate : float, optional
        The most requests in a second. Without it, a server that refuses because there are too many sets the pace.
    cap : int or str, optional
        The most that may be spent: tokens, or money in the unit of your prices, such as ``"20 EUR"``. The run stops
        before it would pass it. ``max_tokens_total`` counts too. Without ``max_tokens``, an answer that is half as long
        again as the longest so far can pass it by the difference.
    executor : concurrent.futures.Executor, optional
        Where the rows are asked, such as ``client.get_executor()`` of a Dask cluster; by default on this machine.
    sample : int, optional
        Ask only about the first so many pictures; the table then says what the rest will cost, and
        ``rows.go_on()`` asks about it.
    repeat : int
        How often to ask about each picture.
    check : {"keys", "pixels"}
        Whether a picture counts as answered by its key alone, or only if its pixels are the same too.
    repair : bool
        Whether an answer of the wrong shape is sent back once.
    progress : bool
        Whether to show the progress.
    session : Session, optional
        The session; by default that of the functions of this package.
    **options
        As for `ask`, for one model and without functions; and ``image_format="jpeg"`` to send every picture as JPEG,
        which is several times smaller for photographs, or ``"png"`` for none.

    Returns
    -------
    Table
        The rows. A picture that could not be read or answered has a row with the reason.

    Raises
    ------
    ImageError, RequestError, SettingsError
        The question, a picture in it, an option or a setting is invalid; nothing was sent.
    RunError
        The file of the run cannot be used or belongs to another question; or the run ended early, such as by an error
        of the generator of the pictures. ``error.partial`` is then the table so far.
    WireError
        The server refuses all requests. An interrupt is `Interrupted`, whose ``partial`` is the table so far.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> import vision_magic as vm
    >>> from PIL import Image
    >>> pictures = {size: Image.new("RGB", (size, 20), "navy") for size in (30, 40)}
    >>> file = pathlib.Path(tempfile.mkdtemp()) / "sizes"
    >>> rows = vm.ask_each("What size is it?", pictures, run=file, profile="embedded", progress=False)
    >>> [("30 × 20" in row.text, row.state) for row in rows]
    [(True, 'done'), (False, 'done')]
    """
    given = RunOptions(
        concurrency=concurrency,
        rate=rate,
        cap=cap,
        executor=executor,
        sample=sample,
        repeat=repeat,
        check=check,
        progress=progress,
    )
    options["repair"] = repair
    started = prepare_run(question, pictures, schema, key, run, given, session, options, in_thread)
    return in_thread(started)


@refuses_keys
async def aask_each(question: object, pictures: object, *, key: Any = None, **options: Any) -> Table:
    """Ask about many pictures from asynchronous code; parameters, result and errors as for `ask_each`.

    The pictures are loaded in threads, and the requests are sent by the running event loop. Cancelling the task closes
    all connections; the rows so far are in the file of the run.

    Examples
    --------
    >>> import asyncio
    >>> import vision_magic as vm
    >>> from PIL import Image
    >>> picture = Image.new("RGB", (320, 200), "navy")
    >>> rows = asyncio.run(vm.aask_each("What size is it?", [picture], profile="embedded", progress=False))
    >>> [row.state for row in rows]
    ['done']
    """
    started = await asyncio.to_thread(_prepared, question, pictures, key, options)
    return await _in_this_loop(started)


def _prepared(
    question: object,
    pictures: object,
    key: Any,
    options: dict[str, Any],
) -> Run:
    names = RunOptions.__dataclass_fields__
    given = RunOptions(**{name: options.pop(name) for name in list(options) if name in names})
    schema, run, session = (options.pop(name, None) for name in ("schema", "run", "session"))
    options.setdefault("repair", True)
    return prepare_run(question, pictures, schema, key, run, given, session, options, in_thread)


async def _in_this_loop(run: Run) -> Table:
    task = asyncio.ensure_future(run.drive())
    loop = asyncio.get_running_loop()
    run.on_stop(lambda: loop.call_soon_threadsafe(task.cancel))
    with contextlib.ExitStack() as stack:
        stack.callback(run.close)
        stack.enter_context(run.shown())
        try:
            end = await task
        except asyncio.CancelledError:
            task.cancel()
            if not run.stopped.is_set():
                run.progress.end("cancelled")
                raise
            end = None
        run.ended(end)
    return run.result(end)
