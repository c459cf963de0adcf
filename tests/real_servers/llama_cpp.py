"""llama-cpp-python with a small text model: weights that really answer. Large to build, so: make test-servers.

The model is a base model of 270 million parameters: what it says makes no sense, and is not judged. That the wire
carries a conversation, a shape, probabilities and a call is.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import vision_magic as vm
from tests.real_servers.conftest import Start

HOME = Path(__file__).parents[2] / "build" / "llamacpp"


@pytest.fixture(scope="module")
def url(start: Start) -> str:
    command = [str(HOME / "bin" / "python"), "-m", "llama_cpp.server", "--model", str(HOME / "model.gguf")]
    command += ["--host", "127.0.0.1", "--port", "{port}", "--n_ctx", "4096", "--logits_all", "true"]
    return start([*command, "--chat_format", "vicuna"], "/v1/models") + "/v1"


@pytest.fixture(autouse=True)
def _asked(url: str) -> None:
    vm.use(base_url=url, model="small", temperature=0, seed=1, max_tokens=40)


def test_it_holds_a_conversation() -> None:
    chat = vm.Conversation(system="You are terse.")
    first = chat.ask("The word of the day is quince.")
    second = chat.ask("What is the word of the day?")
    assert first.text
    assert second.text
    assert second.request is not None
    assert [message.role for message in second.request.messages] == ["system", "user", "assistant", "user"]
    assert second.text != vm.ask("What is the word of the day?").text  # what was said before was read


def test_an_answer_has_the_shape_that_was_asked_for() -> None:
    """The server knows no json_schema, and says so with a 500; it knows a schema beside json_object."""
    reply = vm.ask("Name a city and its country.", schema="city, country", max_tokens=120)
    assert reply.value.city
    assert isinstance(reply.value.country, str)
    assert reply.notes == (
        "schema sent in the prompt, with json_object with a schema: this server does not support json_schema",
    )


def test_it_gives_probabilities_of_given_answers() -> None:
    chosen = vm.choose("Is Paris in France?", ["yes", "no"])
    assert chosen.probabilities is not None
    assert sum(chosen.probabilities.values()) == pytest.approx(1)
    assert chosen.coverage is not None
    assert 0 < chosen.coverage <= 1


def test_a_function_that_must_be_called_is() -> None:
    seen: list[int] = []

    @vm.tool(safe=True)
    def double(x: int) -> int:
        """Double a number."""
        seen.append(x)
        return 2 * x

    reply = vm.ask("Use the function double on 21.", tools=[double], tool_choice="double")
    assert len(seen) == 1
    assert [(call.name, call.outcome) for call in reply.tool_calls] == [("double", "done")]
    assert len(reply.rounds) == 1
