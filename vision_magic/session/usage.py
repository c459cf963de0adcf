"""Token usage of a session by model and cell, and the spending cap."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from vision_magic.chat.messages import ImagePart, TextPart
from vision_magic.chat.reply import Reply
from vision_magic.chat.request import ChatRequest
from vision_magic.chat.usage import Usage
from vision_magic.errors import SpendingCapReached
from vision_magic.images.image import Image
from vision_magic.images.tokens import estimate
from vision_magic.naming import as_word
from vision_magic.render.markup import plain_lines_html
from vision_magic.render.plain_table import table_html, table_text
from vision_magic.session.calibration import Calibration

__all__ = [
    "Counted",
    "Ledger",
    "UsageRecord",
    "UsageReport",
    "UsageRow",
    "completion_tokens",
    "cost_at",
    "estimate_tokens",
]

_CHARACTERS_PER_TOKEN: Final = 4  # a common rule for English text


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageRecord:
    """The tokens of the requests of one cell to one model, as counted by the server or else estimated.

    Those in the cache are among the prompt tokens, and those of the reasoning among the completion tokens.
    """

    model: str
    host: str
    cell: str = ""
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cached_tokens: int = 0
    reasoning_tokens: int = 0
    estimated: bool = False
    requests: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageRow:
    """A row of the usage table, for one model or one cell.

    Attributes
    ----------
    name : str
        The model with its host, or the cell.
    requests, prompt_tokens, completion_tokens : int
        The number of requests, and their tokens.
    cached_tokens, reasoning_tokens : int
        The prompt tokens that were in the server's cache, and the completion tokens that were spent on reasoning, as
        far as the servers count them.
    estimated : bool
        Whether a part of the tokens is estimated.
    cost : float or None
        The cost in the currency of the prices; None if a price is missing.
    """

    name: str
    requests: int
    prompt_tokens: int
    completion_tokens: int
    cached_tokens: int
    reasoning_tokens: int
    estimated: bool
    cost: float | None = None


class Counted(Protocol):
    """Tokens as a server counts them."""

    @property
    def prompt_tokens(self) -> int:
        """The tokens of the question."""

    @property
    def completion_tokens(self) -> int:
        """The tokens of the answer."""

    @property
    def cached_tokens(self) -> int:
        """The tokens of the question that were in the server's cache."""


def cost_at(price: Sequence[float], counted: Counted) -> float:
    """Return the cost of tokens.

    Parameters
    ----------
    price : sequence of float
        The prices of a million prompt tokens, completion tokens and, if it differs, prompt tokens from the cache.
    counted : object
        The tokens; those in the cache are among the prompt tokens.
    """
    prompt, completion, *rest = price
    cached = rest[0] if rest else prompt
    read = (counted.prompt_tokens - counted.cached_tokens) * prompt + counted.cached_tokens * cached
    return float(read + counted.completion_tokens * completion) / 1e6


class Reservation:
    """Tokens that are reserved for a question until its answer has ended, so that other questions cannot use them.

    Parameters
    ----------
    tokens : int
        The tokens of the question and of its answer.
    completion : int
        Those of the answer among them.
    written : float
        The tokens that the server counts for four characters of the answer.
    cap : int
        The spending cap (tokens).
    """

    __slots__ = ("cap", "remaining", "tokens", "written")

    def __init__(self, tokens: int, completion: int, written: float, cap: int) -> None:
        self.cap = cap
        self.tokens = tokens  # an integer, so that the sum of all reservations is exact
        self.remaining = float(completion)  # of the answer, not yet arrived
        self.written = written


