"""One row: a picture is asked about, again where that helps, and what becomes of it is put into words."""

from __future__ import annotations

import asyncio
import hashlib
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from vision_magic.chat.messages import Message
from vision_magic.chat.reply import Reply
from vision_magic.chat.request import ChatRequest
from vision_magic.each.ahead import Prepared
from vision_magic.each.budget import Budget, Reservation
from vision_magic.each.pacing import LONGEST_PAUSE, Pacing
from vision_magic.each.reply_row import Tokens, fault_of, row_of_reply, tokens_of
from vision_magic.each.row import Row
from vision_magic.errors import ConnectionFailed, RecordingMiss, ServerError, VisionError, WireError
from vision_magic.images.image import Image, RemoteImage
from vision_magic.session.usage import estimate_tokens
from vision_magic.wire.retry import retry_delay

if TYPE_CHECKING:
    from vision_magic.each.line import Line
    from vision_magic.each.progress.progress import Progress
    from vision_magic.session.prepare import PreparedCall

__all__ = [
    "MAX_TRIES",
    "Asking",
    "about_image",
    "ask_row",
    "concerns_all",
    "estimated_prompt",
    "limit_of",
    "row_without_picture",
]

MAX_TRIES: Final = 8
"""The most requests for one answer."""

_OVERLOADED: Final = frozenset({429, 503, 529})
_FOR_ALL: Final = frozenset({401, 402, 404, 405})  # no other picture will fare better


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What the rows of one worker share.

    Attributes
    ----------
    line : Line
        Who answers.
    pacing : Pacing
        When a request may be sent.
    budget : Budget
        What may be spent.
    progress : Progress
        What is told of requests and pauses.
    worker : str
        The name of the machine in a cluster; empty on this one.
    """

    line: Line
    pacing: Pacing
    budget: Budget
    progress: Progress
    worker: str = ""


def concerns_all(error: VisionError) -> bool:
    """Return whether an error says that no other row would get an answer either."""
    if not isinstance(error, ServerError):
        return not isinstance(error, WireError | RecordingMiss)
    if error.status in _FOR_ALL:
        return True
    used_up = error.status == 429 and not error.retryable
    return used_up or (error.retry_after is not None and error.retry_after > LONGEST_PAUSE)


async def ask_row(prepared: Prepared, asking: Asking, reservation: Reservation | None = None) -> Row:
    """Ask about one picture, and return its row.

    Parameters
    ----------
    prepared : Prepared
        The task with its call.
    asking : Asking
        What the rows of this worker share.
    reservation : Reservation, optional
        What was set aside for the request; it is settled here.

    Raises
    ------
    VisionError
        No other row would get an answer either: the key is refused, the model is unknown, …
    """
    one = _One(prepared, asking, reservation)
    try:
        return await one.row()
    finally:
        one.settle()


class _One:
    """The attempts for one row."""

    def __init__(self, prepared: Prepared, asking: Asking, reservation: Reservation | None) -> None:
        assert prepared.call is not None
        self._prepared = prepared
        self._call: PreparedCall = prepared.call
        self._asking = asking
        self._reservation = reservation
        self._tokens = Tokens()
        self._tries = 0
        self._begun = time.monotonic()

    async def row(self) -> Row:
        request = self._call.request
        try:
            reply = await self._reply(request)
            fault = fault_of(self._call.schema, reply)
            repaired = bool(fault) and self._may_repair(reply)
            if repaired:
                reply = await self._reply(_to_repair(request, reply, fault))
        except VisionError as error:
            await self._asking.line.end(self._call, good=False)
            if concerns_all(error):
                raise
            return self._failed(str(error))
        row = row_of_reply(
            self._call.schema,
            reply,
            tokens=self._tokens,
            repaired=repaired,
            embedded=self._call.settings.embedded,
            **self._about(),
        )
        await self._asking.line.end(self._call, good=row.state == "done")
        return row

    async def _reply(self, request: ChatRequest) -> Reply:
        """Return the complete reply to a request, after as many attempts as it takes."""
        failed = 0
        while True:
            sent = await self._asking.pacing.wait()
            self._tries += 1
            try:
                reply = await self._asking.line.ask(self._call, request)
            except WireError as error:
                self._count(error.partial)
                failed += 1
                if failed >= MAX_TRIES or not error.retryable or concerns_all(error):
                    raise
                await self._wait_after(error, failed, sent)
            else:
                self._count(reply)
                self._asking.pacing.answered()
                return reply

    async def _wait_after(self, error: WireError, failed: int, sent: float) -> None:
        """Wait before the next attempt: all workers together if the server gets too much, or else this one alone."""
        if isinstance(error, ServerError) and _is_overload(error):
            pause = self._asking.pacing.refused(sent, error.retry_after)
            self._asking.progress.pause(pause, _reason(error))
        else:
            if isinstance(error, ConnectionFailed) and failed > 2:
                raise error
            await asyncio.sleep(retry_delay(failed, error.retry_after))

    def _may_repair(self, reply: Reply) -> bool:
        """Whether the answer is sent back; the cap must leave room for that. The same pixels have the same facts."""
        if not self._call.limits.repairs or self._call.settings.embedded:
            return False
        if self._reservation is None:
            return True
        first = tokens_of(reply)
        return self._asking.budget.enlarge(self._reservation, first.prompt + first.completion, limit_of(self._call))

    def _count(self, reply: Reply | None) -> None:
        if reply is not None:
            self._tokens += tokens_of(reply)

    def settle(self) -> None:
        """Count in the budget what was spent."""
        tokens = self._tokens
        if self._reservation is None:
            self._asking.budget.spend(tokens.prompt, tokens.completion)
        else:
            counted = self._tries == 1 and not tokens.estimated and tokens.prompt > 0
            self._asking.budget.settle(self._reservation, tokens.prompt, tokens.completion, counted=counted)

    def _failed(self, words: str) -> Row:
        tokens = self._tokens
        return Row(
            state="failed",
            error=words,
            prompt_tokens=tokens.prompt,
            completion_tokens=tokens.completion,
            cached_tokens=tokens.cached,
            estimated=tokens.estimated,
            at=time.time(),
            **self._about(),
        )

    def _about(self) -> dict[str, Any]:
        image: Image | RemoteImage = self._call.request.images[-1]
        return {
            "key": self._prepared.key,
            "repeat": self._prepared.repeat,
            "seconds": time.monotonic() - self._begun,
            "tries": self._tries,
            "worker": self._asking.worker,
            **about_image(image),
        }


def row_without_picture(prepared: Prepared, worker: str = "") -> Row:
    """Return the row of a picture that could not be read."""
    return Row(
        key=prepared.key, repeat=prepared.repeat, state="failed", error=prepared.error, at=time.time(), worker=worker
    )


def estimated_prompt(call: PreparedCall) -> int:
    """Return the estimated tokens of a question with its pictures."""
    return estimate_tokens(call.request)


def limit_of(call: PreparedCall) -> int | None:
    """Return the most tokens of an answer, if the request limits them."""
    return call.request.max_completion_tokens or call.request.max_tokens


def about_image(image: Image | RemoteImage) -> dict[str, Any]:
    """Return what a row says about its picture as it was sent."""
    if isinstance(image, RemoteImage):
        return {"picture": hashlib.sha256(image.address.encode()).hexdigest(), "note": "fetched by the server"}
    return {
        "picture": hashlib.sha256(image.data).hexdigest(),
        "width": image.width,
        "height": image.height,
        "note": image.note,
    }


def _is_overload(error: ServerError) -> bool:
    return error.status in _OVERLOADED or "overload" in f"{error.code} {error.server_message}".lower()


def _reason(error: ServerError) -> str:
    asked = error.retry_after
    said = f"the server asked for {asked:.0f} s" if asked is not None and asked >= 1 else "the server asked to wait"
    if asked is None:
        return "too many requests" if error.status == 429 else f"the server is overloaded ({error.status})"
    return said if error.status == 429 else f"{said} ({error.status})"


def _to_repair(request: ChatRequest, reply: Reply, fault: str) -> ChatRequest:
    """Return the request that sends an answer of the wrong shape back."""
    fields = reply.choices[0].provider_fields
    answer = Message(role="assistant", content=reply.text or "(nothing)", provider_fields=fields)
    again = Message(role="user", content=f"{fault}\nAnswer again with the corrected JSON and nothing else.")
    return replace(request, messages=(*request.messages, answer, again))
