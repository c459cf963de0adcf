"""What is checked before a run goes to a cluster: keys and open connections stay here, and pixels do not go in bulk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from vision_magic.each.cluster.backlog import Item
from vision_magic.each.cluster.payload import pack
from vision_magic.each.pictures.task import Task
from vision_magic.errors import RequestError, SettingsError
from vision_magic.session.prepare import TRANSPORT_OPTIONS
from vision_magic.text import format_bytes

if TYPE_CHECKING:
    from vision_magic.each.plan import Plan
    from vision_magic.session.state import SessionState

__all__ = ["MOST_BYTES", "Luggage", "plan_for_workers"]

MOST_BYTES: Final = 100_000_000
"""The most bytes of pictures that travel with the chunks of a run."""

_CHUNK_BYTES: Final = 8_000_000  # engines keep chunks in memory, some in a scheduler
_LIGHT: Final = 4096  # bytes of a task that holds no picture: a path, a place in an array
_STAY_HERE: Final = ("trace", "cell")  # options of a call that are objects of this process


def plan_for_workers(plan: Plan, state: SessionState) -> Plan:
    """Return the plan as workers get it.

    Parameters
    ----------
    plan : Plan
        The plan.
    state : SessionState
        The session. A person is asked whether a key may be sent to a server that it does not belong to.

    Raises
    ------
    RequestError, SettingsError
        An option is an object of this process, a recording is in use, or the key was typed here and has no variable.
    """
    for name in TRANSPORT_OPTIONS:
        if plan.call_options.get(name) is not None:
            raise RequestError(
                f"{name} is an object of this process, which no worker has; leave out it or the executor."
            )
    if state.recordings.active() is not None:
        raise RequestError(
            "A recording is in use, and workers have none; end it with %vision record off, or leave the executor out."
        )
    settings = plan.settings
    if state.keys.find("", settings.origin) is not None and not settings.key_env:
        raise SettingsError(
            f"The key of {settings.host} was typed with %vision login, and typed keys do not travel. Set a variable "
            "where the workers start, and name it with key_env='NAME'."
        )
    for variable in settings.foreign_keys:
        state.consents.check(settings, variable)
    options = {name: value for name, value in plan.call_options.items() if name not in _STAY_HERE}
    return replace(plan, settings=replace(settings, foreign_keys=()), call_options=options)


class Luggage:
    """Packs the tasks of chunks, and refuses to carry the pixels of a whole collection.

    Parameters
    ----------
    size : int
        The bytes of the pictures that are only in memory, as far as they are known.
    most : int
        The most bytes that may travel.

    Raises
    ------
    RequestError
        The pictures are larger than that.
    """

    def __init__(self, size: int = 0, most: int = MOST_BYTES) -> None:
        self._most = most
        self._carried = 0
        if size > most:
            self._refuse(size)

    def pack(self, items: Sequence[Item]) -> tuple[bytes, int]:
        """Return tasks as bytes, and how many of them fit into a chunk: the first ones.

        Their keys stay here; on the worker, each is known by its position.

        Raises
        ------
        RequestError
            One of them cannot be pickled, or too many pixels have travelled already.
        """
        number = len(items)
        while True:
            tasks = [Task(at, item.task.load, item.task.repeat) for at, item in enumerate(items[:number])]
            data = pack(tasks, [item.task.key for item in items])
            if len(data) <= _CHUNK_BYTES or number == 1:
                break
            number = max(1, min(number - 1, number * _CHUNK_BYTES // len(data)))
        if len(data) > _LIGHT * number:
            self._carried += len(data)
            if self._carried > self._most:
                self._refuse(self._carried)
        return data, number

    def _refuse(self, size: int) -> None:
        raise RequestError(
            f"The pictures are in memory ({format_bytes(size)}), and no more than {format_bytes(self._most)} are sent "
            "to workers. Pass what they can read themselves: the paths of files, a zarr array or an HDF5 dataset on a "
            "disk that they see, or functions that load one picture each; or leave the executor out."
        )
