"""A question with given answers, and the probability of each.

The answers are lettered, and the probabilities of the letters are read from the model's first token. Models prefer
some letters whatever they stand for, so the question is asked in several orders of the answers, and the mean is taken.
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
from vision_magic.session.stream import AsyncReplyStream, ReplyStream
from vision_magic.text import clean_text

__all__ = ["Chosen", "achoose", "choose"]

_LETTERS: Final = string.ascii_uppercase
_MOST_ORDERS: Final = 4
_TOP: Final = 20  # alternatives for a token; the most that the specification allows
_LONGEST: Final = 400  # characters of an answer that should be a letter
_TOLD: Final = "Answer with the letter of the right answer and nothing else."


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The answer to a question with given answers.

    Attributes
    ----------
    answer : str or None
        The most probable of them; without probabilities the one that the model named, None where it named none.
    probabilities : mapping of str to float, or None
        From 0 to 1 for each answer, in sum 1; None where the server gives none.
    coverage : float or None
        How much of the model's probability lay on the letters at all, from 0 to 1: a small share says that the model
        would rather have said something else.
    note : str
        How the probabilities came about, or why there are none.
    replies : tuple of Reply
        What was asked and answered, one for each order.
    """

    answer: str | None
    probabilities: Mapping[str, float] | None = None
    coverage: float | None = None
    note: str = ""
    replies: tuple[Reply, ...] = field(default=(), repr=False)

    def __str__(self) -> str:
        shares = self.probabilities or {}
        told = ", ".join(f"{name} {share:.0%}" for name, share in shares.items())
        return clean_text(f"{self.answer or 'no answer'}{f' ({told})' if told else ''}\n{self.note}")

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        from vision_magic.render.probabilities import chosen_html

        return {"text/html": chosen_html(self.answer, self.probabilities, self.note), "text/plain": str(self)}


Stream = Callable[..., ReplyStream]
AsyncStream = Callable[..., AsyncReplyStream]


@dataclass(frozen=True, slots=True)
class _Ask:
    """Ask once; the outcome is the reply, or the error of a server that refuses."""

    parts: tuple[object, ...]
    options: dict[str, Any]


def choose(
    stream: Stream, question: str, parts: Sequence[object], orders: int | None, options: Mapping[str, Any]
) -> Chosen:
    """Ask a question with given answers; `stream` asks as `vision_magic.stream` does."""

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
    """As `choose`, from asynchronous code."""

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
    """Whether a reply is longer than any letter: some models go on and on. Only a whole one is recorded."""
    return len(reply.choices[0].text) > _LONGEST


def _steps(
    question: str, parts: Sequence[object], orders: int | None, options: Mapping[str, Any]
) -> Generator[_Ask | Emit, Reply | ServerError | None, None]:
    """Yield what is to be asked, one order of the answers after the other; the last step emits what was chosen."""
    if isinstance(options.get("model"), list | tuple):
        raise RequestError(f"choose got {options['model']!r} as the model; expected one: call it once for each.")
    *images, answers = parts or (None,)
    names = _checked(answers)
    count = _orders(orders, len(names))
    wanted = {"temperature": 0, "logprobs": True, "top_logprobs": _TOP, **options}
    replies: list[Reply] = []
    found: list[dict[str, float]] = []
    for first in range(count):
        order = names[first:] + names[:first]
        asked = (*images, _lettered(question, order))
        sent = yield _Ask(asked, wanted)
        if isinstance(sent, ServerError):
            if not _is_about_probabilities(sent) or "logprobs" not in wanted:
                raise sent
            wanted = {name: value for name, value in wanted.items() if name not in ("logprobs", "top_logprobs")}
            sent = yield _Ask(asked, wanted)
        if isinstance(sent, ServerError):
            raise sent
        assert sent is not None
        replies.append(sent)
        shares = _shares(sent.choices[0], order)
        if shares is None:
            yield Emit([Chosen(answer=_named(sent.text, order), note=_without(sent), replies=tuple(replies))])
            return
        found.append(shares)
    yield Emit([_average(names, found, replies)])


