"""Which of these is it, and how sure is the model? A question with given answers, and the probability of each.

The answers are lettered, and the probabilities of the letters are read from the model's first token. Models prefer
some letters whatever they stand for, so the question is asked once for each turn of the order and the mean taken.
"""

from __future__ import annotations

import math
import string
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from vision_magic.chat.reply import Choice, Reply
from vision_magic.errors import RequestError, ServerError
from vision_magic.session.ask import astream, stream
from vision_magic.text import clean_text

if TYPE_CHECKING:
    from vision_magic.wire.endpoint import AsyncReplyStream, ReplyStream

__all__ = ["Chosen", "achoose", "choose"]

_LETTERS: Final = string.ascii_uppercase
_MOST_TURNS: Final = 4
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


def choose(question: str, *parts: object, turns: int | None = None, **options: Any) -> Chosen:
    """Ask a question with given answers, and return the answer with the probability of each.

    Parameters
    ----------
    question : str
        What is asked.
    *parts
        The pictures, then the answers as a list of 2 to 26 texts, last.
    turns : int, optional
        In how many orders it is asked; each is a request of one token with the pictures. As many as there are
        answers, at most 4, where it is not given; 1 is cheapest, and leans to the letters that the model prefers.
    **options
        As for `vision_magic.ask`.

    Returns
    -------
    Chosen

    Examples
    --------
    >>> import vision_magic as vm
    >>> from PIL import Image
    >>> chosen = vm.choose("Is it blue?", Image.new("RGB", (320, 200), "navy"), ["yes", "no"], profile="embedded")
    >>> chosen.probabilities is None
    True
    """
    steps = _steps(question, parts, turns, options)
    sent: Reply | ServerError | None = None
    while True:
        try:
            asked, chosen = steps.send(sent)
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]
        try:
            sent = _heard(stream(*asked, **chosen))
        except ServerError as error:
            sent = error


async def achoose(question: str, *parts: object, turns: int | None = None, **options: Any) -> Chosen:
    """As `choose`, from asynchronous code."""
    steps = _steps(question, parts, turns, options)
    sent: Reply | ServerError | None = None
    while True:
        try:
            asked, chosen = steps.send(sent)
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]
        try:
            sent = await _aheard(astream(*asked, **chosen))
        except ServerError as error:
            sent = error


def _heard(events: ReplyStream) -> Reply:
    """Return the whole reply, which alone is recorded and kept; but some models go on and on after the letter."""
    with events:
        for _ in events:
            if _is_enough(events.reply):
                break
        return events.reply


async def _aheard(events: AsyncReplyStream) -> Reply:
    async with events:
        async for _ in events:
            if _is_enough(events.reply):
                break
        return events.reply


def _is_enough(reply: Reply) -> bool:
    return len(reply.choices[0].text) > _LONGEST


Asked = tuple[tuple[object, ...], dict[str, Any]]


def _steps(
    question: str, parts: Sequence[object], turns: int | None, options: Mapping[str, Any]
) -> Generator[Asked, Reply | ServerError | None, Chosen]:
    """Yield what is to be asked, is sent each reply or refusal; return what was chosen."""
    if isinstance(options.get("model"), list | tuple):
        raise RequestError(f"choose got {options['model']!r} as the model; expected one: call it once for each.")
    *pictures, answers = parts or (None,)
    names = _checked(answers)
    count = _turns(turns, len(names))
    wanted = {"temperature": 0, "logprobs": True, "top_logprobs": _TOP, **options}
    replies: list[Reply] = []
    found: list[dict[str, float]] = []
    for turn in range(count):
        order = names[turn:] + names[:turn]
        asked = (*pictures, _in_words(question, order))
        sent = yield asked, wanted
        if isinstance(sent, ServerError):
            if not _is_about_probabilities(sent) or "logprobs" not in wanted:
                raise sent
            wanted = {name: value for name, value in wanted.items() if name not in ("logprobs", "top_logprobs")}
            sent = yield asked, wanted
        if isinstance(sent, ServerError):
            raise sent
        assert sent is not None
        replies.append(sent)
        shares = _shares(sent.choices[0], order)
        if shares is None:
            return Chosen(answer=_named(sent.text, order), note=_without(sent), replies=tuple(replies))
        found.append(shares)
    return _together(names, found, replies)


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


def _turns(turns: int | None, count: int) -> int:
    if turns is None:
        return min(count, _MOST_TURNS)
    if isinstance(turns, bool) or not isinstance(turns, int) or not 1 <= turns <= count:
        raise RequestError(f"turns got {turns!r}; expected a whole number from 1 to {count}, one for each answer.")
    return turns


def _in_words(question: str, order: Sequence[str]) -> str:
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


def _together(names: Sequence[str], found: Sequence[Mapping[str, float]], replies: Sequence[Reply]) -> Chosen:
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
