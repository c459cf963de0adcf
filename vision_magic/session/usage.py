"""What has it cost so far? A ledger of this process, by model and cell, and a cap that stops before it is passed."""

from __future__ import annotations

import contextvars
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

__all__ = ["CELL", "LEDGER", "Ledger", "UsageRecord", "UsageReport", "UsageRow", "estimate_tokens"]

CELL: contextvars.ContextVar[str] = contextvars.ContextVar("vision_magic_cell", default="")
"""Which cell is asking, in words such as ``In [3]``."""

_PER_TOKEN: Final = 4  # characters of English text, by the common rule


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageRecord:
    """One request that was sent: its tokens as the server counted them, else as estimated here."""

    model: str
    host: str
    cell: str = ""
    prompt_tokens: int = 0
    completion_tokens: int = 0
    estimated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageRow:
    """A row of the table: who, how often, how many tokens, at what price."""

    name: str
    requests: int
    prompt_tokens: int
    completion_tokens: int
    estimated: bool
    cost: float | None = None


class Reservation:
    """Tokens that a question on its way may still take: others that are asked meanwhile reckon with them."""

    def __init__(self, asked: float, answer: float, cap: int) -> None:
        self.cap = cap
        self.tokens = asked + answer
        self.remaining = answer  # of the answer, what has not come yet


class Ledger:
    """What was sent by this process."""

    def __init__(self) -> None:
        self._entries: list[UsageRecord] = []
        self._held: set[Reservation] = set()
        self._lock = threading.Lock()

    def note(self, reply: Reply) -> None:
        """Enter one request, whole or not, by what the server counted."""
        if reply.reproducible or reply.request is None:
            return  # the embedded reader costs nothing
        usage = reply.usage
        prompt = usage.prompt_tokens if usage else None
        completion = usage.completion_tokens if usage else None
        entry = UsageRecord(
            model=reply.model,
            host=reply.host,
            cell=CELL.get(),
            prompt_tokens=estimate_tokens(reply.request) if prompt is None else prompt,
            completion_tokens=_answered(reply) if completion is None else completion,
            estimated=prompt is None or completion is None,
        )
        with self._lock:
            self._entries.append(entry)

    @property
    def entries(self) -> tuple[UsageRecord, ...]:
        """Every request so far."""
        with self._lock:
            return tuple(self._entries)

    @property
    def total(self) -> int:
        """All tokens so far."""
        with self._lock:
            return self._spent()

    def _spent(self) -> int:
        return sum(entry.prompt_tokens + entry.completion_tokens for entry in self._entries)

    def clear(self) -> None:
        """Begin again at nothing."""
        with self._lock:
            self._entries.clear()

    def reserve(self, request: ChatRequest, cap: int) -> Reservation:
        """Set aside what a question takes, with the answer that it allows, until `release`.

        Raises
        ------
        SpendingCapReached
            The question alone, with the answer that it allows, would pass it.
        """
        asked = estimate_tokens(request)
        answer = (request.max_completion_tokens or request.max_tokens or 1) * (request.n or 1)
        held = Reservation(asked, answer, cap)
        with self._lock:
            spent = self._spent() + math.ceil(sum(other.tokens for other in self._held))
            if spent + held.tokens <= cap:
                self._held.add(held)
                return held
        raise SpendingCapReached(
            f"This question was not sent: {spent:,} tokens are spent, it would take about {asked + answer:,} more, "
            f"and max_tokens_total is {cap:,}. Allow more with %vision config max_tokens_total=…; "
            "%vision usage shows what was spent."
        )

    def heard(self, held: Reservation, tokens: float) -> None:
        """Take what has come of an answer from what was set aside for it, and more where that is used up.

        Raises
        ------
        SpendingCapReached
            All that is spent and set aside would pass the cap.
        """
        held.remaining -= tokens
        if held.remaining >= 0:
            return
        with self._lock:
            held.tokens -= held.remaining
            held.remaining = 0
            passed = self._spent() + sum(other.tokens for other in self._held) > held.cap
        if passed:
            raise SpendingCapReached(
                f"The answer was stopped, since max_tokens_total is {held.cap:,}; what arrived is kept. "
                "Allow more with %vision config max_tokens_total=…."
            )

    def release(self, held: Reservation) -> None:
        """Set nothing aside any more: the answer is over, and entered."""
        with self._lock:
            self._held.discard(held)


