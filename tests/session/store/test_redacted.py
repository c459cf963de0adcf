"""Questions that look the same once they are redacted: each has its own recorded or kept answer."""

from __future__ import annotations

import base64
import contextlib
import itertools
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import hypothesis.strategies as st
import pytest
from PIL import Image as PILImage

import vision_magic as vm
from tests.session.scripted import Scripted, picture, says
from tests.session.store.exchanges import exchange, question, recorded
from vision_magic.chat.messages import Message, ToolCall, user_message
from vision_magic.secrets import Secret, redact
from vision_magic.session.default import session
from vision_magic.session.store.exchange import canonical_request
from vision_magic.session.store.json_lines import JsonLinesStore
from vision_magic.session.store.recording import Recording

Using = Callable[[], contextlib.AbstractContextManager[Any]]

BASE64 = [base64.b64encode(bytes([number]) * 300).decode() for number in (1, 2)]
KEYS = ["sk-abcdefgh-1", "sk-abcdefgh-2"]


@pytest.fixture(params=["recording", "kept"])
def using(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Using]:
    """Return a context in which answers come from a recording or from the kept answers."""
    if request.param == "recording":
        yield lambda: vm.recording(tmp_path / "lesson.jsonl", "once", speed=0)
        return
    session.state.cache._path = tmp_path / "answers.sqlite"
    session.state.cache.keep(True)
    yield contextlib.nullcontext
    session.state.cache.keep(None)
    session.state.cache._path = None


def numbered() -> Scripted:
    """Return a server that answers with the number of the request."""
    count = itertools.count(1)
    return Scripted(lambda body: says(f"answer {next(count)}"))


def lookup(name: str) -> Any:
    """Return a function of this name, whose description is redacted."""

    def function(x: int) -> int:
        return x

    function.__name__ = name
    return function


def described(words: str) -> Any:
    def function(x: int) -> int:
        return x

    function.__doc__ = f"Look up {words}."
    return function


def asks(*parts: object, **options: Any) -> tuple[tuple[object, ...], dict[str, Any]]:
    return (parts or ("What?",)), options


def schema(word: str) -> dict[str, Any]:
    shape = {"type": "object", "properties": {"x": {"type": "string", "description": word}}}
    return {"type": "json_schema", "json_schema": {"name": "answer", "schema": shape}}


def pair(make: Callable[[str], Any], words: list[str] = BASE64) -> list[Any]:
    return [make(word) for word in words]


PAIRS = [
    pytest.param(pair(lambda word: asks(f"What is {word}"), ["ACGT" * 60, "TTTT" * 60]), id="A7 long runs"),
    pytest.param(pair(lambda word: asks(f"What is {word}")), id="Base64"),
    pytest.param(pair(lambda word: asks(f"{word}\n{word[::-1]}")), id="two runs in another order"),
    pytest.param(pair(lambda word: asks(f"Is {word} a key?"), KEYS), id="what looks like a key"),
    pytest.param(pair(asks, ["Use sk-learn-pipelines", "Use sk-learn-estimators"]), id="a library"),
    pytest.param(pair(asks, ["Authorization: Bearer abcdef", "Authorization: Bearer abcdeg"]), id="Bearer"),
    pytest.param(pair(lambda word: asks(f"Is it data:image/png;base64,{word}")), id="data URIs"),
    pytest.param(pair(lambda word: asks(system=word)), id="system"),
    pytest.param(pair(lambda word: asks(stop=[word])), id="stop"),
    pytest.param(pair(lambda word: asks(extra={"note": {"deep": [word]}})), id="extra"),
    pytest.param(pair(lambda word: asks(extra={"note": {word: 1}})), id="a name in extra"),
    pytest.param(pair(lambda word: asks(response_format=schema(word))), id="schema"),
    pytest.param(pair(lambda word: asks(tools=[described(word)])), id="the description of a function"),
    pytest.param(pair(lambda word: asks(tools=[lookup(word)]), ["sk-one_12345", "sk-two_12345"]), id="its name"),
    pytest.param(pair(lambda word: asks(model=word), ["ACGT" * 60, "TTTT" * 60]), id="model"),
    pytest.param(pair(lambda word: asks("What?", vm.url(f"https://example.org/{word}.png"))), id="an address"),
    pytest.param(pair(asks, ["half \ud83d", "half ?"]), id="half a character"),
    pytest.param([asks("What?", picture(1), picture(200)), asks("What?", picture(200), picture(1))], id="order"),
    pytest.param([asks("What?", picture(1)), asks("What?", picture(1), picture(1))], id="twice"),
    pytest.param([asks(picture(1), "What?"), asks("What?", picture(1))], id="text and picture"),
    pytest.param(pair(lambda word: asks("What?", picture(1), detail=word), ["low", "high"]), id="detail"),
    pytest.param([asks(extra={"a": 1}), asks(extra={"a": True})], id="1 and true"),
    pytest.param([asks(stop="a"), asks(stop=["a"])], id="a string and a list"),
    pytest.param([asks("a", "b"), asks("a\nb")], id="two parts"),
    pytest.param([asks("What?", system="What?"), asks("What?", "What?")], id="system or part"),
]


