"""One request and its response as a generator without I/O.

The generator yields steps and receives their outcomes. It decides on retries, time limits, refused fields and the end
of a stream, once for both threads and asyncio.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Generator
from typing import Final

from vision_magic.chat.events import Event, RetryScheduled, RetryStarted
from vision_magic.chat.reply import Reply
from vision_magic.chat.reply_builder import ReplyBuilder
from vision_magic.chat.request import ChatRequest
from vision_magic.drive import Emit
from vision_magic.errors import ConnectionFailed, ServerError, WireError
from vision_magic.secrets import redact
from vision_magic.wire import failures, unreachable
from vision_magic.wire.body import Body
from vision_magic.wire.quirks import Form, ServerQuirks, functions_are_refused
from vision_magic.wire.response_parser import ResponseParser
from vision_magic.wire.retry import LONGEST_WAIT, MAX_RETRIES, retry_delay
from vision_magic.wire.steps import Outcome, Pause, Read, ResponseHead, Send, Step, TransportFailure
from vision_magic.wire.timeouts import Timeouts

__all__ = ["Exchange", "OnEvents", "ignore_events"]

OnEvents = Callable[[list[Event]], None]


def ignore_events(events: list[Event]) -> None:
    """Do nothing with events."""


_ERROR_BODY_SECONDS: Final = 10.0
_LIST_SECONDS: Final = 10.0  # for the head of a list of models
_TICK: Final = 0.05  # seconds by which a deadline may be early, so that a fast stream does not move it with each chunk
_LIST_BODY: Final = 4 * 1024 * 1024  # a list of models: OpenRouter's is far longer than any error


class Exchange:
    """One request, its attempts, and the reply that is built from its chunks.

    Parameters
    ----------
    request : ChatRequest
        The request.
    builder : ReplyBuilder
        Builds the reply from the chunks.
    host : str
        The server's name, for error messages.
    base_url : str
        The server's address.
    timeouts : Timeouts
        Time limits for the parts of the call.
    quirks : ServerQuirks
        The known quirks of this server and model; a refusal adds to them.
    clock : callable
        Returns the time in seconds, as `time.monotonic` does.
    notes : tuple of str
        Notes on the reply, in addition to those about fields that were sent differently for this server.
    on_events : callable, optional
        Called with the events when the listener has taken them; an error that it raises ends the exchange.
    server : str
        The server that gets its own fields of earlier answers back; empty for none.
    retries : int
        How often a call that failed is tried again; 0 leaves that to the caller.
    key_note : str
        Which key is sent, for the error of a server that refuses it.
    """

    def __init__(
        self,
        request: ChatRequest,
        builder: ReplyBuilder,
        *,
        host: str,
        base_url: str,
        timeouts: Timeouts,
        quirks: ServerQuirks,
        clock: Callable[[], float],
        notes: tuple[str, ...] = (),
        on_events: OnEvents = ignore_events,
        server: str = "",
        retries: int = MAX_RETRIES,
        key_note: str = "",
    ) -> None:
        self._key_note = key_note
        self._server = server
        self._retries = retries
        self._notes = notes
        self._on_events = on_events
        self._request = request
        self._builder = builder
        self._host = host
        self._base_url = base_url
        self._timeouts = timeouts
        self._quirks = quirks
        self._clock = clock
        self._started = clock()
        self._sent = self._started
        self._size = 0
        self._reply: Reply | None = None
        self._ended = 0.0  # when the response ended, in seconds since the first attempt

    def elapsed(self) -> float:
        """Return the seconds since the first attempt."""
        return self._clock() - self._started

    @property
    def reply(self) -> Reply:
        """The reply as received so far; complete when the steps have ended."""
        return self._reply or self._builder.snapshot("interrupted")

    def interrupt(self) -> Reply:
        """Return the reply as received so far, including text that was held back; nothing more is read."""
        self._builder.end()
        return self._builder.snapshot("interrupted", self.elapsed())

    def steps(self) -> Generator[Step, Outcome, None]:
        """Yield steps until the reply is complete; raise `VisionError` if it cannot be completed."""
        try:
            yield from self._attempts()
            self._reply = self._builder.snapshot(at=self._ended)
        except WireError as error:
            if error.partial is None and self._builder.started:
                self._builder.end()
                error.partial = self._builder.snapshot("truncated", self.elapsed())
            raise

    def _attempts(self) -> Generator[Step, Outcome, None]:
        for attempt in itertools.count(1):
            try:
                yield from self._attempt()
                return
            except WireError as error:
                pause, reason = self._pause_after(error, attempt), str(error)
                if pause is None:
                    raise
            yield Emit([RetryScheduled(pause, reason)])
            yield Pause(pause)
            yield Emit([RetryStarted()])

    def _pause_after(self, error: WireError, attempt: int) -> float | None:
        """Return the pause before the next attempt (seconds), or None if the error is final."""
        if not error.retryable or self._builder.started or attempt > self._retries:
            return None
        if error.retry_after is not None and error.retry_after > LONGEST_WAIT:
            return None
        pause = retry_delay(attempt, error.retry_after)
        total = self._timeouts.total
        return None if total is not None and self.elapsed() + pause > total else pause

    def _attempt(self) -> Generator[Step, Outcome, None]:
        """Send the request; if the server refuses a field, adapt the request and send it again."""
        while True:
            form = self._quirks.form(self._request)
            body = Body(self._request, form.changes, form.schema_prompt, server=self._server, left_out=form.left_out)
            self._size = len(body)
            self._builder.notes = (*self._notes, *self._quirks.notes(self._request))
            self._sent = self._clock()
            until, missing = self._deadline(None)
            outcome = yield Send("POST", "/chat/completions", body, until)
            if not isinstance(outcome, ResponseHead):
                if until is not None and self._clock() >= until:
                    raise self._timeout_error(missing, self._clock(), None)
                raise self._transport_error(outcome)
            try:
                if not 200 <= outcome.status < 300:
                    raise (yield from self._server_error(outcome))
                yield from self._response()
                return
            except ServerError as error:
                if not self._begins_anew(error, form):
                    raise

    def _begins_anew(self, error: ServerError, form: Form) -> bool:
        """Return whether the request is sent again in another form; if not, the error says what is refused for good."""
        if self._builder.started or self._builder.errors:
            return False
        if self._quirks.learn(self._request, error, form):
            return True
        if functions_are_refused(error, form):
            failures.explain_functions(error, host=self._host, model=self._request.model)
        return False

    def _server_error(self, head: ResponseHead) -> Generator[Step, Outcome, ServerError]:
        body = yield from self._read_body()
        error = failures.from_response(
            head.status,
            body,
            host=self._host,
            headers=head.headers,
            location=head.headers.get("location", ""),
            base_url=self._base_url,
            request_size=self._size,
            key=self._key_note,
        )
        if failures.is_unknown_model(error):
            error = failures.with_models(error, self._request.model, (yield from self._models()))
        return error

    def _read_body(self, max_bytes: int = failures.MAX_BODY) -> Generator[Step, Outcome, bytes]:
        """Return the start of a body that is not a stream, as far as it arrives within the limits."""
        body = b""
        until = self._until(_ERROR_BODY_SECONDS)
        while len(body) < max_bytes and self._clock() < until:
            data = yield Read(until)
            if not isinstance(data, bytes):
                break
            body += data
        return body

    def _models(self) -> Generator[Step, Outcome, list[str]]:
        head = yield Send("GET", "/models", until=self._until(_LIST_SECONDS))
        if not isinstance(head, ResponseHead) or head.status != 200:
            return []
        return failures.model_ids((yield from self._read_body(_LIST_BODY)))

    def _response(self) -> Generator[Step, Outcome, None]:
        parser = ResponseParser(self._builder, host=self._host)
        latest = None  # when the latest content arrived
        until, missing = self._deadline(latest)
        tick = min(_TICK, 0.1 * (self._timeouts.idle or 1.0))
        read = Read(until)
        while not parser.done:
            data = yield read
            now = self._clock()
            if not isinstance(data, bytes):
                yield from self._end(parser, data, self._timeout_error(missing, now, latest))
                return
            events = parser.feed(data, now - self._started)
            if events:
                yield Emit(events)
                self._on_events(events)
            if parser.failure is not None:
                raise parser.failure  # after the events that arrived before it were emitted
            if until is not None and now >= until and not parser.done and (missing == "end" or not events):
                timeout = TransportFailure("timeout", "")
                yield from self._end(parser, timeout, self._timeout_error(missing, now, latest))
                return
            if events:
                after = self._clock()  # again, because the time that a listener takes is not the server's silence
                if latest is None or after - latest > tick:
                    latest = after
                    until, missing = self._deadline(latest)
                    read = Read(until)
        yield from self._end(parser, None)

    def _end(
        self, parser: ResponseParser, outcome: Outcome, timeout_error: WireError | None = None
    ) -> Generator[Step, Outcome, None]:
        """Emit the remaining events at the end of the response; raise an error if the reply is incomplete."""
        failure = outcome if isinstance(outcome, TransportFailure) else None
        if failure is not None and failure.kind == "timeout" and timeout_error and not self._builder.error_reason:
            raise timeout_error
        if failure is not None and not parser.begun:
            raise self._transport_error(failure)
        self._ended = self.elapsed()
        cause = (redact(failure.words) or "the connection broke") if failure is not None else ""
        events = parser.end(self._ended, cause)
        if events:
            yield Emit(events)
            self._on_events(events)
        if parser.failure is not None:
            raise parser.failure

    def _until(self, seconds: float) -> float:
        """Return the time after some seconds, or the end of the time for the whole call if that is earlier."""
        until = self._clock() + seconds
        total = self._timeouts.total
        return until if total is None else min(until, self._started + total)

    def _deadline(self, latest: float | None) -> tuple[float | None, str]:
        """Return the time by which the next content must arrive, and what is missing if it does not."""
        timeouts = self._timeouts
        limit, since = (timeouts.first_token, self._sent) if latest is None else (timeouts.idle, latest)
        content = None if limit is None else since + limit
        total = None if timeouts.total is None else self._started + timeouts.total
        if total is not None and (content is None or total < content):
            return total, "end"
        return content, "first token" if latest is None else "next token"

    def _timeout_error(self, missing: str, now: float, latest: float | None) -> ConnectionFailed:
        if missing == "end":
            took = _in_seconds(now - self._started)
            return ConnectionFailed(
                f"The call to {self._host} took longer than {took} in total; allow more with --timeout SECONDS."
            )
        silence = _in_seconds(now - (self._sent if latest is None else latest))
        if latest is None:
            return ConnectionFailed(
                f"{self._host} sent no first token within {silence}. A large model may still be loading: "
                "run the cell again, or give it longer with --first-token-timeout SECONDS."
            )
        return ConnectionFailed(
            f"{self._host} fell silent for {silence} in the middle of its answer. What arrived is kept."
        )

    def _transport_error(self, outcome: TransportFailure | bytes | None) -> WireError:
        failure = outcome if isinstance(outcome, TransportFailure) else TransportFailure("cut", "no answer")
        return unreachable.error_for(
            failure, host=self._host, base_url=self._base_url, waited=self._clock() - self._sent
        )


def _in_seconds(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds >= 10 else f"{seconds:.1g} s" if seconds < 1 else f"{seconds:.2g} s"
