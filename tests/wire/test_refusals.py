"""Refusals: the message of each real server is understood, and nothing else is taken for one."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, strategies as st

from tests.wire.refusal_examples import EXAMPLES, GENERAL, Example
from vision_magic.errors import ServerError
from vision_magic.notebook.options import GROUPS, options_of
from vision_magic.wire import failures
from vision_magic.wire.refusals import REFUSALS, recognise

# Options that an advice names, as they are written on a line of %%vision.
OPTIONS = {flag for group in GROUPS for option in options_of(group) for flag in option.option_strings}


def refused(example: Example) -> ServerError:
    return failures.from_response(
        example.status, example.data, host="h.example", base_url="https://h.example/v1", request_size=5_000_000
    )


def meaning(example: Example) -> str:
    said = failures._read(example.data.decode())
    found = recognise(example.status, said.codes, said.words, waits=said.wait is not None)
    return found.meaning if found is not None else ""


def named(examples: tuple[Example, ...]) -> list[object]:
    return [
        pytest.param(example, id=f"{number} {example.server} {example.meaning}")
        for number, example in enumerate(examples)
    ]


@pytest.mark.parametrize("example", named(EXAMPLES))
def test_d1_to_d6_each_refusal_of_a_real_server_is_understood(example: Example) -> None:
    assert meaning(example) == example.meaning
    assert example.advice in str(refused(example))


@pytest.mark.parametrize("example", named(GENERAL))
def test_d2_what_is_not_recognised_gets_the_general_advice(example: Example) -> None:
    assert meaning(example) == ""
    assert example.advice in str(refused(example))


@pytest.mark.parametrize("example", named(EXAMPLES))
def test_d7_a_refusal_is_sent_once_and_a_limit_again(example: Example) -> None:
    lasting = example.meaning not in ("too many requests", "quota used up", "the server is busy")
    error = refused(example)
    if lasting:
        assert not error.retryable
    elif example.status in (429, 503, 529):
        assert error.retryable


# The same refusals in the shapes that gateways give them.

Shape = Callable[[Any, str], Any]
SHAPES: dict[str, Shape] = {
    "LiteLLM": lambda error, said: {
        "error": {"message": f"litellm.BadRequestError: OpenAIException - {said}", "type": None, "code": "400"}
    },
    "OpenRouter": lambda error, said: {
        "error": {"message": "Provider returned error", "code": 400, "metadata": {"raw": json.dumps(error)}}
    },
    "OpenRouter text": lambda error, said: {
        "error": {"message": "Provider returned error", "code": 400, "metadata": {"raw": said}}
    },
    "JSON in the message": lambda error, said: {"error": {"message": json.dumps(error), "code": 400}},
    "FastAPI": lambda error, said: {"detail": said},
    "FastAPI object": lambda error, said: {"detail": error},
    "text": lambda error, said: {"error": said},
    "list": lambda error, said: [error],
    "vLLM": lambda error, said: {"object": "error", "message": said, "type": "BadRequestError", "code": 400},
}
# Said by words alone in any shape; the others need their code, their status or the start of the line.
BY_WORDS = tuple(
    example
    for example in EXAMPLES
    if not isinstance(example.body, str)
    and not example.meaning.startswith(("no credit", "too many requests"))
    and example.meaning not in ("more tokens than the limit per minute", "unknown model", "the model was withdrawn")
)


@pytest.mark.parametrize("shape", SHAPES)
def test_d1_to_d6_a_gateway_changes_the_shape_and_not_the_meaning(shape: str) -> None:
    for example in BY_WORDS:
        said = failures._read(example.data.decode()).message
        wrapped = example._replace(status=400, body=SHAPES[shape](example.body, said))
        assert meaning(wrapped) == example.meaning, (shape, example)


def test_d1_to_d6_an_error_inside_a_stream_has_the_same_meaning() -> None:
    for example in BY_WORDS:
        body = example.body[0] if isinstance(example.body, list) else example.body
        assert isinstance(body, dict)
        error = failures.from_error(body.get("error", body), host="h.example")
        if example.server == "HF router" or example.advice.startswith("The request is"):  # said beside the error
            continue
        assert example.advice in str(error), example


# The table itself.


def test_every_refusal_of_the_table_has_an_example() -> None:
    assert {row.meaning for row in REFUSALS} == {example.meaning for example in EXAMPLES}
    assert len({row.meaning for row in REFUSALS}) == len(REFUSALS)


def test_there_are_many_examples_of_many_servers() -> None:
    assert len(EXAMPLES) > 100
    assert len({example.server for example in EXAMPLES}) > 15


def test_an_advice_names_options_that_exist() -> None:
    steps = [str(refused(example)) for example in EXAMPLES] + [row.advice for row in REFUSALS]
    named = {flag for step in steps for flag in re.findall(r"(?<![\w-])--?[a-z][a-z-]*(?![\w-])", step.split(". ")[-1])}
    assert {"--max-side", "--max-bytes", "--no-stream", "-s"} <= named
    assert named - OPTIONS - {"--enable-auto-tool-choice", "--tool-call-parser"} == set()


def test_a_code_has_one_meaning() -> None:
    codes = [code for row in REFUSALS if not row.within for code in row.codes]
    assert len(codes) == len(set(codes))
    assert all(code == code.lower() for row in REFUSALS for code in row.codes | row.shared_codes)


@given(st.text(max_size=200), st.integers(0, 599))
def test_any_words_have_a_next_step_or_none(words: str, status: int) -> None:
    found = recognise(status, set(), words)
    assert found is None or found.next_step(words)


@pytest.mark.parametrize(
    "piece",
    [
        "image ",
        "image not ",
        "content ",
        "max 1 ",
        "model ",
        "1 pixels ",
        "9" * 40 + " ",
        "retry in ",
        "not support the ",
        "a" * 50,
    ],
)
def test_words_made_to_be_slow_are_not(piece: str) -> None:
    """Each pattern looks a bounded distance ahead: the work grows with the words, which are bounded themselves."""
    words = (piece * 4000)[:200_000]
    for body in ({"error": {"message": words}}, {"error": words}, {"detail": words}):
        assert len(str(refused(Example("words", 400, body, "", "")))) < 1000


@pytest.mark.parametrize("number", ["9" * 300, "0", "1e999", "٣", "5" * 12])
@pytest.mark.parametrize(
    "words",
    [
        "image exceeds {} MB maximum",
        "dimensions exceed {} pixels",
        "at most {} images",
        "retry in {}s",
        "limit is {} bytes",
    ],
)
def test_d4_absurd_numbers_are_no_advice_and_no_error(words: str, number: str) -> None:
    said = str(refused(Example("words", 400, {"error": words.format(number)}, "", "")))
    assert not re.search(r"--max-(?:side|bytes) 0\b|\d{20}", said.replace(number, ""))
