"""Parsing of bytes to events without a transport: cases that the catalogue does not cover."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, strategies as st

from vision_magic.chat import reply_builder
from vision_magic.chat.events import Event, Finished, TextDelta
from vision_magic.chat.reply_builder import ReplyBuilder
from vision_magic.errors import BrokenReply, TruncatedReply, VisionError
from vision_magic.wire import response_parser, server_json
from vision_magic.wire.response_parser import ResponseParser

HELLO = b'data: {"choices":[{"delta":{"content":"Hello"}}]}\n\n'
END = b'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'


def checked(reader: ResponseParser, events: list[Event]) -> list[Event]:
    """Return the events, or raise the error behind them."""
    if reader.failure is not None:
        raise reader.failure
    return events


def read(*pieces: bytes) -> list[object]:
    """Return the events of a response, and the reply at its end."""
    builder = ReplyBuilder()
    reader = ResponseParser(builder, host="h")
    events: list[object] = []
    for piece in pieces:
        events.extend(checked(reader, reader.feed(piece, 0.0)))
    events.extend(checked(reader, reader.end(0.0)))
    return [*events, Finished(builder.snapshot())]


@pytest.mark.parametrize("fast", [True, False], ids=["orjson", "json"])
def test_either_parser_of_json_tells_the_same(fast: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not fast:
        monkeypatch.setattr(server_json, "_fast", None)
    halves = [HELLO.replace(b"Hello", half) for half in (rb"\ud83c", rb"\udf4f")]  # which orjson refuses
    reply = read(HELLO, *halves, END)[-1]
    assert isinstance(reply, Finished)
    assert reply.reply.text == "Hello🍏"


def test_every_split_of_a_stream_and_of_a_document_tells_the_same() -> None:
    whole = json.dumps({"choices": [{"message": {"content": "Hello"}, "finish_reason": "stop"}]}).encode()
    for body in (b"\xef\xbb\xbf" + HELLO + END, b"\xef\xbb\xbf \n" + whole):
        for cut in range(len(body) + 1):
            first, last = read(body[:cut], body[cut:])
            assert first == TextDelta("Hello")
            assert isinstance(last, Finished)


@given(
    st.lists(
        st.binary(max_size=60) | st.sampled_from([HELLO, END, b"data: ", b"{", b"[", b"<html>", b"\n\n"]), max_size=8
    )
)
def test_any_bytes_are_a_reply_or_an_error_of_ours(pieces: list[bytes]) -> None:
    try:
        last = read(*pieces)[-1]
    except VisionError:
        return
    assert isinstance(last, Finished)


# -- the rule for the end ------------------------------------------------------------------------------------

HALF = b'data: {"choices":[{"delta":{"content":"He'
STOP, DONE = b'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\n', b"data: [DONE]\n\n"


@pytest.mark.parametrize(
    ("body", "cause", "ending"),
    [
        pytest.param(HELLO + STOP + DONE, "", "stop", id="both"),
        pytest.param(HELLO + STOP, "", "stop", id="a finish reason"),
        pytest.param(HELLO + STOP, "reset", "stop", id="a finish reason, then a transport error"),
        pytest.param(HELLO + STOP + HALF, "reset", "stop", id="a finish reason, then a cut chunk"),
        pytest.param(HELLO + DONE, "", None, id="DONE, then a clean end (Snowflake)"),
        pytest.param(HELLO + DONE.rstrip(), "", None, id="F19 DONE without blank line"),
        pytest.param(HELLO + DONE, "reset", TruncatedReply, id="DONE, then a transport error (llama-cpp-python)"),
        pytest.param(HELLO + DONE.rstrip(), "reset", TruncatedReply, id="DONE cut by a transport error"),
        pytest.param(HELLO, "", TruncatedReply, id="neither"),
        pytest.param(HELLO, "reset", TruncatedReply, id="neither, and a transport error"),
        pytest.param(HELLO + HALF, "", TruncatedReply, id="cut in a chunk"),
        pytest.param(HELLO + b"data: [DON", "", TruncatedReply, id="cut in DONE"),
        pytest.param(b"", "", BrokenReply, id="S4 nothing at all"),
        pytest.param(DONE, "", BrokenReply, id="S4 nothing but DONE"),
        pytest.param(b": ping\n\nretry: 5\n\n", "", BrokenReply, id="S4 nothing but comments"),
    ],
)
def test_a_stream_is_complete_by_the_rule_and_only_by_it(body: bytes, cause: str, ending: object) -> None:
    builder = ReplyBuilder()
    reader = ResponseParser(builder, host="h")
    events: list[object] = list(reader.feed(body, 0.0))
    if isinstance(ending, type) and issubclass(ending, Exception):
        with pytest.raises(ending) as caught:
            checked(reader, reader.end(0.0, cause))
        assert caught.type is ending
        assert cause in str(caught.value)
        return
    events.extend(reader.end(0.0, cause))
    assert events == [TextDelta("Hello")]
    assert (builder.snapshot().text, builder.snapshot().finish_reason) == ("Hello", ending)


WHOLE = b'{"choices":[{"message":{"content":"Hello"},"finish_reason":"stop"}]}'


def test_a_whole_document_counts_even_if_the_transport_then_fails() -> None:
    """Its finish reason was seen; asking again would cost the same answer twice."""
    reader = ResponseParser(ReplyBuilder(), host="h")
    assert list(reader.feed(WHOLE, 0.0)) == []
    assert reader.begun
    assert list(reader.end(0.0, "reset")) == [TextDelta("Hello")]


def test_half_a_document_is_nothing_yet() -> None:
    reader = ResponseParser(ReplyBuilder(), host="h")
    assert list(reader.feed(WHOLE[:30], 0.0)) == []
    assert not reader.begun
    with pytest.raises(TruncatedReply, match="reset"):
        checked(reader, reader.end(0.0, "reset"))


# -- the first bytes -----------------------------------------------------------------------------


@pytest.mark.parametrize("blank", [b"\n", b" ", b"\r\n", b"\t"], ids=repr)
@pytest.mark.parametrize("body", [HELLO + END, WHOLE], ids=["stream", "document"])
def test_a_flood_of_blanks_is_neither_held_nor_slow(blank: bytes, body: bytes) -> None:
    """Some gateways keep a connection open with them. Holding all of them and checking them again would take hours."""
    reader = ResponseParser(ReplyBuilder(), host="h")
    for _ in range(2000):
        assert list(reader.feed(blank * 32_768, 0.0)) == []
    assert len(reader._head) <= 1024 + 2
    assert [*reader.feed(b"\n" + body, 0.0), *reader.end(0.0)] == [TextDelta("Hello")]


def test_a_leading_space_is_still_no_field() -> None:
    """F7, recorded from OpenRouter: the chunk with only the role is lost by the standard, and harmless."""
    assert read(b' data: {"choices":[{"delta":{"content":"lost"}}]}\n\n' + HELLO, END)[0] == TextDelta("Hello")


@pytest.mark.parametrize("prefix", [b"data: data: ", b"data:data:", b"data: data: data: "])
def test_f15_a_doubled_prefix_is_undone_before_done_too(prefix: bytes) -> None:
    first, last = read((HELLO + DONE).replace(b"data: ", prefix))
    assert first == TextDelta("Hello")
    assert isinstance(last, Finished)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param('{"choices":[{"delta":{"content":"a\u2028b\x85c"}}]}\n', id="F8 line separators inside"),
        pytest.param('{"choices":[{"delta":{"content":"a\u2028b\x85c"}}]}\r\n', id="CRLF"),
        pytest.param('\n\n{"choices":[{"delta":{"content":"a\u2028b\x85c"}}]}\n\n', id="blank lines"),
    ],
)
@pytest.mark.parametrize("end", ["", "[DONE]\n"])
def test_bare_lines_of_json_are_split_at_newlines_only(body: str, end: str) -> None:
    stop = '{"choices":[{"delta":{},"finish_reason":"stop"}]}\n'
    assert read((body + stop + end).encode())[0] == TextDelta("a\u2028b\x85c")


# -- broken replies -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b'{"choices":[{"delta":{"content":"data:1', id="the tail is a number"),
        pytest.param(b'{"choices":[{"delta":{"content":"data:[1]', id="the tail is a list"),
        pytest.param(b'{"choices":[{"delta":{"content":"data:null', id="the tail is null"),
        pytest.param(b"nonsense", id="no JSON at all"),
        pytest.param(b'{"a":' * 5000 + b"1" + b"}" * 5000, id="nested deeper than Python can follow"),
        pytest.param(b"[" * 100_000, id="nested and cut"),
    ],
)
def test_f16_a_broken_event_is_never_passed_over(data: bytes) -> None:
    with pytest.raises(BrokenReply, match="an event that is not JSON"):
        read(HELLO + b"data: " + data + b"\n\n" + END)


@pytest.mark.parametrize("body", [b"[" * 100_000, b'{"choices":' * 5000 + b"1" + b"}" * 5000], ids=["cut", "whole"])
def test_a_document_nested_deeper_than_python_can_follow_is_an_error_of_ours(body: bytes) -> None:
    with pytest.raises(BrokenReply, match="expected a reply"):
        read(body)


@pytest.mark.parametrize("fast", [True, False], ids=["orjson", "json"])
@pytest.mark.parametrize(
    "digits", ["9" * 400, "9" * 5000, "1e999", "-1e999", "NaN", "-Infinity"], ids=lambda d: f"C8 {d:.9}"
)
def test_c8_a_number_that_python_cannot_hold_ends_no_answer(
    fast: bool, digits: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`int` of more than 4,300 digits raises an error, and orjson refuses what is not finite."""
    if not fast:
        monkeypatch.setattr(server_json, "_fast", None)
    usage = f'"usage":{{"total_tokens":{digits}}}'
    odd = f'data: {{"created":{digits},"choices":[{{"delta":{{"content":"a"}}}}],{usage}}}\n\n'
    last = read(HELLO, odd.encode(), END)[-1]
    assert isinstance(last, Finished)
    assert last.reply.text == "Helloa"
    assert last.reply.usage is not None
    assert last.reply.usage.total_tokens is None


