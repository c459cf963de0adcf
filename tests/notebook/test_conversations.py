"""Cells that continue a conversation, functions, typed answers, and the commands about conversations and usage."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image as PILImage

import vision_magic as vm
from tests.notebook.conftest import Run
from tests.servers import END, LoopbackServer, chunk
from vision_magic.notebook.conversations import Conversations
from vision_magic.notebook.state import state_of
from vision_magic.session.conversation import Question
from vision_magic.session.default import session


def count(body: dict[str, Any]) -> Iterator[bytes]:
    """Answer with the number of the question, and count tokens."""
    asked = [message for message in body["messages"] if message["role"] == "user"]
    usage = {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110}
    yield chunk(f"answer {len(asked)}")
    yield chunk(finish_reason="stop")
    yield b"data: " + json.dumps({"choices": [], "usage": usage}).encode() + b"\n\ndata: [DONE]\n\n"


@pytest.fixture
def server(run: Run) -> Iterator[LoopbackServer]:
    run.shell.user_ns["fig"] = PILImage.new("RGB", (50, 40), "navy")
    with LoopbackServer(count) as running:
        session.use(base_url=running.url, model="model-1")
        yield running


def roles(server: LoopbackServer) -> list[str]:
    return [message["role"] for message in server.requests[-1]["messages"]]


def pictures(server: LoopbackServer) -> int:
    return json.dumps(server.requests[-1]).count('"image_url": {')


def test_a_cell_begins_anew_unless_it_continues(run: Run, server: LoopbackServer) -> None:
    run("%%vision fig\nFirst?")
    run("%%vision fig\nAnother?")
    assert roles(server) == ["user"]
    run("%%vision -c\nAnd then?")
    assert roles(server) == ["user", "assistant", "user"]
    assert "answer 2" in run.out
    assert "Another?" in json.dumps(server.requests[-1])
    assert "First?" not in json.dumps(server.requests[-1])


def test_continuing_sends_the_pictures_of_the_conversation_and_no_new_one(run: Run, server: LoopbackServer) -> None:
    run("%%vision fig\nFirst?")
    run("%%vision -c\nAnd then?")
    assert pictures(server) == 1
    assert isinstance(server.requests[-1]["messages"][-1]["content"], list)
    assert [part["type"] for part in server.requests[-1]["messages"][-1]["content"]] == ["text"]
    run("%%vision -c fig\nAgain?")  # the very same picture: once is enough
    assert pictures(server) == 1
    assert "sent again below" in json.dumps(server.requests[-1])


def test_continuing_keeps_the_model_and_the_system_prompt(run: Run, server: LoopbackServer) -> None:
    run('%%vision fig -m other -s "Be brief."\nFirst?')
    run("%%vision -c\nAnd then?")
    assert server.requests[-1]["model"] == "other"
    assert server.requests[-1]["messages"][0] == {"role": "system", "content": "Be brief."}
    run("%%vision fig\nAnew?")
    assert server.requests[-1]["model"] == "model-1"


def test_named_conversations_continue_side_by_side(run: Run, server: LoopbackServer) -> None:
    run("%%vision --chat red fig\nFirst?")
    run("%%vision --chat blue fig\nFirst?")
    run("%%vision --chat red\nAnd then?")
    assert "answer 2" in run.out
    run("%vision history blue")
    assert "1 turn" in run.out
    assert "answer 1" in run.out
    assert "No conversation is called 'rde' (did you mean 'red'?)" in run.fails("%vision history rde")


def test_undo_takes_the_last_turn_back(run: Run, server: LoopbackServer) -> None:
    run("%%vision fig\nFirst?")
    run("%%vision -c\nWrong?")
    run("%vision undo")
    assert "Taken back: Wrong?" in run.out
    run("%%vision -c\nRight?")
    assert "Wrong?" not in json.dumps(server.requests[-1])
    assert "the conversation has 2 turns" in run.fails("%vision undo 5")


def test_retry_asks_the_last_question_again_in_its_place(run: Run, server: LoopbackServer) -> None:
    run("%%vision fig\nFirst?")
    run("%%vision -c\nSecond?")
    run("%vision retry")
    assert "answer 2" in run.out
    assert server.requests[-1]["messages"] == server.requests[-2]["messages"]
    run("%vision history")
    assert "2 turns" in run.out


def test_retry_of_a_question_that_failed_takes_nothing_away(run: Run, server: LoopbackServer) -> None:
    run("%%vision fig\nFirst?")
    chats = state_of(run.shell).conversations
    first = chats.last
    run.fails("%%vision -c --base-url http://127.0.0.1:9/v1 -m other\nAnd then?")
    run.fails("%vision retry")
    assert chats.last is first
    assert first is not None
    assert [turn.question for turn in first.turns] == ["First?"]
    run("%%vision -c\nAnd now?")
    assert roles(server) == ["user", "assistant", "user"]


def test_retry_of_a_question_that_began_anew_leaves_the_others_alone(run: Run, server: LoopbackServer) -> None:
    run("%%vision fig --chat one\nFirst?")
    run("%%vision fig\nAnother?")
    run("%vision retry")
    assert [message["content"][-1]["text"] for message in server.requests[-1]["messages"]] == ["Another?"]
    chats = state_of(run.shell).conversations
    assert chats.last is not None
    assert (len(chats.named["one"]), len(chats.last)) == (1, 1)


def test_a_cell_that_failed_leaves_no_model_and_no_conversation_behind(run: Run, server: LoopbackServer) -> None:
    run("%%vision fig\nFirst?")
    chats = state_of(run.shell).conversations
    first = chats.last
    run.fails("%%vision fig --chat other --base-url http://127.0.0.1:9/v1 -m typo\nWhat?")
    assert chats.last is first
    assert chats.named == {}
    run.fails("%%vision -c --base-url http://127.0.0.1:9/v1 -m typo\nWhat?")
    run("%%vision -c\nAnd then?")
    assert server.requests[-1]["model"] == "model-1"
    assert "answer 2" in run.out


def test_the_trace_of_a_cell_that_continues_names_its_server(run: Run, server: LoopbackServer) -> None:
    with LoopbackServer(count) as other:
        run(f"%%vision fig --base-url {other.url} -m other\nFirst?")
        run("%%vision -c --wire\nAnd then?")
        assert len(other.requests) == 2
    assert f"POST {other.url}/chat/completions" in run.out


def test_retry_without_a_question_says_so(run: Run) -> None:
    assert "There is no question to ask again yet" in run.fails("%vision retry")


def test_a_fork_is_independent_of_its_original(run: Run, server: LoopbackServer) -> None:
    run("%%vision fig\nFirst?")
    run("%vision fork elsewhere")
    run("%%vision --chat elsewhere\nThere?")
    assert "answer 2" in run.out
    assert "A conversation called 'elsewhere' exists already" in run.fails("%vision fork elsewhere")
    assert "got no NAME; expected a name for the new conversation" in run.fails("%vision fork")


def test_reset_forgets(run: Run, server: LoopbackServer) -> None:
    run("%%vision fig\nFirst?")
    run("%vision reset")
    run("%%vision -c fig\nAnew?")
    assert roles(server) == ["user"]


def test_history_before_any_question_says_so(run: Run) -> None:
    assert "every %%vision cell begins one" in run.fails("%vision history")


def test_a_cell_that_fails_is_not_a_turn(run: Run, server: LoopbackServer) -> None:
    run("%%vision fig\nFirst?")
    run.fails("%%vision -c --temperature 9\nWrong?")
    run("%%vision -c\nSecond?")
    assert roles(server) == ["user", "assistant", "user"]


def test_a_dry_run_shows_the_conversation_and_is_not_a_turn(run: Run, server: LoopbackServer) -> None:
    run("%%vision fig\nFirst?")
    run("%%vision -c --dry-run\nSecond?")
    assert "answer 1" in run.out
    assert len(server.requests) == 1
    run("%vision history")
    assert "1 turn>" in run.out


# Which conversation a cell belongs to


def turn(chats: Conversations, cell_id: str, *, continues: bool = False, name: str = "") -> vm.Conversation:
    """Ask the embedded reader from a cell."""
    conversation = chats.for_cell(cell_id, continues=continues, name=name)

    def prepare() -> Question:
        return conversation.question("What size?", PILImage.new("RGB", (9, 9)), cell_id=cell_id, profile="embedded")

    with chats.turn(conversation, cell_id, {}, prepare) as question, question.stream() as events:
        list(events)
    return conversation


def test_a_cell_run_again_replaces_its_own_turn_and_nothing_else() -> None:
    chats = Conversations()
    first = turn(chats, "a")
    assert turn(chats, "b", continues=True) is first
    assert turn(chats, "a") is first
    assert [one.cell_id for one in first.turns] == ["a", "b"]
    assert turn(chats, "b", continues=True) is first
    assert [one.cell_id for one in first.turns] == ["a", "b"]


def test_a_cell_that_moves_leaves_its_old_conversation() -> None:
    chats = Conversations()
    first = turn(chats, "a")
    turn(chats, "b", continues=True)
    other = turn(chats, "b", name="other")
    assert [one.cell_id for one in first.turns] == ["a"]
    assert [one.cell_id for one in other.turns] == ["b"]
    assert chats.last is other


def test_a_cell_that_no_longer_continues_begins_anew() -> None:
    chats = Conversations()
    first = turn(chats, "a")
    turn(chats, "b", continues=True)
    assert turn(chats, "b") is not first
    assert len(first) == 1


def test_cells_without_an_id_are_never_replaced() -> None:
    chats = Conversations()
    first = turn(chats, "")
    assert turn(chats, "") is not first
    assert len(turn(chats, "", continues=True)) == 2


# Functions, typed answers, several models


def calling(body: dict[str, Any]) -> Iterator[bytes]:
    if body["messages"][-1]["role"] == "tool":
        yield chunk(f"It is {body['messages'][-1]['content']}.") + END
        return
    call = {"index": 0, "id": "c", "function": {"name": "double", "arguments": '{"x": 21}'}}
    yield chunk(delta={"tool_calls": [call]}) + chunk(finish_reason="tool_calls") + b"data: [DONE]\n\n"


DOUBLE = """import vision_magic as vm
@vm.tool(safe=True)
def double(x: int) -> int:
    return 2 * x