class Ledger:
    """The token usage of a session, summed for each cell and model, and the tokens that are reserved.

    Neither memory nor time grows with the number of requests.
    """

    def __init__(self) -> None:
        self._sums: dict[_Group, list[int]] = {}
        self._calibrations: dict[tuple[str, str], Calibration] = {}
        self._total = 0
        self._reserved = 0
        self._reservations: set[Reservation] = set()
        self._lock = threading.Lock()

    def add(self, reply: Reply, cell: str = "") -> None:
        """Add the tokens of a reply, complete or not.

        Parameters
        ----------
        reply : Reply
            The reply. One from the embedded reader, a recording or the kept answers costs nothing.
        cell : str
            The label of the cell that asked, such as ``In [3]``.
        """
        request = reply.request
        if reply.reproducible or request is None:
            return
        usage = reply.usage or Usage()
        prompt, completion = usage.prompt_tokens, usage.written_tokens
        estimated_prompt, estimated_completion = estimate_tokens(request), completion_tokens(reply)
        group = (reply.model, reply.host, cell, prompt is None or completion is None)
        with self._lock:
            calibration = self._calibration(reply.host, request.model)
            if reply.state == "complete":
                _learn(calibration, reply, estimated_prompt, estimated_completion)
            if prompt is None:
                prompt = calibration.prompt(estimated_prompt)
            if completion is None:
                completion = math.ceil(estimated_completion * calibration.written)
            counts = (prompt, completion, usage.cached_tokens or 0, usage.reasoning_tokens or 0, 1)
            self._count(group, counts)

    def extend(self, records: Iterable[UsageRecord]) -> None:
        """Add the records of another ledger, such as those of a worker of a cluster."""
        with self._lock:
            for record in records:
                group = (record.model, record.host, record.cell, record.estimated)
                self._count(group, [getattr(record, name) for name in _COUNTS])

    def _count(self, group: _Group, counts: Sequence[int]) -> None:
        """Add counts in the order of `_COUNTS`, under the lock."""
        sums = self._sums.setdefault(group, [0] * len(_COUNTS))
        for place, count in enumerate(counts):
            sums[place] += count
        self._total += counts[0] + counts[1]

    @property
    def records(self) -> tuple[UsageRecord, ...]:
        """The tokens so far: one record for each cell, model and server."""
        with self._lock:
            groups = [(group, tuple(sums)) for group, sums in self._sums.items()]
        return tuple(
            UsageRecord(model=model, host=host, cell=cell, estimated=estimated, **dict(zip(_COUNTS, sums, strict=True)))
            for (model, host, cell, estimated), sums in groups
        )

    @property
    def total(self) -> int:
        """The number of all tokens so far."""
        return self._total

    def clear(self) -> None:
        """Delete all records, and what the servers' counts have shown."""
        with self._lock:
            self._sums.clear()
            self._calibrations.clear()
            self._total = 0

    def reserve(self, request: ChatRequest, cap: int | None, *, host: str = "") -> Reservation | None:
        """Reserve the tokens of a question and of its answer until `release`; None without a cap.

        The longest possible answer counts if the request limits it, or else one that would be long among those so far.
        A streamed answer without a limit may have less, as long as a token is left: it is stopped at the cap.

        Parameters
        ----------
        request : ChatRequest
            The request.
        cap : int or None
            The spending cap (tokens).
        host : str
            The server, as in its replies.

        Raises
        ------
        SpendingCapReached
            These tokens would exceed the cap.
        """
        if cap is None:
            return None
        estimated, choices = estimate_tokens(request), request.n or 1
        limit = request.max_completion_tokens or request.max_tokens
        with self._lock:
            calibration = self._calibration(host, request.model)
            prompt = calibration.largest_prompt(estimated)
            completion = (limit or calibration.answer) * choices
            available = cap - self._total - self._reserved
            if limit is None and request.stream:
                completion = max(choices, min(completion, available - prompt))
            if prompt + completion <= available:
                reservation = Reservation(prompt + completion, completion, calibration.written, cap)
                self._reservations.add(reservation)
                self._reserved += reservation.tokens
                return reservation
        raise SpendingCapReached(
            f"This question was not sent: it would take about {prompt + completion:,} tokens, {cap - available:,} have "
            f"been spent, and max_tokens_total is {cap:,}. Raise the cap with %vision config max_tokens_total=…; "
            "%vision usage shows what was spent."
        )

    def count(self, reservation: Reservation, tokens: float) -> None:
        """Count tokens of an answer that have arrived, and reserve more if the reserved ones are used up.

        Parameters
        ----------
        reservation : Reservation
            What was reserved for the answer.
        tokens : float
            The estimated number of tokens: one for four characters.

        Raises
        ------
        SpendingCapReached
            The tokens that are used and reserved exceed the cap.
        """
        reservation.remaining -= tokens * reservation.written
        if reservation.remaining >= 0:
            return
        more = math.ceil(-reservation.remaining)
        with self._lock:
            reservation.tokens += more
            reservation.remaining += more
            if reservation in self._reservations:
                self._reserved += more
            exceeded = self._total + self._reserved > reservation.cap
        if exceeded:
            raise SpendingCapReached(
                f"The answer was stopped, since max_tokens_total is {reservation.cap:,}; what arrived is kept. "
                "Raise the cap with %vision config max_tokens_total=…."
            )

    def release(self, reservation: Reservation) -> None:
        """Release a reservation after the answer has ended and was added."""
        with self._lock:
            if reservation in self._reservations:
                self._reservations.remove(reservation)
                self._reserved -= reservation.tokens

    def _calibration(self, host: str, model: str) -> Calibration:
        return self._calibrations.setdefault((host, model), Calibration())


