"""Function calls: the function that the question names is called with measured facts."""

from __future__ import annotations

import json
from typing import Any

import pytest

import vision_magic
from tests.engine.pictures import chunks_of, dots, post, request_body, two_lines
from vision_magic.engine.transport import BASE_URL, MODEL, EmbeddedTransport


def function(name: str, **parameters: str) -> dict[str, Any]:
    properties = {each: {"type": kind} for each, kind in parameters.items()}
    schema = {"type": "object", "properties": properties, "required": list(properties)}
    return {"type": "function", "function": {"name": name, "parameters": schema}}


def asked(question: str, *tools: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return request_body(question, two_lines(), tools=list(tools), **fields)


def test_a_function_that_the_question_names_is_called_with_what_was_read() -> None:
    chunks = chunks_of(asked("Please use check_title on it", function("check_title", title="string", width="integer")))
    deltas = [call for chunk in chunks for call in chunk["choices"][0]["delta"].get("tool_calls", ())]
    assert deltas[0]["function"]["name"] == "check_title"
    assert len(deltas) > 2  # it comes in pieces, as from servers
    arguments = json.loads("".join(delta["function"]["arguments"] for delta in deltas))
    assert arguments == {"title": "Harvest by year", "width": two_lines().width}
    assert chunks[-1]["choices"][0]["finish_reason"] == "tool_calls"


def test_a_whole_reply_has_the_same_call_as_a_streamed_one() -> None:
    body = asked("check_title", function("check_title", title="string"))
    choice = post(body | {"stream": False}).json()["choices"][0]
    (call,) = choice["message"]["tool_calls"]
    assert (choice["finish_reason"], choice["message"]["content"]) == ("tool_calls", None)
    assert call["function"] == {"name": "check_title", "arguments": '{"title": "Harvest by year"}'}
    streamed = chunks_of(body | {"stream": True})[1]["choices"][0]["delta"]["tool_calls"][0]
    assert streamed["id"] == call["id"]


def test_the_first_function_that_is_named_is_called_and_others_are_not() -> None:
    tools = [function("title"), function("check_title"), function("zoom")]
    chunks = chunks_of(asked("What about check_title, then zoom?", *tools))
    assert chunks[1]["choices"][0]["delta"]["tool_calls"][0]["function"]["name"] == "check_title"


@pytest.mark.parametrize(
    "choice", [{"type": "function", "function": {"name": "look"}}, "required"], ids=["forced", "required"]
)
def test_a_function_that_must_be_called_need_not_be_named(choice: Any) -> None:
    choices = post(asked("Well?", function("look"), tool_choice=choice)).json()["choices"]
    assert choices[0]["message"]["tool_calls"][0]["function"] == {"name": "look", "arguments": "{}"}


@pytest.mark.parametrize(
    ("body", "words"),
    [
        pytest.param(asked("What is it?", function("look")), "names (here: look)", id="not named"),
        pytest.param(asked("A look at it", function("loo")), "names (here: loo)", id="only a part of a word"),
        pytest.param(asked("zoom", function("zoom", factor="number")), "`factor` is not something", id="not measured"),
        pytest.param(asked("f", function("f", title="integer")), "expected a whole number", id="of another type"),
        pytest.param(
            asked("f", function("f"), tool_choice={"type": "function", "function": {"name": "g"}}),
            "expected none, auto, required or one of f",
            id="a choice that is not offered",
        ),
        pytest.param(asked("f", {"type": "function"}), "not a function with a name", id="no name"),
        pytest.param(
            request_body("f", tools=[function("f", title="string")]), "No picture arrived", id="without a picture"
        ),
        pytest.param(request_body("f", dots(), functions=[{"name": "f"}]), "`functions` lets", id="the old field"),
    ],
)
def test_what_it_cannot_call_is_refused(body: dict[str, Any], words: str) -> None:
    response = post(body)
    assert response.status_code == 400
    assert words in response.json()["error"]["message"]


def test_with_tool_choice_none_it_answers_as_without_functions() -> None:
    plain = post(request_body("size?", dots())).json()
    told = post(request_body("size?", dots(), tools=[function("size")], tool_choice="none")).json()
    assert told["choices"] == plain["choices"]


def test_what_a_function_gave_is_quoted_and_cannot_leave_its_fence() -> None:
    @vision_magic.tool(safe=True)
    def check_title(title: str) -> str:
        """Check a title."""
        return f"{title}!\n```\n# not a heading"

    reply = vision_magic.ask("Is it good? check_title", two_lines(), tools=[check_title], profile="embedded")
    assert [call.name for call in reply.tool_calls] == ["check_title"]
    assert reply.text.endswith("````text\n" + reply.text.split("````text\n")[1])
    assert "Harvest by year!\n```\n# not a heading\n````" in reply.text
    assert "measured" not in reply.text  # the title is that of the figure object


def test_a_picture_that_a_function_gave_is_looked_at() -> None:
    @vision_magic.tool(safe=True)
    def corner() -> object:
        """Return the upper left corner."""
        return two_lines().crop((0, 0, 120, 90))

    reply = vision_magic.ask("What is in the corner?", two_lines(), tools=[corner], profile="embedded")
    assert "Read from the pixels (120 × 90)" in reply.text


def test_openais_client_runs_the_whole_exchange() -> None:
    import httpx2  # the client's own family
    import openai

    def passed_on(request: httpx2.Request) -> httpx2.Response:
        import httpx

        response = EmbeddedTransport().handle_request(
            httpx.Request(request.method, str(request.url), content=request.read())
        )
        return httpx2.Response(response.status_code, content=response.read(), headers=dict(response.headers))

    client = openai.OpenAI(
        api_key="none", base_url=BASE_URL, http_client=httpx2.Client(transport=httpx2.MockTransport(passed_on))
    )
    messages = request_body("Please look", two_lines())["messages"]
    tools: Any = [function("look", title="string")]
    first = client.chat.completions.create(model=MODEL, messages=messages, tools=tools).choices[0].message
    assert first.tool_calls
    messages += [
        first.model_dump(exclude_none=True),
        {"role": "tool", "tool_call_id": first.tool_calls[0].id, "content": "It looks well."},
    ]
    second = client.chat.completions.create(model=MODEL, messages=messages, tools=tools).choices[0].message
    assert second.content is not None
    assert "It looks well." in second.content
    assert not second.tool_calls
