"""Decoding of server-sent events from bytes that are cut anywhere."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from vision_magic.errors import BrokenReply
from vision_magic.wire.sse import Decoder, ServerSentEvent


def decode(*pieces: bytes) -> list[tuple[str, str]]:
    decoder = Decoder()
    events = [event for piece in pieces for event in decoder.feed(piece)]
    return [(event.name, event.data) for event in events]


# Rows F… are those of the catalogue of quirks; format-… those of web-platform-tests, eventsource/.
CASES = [
    pytest.param(b"data: a\n\n", ["a"], id="plain"),
    pytest.param(b"data: a\r\n\r\ndata: b\r\n\r\n", ["a", "b"], id="F3 CRLF"),
    pytest.param(b"data: a\r\rdata: b\r\r", ["a", "b"], id="F3 CR"),
    pytest.param(b"data: a\r\n\ndata: b\r\r\ndata: c\n\r\n", ["a", "b", "c"], id="F3 mixed"),
    pytest.param(b"\n\n\r\n\rdata: a\n\n\n\n", ["a"], id="F3 blank lines over and over"),
    pytest.param(b"\xef\xbb\xbfdata: a\n\n", ["a"], id="F4 byte order mark"),
    pytest.param(b"\xef\xbb\xbf\xef\xbb\xbfdata: a\n\ndata: b\n\n", ["b"], id="F4 only one mark is taken off"),
    pytest.param(b"data:a\n\n", ["a"], id="F5 no space"),
    pytest.param(b"data:  a\n\n", [" a"], id="F5 two spaces"),
    pytest.param(b"data\n\ndata:\n\n", ["", ""], id="F5 no colon, no value"),
    pytest.param(b"data: a\ndata: b\n\n", ["a\nb"], id="F6 several lines"),
    pytest.param(b" data: a\n\ndata: b\n\n", ["b"], id="F7 leading space: an unknown field"),
    pytest.param(b": ping\n\n:\ndata: a\n: ping\n\n", ["a"], id="F1 comments"),
    pytest.param("data: a\u2028b\u2029c\x85d\x0be\x0cf\n\n".encode(), ["a\u2028b\u2029c\x85d\x0be\x0cf"], id="F8"),
    pytest.param("data: größe 🍏\n\n".encode(), ["größe 🍏"], id="F9 UTF-8"),
    pytest.param(b"data: a\xff\xc3(\n\n", ["a\ufffd\ufffd("], id="F10 invalid UTF-8"),
    pytest.param(b"retry: 3000\n\nid: 7\n\nevent: ping\n\n", [], id="F13 nothing but meta"),
    pytest.param(b"id: 7\nretry: 1\ndata: a\n\n", ["a"], id="meta with data"),
    pytest.param(b"data: a\x00b\n\n", ["a\x00b"], id="format-null-character"),
    pytest.param(b"foo: bar\ndata: a\nbar\n\n", ["a"], id="unknown fields"),
    pytest.param(b"Data: a\n\n", [], id="format-field-case"),
    pytest.param(b"data: a", [], id="unfinished"),
    pytest.param(b"data: a\n", [], id="no blank line"),
]


@pytest.mark.parametrize(("stream", "expected"), CASES)
def test_a_stream_gives_the_same_events_at_every_split(stream: bytes, expected: list[str]) -> None:
    assert [data for _, data in decode(stream)] == expected
    assert [data for _, data in decode(*(bytes([byte]) for byte in stream))] == expected
    for position in range(len(stream) + 1):
        assert [data for _, data in decode(stream[:position], stream[position:])] == expected


LINE_ENDS = st.sampled_from(["\n", "\r", "\r\n"])
WORDS = st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=20)


@given(st.lists(st.tuples(st.lists(WORDS, min_size=1, max_size=3), LINE_ENDS), max_size=6), st.data())
def test_any_events_in_any_pieces_come_out_as_they_went_in(
    events: list[tuple[list[str], str]], data: st.DataObject
) -> None:
    # A CR as line end before an LF as line end would be one CRLF: the standard joins them, so each event ends alike.
    stream = "".join("".join(f"data: {line}{end}" for line in lines) + end for lines, end in events).encode()
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=8)))
    pieces = [stream[a:b] for a, b in zip([0, *cuts], [*cuts, len(stream)], strict=True)]
    found = [text for _, text in decode(*pieces)]
    assert found == [text for _, text in decode(stream)]
    if all(end == events[0][1] for _, end in events):
        assert found == ["\n".join(lines) for lines, _ in events]


@given(st.lists(st.binary(max_size=40), max_size=20))
def test_no_bytes_raise_anything(pieces: list[bytes]) -> None:
    decoder = Decoder()
    for piece in pieces:
        decoder.feed(piece)
    decoder.flush()
    assert decode(*pieces) == decode(b"".join(pieces))


def test_an_event_has_the_name_that_the_stream_gave_it() -> None:
    assert decode(b"event: error\ndata: a\n\ndata: b\n\n") == [("error", "a"), ("message", "b")]


def test_a_line_that_ended_in_cr_is_not_held_back() -> None:
    """F3: httpx-sse waits for the next read, which may come with the next token."""
    assert decode(b"data: a\r\r") == [("message", "a")]


def test_the_end_gives_what_it_cut_off() -> None:
    decoder = Decoder()
    assert decoder.feed(b"data: [DO") == []
    assert decoder.feed(b"NE]") == []
    assert decoder.flush() == [ServerSentEvent("[DONE]")]
    assert decoder.flush() == []


@pytest.mark.parametrize(
    "pieces",
    [
        pytest.param([b"data: " + b"x" * 300], id="in one line"),
        pytest.param([b"data: " + b"x" * 30 + b"\n"] * 10, id="in many lines"),
        pytest.param([b"data: "] + [b"x"] * 300, id="in many pieces"),
        pytest.param([b"event: " + b"x" * 300], id="in its name"),
        pytest.param([b":" + b"x" * 300], id="in a comment without end"),
    ],
)
def test_an_event_over_the_cap_is_refused(pieces: list[bytes]) -> None:
    decoder = Decoder(max_event=256)
    with pytest.raises(BrokenReply, match="more than 256 bytes"):
        list(map(decoder.feed, pieces))


def test_many_small_events_and_comments_never_reach_the_cap() -> None:
    decoder = Decoder(max_event=256)
    for _ in range(1000):
        decoder.feed(b": still here\n\n: again\n")
        assert len(decoder.feed(b"data: 12345678\n\n")) == 1


def test_a_line_of_megabytes_in_small_pieces_is_no_trouble() -> None:
    """F12: if they were joined at each piece, these 16 MiB would be copied four thousand times."""
    decoder = Decoder()
    decoder.feed(b"data: ")
    for _ in range(4096):
        assert decoder.feed(b"x" * 4096) == []
    [event] = decoder.feed(b"\n\n")
    assert len(event.data) == 4096 * 4096


@pytest.mark.parametrize(("stream", "expected"), CASES)
def test_the_end_gives_the_same_at_every_split(stream: bytes, expected: list[str]) -> None:
    def whole(*pieces: bytes) -> list[ServerSentEvent]:
        decoder = Decoder()
        return [event for piece in pieces for event in decoder.feed(piece)] + decoder.flush()

    once = whole(stream)
    assert [event.data for event in once[: len(expected)]] == expected
    assert len(once) <= len(expected) + 1
    assert whole(*(bytes([byte]) for byte in stream)) == once
    for position in range(len(stream) + 1):
        assert whole(stream[:position], b"", stream[position:]) == once


@given(st.lists(st.sampled_from([b"data: a\n\n", b"data: b", b"\n", b"\r", b": c\n", b"event: e\n", b"data: \r\n\n"])))
def test_a_whole_event_in_one_read_changes_nothing_for_those_around_it(pieces: list[bytes]) -> None:
    """Nothing of an event may leak into the next one."""
    found = decode(*pieces)
    assert found == decode(*(bytes([byte]) for byte in b"".join(pieces)))
    assert found == decode(b"".join(pieces))


@pytest.mark.parametrize("byte", [b"x", b":", b"\xff"], ids=["data", "colons", "no UTF-8"])
def test_a_long_line_that_comes_byte_by_byte_is_no_trouble(byte: bytes) -> None:
    """F12: if they were joined at each byte, half a million bytes would be 125 billion bytes copied."""
    decoder = Decoder()
    decoder.feed(b"data: ")
    for _ in range(500_000):
        decoder.feed(byte)
    [event] = decoder.feed(b"\n\n")
    assert len(event.data) == 500_000


def test_an_endless_comment_is_refused_like_an_endless_event() -> None:
    """Holding it until its line ends would fill the memory; skipping it would hide what is wrong.

    Comments that end cost nothing, however many there are.
    """
    decoder = Decoder(max_event=1000)
    for _ in range(1000):
        assert decoder.feed(b": " + b"x" * 900 + b"\n") == []
    with pytest.raises(BrokenReply):
        list(map(decoder.feed, [b": "] + [b"x" * 100] * 11))


@pytest.mark.parametrize("line", [b"id: 7\n", b"retry: 5\n", b"foo: bar\n", b"foo\n", b": c\n"], ids=repr)
def test_lines_that_say_nothing_never_reach_the_cap(line: bytes) -> None:
    decoder = Decoder(max_event=100)
    for _ in range(1000):
        assert decoder.feed(line) == []
    assert len(decoder.feed(b"data: a\n\n")) == 1


@pytest.mark.parametrize(
    "pieces", [[b"data: " + b"x" * 300 + b"\n\n"], [b"data: a\n\n", b"data: " + b"x" * 300 + b"\n\n"]]
)
def test_an_event_over_the_cap_is_refused_in_one_read_too(pieces: list[bytes]) -> None:
    decoder = Decoder(max_event=256)
    with pytest.raises(BrokenReply):
        list(map(decoder.feed, pieces))
