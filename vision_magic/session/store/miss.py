"""The message of a miss: what a recording holds, and how its closest question differs from the one that was asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from vision_magic.images.figure_facts.values import FACTS_HEADER
from vision_magic.session.store.exchange import DHASH_BITS, RecordedExchange
from vision_magic.session.store.matching import NEAR, image_difference, image_differences, looks_alike, same_question
from vision_magic.session.teaching import DEFAULT_QUESTIONS, MODES_WITH_SCHEMA, mode_and_system

__all__ = ["explain_miss"]

_LISTED: Final = 5  # recorded questions in a message
_COMPARED: Final = 200  # characters of a prompt; the time of a comparison grows with the cube of the length
_AN_OPTION: Final = 0.5  # how far a question with another option is from this one; 1 is another text altogether


def explain_miss(request: Mapping[str, Any], exchanges: Sequence[RecordedExchange], name: str) -> str:
    """Return a message on how the closest recorded exchange differs from a request.

    Parameters
    ----------
    request : mapping
        The request in canonical form.
    exchanges : sequence of RecordedExchange
        All recorded exchanges.
    name : str
        The name of the recording's file.
    """
    if not exchanges:
        return f"{name} holds no answers yet. Record some with %vision record {name}."
    closest = min(exchanges, key=lambda one: _distance(request, one.request))
    differences = "; ".join(_differences(request, closest.request)) or _other_model(request, exchanges)
    which = (
        "The one recorded question" if len(exchanges) == 1 else f"The closest of {len(exchanges)} recorded questions"
    )
    return (
        f"{name} has no answer to this question. {_recorded_questions(request, exchanges)}{which} differs: "
        f"{differences}. Ask a recorded question, or the model in use after %vision replay off; "
        f"if the recording is yours, add this question with %vision record {name}."
    )


def _recorded_questions(request: Mapping[str, Any], exchanges: Sequence[RecordedExchange]) -> str:
    """Return a sentence with the questions that are recorded for the pictures of a request, if that helps."""
    if len(exchanges) == 1 or not request["images"]:
        return ""
    questions = list(dict.fromkeys(_in_words(one.request) for one in exchanges if looks_alike(request, one.request)))
    if not questions:
        return ""
    more = f"; and {len(questions) - _LISTED} more" if len(questions) > _LISTED else ""
    return f"Recorded for this picture: {'; '.join(questions[:_LISTED])}{more}. "


def _in_words(request: Mapping[str, Any]) -> str:
    """Return a question with its options as they are typed, such as ``'Which day?' with --hint``."""
    prompt, options = _prompt(request), " ".join(_switches(request))
    if prompt in DEFAULT_QUESTIONS and options:
        return f"{options} without a text"
    return f"{_short(prompt)} with {options}" if options else _short(prompt)


def _other_model(request: Mapping[str, Any], exchanges: Sequence[RecordedExchange]) -> str:
    """Return the difference of a request that differs from several recorded ones only in its model."""
    models = dict.fromkeys(
        str(one.request.get("model")) for one in exchanges if not any(_differences(request, one.request))
    )
    if request["model"] in models:
        return "its answers have all been used"
    return f"the model is {request['model']} (recorded: {', '.join(models)})"


def _distance(request: Mapping[str, Any], other: Mapping[str, Any]) -> tuple[float, int, int]:
    """Return how far a recorded question is from the one asked: in its text and mode, its options, its images."""
    import difflib

    prompt, recorded = _prompt(request)[:_COMPARED], _prompt(other)[:_COMPARED]
    similarity = difflib.SequenceMatcher(None, prompt.casefold(), recorded.casefold(), autojunk=False).ratio()
    switches = len(set(_switches(request)) ^ set(_switches(other)))
    options = sum(1 for _ in _different_options(request, other))
    return 1 - similarity + _AN_OPTION * switches, options, image_difference(request, other)


def _differences(request: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[str]:
    """Yield how two requests differ, in words: options as they are typed first, since another one changes the rest."""
    yield from _different_switches(request, other)
    if _loose_prompt(request) != _loose_prompt(other):
        yield f"the prompt is {_shown_prompt(request)} (recorded: {_shown_prompt(other)})"
    elif _facts(request) and _facts(other) and _facts(request) != _facts(other):
        yield "the facts of the figure differ from the recorded ones"
    yield from _different_before(request, other)
    count, recorded_count = len(request["images"]), len(other.get("images", ()))
    if count != recorded_count:
        yield f"it has {_pictures(count)} (recorded: {recorded_count})"
    elif _kinds(request) != _kinds(other):
        yield "text and pictures are in a different order"
    for name, value, recorded in _different_options(request, other):
        yield f"{name} is {_short(value)} (recorded: {_short(recorded)})"
    for number, difference in enumerate(image_differences(request, other), 1):
        if difference > NEAR:
            share, limit = difference / DHASH_BITS, NEAR / DHASH_BITS
            yield f"picture {number} differs by {share:.0%} (at most {limit:.0%} is accepted)"


def _different_before(request: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[str]:
    """Yield how what stands before the prompts differs: the system prompt and earlier turns."""
    system, recorded_system = (mode_and_system(_system(one))[1] for one in (request, other))
    if system != recorded_system:
        yield f"system is {_short(system or None)} (recorded: {_short(recorded_system or None)})"
    turns, recorded_turns = _turns(request), _turns(other)
    if bool(turns) != bool(recorded_turns):
        yield "it continues a conversation (recorded: without -c)" if turns else "it has no -c (recorded: with -c)"
    elif turns != recorded_turns:
        yield "the conversation before it differs"


def _different_switches(request: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[str]:
    """Yield the options of the magic that only one of two requests has, or that differ in their value."""
    here, there = _switches(request), _switches(other)
    for switch in there:
        if switch not in here:
            yield f"it has no {switch} (recorded: with {switch})"
    for switch in here:
        if switch not in there:
            yield f"it has {switch} (recorded: without {switch})"
    if "--schema" in here and "--schema" in there and _schema(request) != _schema(other):
        yield "its --schema is not the recorded one"


def _switches(request: Mapping[str, Any]) -> list[str]:
    """Return the options of the magic that changed the texts of a request or the form of its answer, as typed."""
    mode, _ = mode_and_system(_system(request))
    typed = [f"--{mode}"] if mode else []
    if _schema(request) is not None and mode not in MODES_WITH_SCHEMA:
        typed.append("--schema")
    return [*typed, "--facts"] if _facts(request) else typed


def _different_options(request: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """Yield the fields that differ between two requests, except for a schema: name, value, recorded value."""
    options, recorded = _options(request), _options(other)
    for name in sorted(options | recorded):
        is_schema = name == "response_format" and (_schema(request) or _schema(other))
        if options.get(name) != recorded.get(name) and not is_schema:
            yield name, options.get(name), recorded.get(name)


def _options(request: Mapping[str, Any]) -> dict[str, Any]:
    options = request.get("options")
    return options if isinstance(options, dict) else {}


def _schema(request: Mapping[str, Any]) -> Any:
    """Return the schema of the answer; None if any text is one."""
    found = _options(request).get("response_format")
    return found.get("json_schema") if isinstance(found, dict) else None


def _messages(request: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [message for message in request.get("messages", ()) if isinstance(message, dict)]


def _system(request: Mapping[str, Any]) -> str:
    first = next(iter(_messages(request)), {})
    return str(first.get("content") or "") if first.get("role") == "system" else ""


def _turns(request: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the messages before the prompt, without the system prompt."""
    return [message for message in _messages(request)[:-1] if message.get("role") != "system"]