_Group = tuple[str, str, str, bool]  # model, host, cell, whether a part is estimated
_COUNTS: Final = ("prompt_tokens", "completion_tokens", "cached_tokens", "reasoning_tokens", "requests")


def _learn(calibration: Calibration, reply: Reply, estimated_prompt: int, estimated_completion: int) -> None:
    usage = reply.usage or Usage()
    if usage.prompt_tokens is not None:
        calibration.learn_prompt(estimated_prompt, usage.prompt_tokens)
    if usage.written_tokens is not None:
        is_hidden = not any(choice.reasoning for choice in reply.choices)
        visible = usage.written_tokens - ((usage.reasoning_tokens or 0) if is_hidden else 0)
        calibration.learn_answer(estimated_completion, -(-usage.written_tokens // max(1, len(reply.choices))), visible)


def estimate_tokens(request: ChatRequest) -> int:
    """Estimate the prompt tokens of a request: one for four characters, pictures by the rule of the model."""
    characters = 0
    pictures = 0
    for message in request.messages:
        parts = (TextPart(message.content),) if isinstance(message.content, str) else message.content
        characters += sum(len(part.text) for part in parts if isinstance(part, TextPart))
        pictures += sum(_image_tokens(part, request.model) for part in parts if isinstance(part, ImagePart))
    characters += len(str(request.tools or "")) + len(str(request.response_format or ""))
    return math.ceil(characters / _CHARACTERS_PER_TOKEN) + pictures


def _image_tokens(part: ImagePart, model: str) -> int:
    image = part.image
    return (
        estimate(image.width, image.height, model=model, detail=part.detail).tokens if isinstance(image, Image) else 0
    )


def completion_tokens(reply: Reply) -> int:
    """Estimate the tokens of an answer: one for four characters."""
    texts = (part for choice in reply.choices for part in (choice.text, choice.reasoning, choice.refusal))
    calls = (call.arguments for choice in reply.choices for call in choice.tool_calls)
    return math.ceil(sum(len(text) for text in (*texts, *calls)) / _CHARACTERS_PER_TOKEN)


@dataclass(frozen=True, slots=True)
class UsageReport:
    """The token usage of a session by model and by cell; displays itself as a table.

    Attributes
    ----------
    records : tuple of UsageRecord
        The tokens of the requests, for each cell, model and server.
    prices : mapping of str to (float, float) or (float, float, float)
        For each model, the prices of a million prompt tokens, of a million completion tokens, and of a million prompt
        tokens from the cache, if that differs.
    cap : int or None
        The spending cap (tokens), or None.
    """

    records: tuple[UsageRecord, ...]
    prices: Mapping[str, Any] = field(default_factory=dict)
    cap: int | None = None

    @property
    def total(self) -> UsageRow:
        """The row of all requests."""
        return self._row("total", self.records)

    @property
    def models(self) -> tuple[UsageRow, ...]:
        """A row for each model and server."""
        return self._by(lambda record: f"{as_word(record.model) if record.model else ''} · {record.host}")

    @property
    def cells(self) -> tuple[UsageRow, ...]:
        """A row for each cell, and one for the requests outside cells."""
        return self._by(lambda record: record.cell or "outside cells")

    def _by(self, name_of: Callable[[UsageRecord], str]) -> tuple[UsageRow, ...]:
        named: dict[str, list[UsageRecord]] = {}
        for record in self.records:
            named.setdefault(name_of(record), []).append(record)
        return tuple(self._row(name, records) for name, records in named.items())

    def _row(self, name: str, records: Collection[UsageRecord]) -> UsageRow:
        costs = [self._cost(record) for record in records]
        return UsageRow(
            name=name,
            requests=sum(record.requests for record in records),
            prompt_tokens=sum(record.prompt_tokens for record in records),
            completion_tokens=sum(record.completion_tokens for record in records),
            cached_tokens=sum(record.cached_tokens for record in records),
            reasoning_tokens=sum(record.reasoning_tokens for record in records),
            estimated=any(record.estimated for record in records),
            cost=None if None in costs or not costs else math.fsum(cost for cost in costs if cost is not None),
        )

    def _cost(self, record: UsageRecord) -> float | None:
        price = self.prices.get(record.model)
        return None if price is None else cost_at(price, record)

    def __str__(self) -> str:
        if not self.records:
            return _NOTHING
        rows = self._rows()
        return "\n".join([table_text(rows, numeric=_numbers(rows)), *self._notes()])

    def _repr_html_(self) -> str:
        if not self.records:
            return plain_lines_html(_NOTHING)
        headings, *rows = self._rows()
        notes = "\n".join(self._notes())
        return table_html(rows, headings, numeric=_numbers(rows)) + (plain_lines_html(notes) if notes else "")

    def _rows(self) -> list[tuple[str, ...]]:
        """Return the headings and the cells of each row, without empty columns."""
        rows = [_HEADINGS, *(_cells(row) for row in (*self.models, *self._cell_rows(), self.total))]
        names, *counts = zip(*rows, strict=True)
        return list(zip(names, *(column for column in counts if any(column[1:])), strict=True))

    def _notes(self) -> Iterator[str]:
        if self.total.estimated:
            yield "≈ includes estimates: a server did not report its token counts."
        if self.cap is not None:
            left = max(0, self.cap - self.total.prompt_tokens - self.total.completion_tokens)
            yield f"max_tokens_total is {self.cap:,}; {left:,} are left."

    def _cell_rows(self) -> tuple[UsageRow, ...]:
        return self.cells if any(record.cell for record in self.records) else ()

    def __repr__(self) -> str:
        return str(self)


def _numbers(rows: Sequence[Sequence[str]]) -> frozenset[int]:
    """Return the positions of the columns of numbers: all but the first."""
    return frozenset(range(1, len(rows[0])))


_NOTHING: Final = "Nothing has been spent; the embedded reader is free."
_HEADINGS: Final = ("", "requests", "prompt", "cached", "completion", "reasoning", "cost")


def _cells(row: UsageRow) -> tuple[str, ...]:
    about = "≈ " if row.estimated else ""
    return (
        row.name,
        str(row.requests),
        f"{about}{row.prompt_tokens:,}",
        f"{row.cached_tokens:,}" if row.cached_tokens else "",
        f"{about}{row.completion_tokens:,}",
        f"{row.reasoning_tokens:,}" if row.reasoning_tokens else "",
        "" if row.cost is None else f"{row.cost:.4f}",
    )