@pytest.mark.parametrize("both", PAIRS)
def test_a7_two_questions_that_redaction_makes_equal_have_their_own_answers(using: Using, both: Any) -> None:
    server = numbered()
    (first, one), (second, two) = both
    with using():
        answers = [
            vm.ask(*parts, **{**server.options, **options}).text
            for parts, options in [(first, one), (second, two), (first, one), (second, two)]
        ]
    assert answers == ["answer 1", "answer 2", "answer 1", "answer 2"]


def test_a7_the_answers_are_told_apart_when_the_file_is_read_again(tmp_path: Path) -> None:
    server = numbered()
    for _ in range(2):
        with vm.recording(tmp_path / "lesson.jsonl", "once", speed=0):
            assert [vm.ask(word, **server.options).text for word in BASE64] == ["answer 1", "answer 2"]
    with vm.recording(tmp_path / "lesson.jsonl", "replay", speed=0), pytest.raises(vm.RecordingMiss):
        vm.ask("QUJD" * 80, **server.options)
    assert not any(word in (tmp_path / "lesson.jsonl").read_text() for word in BASE64)


def test_a7_the_arguments_of_an_earlier_call_are_told_apart(using: Using) -> None:
    """The second round is asked with what the first one called, whose arguments are redacted."""
    server = numbered()
    with using():
        for word, expected in zip([*BASE64, *BASE64], ["answer 1", "answer 2", "answer 1", "answer 2"], strict=True):
            chat = vm.Conversation(**server.options)
            call = ToolCall(id="a", name="look", arguments=json.dumps({"x": word}))
            history = (
                user_message("Look."),
                Message(role="assistant", tool_calls=(call,)),
                Message(role="tool", content="done", tool_call_id="a"),
            )
            [prepared] = session.prepare_calls(["And?"], chat.options, history)
            with session.run([prepared]) as events:
                for _ in events:
                    pass
                assert events.reply.text == expected


PIECES = st.sampled_from(["A" * 199, "B", "sk-", "abcdefgh", "Bearer ", " ", "\ud83d", "?", "é", "#", "*"])
TEXTS = st.lists(PIECES, max_size=6).map("".join)


@hypothesis.given(st.lists(TEXTS, min_size=2, max_size=2, unique=True))
def test_a7_different_texts_have_different_forms(words: list[str]) -> None:
    forms = [canonical_request(question(f"What? {word}")) for word in words]
    assert forms[0] != forms[1]
    for form in forms:
        text = json.dumps(form["messages"], ensure_ascii=False)
        assert text == text.encode("utf-8", "replace").decode()


def test_a7_the_form_of_a_text_with_nothing_to_hide_is_the_text() -> None:
    asked = canonical_request(question("What is #1, é or ****?"))
    assert asked["messages"][0]["content"][0] == {"type": "text", "text": "What is #1, é or ****?"}


@pytest.mark.parametrize("key", ["hunter2", "abcd", "sk-abcdefgh-1", "Zq" * 120])
def test_a7_nothing_in_the_file_depends_on_a_known_key(tmp_path: Path, key: str) -> None:
    """A hash of a short key in a known text can be guessed by anybody who has the file."""
    lines = []
    for number, value in enumerate([key, "correct horse battery"]):
        held = Secret(value, source="test")
        path = tmp_path / f"{number}.jsonl"
        recorded(path, exchange(question(f"Is {value} a good password?", extra={"note": [value]})))
        lines.append(path.read_text())
        assert held.reveal() not in lines[-1]
        del held
    assert lines[0] == lines[1]


def test_a7_the_index_of_kept_answers_does_not_depend_on_a_known_key(tmp_path: Path) -> None:
    from vision_magic.session.store.sqlite import _keys

    indexes = []
    for value in ("hunter2", "correct horse battery"):
        held = Secret(value, source="test")
        indexes.append(_keys(canonical_request(question(f"Is {value} a good password?")), "host"))
        assert held.reveal() == value
        del held
    assert indexes[0] == indexes[1]


def test_a7_a_recording_of_before_answers_unless_something_was_left_out(tmp_path: Path) -> None:
    """Recordings that were made before had no hashes: a question that was redacted is not in them."""
    path = tmp_path / "lesson.jsonl"
    for word in ("What is it?", f"What is {BASE64[0]}"):
        line = exchange(question(word), "old").to_line()
        content = json.loads(line)
        for part in content["request"]["messages"][0]["content"]:
            if "text" in part:
                part["text"] = redact(word)
        with path.open("a") as file:
            file.write(json.dumps(content) + "\n")
    replayed = Recording(store=JsonLinesStore(path), mode="replay")
    assert replayed.find(question("What is it?")) is not None
    with pytest.raises(vm.RecordingMiss, match="the prompt is"):
        replayed.find(question(f"What is {BASE64[0]}"))


def test_a7_pictures_that_differ_only_in_their_alpha_are_not_kept_as_one(using: Using) -> None:
    server = numbered()
    images = [PILImage.new("RGBA", (20, 20), (200, 0, 0, alpha)) for alpha in (255, 40)]
    with using():
        assert [vm.ask("What?", image, **server.options).text for image in images] == ["answer 1", "answer 2"]
