"""The parts of a batch job, a file of lines each, as the file of the run keeps them from before they are sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final, Literal, Protocol

from vision_magic.each.batch.lines import LineFile, SentLine

__all__ = ["Part", "PartState", "Parts", "pending_in"]

_PART: Final = "part"
_DOCUMENT_LINES: Final = 1_000  # lines in one document of the run file

PartState = Literal[
    "uploading", "uploaded", "creating", "created", "waiting", "written", "ended", "collected", "dropped"
]

_OVER: Final = ("collected", "dropped")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A file of lines and what became of it.

    Attributes
    ----------
    state : str
        The last step that is certain:

        - ``uploading``: the lines are in the run file, and the upload has begun;
        - ``uploaded``: the server has the file, `file`;
        - ``creating``: the creation of the batch has begun; the server may have it;
        - ``created``: the server has the batch, `batch`;
        - ``waiting``: the server refused it for now, since too much is enqueued; it costs nothing;
        - ``written``: the lines were written for an engine without a server;
        - ``ended``: the batch will not change any more;
        - ``collected``: all its lines have rows;
        - ``dropped``: it was given up before anything was answered; its pictures can be asked again.
    token : str
        What the ids of its lines begin with.
    number : int
        Its number in the job.
    count, size : int
        The number of its lines, and the size of the file (bytes).
    url : str
        The path of each request.
    file, batch, output, errors : str
        The ids of the uploaded file, the batch, and the files of answers and errors.
    status : str
        What the server says of the batch.
    total, completed, failed : int
        Its counts, as the server has them.
    error : str
        What is wrong.
    uploads : int
        How often the file was uploaded; the server may have several if an answer was lost.
    attempts : int
        How often the batch was created, or may have been.
    started, tried : float
        When the batch was created, and when that was tried last (seconds since 1970).
    checks : int
        How often a batch was seen that had ended without its files.
    estimated_tokens : int
        An estimate of the prompt's tokens.
    model : str
        The model as the server named it in the answers.
    prompt_tokens, completion_tokens : int
        Those of the answers, as the server counted them.
    keep_files : bool
        Whether the uploaded file stays at the server.
    deleted : bool
        Whether the uploaded file was deleted.
    server : mapping
        The server and how to reach it, without a key.
    """

    state: PartState
    token: str
    number: int
    count: int
    size: int
    url: str
    file: str = ""
    batch: str = ""
    output: str = ""
    errors: str = ""
    status: str = ""
    total: int = 0
    completed: int = 0
    failed: int = 0
    error: str = ""
    uploads: int = 0
    attempts: int = 0
    started: float = 0.0
    tried: float = 0.0
    checks: int = 0
    estimated_tokens: int = 0
    model: str = ""
    prompt_tokens: int = 0
    completion_tokens: int = 0
    keep_files: bool = False
    deleted: bool = False
    server: Mapping[str, Any] = field(default_factory=dict)
    id: int = 0

    @property
    def name(self) -> str:
        """The name by which the server's lists are searched."""
        return f"{self.token}-{self.number}"

    @property
    def file_name(self) -> str:
        """The name of the uploaded file."""
        return f"vision_magic-{self.name}.jsonl"

    @property
    def metadata(self) -> dict[str, str]:
        """The metadata of the batch, others at each attempt, so that a batch that failed is not taken for the next."""
        return {"vision_magic": f"{self.name}-{self.attempts}"}

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state in _OVER

    @property
    def is_active(self) -> bool:
        """Whether a server works on it, or has answers that were not collected."""
        return self.state in ("created", "ended")


class Batches(Protocol):
    """The documents of a run file."""

    def add(self, document: Mapping[str, Any]) -> int: ...
    def update(self, number: int, document: Mapping[str, Any]) -> None: ...
    def list(self, kind: str | None = None) -> list[tuple[int, dict[str, Any]]]: ...


class Parts:
    """The parts in the file of a run; each change is committed at once.

    Parameters
    ----------
    batches : Batches
        The documents of the run file.
    """

    def __init__(self, batches: Batches) -> None:
        self._batches = batches

    def __iter__(self) -> Iterator[Part]:
        return (_part(number, document) for number, document in self._batches.list(_PART))

    def __bool__(self) -> bool:
        return next(iter(self), None) is not None

    def add(self, file: LineFile, known: Part) -> Part:
        """Store a part and its lines before anything of it is sent.

        Parameters
        ----------
        file : LineFile
            The file.
        known : Part
            The part without a number and its counts.
        """
        number = max((part.number for part in self if part.token == known.token), default=-1) + 1
        part = replace(known, number=number, count=len(file.lines), size=file.size)
        for start in range(0, len(file.lines), _DOCUMENT_LINES):
            lines = [line.to_json() for line in file.lines[start : start + _DOCUMENT_LINES]]
            self._batches.add({"kind": _lines_of(part), "lines": lines})
        return replace(part, id=self._batches.add(_document(part)))

    def save(self, part: Part, **changes: Any) -> Part:
        """Store the changes of a part, and return it."""
        part = replace(part, **changes)
        self._batches.update(part.id, _document(part))
        return part

    def drop(self, part: Part, error: str = "") -> Part:
        """Give a part up, so that its pictures can be asked again."""
        for number, _ in self._batches.list(_lines_of(part)):
            self._batches.update(number, {"kind": _lines_of(part), "lines": []})
        return self.save(part, state="dropped", error=error)

    def lines(self, part: Part) -> dict[int, SentLine]:
        """Return the lines of a part by their numbers."""
        documents = self._batches.list(_lines_of(part))
        lines = (SentLine.from_json(line) for _, document in documents for line in document["lines"])
        return {line.number: line for line in lines}


class _Run(Protocol):
    @property
    def batches(self) -> Batches: ...


def pending_in(run: _Run) -> set[tuple[str, int]]:
    """Return the texts of the keys and the repeats that are in a batch whose answers have not been collected.

    Those that were written to a file for an engine without a server are not among them.

    Parameters
    ----------
    run : RunFile
        The file of a run.
    """
    parts = Parts(run.batches)
    waiting = [part for part in parts if not part.is_over and part.state != "written"]
    return {(line.key, line.repeat) for part in waiting for line in parts.lines(part).values()}


def _lines_of(part: Part) -> str:
    return f"lines {part.name}"


def _document(part: Part) -> dict[str, Any]:
    document = asdict(part)
    del document["id"]
    return {"kind": _PART, **document}


def _part(number: int, document: Mapping[str, Any]) -> Part:
    known = {name: value for name, value in document.items() if name in Part.__dataclass_fields__}
    return Part(**known | {"id": number})
