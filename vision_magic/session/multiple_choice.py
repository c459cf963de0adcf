"""Questions with given answers, and the probability of each answer.

Each answer gets a letter, and the probabilities of the letters are those of the model's first token. Models prefer some
letters whatever they stand for. The question is therefore asked with the answers in several orders, and the
probabilities are averaged.
"""

from __future__ import annotations

import math
import string
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from vision_magic.chat.reply import Choice, Reply
from vision_magic.drive import Emit, adrive, drive
from vision_magic.errors import RequestError, ServerError
from vision_magic.reprs import short_repr
from vision_magic.session.stream import AsyncReplyStream, ReplyStream
from vision_magic.text import clean_text

__all__ = ["Chosen", "achoose", "choose"]

_LETTERS: Final = string.ascii_uppercase
_MOST_ORDERS: Final = 4
_TOP_LOGPROBS: Final = 20  # alternatives for a token; the most that the specification allows
_MAX_CHARACTERS: Final = 400  # of an answer that should be a single letter
_INSTRUCTION: Final = "Answer with the letter of the correct answer and nothing else."


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The answer that a model chose, and the probability of each answer.

    Attributes
    ----------
    answer : str or None
        The most probable answer. Without probabilities, the answer that the model named; None if it named none.
    probabilities : mapping of str to float, or None
        The probability of each answer (0 to 1; their sum is 1); None if the server does not return probabilities.
    coverage : float or None
        The share of the model's probability (0 to 1) that lay on the letters of the answers. A small share means that
        the model would rather have answered something else.
    note : str
        How the probabilities were computed, or why there are none.
    replies : tuple of Reply
        The replies, one for each order of the answers.
    """

    answer: str | None
    probabilities: Mapping[str, float] | None = None
    coverage: float | None = None
    note: str = ""
    replies: tuple[Reply, ...] = field(default=(), repr=False)

    def __str__(self) -> str:
        shares = self.probabilities or {}
        listed = ", ".join(f"{name} {_percent(share)}" for name, share in shares.items())
        return clean_text(f"{self.answer or 'no answer'}{f' ({listed})' if listed else ''}\n{self.note}")

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        from vision_magic.render.probabilities import chosen_html

        return {"text/html": chosen_html(self.answer, self.probabilities, self.note), "text/plain": str(self)}


Stream = Callable[..., ReplyStream]
AsyncStream = Callable[..., AsyncReplyStream]


@dataclass(frozen=True, slots=True)
class _Ask:
    """Ask once; the outcome is the reply, or the error of a server that refuses the request."""

    parts: tuple[object, ...]
    options: dict[str, Any]


def choose(
    stream: Stream, question: str, parts: Sequence[object], orders: int | None, options: Mapping[str, Any]
) -> Chosen:
    """Ask a question with given answers, as `vision_magic.choose`.

    Parameters
    ----------
    stream : callable
        Asks; parameters as for `vision_magic.stream`.
    question, parts, orders, options
        As for `vision_magic.choose`; the last part is the list of the answers.
    """

    def perform(step: _Ask) -> Reply | ServerError:
        try:
            with stream(*step.parts, **step.options) as events:
                for _ in events:
                    if _is_enough(events.reply):
                        break
                return events.reply
        except ServerError as error:
            return error

    [chosen] = drive(_steps(question, parts, orders, options), perform)
    return chosen  # type: ignore[no-any-return]  # the driver does not know what the steps emit


async def achoose(
    stream: AsyncStream, question: str, parts: Sequence[object], orders: int | None, options: Mapping[str, Any]
) -> Chosen:
    """Ask a question with given answers from asynchronous code; as `choose`."""

    async def perform(step: _Ask) -> Reply | ServerError:
        try:
            async with stream(*step.parts, **step.options) as events:
                async for _ in events:
                    if _is_enough(events.reply):
                        break
                return events.reply
        except ServerError as error:
            return error

    steps = adrive(_steps(question, parts, orders, options), perform)
    [chosen] = [one async for one in steps]
    return chosen  # type: ignore[no-any-return]


def _is_enough(reply: Reply) -> bool:
    """Whether a reply is too long for a letter. Shorter ones are read to their end, so that they can be recorded."""
    return len(reply.choices[0].text) > _MAX_CHARACTERS


def _steps(
    question: str, parts: Sequence[object], orders: int | None, options: Mapping[str, Any]
) -> Generator[_Ask | Emit, Reply | ServerError | None, None]:
    """Yield one question for each order of the answers; the last step emits the chosen answer."""
    if isinstance(options.get("model"), list | tuple):
        raise RequestError(f"choose got {options['model']!r} as the model; expected one model. Call it once for each.")
    *images, answers = parts or (None,)
    names = _check_answers(answers)
    count = _order_count(orders, len(names))
    options = {"temperature": 0, "logprobs": True, "top_logprobs": _TOP_LOGPROBS, **options}
    replies: list[Reply] = []
    measured: list[dict[str, float]] = []
    for first in range(count):
        order = names[first:] + names[:first]
        reply, options = yield from _ask((*images, _with_letters(question, order)), options)
        replies.append(reply)
        shares = _shares(reply.choices[0], order)
        if shares is None:
            answer = _named_answer(reply.text, order)
            yield Emit([Chosen(answer=answer, note=_why_no_probabilities(reply), replies=tuple(replies))])
            return
        measured.append(shares)
    yield Emit([_average(names, measured, replies)])


def _ask(
    parts: tuple[object, ...], options: dict[str, Any]
) -> Generator[_Ask, Reply | ServerError | None, tuple[Reply, dict[str, Any]]]:
    """Ask once, and again without probabilities if the server refuses them; return the options that it accepted."""
    outcome = yield _Ask(parts, options)
    if isinstance(outcome, ServerError) and "logprobs" in options and _refuses_logprobs(outcome):
        options = {name: value for name, value in options.items() if name not in ("logprobs", "top_logprobs")}
        outcome = yield _Ask(parts, options)
    if isinstance(outcome, ServerError):
        raise outcome
    assert outcome is not None
    return outcome, options


def _check_answers(answers: object) -> list[str]:
    names = list(answers) if isinstance(answers, list | tuple) else []
    if not (2 <= len(names) <= len(_LETTERS)) or not all(isinstance(name, str) and name.strip() for name in names):
        raise RequestError(
            f"choose got {short_repr(answers)} as the answers; expected a list of 2 to 26 strings as the last "
            'argument: choose("Is it rising?", fig, ["yes", "no", "unsure"]).'
        )
    if len(set(names)) != len(names):
        raise RequestError(f"choose got {names!r}; expected answers that differ from each other.")
    return names


def _order_count(orders: int | None, count: int) -> int:
    if orders is None:
        return min(count, _MOST_ORDERS)
    if isinstance(orders, bool) or not isinstance(orders, int) or not 1 <= orders <= count:
        raise RequestError(
            f"orders got {short_repr(orders)}; expected an integer from 1 to {count}, the number of answers."
        )
    return orders


def _with_letters(question: str, order: Sequence[str]) -> str:
    if not isinstance(question, str):
        raise RequestError(
            f"choose got {short_repr(question)} as the question; expected a string as the first argument."
        )
    lines = [f"{letter}. {name}" for letter, name in zip(_LETTERS, order, strict=False)]
    return "\n".join([question, "", *lines, "", _INSTRUCTION])


def _shares(choice: Choice, order: Sequence[str]) -> dict[str, float] | None:
    """Return the probability of each answer, from the first token that is one of the letters; None without any.

    If no token is a letter, the alternatives to the first token count. Their share, and so the coverage, is then small.
    """
    letters = dict(zip(_LETTERS, order, strict=False))
    tokens = (token for token in choice.logprobs if _letter(token.get("token")) in letters)
    token = next(tokens, choice.logprobs[0] if choice.logprobs else None)
    if token is None:
        return None
    shares = dict.fromkeys(order, 0.0)
    for alternative in token.get("top_logprobs") or [token]:
        name = letters.get(_letter(alternative.get("token")))
        logprob = alternative.get("logprob")
        if name is not None and isinstance(logprob, int | float):
            shares[name] += math.exp(min(0.0, logprob))
    return shares if sum(shares.values()) > 0 else None


def _letter(token: object) -> str:
    """Return a token without the spaces and punctuation that models write around a letter."""
    return token.strip(" \n\t\"'*().:▁Ġ").upper() if isinstance(token, str) else ""


def _named_answer(text: str, order: Sequence[str]) -> str | None:
    """Return the answer that a model named by its letter or in full."""
    text = text.strip()
    letter = _letter(text.split()[0]) if text else ""
    if len(letter) == 1 and letter in _LETTERS[: len(order)]:
        return order[_LETTERS.index(letter)]
    matching = [name for name in order if name.lower() == text.strip(" .\"'").lower()]
    return matching[0] if matching else None


def _average(names: Sequence[str], measured: Sequence[Mapping[str, float]], replies: Sequence[Reply]) -> Chosen:
    sums = {name: sum(shares[name] for shares in measured) for name in names}
    total = sum(sums.values())
    probabilities = {name: share / total for name, share in sums.items()}
    orders = "one order" if len(measured) == 1 else f"{len(measured)} orders"
    coverage = min(1.0, total / len(measured))
    return Chosen(
        answer=max(probabilities, key=lambda name: probabilities[name]),
        probabilities=probabilities,
        coverage=coverage,
        note=f"Probabilities of the first token, averaged over {orders} of the answers; {_percent(coverage)} of the "
        "probability lay on their letters.",
        replies=tuple(replies),
    )


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _why_no_probabilities(reply: Reply) -> str:
    if reply.choices[0].logprobs:
        return "No probabilities: the model's answer did not begin with one of the letters."
    if reply.model == "embedded-reader":
        return "The embedded reader cannot choose: that needs a language model. Name one with %vision use NAME."
    return f"{reply.model or 'The model'} returns no probabilities; this is the answer that it named."


def _refuses_logprobs(error: ServerError) -> bool:
    return error.status in (400, 404, 422, 501) and "logprobs" in error.server_message