@pytest.mark.parametrize("framed", [True, False], ids=["stream", "body"])
def test_c8_nesting_that_no_reply_has_is_refused(framed: bool) -> None:
    """Python can parse it, but functions that walk through it, as for a recording, would fail."""
    nested = '{"choices":[{"delta":{"content":"a"},"finish_reason":"stop"}],"x":' + "[" * 300 + "]" * 300 + "}"
    with pytest.raises(BrokenReply):
        read(f"data: {nested}\n\n".encode() if framed else nested.encode())


# -- answers without end ------------------------------------------------------------------------------------------


def endless(piece: bytes, size: int) -> tuple[int, BrokenReply, str]:
    """Feed the same piece again and again; return the bytes that were read, the error and the text."""
    builder = ReplyBuilder()
    reader = ResponseParser(builder, host="h")
    fed = 0
    while reader.failure is None and fed < size:
        reader.feed(piece, 0.0)
        fed += len(piece)
    assert isinstance(reader.failure, BrokenReply)
    return fed, reader.failure, builder.snapshot("truncated").text


def test_b3_an_answer_without_end_is_stopped_and_kept() -> None:
    piece = b'data: {"choices":[{"delta":{"content":"' + b"word " * 2000 + b'"}}]}\n\n'
    fed, error, text = endless(piece, 100_000_000)
    assert fed < 17_000_000
    assert len(text) <= 16_100_000
    assert text.startswith("word word")
    assert "16,000,000 characters" in str(error)
    assert "What arrived is kept" in str(error)