LEDGER: Final = Ledger()


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


def _answered(reply: Reply) -> int:
    texts = (part for choice in reply.choices for part in (choice.text, choice.reasoning, choice.refusal))
    calls = (call.arguments for choice in reply.choices for call in choice.tool_calls)
    return math.ceil(sum(len(text) for text in (*texts, *calls)) / _PER_TOKEN)


@dataclass(frozen=True, slots=True)
class UsageReport:
    """The ledger as tables: by model and by cell; shows itself as text."""

    entries: tuple[UsageRecord, ...]
    prices: Mapping[str, Any] = field(default_factory=dict)
    cap: int | None = None

    @property
    def total(self) -> UsageRow:
        """Everything together."""
        return self._spent("total", self.entries)

    @property
    def models(self) -> tuple[UsageRow, ...]:
        """A row a model and server."""
        return self._by(lambda entry: f"{entry.model} · {entry.host}")

    @property
    def cells(self) -> tuple[UsageRow, ...]:
        """A row a cell, those without one last."""
        return self._by(lambda entry: entry.cell or "elsewhere")

    def _by(self, name_of: Any) -> tuple[UsageRow, ...]:
        names = dict.fromkeys(name_of(entry) for entry in self.entries)
        return tuple(self._spent(name, [entry for entry in self.entries if name_of(entry) == name]) for name in names)

    def _spent(self, name: str, entries: Iterable[UsageRecord]) -> UsageRow:
        entries = list(entries)
        costs = [self._cost(entry) for entry in entries]
        return UsageRow(
            name=name,
            requests=len(entries),
            prompt_tokens=sum(entry.prompt_tokens for entry in entries),
            completion_tokens=sum(entry.completion_tokens for entry in entries),
            estimated=any(entry.estimated for entry in entries),
            cost=None if None in costs or not costs else math.fsum(cost for cost in costs if cost is not None),
        )

    def _cost(self, entry: UsageRecord) -> float | None:
        price = self.prices.get(entry.model)
        if price is None:
            return None
        prompt, completion = price
        return float(entry.prompt_tokens * prompt + entry.completion_tokens * completion) / 1e6

    def __str__(self) -> str:
        if not self.entries:
            return "Nothing was asked yet that costs anything; the embedded reader is free."
        rows = [("", "requests", "asked", "answered", "cost" if self.prices else "")]
        rows.extend(_row(spent) for spent in (*self.models, *self._cell_rows(), self.total))
        widths = [max(len(row[column]) for row in rows) for column in range(5)]
        lines = [
            f"{row[0]:<{widths[0]}}  {row[1]:>{widths[1]}}  {row[2]:>{widths[2]}}  {row[3]:>{widths[3]}}  "
            f"{row[4]:>{widths[4]}}".rstrip()
            for row in rows
        ]
        if self.total.estimated:
            lines.append("≈ estimated in part: the server did not count.")
        if self.cap is not None:
            left = max(0, self.cap - self.total.prompt_tokens - self.total.completion_tokens)
            lines.append(f"max_tokens_total is {self.cap:,}; {left:,} are left.")
        return "\n".join(lines)

    def _cell_rows(self) -> tuple[UsageRow, ...]:
        return self.cells if any(entry.cell for entry in self.entries) else ()

    def __repr__(self) -> str:
        return str(self)


def _row(spent: UsageRow) -> tuple[str, str, str, str, str]:
    about = "≈ " if spent.estimated else ""
    cost = "" if spent.cost is None else f"{spent.cost:.4f}"
    return (
        spent.name,
        str(spent.requests),
        f"{about}{spent.prompt_tokens:,}",
        f"{about}{spent.completion_tokens:,}",
        cost,
    )