def _parts(request: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the parts of the last message from a user."""
    content = next((one.get("content") for one in reversed(_messages(request)) if one.get("role") == "user"), None)
    if isinstance(content, str):
        return [{"type": "text", "text": content}]
    return [part for part in content or () if isinstance(part, dict)]


def _texts(request: Mapping[str, Any]) -> list[str]:
    return [str(part.get("text", "")) for part in _parts(request) if "text" in part]


def _prompt(request: Mapping[str, Any]) -> str:
    """Return what the user wrote."""
    return "\n".join(text for text in _texts(request) if not text.startswith(FACTS_HEADER))


def _facts(request: Mapping[str, Any]) -> list[str]:
    return [text for text in _texts(request) if text.startswith(FACTS_HEADER)]


def _kinds(request: Mapping[str, Any]) -> list[Any]:
    """Return the kinds of the parts in order, without the facts."""
    return [part.get("type") for part in _parts(request) if not str(part.get("text", "")).startswith(FACTS_HEADER)]


def _loose_prompt(request: Mapping[str, Any]) -> Any:
    return same_question({"messages": [{"role": "user", "content": _prompt(request)}]})


def _shown_prompt(request: Mapping[str, Any]) -> str:
    prompt = _prompt(request)
    return "empty" if prompt in DEFAULT_QUESTIONS else _short(prompt)


def _pictures(count: int) -> str:
    return f"{count} picture" if count == 1 else f"{count} pictures"


def _short(value: object, max_length: int = 60) -> str:
    words = "not set" if value is None else repr(value)
    return words if len(words) <= max_length else words[: max_length - 1] + "…"
