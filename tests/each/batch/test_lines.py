"""Lines of a batch: what is written, how files are split, and how answers of any shape are read."""

from __future__ import annotations

import gc
import json
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from vision_magic.each.batch.lines import LineFile, SentLine, answers_in, halves, line_files, number_in

TOKEN = "0123456789ab"
URL = "/v1/chat/completions"


class Body:
    """A request in blocks."""

    def __init__(self, text: str = "x") -> None:
        value = json.dumps({"text": text}).encode()
        self.blocks = [value[:3], value[3:]]

    def __len__(self) -> int:
        return sum(map(len, self.blocks))

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.blocks)


def requests(count: int, text: str = "x") -> Iterator[tuple[SentLine, Body]]:
    return ((SentLine(number=number, key=f'"{number}"'), Body(text)) for number in range(count))


def written(count: int, folder: Path, text: str = "x", **limits: int) -> list[tuple[LineFile, list[dict[str, Any]]]]:
    """Return each file with its lines as they were while it existed."""
    return [
        (file, [json.loads(line) for line in file.path.read_bytes().splitlines()])
        for file in line_files(requests(count, text), folder, TOKEN, URL, **limits)
    ]


def test_a_line_is_the_request_with_an_id_that_says_nothing_of_the_picture(tmp_path: Path) -> None:
    [(file, [line])] = written(1, tmp_path)
    assert line == {"custom_id": f"{TOKEN}-0", "method": "POST", "url": URL, "body": {"text": "x"}}
    assert [line.key for line in file.lines] == ['"0"']


@pytest.mark.parametrize(
    ("count", "limits", "sizes"),
    [
        pytest.param(7, {"max_lines": 3}, [3, 3, 1], id="by lines"),
        pytest.param(6, {"max_lines": 3}, [3, 3], id="exactly full"),
        pytest.param(5, {"max_bytes": 220}, [2, 2, 1], id="by bytes"),
        pytest.param(2, {"max_bytes": 10}, [1, 1], id="each larger than a file"),
        pytest.param(0, {}, [], id="none"),
    ],
)
def test_requests_are_split_into_files(count: int, limits: dict[str, int], sizes: list[int], tmp_path: Path) -> None:
    files = written(count, tmp_path, **limits)
    assert [len(lines) for _, lines in files] == sizes
    numbers = [number_in(line["custom_id"], TOKEN) for _, lines in files for line in lines]
    assert numbers == list(range(count))
    assert all(file.size <= limits.get("max_bytes", 10**9) or len(lines) == 1 for file, lines in files)


def test_the_size_of_a_file_is_known_and_the_file_is_gone_after_its_turn(tmp_path: Path) -> None:
    for file in line_files(requests(5), tmp_path, TOKEN, URL, max_lines=2):
        assert file.path.stat().st_size == file.size
        assert len(list(tmp_path.iterdir())) == 1
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_one_picture_is_in_memory_at_a_time(tmp_path: Path) -> None:
    alive: list[weakref.ref[Body]] = []

    def bodies() -> Iterator[tuple[SentLine, Body]]:
        for number in range(6):
            body = Body()
            alive.append(weakref.ref(body))
            yield SentLine(number=number, key="1"), body
            del body
            gc.collect()
            assert sum(ref() is not None for ref in alive) <= 1

    assert sum(len(file.lines) for file in line_files(bodies(), tmp_path, TOKEN, URL)) == 6


def test_a_file_is_split_into_halves(tmp_path: Path) -> None:
    for file in line_files(requests(5), tmp_path, TOKEN, URL):
        first, second = halves(file)
        assert [line.number for line in first.lines + second.lines] == [0, 1, 2, 3, 4]
        assert first.path.read_bytes() + second.path.read_bytes() == file.path.read_bytes()
        assert (first.size, second.size) == (first.path.stat().st_size, second.path.stat().st_size)


def test_a_line_is_written_and_read_back_as_json() -> None:
    line = SentLine(
        number=3, key='{"path": "a.png"}', repeat=2, position=1, picture="ab", width=4, height=5, note="shrunk"
    )
    assert SentLine.from_json(json.loads(json.dumps(line.to_json()))) == line


@pytest.mark.parametrize("found", ["", "3", f"{TOKEN}-", f"{TOKEN}-x", "ffffffffffff-1", f"{TOKEN}-1-2", f" {TOKEN}-1"])
def test_an_id_that_is_not_of_this_job_is_none(found: str) -> None:
    assert number_in(found, TOKEN) is None


REPLY = {"choices": [{"message": {"content": "a"}}]}


@pytest.mark.parametrize(
    ("line", "is_reply"),
    [
        pytest.param(
            {"custom_id": "a", "response": {"status_code": 200, "body": REPLY}, "error": None}, True, id="OpenAI"
        ),
        pytest.param({"custom_id": "a", "response": {"body": REPLY}}, True, id="without a status"),
        pytest.param({"custom_id": "a", "response": {"status_code": 0, "body": {}}}, False, id="status 0"),
        pytest.param({"custom_id": "a", "response": {"status_code": 429, "body": {"error": {}}}}, False, id="a status"),
        pytest.param({"custom_id": "a", "response": None, "error": {"code": "batch_expired"}}, False, id="an error"),
        pytest.param(
            {"custom_id": "a", "response": {"status_code": 200, "body": REPLY}, "error": {"message": "no"}},
            False,
            id="an error beside a reply",
        ),
        pytest.param({"custom_id": "a", "response": [1]}, False, id="a list"),
        pytest.param({"custom_id": "a"}, False, id="nothing"),
        pytest.param({"custom_id": "a", "response": {"status_code": True, "body": "x"}}, False, id="odd values"),
    ],
)
def test_answers_are_read_as_servers_write_them(line: dict[str, Any], is_reply: bool, tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_text(json.dumps(line))
    [answer] = answers_in(path)
    assert (answer.custom_id, answer.is_reply) == ("a", is_reply)


@pytest.mark.parametrize("line", [b"{", b"[1]", b"7", b'{"custom_id": 7}', b"\xff\xfe", b'{"custom_id": null}'])
def test_a_damaged_line_has_no_id_and_the_next_is_read(line: bytes, tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_bytes(line + b'\n\n{"custom_id": "b"}\r\n')
    assert [answer.custom_id for answer in answers_in(path)] == ["", "b"]


def test_a_line_without_end_is_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vision_magic.each.batch.lines._LONGEST", 100)
    path = tmp_path / "out"
    path.write_bytes(b"x" * 350 + b'\n{"custom_id": "b"}')
    assert [answer.custom_id for answer in answers_in(path)] == ["", "b"]