@pytest.mark.parametrize(
    ("limit", "value", "piece", "said"),
    [
        pytest.param("_MAX_EVENTS", 1000, HELLO, "1,000 events", id="B3 events"),
        pytest.param("_MAX_STREAM", 200_000, HELLO, "200,000 bytes", id="B3 bytes"),
        pytest.param("_MAX_STREAM", 200_000, b": ping\n\n", "200,000 bytes", id="B3 comments"),
        pytest.param("_MAX_STREAM", 200_000, b'data: {"choices":[]}\n\n', "200,000 bytes", id="B3 empty chunks"),
    ],
)
def test_b3_every_kind_of_stream_without_end_is_stopped(
    limit: str, value: int, piece: bytes, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(response_parser, limit, value)
    assert said in str(endless(piece, 1_000_000)[1])


@pytest.mark.parametrize("framed", [True, False], ids=["B3 stream", "B3 body"])
def test_b3_a_long_answer_that_arrives_at_once_is_measured_too(framed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reply_builder, "MAX_CHARACTERS", 4)
    builder = ReplyBuilder()
    reader = ResponseParser(builder, host="h")
    events = [*reader.feed(HELLO + END if framed else WHOLE, 0.0), *reader.end(0.0)]
    assert events == [TextDelta("Hello")]
    assert "4 characters" in str(reader.failure)


def test_a_document_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(response_parser, "_MAX_BODY", 1000)
    with pytest.raises(BrokenReply, match="more than 1000 bytes"):
        read(*[b"{" + b" " * 99] * 11)


def test_what_comes_after_done_is_not_read() -> None:
    """F20."""
    builder = ReplyBuilder()
    reader = ResponseParser(builder, host="h")
    list(reader.feed(HELLO + DONE + b"data: junk\n\n" + HELLO, 0.0))
    assert reader.done
    list(reader.end(0.0))
    assert builder.snapshot().text == "Hello"