def risky(x: int) -> int:
    return x"""


def test_a_function_on_the_line_is_called(run: Run) -> None:
    with LoopbackServer(calling) as server:
        session.use(base_url=server.url, model="model-1")
        run(DOUBLE)
        run("%%vision --no-image --tools double\nTwice 21?")
        assert "calls double(x=21) → 42" in run.out
        assert "It is 42." in run.out
        assert server.requests[0]["tools"][0]["function"]["name"] == "double"


def test_a_function_that_is_not_marked_safe_is_not_run_where_nobody_can_be_asked(run: Run) -> None:
    with LoopbackServer(calling) as server:
        session.use(base_url=server.url, model="model-1")
        run(DOUBLE.replace("@vm.tool(safe=True)\n", ""))
        run("%%vision --no-image --tools double\nTwice 21?")
        assert "not run: Nobody can be asked here" in run.out
        run("%%vision --no-image --tools double --approve all\nTwice 21?")
        assert "→ 42" in run.out


@pytest.mark.parametrize(
    ("rule", "said", "runs"),
    [
        pytest.param("lambda call: 'no'", "it returned 'no', and only True approves", False, id="A1 a word"),
        pytest.param("refuse", "pass a function defined with def", False, id="A1 async def"),
        pytest.param("lambda call: refuse(call)", "which only aask and astream can await", False, id="A1 a coroutine"),
        pytest.param("lambda call: True", "→ 42", True, id="True"),
    ],
)
def test_the_rule_of_the_session_decides_in_a_cell(run: Run, rule: str, said: str, runs: bool) -> None:
    with LoopbackServer(calling) as server:
        session.use(base_url=server.url, model="model-1")
        run(DOUBLE.replace("@vm.tool(safe=True)\n", ""))
        run("from vision_magic.session.default import session\nasync def refuse(call):\n    return False")
        run(f"session.configure(approve={rule})")
        run("%%vision --no-image --tools double\nTwice 21?")
        assert said in run.out + run.err
        assert ("→ 42" in run.out) == runs
        assert len(server.requests) == (0 if "def" in said else 2)


@pytest.mark.parametrize("word", ["yes", "True", "1", "y", "ALL"])
def test_a1_a_word_on_the_line_that_decides_nothing_is_refused(run: Run, word: str) -> None:
    with LoopbackServer(calling) as server:
        session.use(base_url=server.url, model="model-1")
        run(DOUBLE)
        run(f"%%vision --no-image --tools double --approve {word}\nTwice 21?")
        assert "--approve" in run.out
        assert server.requests == []


def typed(body: dict[str, Any]) -> Iterator[bytes]:
    yield chunk('{"title": "Ledger", "peak": 3.5}') + END


@pytest.mark.parametrize("shape", ["Peak", '"title, peak: float"'])
def test_a_shape_on_the_line_is_read_into_the_value(run: Run, shape: str) -> None:
    with LoopbackServer(typed) as server:
        session.use(base_url=server.url, model="model-1")
        run("from dataclasses import dataclass\n@dataclass\nclass Peak:\n    title: str\n    peak: float")
        result = run(f"%%vision --no-image --schema {shape} -o reply\nWhat?")
        assert result.success, run.err
        assert run("reply.value.peak").result == 3.5
        assert server.requests[0]["response_format"]["type"] == "json_schema"


def test_a_wrong_shape_fails_the_cell_and_keeps_the_text(run: Run) -> None:
    with LoopbackServer(typed) as server:
        session.use(base_url=server.url, model="model-1")
        message = run.fails('%%vision --no-image --schema "title, peak: int" -o reply\nWhat?')
        assert "peak: input should be a valid integer" in message
        assert '"peak": 3.5' in run("reply.text").result
        assert len(server.requests) == 1
        run.fails('%%vision --no-image --schema "title, peak: int" --repair\nWhat?')
        assert len(server.requests) == 3


def test_a_misspelt_type_is_not_a_short_form(run: Run) -> None:
    run("class Peak: pass")
    assert "--schema got Paek, which is not a name in the notebook" in run.fails(
        "%%vision --no-image --schema Paek\nWhat?"
    )


def test_several_models_are_named_one_after_another(run: Run, server: LoopbackServer) -> None:
    run("%%vision fig -m small -m large -o both\nWhat?")
    assert "small · 10 tokens" in run.out
    assert "large · 10 tokens" in run.out
    assert sorted(body["model"] for body in server.requests) == ["large", "small"]
    assert [choice.model for choice in run("both.choices").result] == ["small", "large"]
    assert run("both.usage.total_tokens").result == 220


# Usage


def test_usage_is_shown_by_model_and_cell(run: Run, server: LoopbackServer) -> None:
    run("%vision usage")
    assert "Nothing has been spent" in run.out
    asked = run.shell.run_cell("%%vision fig\nFirst?", store_history=True).execution_count
    run("%vision usage")
    assert "model-1 · 127.0.0.1" in run.out
    assert f"In [{asked}]" in run.out  # the number that the front end shows
    assert run.out.count("100") == 3  # the model, the cell, the total
    run("import vision_magic as vm; vm.use(prices={'model-1': (10, 20)}, profile='embedded')")
    run("%vision usage")
    assert "0.0012" in run.out


def test_a_cap_stops_before_it_is_passed(run: Run, server: LoopbackServer) -> None:
    run("%vision config max_tokens_total=150")
    assert "max_tokens_total     150" in run.out
    run("%%vision fig\nFirst?")
    message = run.fails("%%vision fig\n" + "words " * 60)
    assert "110 have been spent" in message
    assert len(server.requests) == 1
    run("%vision usage")
    assert "max_tokens_total is 150; 40 are left." in run.out
    run("%vision config max_tokens_total=null")
    assert run("%%vision fig\nAgain?").success


def test_config_sets_an_option_for_all_cells(run: Run, server: LoopbackServer) -> None:
    run("%vision config temperature=0.5")
    run("%%vision fig\nWhat?")
    assert server.requests[-1]["temperature"] == 0.5
    assert "expected NAME=VALUE" in run.fails("%vision config temperature")
    assert "Unknown option 'temprature'" in run.fails("%vision config temprature=1")
    assert "temperature got 9" in run.fails("%vision config temperature=9")


# Teaching modes


def quizzed(body: dict[str, Any]) -> Iterator[bytes]:
    yield chunk(json.dumps({"value": [{"question": "What is the unit?", "answer": "Tonnes."}]})) + END


def test_a_quiz_of_another_form_names_the_form_and_what_to_do_in_the_cell(run: Run) -> None:
    with LoopbackServer(lambda body: iter([chunk('{"value": "none"}') + END])) as server:
        session.use(base_url=server.url, model="model-1")
        error = str(run("%%vision --no-image --quiz -o quiz\n").error_in_exec)
    assert "does not have the form [question, answer] (" in error
    assert "its text is in quiz.text. --repair allows a correction." in error


def test_a_quiz_folds_its_answers(run: Run) -> None:
    with LoopbackServer(quizzed) as server:
        session.use(base_url=server.url, model="model-1")
        assert run("%%vision --no-image --quiz -o quiz\n").success
        html = run("quiz._repr_mimebundle_()['text/html']").result
        assert "<summary>What is the unit?</summary>" in html
        text = run("quiz._repr_mimebundle_()['text/plain']").result
        assert text.startswith("1. What is the unit?\nThe answers: quiz.value.")
        assert "Tonnes" not in text
        assert "three questions" in server.requests[0]["messages"][0]["content"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("--hint", "Never give the answer"),
        ('-s "Be brief." --hint', "Be brief."),
        ("--predict", "The student's description:"),
        ("--rubric criteria", "- axes are labelled: 5 points"),
    ],
)
def test_a_lesson_says_how_to_answer(run: Run, server: LoopbackServer, line: str, words: str) -> None:
    run("criteria = {'axes are labelled': 5, 'no clutter': 5}")
    run(f"%%vision fig {line} --no-raise-error\nIt rises.")
    assert words in json.dumps(server.requests[0]["messages"])


def test_a_lesson_needs_a_language_model_or_its_recording(run: Run, tmp_path: Path) -> None:
    run.shell.user_ns["fig"] = PILImage.new("RGB", (50, 40), "navy")
    assert "only measures" in run.fails("%%vision fig --hint\nWhat is it?")
    with session.recording(tmp_path / "lesson.jsonl", "record"):
        assert "only measures" in run.fails("%%vision fig --hint\nWhat is it?")
    assert "choose one of them" in run.fails("%%vision fig --hint --predict\nWhat is it?")
