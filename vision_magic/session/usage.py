"""Token usage of a session by model and cell, and the spending cap."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from vision_magic.chat.messages import ImagePart, TextPart
from vision_magic.chat.reply import Reply
from vision_magic.chat.request import ChatRequest
from vision_magic.chat.usage import Usage
from vision_magic.errors import SpendingCapReached
from vision_magic.images.image import Image
from vision_magic.images.tokens import estimate
from vision_magic.naming import as_word

__all__ = ["Ledger", "UsageRecord", "UsageReport", "UsageRow", "estimate_tokens"]

_CHARACTERS_PER_TOKEN: Final = 4  # a common rule for English text


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageRecord:
    """The tokens of one request, as counted by the server or else estimated.

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


class Reservation:
    """Tokens that are reserved for a question until its answer has ended, so that other questions cannot use them."""

    def __init__(self, prompt: float, completion: float, cap: int) -> None:
        self.cap = cap
        self.tokens = prompt + completion
        self.remaining = completion  # of the answer, not yet arrived


class Ledger:
    """The token usage of a session: one record for each request that was sent."""

    def __init__(self) -> None:
        self._records: list[UsageRecord] = []
        self._total = 0
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
        if reply.reproducible or reply.request is None:
            return
        usage = reply.usage or Usage()
        prompt, completion = usage.prompt_tokens, usage.written_tokens
        record = UsageRecord(
            model=reply.model,
            host=reply.host,
            cell=cell,
            prompt_tokens=estimate_tokens(reply.request) if prompt is None else prompt,
            completion_tokens=_completion_tokens(reply) if completion is None else completion,
            cached_tokens=usage.cached_tokens or 0,
            reasoning_tokens=usage.reasoning_tokens or 0,
            estimated=prompt is None or completion is None,
        )
        with self._lock:
            self._records.append(record)
            self._total += record.prompt_tokens + record.completion_tokens

    @property
    def records(self) -> tuple[UsageRecord, ...]:
        """The records of all requests so far."""
        with self._lock:
            return tuple(self._records)

    @property
    def total(self) -> int:
        """The number of all tokens so far."""
        return self._total

    def clear(self) -> None:
        """Delete all records."""
        with self._lock:
            self._records.clear()
            self._total = 0

    def reserve(self, request: ChatRequest, cap: int | None) -> Reservation | None:
        """Reserve the tokens of a question and of its longest possible answer until `release`; None without a cap.

        Raises
        ------
        SpendingCapReached
            These tokens would exceed the cap.
        """
        if cap is None:
            return None
        prompt = estimate_tokens(request)
        completion = (request.max_completion_tokens or request.max_tokens or 1) * (request.n or 1)
        reservation = Reservation(prompt, completion, cap)
        with self._lock:
            spent = self._total + math.ceil(sum(other.tokens for other in self._reservations))
            if spent + reservation.tokens <= cap:
                self._reservations.add(reservation)
                return reservation
        raise SpendingCapReached(
            f"This question was not sent: {spent:,} tokens are spent, it would take about {prompt + completion:,} "
            f"more, and max_tokens_total is {cap:,}. Raise the cap with %vision config max_tokens_total=…; "
            "%vision usage shows what was spent."
        )

    def count(self, reservation: Reservation, tokens: float) -> None:
        """Count tokens of an answer that have arrived, and reserve more if the reserved ones are used up.

        Raises
        ------
        SpendingCapReached
            The tokens that are used and reserved exceed the cap.
        """
        reservation.remaining -= tokens
        if reservation.remaining >= 0:
            return
        with self._lock:
            reservation.tokens -= reservation.remaining
            reservation.remaining = 0
            exceeded = self._total + sum(other.tokens for other in self._reservations) > reservation.cap
        if exceeded:
            raise SpendingCapReached(
                f"The answer was stopped, since max_tokens_total is {reservation.cap:,}; what arrived is kept. "
                "Raise the cap with %vision config max_tokens_total=…."
            )

    def release(self, reservation: Reservation) -> None:
        """Release a reservation after the answer has ended and was added."""
        with self._lock:
            self._reservations.discard(reservation)


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


def _completion_tokens(reply: Reply) -> int:
    texts = (part for choice in reply.choices for part in (choice.text, choice.reasoning, choice.refusal))
    calls = (call.arguments for choice in reply.choices for call in choice.tool_calls)
    return math.ceil(sum(len(text) for text in (*texts, *calls)) / _CHARACTERS_PER_TOKEN)


@dataclass(frozen=True, slots=True)
class UsageReport:
    """The token usage of a session by model and by cell; displays itself as a table.

    Attributes
    ----------
    records : tuple of UsageRecord
        The requests.
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
        names = dict.fromkeys(name_of(record) for record in self.records)
        return tuple(self._row(name, [record for record in self.records if name_of(record) == name]) for name in names)

    def _row(self, name: str, records: Iterable[UsageRecord]) -> UsageRow:
        records = list(records)
        costs = [self._cost(record) for record in records]
        return UsageRow(
            name=name,
            requests=len(records),
            prompt_tokens=sum(record.prompt_tokens for record in records),
            completion_tokens=sum(record.completion_tokens for record in records),
            cached_tokens=sum(record.cached_tokens for record in records),
            reasoning_tokens=sum(record.reasoning_tokens for record in records),
            estimated=any(record.estimated for record in records),
            cost=None if None in costs or not costs else math.fsum(cost for cost in costs if cost is not None),
        )

    def _cost(self, record: UsageRecord) -> float | None:
        price = self.prices.get(record.model)
        if price is None:
            return None
        prompt, completion, *rest = price
        cached = rest[0] if rest else prompt
        read = (record.prompt_tokens - record.cached_tokens) * prompt + record.cached_tokens * cached
        return float(read + record.completion_tokens * completion) / 1e6

    def __str__(self) -> str:
        if not self.records:
            return "Nothing has been spent; the embedded reader is free."
        rows = [_HEADINGS, *(_cells(row) for row in (*self.models, *self._cell_rows(), self.total))]
        names, *counts = (column for column in zip(*rows, strict=True) if any(column[1:]))  # no empty columns
        aligned = [_aligned(names, "<"), *(_aligned(count, ">") for count in counts)]
        lines = ["  ".join(row) for row in zip(*aligned, strict=True)]
        if self.total.estimated:
            lines.append("≈ includes estimates: a server did not report its token counts.")
        if self.cap is not None:
            left = max(0, self.cap - self.total.prompt_tokens - self.total.completion_tokens)
            lines.append(f"max_tokens_total is {self.cap:,}; {left:,} are left.")
        return "\n".join(lines)

    def _cell_rows(self) -> tuple[UsageRow, ...]:
        return self.cells if any(record.cell for record in self.records) else ()

    def __repr__(self) -> str:
        return str(self)


def _aligned(cells: Sequence[str], side: str) -> list[str]:
    width = max(map(len, cells))
    return [f"{cell:{side}{width}}" for cell in cells]


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
