"""What a session has spent, by model and cell, and the cap that stops a call before it is passed."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from vision_magic.chat.messages import TextPart
from vision_magic.chat.reply import Reply
from vision_magic.chat.request import ChatRequest
from vision_magic.errors import SpendingCapReached
from vision_magic.images.image import Image
from vision_magic.images.tokens import estimate

__all__ = ["Ledger", "UsageRecord", "UsageReport", "UsageRow", "estimate_tokens"]

_PER_TOKEN: Final = 4  # characters of English text, by the common rule


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageRecord:
    """The tokens of one request, as the server counted them, else as estimated here."""

    model: str
    host: str
    cell: str = ""
    prompt_tokens: int = 0
    completion_tokens: int = 0
    estimated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageRow:
    """A row of the usage table: a model or a cell, its requests, its tokens and what they cost."""

    name: str
    requests: int
    prompt_tokens: int
    completion_tokens: int
    estimated: bool
    cost: float | None = None


class Reservation:
    """Tokens that a question on its way may still take; others that are asked meanwhile reckon with them."""

    def __init__(self, prompt: float, completion: float, cap: int) -> None:
        self.cap = cap
        self.tokens = prompt + completion
        self.remaining = completion  # of the answer, what has not arrived


class Ledger:
    """What a session has spent: one record for each request that was sent."""

    def __init__(self) -> None:
        self._records: list[UsageRecord] = []
        self._total = 0
        self._reservations: set[Reservation] = set()
        self._lock = threading.Lock()

    def add(self, reply: Reply, cell: str = "") -> None:
        """Add a request, complete or not, by what the server counted.

        Parameters
        ----------
        reply : Reply
            As far as it came; the embedded reader costs nothing.
        cell : str
            Which cell asked, such as ``In [3]``.
        """
        if reply.reproducible or reply.request is None:
            return
        usage = reply.usage
        prompt = usage.prompt_tokens if usage else None
        completion = usage.completion_tokens if usage else None
        record = UsageRecord(
            model=reply.model,
            host=reply.host,
            cell=cell,
            prompt_tokens=estimate_tokens(reply.request) if prompt is None else prompt,
            completion_tokens=_completion_tokens(reply) if completion is None else completion,
            estimated=prompt is None or completion is None,
        )
        with self._lock:
            self._records.append(record)
            self._total += record.prompt_tokens + record.completion_tokens

    @property
    def records(self) -> tuple[UsageRecord, ...]:
        """Every request so far."""
        with self._lock:
            return tuple(self._records)

    @property
    def total(self) -> int:
        """All tokens so far."""
        return self._total

    def clear(self) -> None:
        """Forget every request."""
        with self._lock:
            self._records.clear()
            self._total = 0

    def reserve(self, request: ChatRequest, cap: int | None) -> Reservation | None:
        """Reserve what a question may take, with the answer that it allows, until `release`; None without a cap.

        Raises
        ------
        SpendingCapReached
            The question, with the answer that it allows, would pass the cap.
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
        """Take what has arrived of an answer from what was reserved for it, and reserve more where that is used up.

        Raises
        ------
        SpendingCapReached
            Everything that is spent and reserved would pass the cap.
        """
        reservation.remaining -= tokens
        if reservation.remaining >= 0:
            return
        with self._lock:
            reservation.tokens -= reservation.remaining
            reservation.remaining = 0
            passed = self._total + sum(other.tokens for other in self._reservations) > reservation.cap
        if passed:
            raise SpendingCapReached(
                f"The answer was stopped, since max_tokens_total is {reservation.cap:,}; what arrived is kept. "
                "Raise the cap with %vision config max_tokens_total=…."
            )

    def release(self, reservation: Reservation) -> None:
        """End a reservation: the answer has ended, and is added."""
        with self._lock:
            self._reservations.discard(reservation)


def estimate_tokens(request: ChatRequest) -> int:
    """Return about how many tokens a request's question has: a token for four characters, pictures by their rule."""
    characters = 0
    pictures = 0
    for message in request.messages:
        parts = (TextPart(message.content),) if isinstance(message.content, str) else message.content
        characters += sum(len(part.text) for part in parts if isinstance(part, TextPart))
    for image in request.images:
        if isinstance(image, Image):
            pictures += estimate(image.width, image.height, model=request.model).tokens
    characters += len(str(request.tools or "")) + len(str(request.response_format or ""))
    return math.ceil(characters / _PER_TOKEN) + pictures


def _completion_tokens(reply: Reply) -> int:
    texts = (part for choice in reply.choices for part in (choice.text, choice.reasoning, choice.refusal))
    calls = (call.arguments for choice in reply.choices for call in choice.tool_calls)
    return math.ceil(sum(len(text) for text in (*texts, *calls)) / _PER_TOKEN)


@dataclass(frozen=True, slots=True)
class UsageReport:
    """What was spent, as tables by model and by cell; prints itself as text."""

    records: tuple[UsageRecord, ...]
    prices: Mapping[str, Any] = field(default_factory=dict)
    cap: int | None = None

    @property
    def total(self) -> UsageRow:
        """Everything together."""
        return self._row("total", self.records)

    @property
    def models(self) -> tuple[UsageRow, ...]:
        """A row a model and server."""
        return self._by(lambda record: f"{record.model} · {record.host}")

    @property
    def cells(self) -> tuple[UsageRow, ...]:
        """A row a cell, those without one last."""
        return self._by(lambda record: record.cell or "elsewhere")

    def _by(self, name_of: Any) -> tuple[UsageRow, ...]:
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
            estimated=any(record.estimated for record in records),
            cost=None if None in costs or not costs else math.fsum(cost for cost in costs if cost is not None),
        )

    def _cost(self, record: UsageRecord) -> float | None:
        price = self.prices.get(record.model)
        if price is None:
            return None
        prompt, completion = price
        return float(record.prompt_tokens * prompt + record.completion_tokens * completion) / 1e6

    def __str__(self) -> str:
        if not self.records:
            return "Nothing has been spent; the embedded reader is free."
        rows = [("", "requests", "prompt", "completion", "cost" if self.prices else "")]
        rows.extend(_cells(row) for row in (*self.models, *self._cell_rows(), self.total))
        widths = [max(len(row[column]) for row in rows) for column in range(5)]
        lines = [
            f"{row[0]:<{widths[0]}}  {row[1]:>{widths[1]}}  {row[2]:>{widths[2]}}  {row[3]:>{widths[3]}}  "
            f"{row[4]:>{widths[4]}}".rstrip()
            for row in rows
        ]
        if self.total.estimated:
            lines.append("≈ partly estimated: the server did not count.")
        if self.cap is not None:
            left = max(0, self.cap - self.total.prompt_tokens - self.total.completion_tokens)
            lines.append(f"max_tokens_total is {self.cap:,}; {left:,} are left.")
        return "\n".join(lines)

    def _cell_rows(self) -> tuple[UsageRow, ...]:
        return self.cells if any(record.cell for record in self.records) else ()

    def __repr__(self) -> str:
        return str(self)


def _cells(row: UsageRow) -> tuple[str, str, str, str, str]:
    about = "≈ " if row.estimated else ""
    cost = "" if row.cost is None else f"{row.cost:.4f}"
    return (
        row.name,
        str(row.requests),
        f"{about}{row.prompt_tokens:,}",
        f"{about}{row.completion_tokens:,}",
        cost,
    )