def _checked(answers: object) -> list[str]:
    names = list(answers) if isinstance(answers, list | tuple) else []
    if not (2 <= len(names) <= len(_LETTERS)) or not all(isinstance(name, str) and name.strip() for name in names):
        raise RequestError(
            f"choose got {answers!r} as the answers; expected a list of 2 to 26 texts, last: "
            'choose("Is it rising?", fig, ["yes", "no", "unsure"]).'
        )
    if len(set(names)) != len(names):
        raise RequestError(f"choose got {names!r}; each answer may stand there once.")
    return names


def _orders(orders: int | None, count: int) -> int:
    if orders is None:
        return min(count, _MOST_ORDERS)
    if isinstance(orders, bool) or not isinstance(orders, int) or not 1 <= orders <= count:
        raise RequestError(f"orders got {orders!r}; expected a whole number from 1 to {count}, one for each answer.")
    return orders


def _lettered(question: str, order: Sequence[str]) -> str:
    lines = [f"{letter}. {name}" for letter, name in zip(_LETTERS, order, strict=False)]
    return "\n".join([question, "", *lines, "", _TOLD])


def _shares(choice: Choice, order: Sequence[str]) -> dict[str, float] | None:
    """Return the probability of each answer, from the first token that is one of the letters; None without any.

    Where the model said none, the letters that it might have begun with count: their share is small, and told.
    """
    letters = dict(zip(_LETTERS, order, strict=False))
    said = (token for token in choice.logprobs if _letter(token.get("token")) in letters)
    token = next(said, choice.logprobs[0] if choice.logprobs else None)
    if token is None:
        return None
    shares = dict.fromkeys(order, 0.0)
    for one in token.get("top_logprobs") or [token]:
        name = letters.get(_letter(one.get("token")))
        logprob = one.get("logprob")
        if name is not None and isinstance(logprob, int | float):
            shares[name] += math.exp(min(0.0, logprob))
    return shares if sum(shares.values()) > 0 else None


def _letter(token: object) -> str:
    return token.strip(" \n\t\"'*().:▁Ġ").upper() if isinstance(token, str) else ""


def _named(text: str, order: Sequence[str]) -> str | None:
    """Return the answer that a model named by its letter, or in its words."""
    said = text.strip()
    letter = _letter(said.split()[0]) if said else ""
    if len(letter) == 1 and letter in _LETTERS[: len(order)]:
        return order[_LETTERS.index(letter)]
    matching = [name for name in order if name.lower() == said.strip(" .\"'").lower()]
    return matching[0] if matching else None


def _average(names: Sequence[str], found: Sequence[Mapping[str, float]], replies: Sequence[Reply]) -> Chosen:
    sums = {name: sum(shares[name] for shares in found) for name in names}
    total = sum(sums.values())
    probabilities = {name: share / total for name, share in sums.items()}
    orders = "one order" if len(found) == 1 else f"{len(found)} orders of the answers"
    coverage = min(1.0, total / len(found))
    return Chosen(
        answer=max(probabilities, key=lambda name: probabilities[name]),
        probabilities=probabilities,
        coverage=coverage,
        note=f"Probabilities of the first token, mean over {orders}; {coverage:.0%} lay on the answers.",
        replies=tuple(replies),
    )


def _without(reply: Reply) -> str:
    if reply.choices[0].logprobs:
        return "No probability: the model's words began with none of the letters."
    if reply.model == "embedded-reader":
        return "The embedded reader only measures: choosing needs a language model, which %vision use NAME chooses."
    return f"{reply.model or 'The model'} gives no probabilities of tokens; this is the model's word alone."


def _is_about_probabilities(error: ServerError) -> bool:
    return error.status in (400, 404, 422, 501) and "logprobs" in error.server_message
