"""Questions with given answers, and the probability of each answer.

Each answer gets a letter, and the probabilities of the letters are those of the model's first token. Models prefer some
letters whatever they stand for. The question is therefore asked with the answers in several orders, and the
probabilities are averaged. A model that returns no log probabilities is asked several times instead, and its answers
are counted.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from vision_magic.chat.reply import Reply
from vision_magic.drive import Emit, adrive, drive
from vision_magic.errors import RecordingMiss, RequestError, ServerError
from vision_magic.reprs import short_repr
from vision_magic.session.chosen import LETTERS, Chosen, from_logprobs, from_samples, logprob_shares, named_answer
from vision_magic.session.logprobs import LogprobsBook, fewer_after
from vision_magic.session.stream import AsyncReplyStream, ReplyStream
from vision_magic.settings import Settings

__all__ = ["achoose", "choose"]

_MOST_ORDERS: Final = 4
_SAMPLES: Final = 12  # a multiple of 2, 3 and 4 orders, so that each order is asked equally often
_MOST_SAMPLES: Final = 1000
_MAX_CHARACTERS: Final = 400  # of an answer that should be a single letter
_OF_ARRAYS: Final = frozenset({"range", "percentile", "cmap"})
_INSTRUCTION: Final = "Answer with the letter of the correct answer and nothing else."

Stream = Callable[..., ReplyStream]
AsyncStream = Callable[..., AsyncReplyStream]
Outcome = Reply | ServerError | RecordingMiss


@dataclass(frozen=True, slots=True)
class _Ask:
    """Ask once; the outcome is the reply, or the error of a server or a recording that does not have it."""

    parts: tuple[object, ...]
    options: dict[str, Any]


Steps = Generator[_Ask | Emit, Outcome | None, None]


def choose(
    stream: Stream,
    question: str,
    parts: Sequence[object],
    options: Mapping[str, Any],
    *,
    orders: int | None,
    samples: int | None,
    settings: Callable[..., Settings],
    book: LogprobsBook,
) -> Chosen:
    """Ask a question with given answers, as `vision_magic.choose`.

    Parameters
    ----------
    stream : callable
        Asks; parameters as for `vision_magic.stream`.
    question, parts, options, orders, samples
        As for `vision_magic.choose`; the last part is the list of the answers.
    settings : callable
        Returns the settings of a call with given options.
    book : LogprobsBook
        What is known about the server; this call adds what it finds out.
    """

    def perform(step: _Ask) -> Outcome:
        try:
            with stream(*step.parts, **step.options) as events:
                for _ in events:
                    if _is_enough(events.reply):
                        break
                return events.reply
        except (ServerError, RecordingMiss) as error:
            return error

    [chosen] = drive(_steps(question, parts, options, orders, samples, settings, book), perform)
    return chosen  # type: ignore[no-any-return]  # the driver does not know what the steps emit


async def achoose(
    stream: AsyncStream,
    question: str,
    parts: Sequence[object],
    options: Mapping[str, Any],
    *,
    orders: int | None,
    samples: int | None,
    settings: Callable[..., Settings],
    book: LogprobsBook,
) -> Chosen:
    """Ask a question with given answers from asynchronous code; as `choose`."""

    async def perform(step: _Ask) -> Outcome:
        try:
            async with stream(*step.parts, **step.options) as events:
                async for _ in events:
                    if _is_enough(events.reply):
                        break
                return events.reply
        except (ServerError, RecordingMiss) as error:
            return error

    steps = adrive(_steps(question, parts, options, orders, samples, settings, book), perform)
    [chosen] = [one async for one in steps]
    return chosen  # type: ignore[no-any-return]


def _is_enough(reply: Reply) -> bool:
    """Whether a reply is too long for a letter. Shorter ones are read to their end, so that they can be recorded."""
    return len(reply.choices[0].text) > _MAX_CHARACTERS


# -- the steps -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """A checked question: its parts, the orders of its answers, and how to ask it."""

    text: str
    parts: Sequence[object]
    orders: Sequence[Sequence[str]]
    samples: int
    options: Mapping[str, Any]
    settings: Settings
    book: LogprobsBook

    @property
    def tops(self) -> Sequence[int]:
        """The numbers of alternatives to each token to ask for, one after the other; empty if that is of no use."""
        if self.options.get("logprobs") is False:
            return ()
        given = self.options.get("top_logprobs")
        return self.book.tops(self.settings) if given is None else (given,)

    def encoded(self, reply: Reply) -> _Question:
        """Return the same question with the images that a reply was asked with, so that they are not encoded again.

        Facts belong to the object, and options for arrays too; with them, the objects stay.
        """
        places = [place for place, part in enumerate(self.parts) if not isinstance(part, str)]
        if self.settings.wants_facts or len(places) != len(reply.images) or not _OF_ARRAYS.isdisjoint(self.options):
            return self
        parts = list(self.parts)
        for place, image in zip(places, reply.images, strict=True):
            parts[place] = image
        return replace(self, parts=parts)

    def ask(self, order: Sequence[str], **options: Any) -> _Ask:
        """Return the step that asks with the answers in an order."""
        kept = {name: value for name, value in self.options.items() if name not in ("logprobs", "top_logprobs")}
        return _Ask((*self.parts, _with_letters(self.text, order)), {**kept, **options})


def _steps(
    question: str,
    parts: Sequence[object],
    options: Mapping[str, Any],
    orders: int | None,
    samples: int | None,
    settings: Callable[..., Settings],
    book: LogprobsBook,
) -> Steps:
    """Yield the questions; the last step emits the chosen answer."""
    if isinstance(options.get("model"), list | tuple):
        raise RequestError(f"choose got {options['model']!r} as the model; expected one model. Call it once for each.")
    *images, answers = parts or (None,)
    names = _check_answers(answers)
    count = _check_count("orders", orders, min(len(names), _MOST_ORDERS), len(names), "the number of answers")
    asked = _Question(
        text=question,
        parts=images,
        orders=[names[first:] + names[:first] for first in range(count)],
        samples=_check_count("samples", samples, _SAMPLES, _MOST_SAMPLES),
        options=options,
        settings=settings(**options),
        book=book,
    )
    measured = yield from _with_logprobs(asked)
    yield Emit([measured if isinstance(measured, Chosen) else (yield from _counted(asked, measured))])


def _with_logprobs(question: _Question) -> Generator[_Ask, Outcome | None, Chosen | Reply | RecordingMiss | None]:
    """Ask once for each order, and return the answer.

    If there are no log probabilities, the result is the first reply, which has none, or the recording's error, or None.
    """
    replies: list[Reply] = []
    measured: list[dict[str, float]] = []
    for order in question.orders:
        reply = yield from _ask_for_logprobs(question, order)
        if not isinstance(reply, Reply):
            return reply
        if not reply.choices[0].logprobs:
            question.book.learn(question.settings, 0)
            return None if replies else reply
        replies.append(reply)
        question = question.encoded(reply)
        shares = logprob_shares(reply.choices[0], order)
        if shares is None:
            why = "No probabilities: the model's answer did not begin with one of the letters."
            return Chosen(answer=named_answer(reply.text, order), note=why, replies=tuple(replies))
        measured.append(shares)
    return from_logprobs(question.orders[0], measured, replies)


def _ask_for_logprobs(
    question: _Question, order: Sequence[str]
) -> Generator[_Ask, Outcome | None, Reply | RecordingMiss | None]:
    """Ask for log probabilities, and for fewer if the server refuses so many; return None if it refuses any.

    A recording holds no refusals, so one that does not have this request may still have those that came after it.
    """
    miss: RecordingMiss | None = None
    for top in question.tops:
        outcome = yield question.ask(order, logprobs=True, top_logprobs=top)
        if not isinstance(outcome, ServerError | RecordingMiss):
            return outcome
        if isinstance(outcome, RecordingMiss):
            miss = miss or outcome
            continue
        fewer = fewer_after(outcome, top)
        if fewer is None:
            raise outcome
        question.book.learn(question.settings, fewer)
        if not fewer:
            break
    return miss


def _counted(question: _Question, first: Reply | RecordingMiss | None) -> Generator[_Ask, Outcome | None, Chosen]:
    """Ask several times, over all orders in turn, and count the answers; `first` is a reply that counts already."""
    replies = [first] if isinstance(first, Reply) else []
    question = question.encoded(first) if isinstance(first, Reply) else question
    while len(replies) < question.samples and not (replies and _is_reader(replies[0])):
        earlier, place = divmod(len(replies), len(question.orders))
        if place == 0 and isinstance(first, Reply):
            earlier -= 1  # the first one was another request: with log probabilities
        outcome = yield question.ask(question.orders[place], sample=earlier)
        if isinstance(outcome, RecordingMiss) and isinstance(first, RecordingMiss):
            raise first
        if isinstance(outcome, ServerError | RecordingMiss):
            raise outcome
        assert outcome is not None
        replies.append(outcome)
        question = question.encoded(outcome)
    orders = itertools.cycle(question.orders)
    named = [named_answer(reply.text, order) for reply, order in zip(replies, orders, strict=False)]
    if len(replies) == 1:
        return Chosen(answer=named[0], note=_why_only_one(replies[0]), replies=tuple(replies))
    return from_samples(question.orders, named, replies, _why_alike(question.settings))


# -- checks and words ------------------------------------------------------------------------------------------


def _check_answers(answers: object) -> list[str]:
    names = list(answers) if isinstance(answers, list | tuple) else []
    if not (2 <= len(names) <= len(LETTERS)) or not all(isinstance(name, str) and name.strip() for name in names):
        raise RequestError(
            f"choose got {short_repr(answers)} as the answers; expected a list of 2 to 26 strings as the last "
            'argument: choose("Is it rising?", fig, ["yes", "no", "unsure"]).'
        )
    if len(set(names)) != len(names):
        raise RequestError(f"choose got {names!r}; expected answers that differ from each other.")
    return names


def _check_count(name: str, value: int | None, default: int, most: int, why: str = "") -> int:
    if value is None:
        return default
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= most:
        reason = f", {why}" if why else ""
        raise RequestError(f"{name} got {short_repr(value)}; expected an integer from 1 to {most}{reason}.")
    return value


def _with_letters(question: str, order: Sequence[str]) -> str:
    if not isinstance(question, str):
        raise RequestError(
            f"choose got {short_repr(question)} as the question; expected a string as the first argument."
        )
    lines = [f"{letter}. {name}" for letter, name in zip(LETTERS, order, strict=False)]
    return "\n".join([question, "", *lines, "", _INSTRUCTION])


def _why_alike(settings: Settings) -> str:
    """Return why samples say little about the model's probabilities; empty if they do."""
    if settings.request.get("temperature") == 0:
        return "The samples may be alike, since temperature is 0."
    return "The samples may be alike, since a seed is set." if "seed" in settings.request else ""


def _is_reader(reply: Reply) -> bool:
    return reply.model == "embedded-reader"


def _why_only_one(reply: Reply) -> str:
    if _is_reader(reply):
        return "The embedded reader cannot choose: that needs a language model. Name one with %vision use NAME."
    return f"No log probabilities and only one sample: this is the answer that {reply.model or 'the model'} named."
