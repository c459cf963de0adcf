"""Refusals: the message of each real server is understood, and nothing else is taken for one."""

from __future__ import annotations

import pytest

from tests.wire.refusal_examples import EXAMPLES, GENERAL, Example
from vision_magic.errors import ServerError
from vision_magic.wire import failures
from vision_magic.wire.refusals import recognise


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
