"""Batches end to end, against a server that keeps its state: what is sent, what is stored, and which rows come."""

from __future__ import annotations

import json
import sqlite3
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import httpx
import pandas
import pytest
from PIL import Image as PILImage
from pydantic import BaseModel

from tests.each.batch_server import BatchServer, answered, refused
from vision_magic.each.ask_each import ask_each
from vision_magic.each.batch import batch as module
from vision_magic.each.batch.batch import batch, url_of
from vision_magic.each.batch.job import BatchJob
from vision_magic.each.batch.jobs import jobs
from vision_magic.each.batch.sending import MAX_ATTEMPTS, wait_before
from vision_magic.each.row import Row
from vision_magic.errors import (
    ConnectionFailed,
    Interrupted,
    RecordingMiss,
    RequestError,
    RunError,
    ServerError,
    SettingsError,
    SpendingCapReached,
)
from vision_magic.session.session import Session


class Species(BaseModel):
    genus: Literal["Noctua", "Sphinx"]
    wings: int


def pictures(count: int) -> dict[str, PILImage.Image]:
    return {f"{number}.png": PILImage.new("RGB", (8 + number, 8), (number, 0, 0)) for number in range(count)}


def width_of(line: dict[str, Any]) -> int:
    """Return the width of the picture in a line, by which pictures are told apart."""
    import base64
    import io

    url = line["body"]["messages"][-1]["content"][-1]["image_url"]["url"]
    return PILImage.open(io.BytesIO(base64.b64decode(url.partition(",")[2]))).width


def by_width(line: dict[str, Any]) -> dict[str, Any]:
    return answered(line, f"{width_of(line)} wide")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    return tmp_path


@pytest.fixture
def server() -> BatchServer:
    return BatchServer(by_width)


@pytest.fixture
def start(server: BatchServer) -> Iterator[Callable[..., BatchJob]]:
    made: list[BatchJob] = []

    def run(count: int = 4, **options: Any) -> BatchJob:
        given: dict[str, Any] = {"run": "moths", "session": Session(), **server.options, **options}
        made.append(batch("How wide?", given.pop("pictures", pictures(count)), **given))
        return made[-1]

    yield run
    for job in made:
        job.close()


def rows_of(job: BatchJob) -> list[Row]:
    return list(job.run.rows())


def texts(job: BatchJob) -> dict[Any, str]:
    return {row.key: row.text or row.error for row in rows_of(job)}


def test_a_batch_is_started_waited_for_and_its_rows_are_joined_by_id(
    start: Callable[..., BatchJob], server: BatchServer
) -> None:
    server.polls = 2
    job = start(5)
    assert repr(job).startswith("moths · batch_1 · validating 0 of 5 · 1 file · started ")
    assert rows_of(job) == []
    job.refresh()
    assert "in progress 1 of 5" in repr(job)
    job.wait(every=0.001)
    assert texts(job) == {f"{number}.png": f"{8 + number} wide" for number in range(5)}
    assert "completed 5 of 5 · 1 file · started" in repr(job)
    row = rows_of(job)[2]
    assert (row.state, row.width, row.height, len(row.picture), row.worker) == ("done", 10, 8, 64, "batch_1")
    assert (row.model, row.system_fingerprint, row.prompt_tokens, row.tries) == ("model-1-2026", "fp_1", 100, 1)
    assert job.finished
    assert job.error == ""


def test_a_line_is_the_request_that_ask_would_send_without_stream(
    start: Callable[..., BatchJob], server: BatchServer
) -> None:
    start(1, temperature=0.5, system="Be brief.")
    [line] = server.lines()
    assert (line["method"], line["url"]) == ("POST", "/v1/chat/completions")
    assert server.batches["batch_1"]["endpoint"] == "/v1/chat/completions"
    body = line["body"]
    assert "stream" not in body
    assert "stream_options" not in body
    assert (body["model"], body["temperature"]) == ("model-1", 0.5)
    assert [message["role"] for message in body["messages"]] == ["system", "user"]
    assert "0.png" not in json.dumps(line)


def test_typed_answers_are_validated_as_live_ones_are(start: Callable[..., BatchJob], server: BatchServer) -> None:
    answers = ['{"genus": "Sphinx", "wings": 4}', '{"genus": "Homo", "wings": 0}', "not JSON"]
    server.answer = lambda line: answered(line, answers[width_of(line) - 8])
    job = start(3, schema=Species)
    job.wait(every=0.001)
    good, bad, broken = rows_of(job)
    assert (good.state, good.value) == ("done", {"genus": "Sphinx", "wings": 4})
    assert (bad.state, bad.value, bad.text) == ("failed", None, answers[1])
    assert "genus" in bad.error
    assert broken.state == "failed"
    assert server.lines()[0]["body"]["response_format"]["type"] == "json_schema"


def test_the_uploaded_file_is_deleted_when_the_rows_are_here_and_that_is_said(
    start: Callable[..., BatchJob], server: BatchServer
) -> None:
    job = start(2)
    assert server.deleted == []
    job.wait(every=0.001)
    assert server.deleted == ["file-1"]
    assert "uploaded files deleted" in repr(job)
    kept = start(2, run="kept", keep_files=True)
    kept.wait(every=0.001)
    assert server.deleted == ["file-1"]
    assert "deleted" not in repr(kept)


def test_more_pictures_are_sent_alone(start: Callable[..., BatchJob], server: BatchServer) -> None:
    start(3).wait(every=0.001)
    job = start(5)
    assert len(server.lines()) == 2
    job.wait(every=0.001)
    assert [row.key for row in rows_of(job)] == [f"{number}.png" for number in range(5)]
    assert max(server.paid().values()) == 1


def test_pictures_that_are_in_a_batch_are_not_sent_again(start: Callable[..., BatchJob], server: BatchServer) -> None:
    server.polls = 99
    start(3)
    start(3)
    assert len(server.batches) == 1
    start(4)
    assert [len(server.lines(number)) for number in range(2)] == [3, 1]


def test_pictures_that_are_in_a_batch_are_not_asked_live(start: Callable[..., BatchJob], server: BatchServer) -> None:
    server.polls = 2
    job = start(3)
    job.run.release()
    more = pandas.Series(pictures(4), name="crop").rename_axis("name")
    said = ask_each("How wide?", more, run="moths", progress=False, session=Session(), **server.options)
    assert [row.key for row in said] == ["3.png"]
    assert said.key_names == ("name",)
    job.wait(every=0.001)
    assert len(texts(job)) == 4


def test_another_question_under_the_same_run_is_an_error_that_says_so(start: Callable[..., BatchJob]) -> None:
    start(1)
    with pytest.raises(RunError, match="temperature"):
        start(1, temperature=1.0)


def test_repeats_are_lines_of_their_own(start: Callable[..., BatchJob], server: BatchServer) -> None:
    job = start(2, repeat=3)
    job.wait(every=0.001)
    assert [(row.key, row.repeat) for row in rows_of(job)] == [(f"{n}.png", r) for n in range(2) for r in range(3)]
    assert len({line["custom_id"] for line in server.lines()}) == 6


def test_a_picture_that_cannot_be_read_is_a_failed_row_and_not_sent(
    start: Callable[..., BatchJob], server: BatchServer
) -> None:
    job = start(pictures={"a": PILImage.new("RGB", (8, 8)), "b": Path("missing.png")})
    job.wait(every=0.001)
    assert len(server.lines()) == 1
    rows = {row.key: row for row in rows_of(job)}
    assert (rows["a"].state, rows["b"].state) == ("done", "failed")
    assert "missing.png" in rows["b"].error


# -- splitting -------------------------------------------------------------------------------------------------


def test_many_lines_go_in_several_files(
    start: Callable[..., BatchJob], server: BatchServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_LINES", 3)
    job = start(7)
    assert [len(server.lines(number)) for number in range(3)] == [3, 3, 1]
    assert "batch_1 and 2 more" in repr(job)
    assert "3 files" in repr(job)
    job.wait(every=0.001)
    assert texts(job) == {f"{number}.png": f"{8 + number} wide" for number in range(7)}


def test_many_bytes_go_in_several_files(
    start: Callable[..., BatchJob], server: BatchServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 1000)
    start(6).wait(every=0.001)
    uploads = [data for name, data in server.files.values() if name != "out.jsonl"]
    assert len(uploads) > 1
    assert all(len(data) <= 1000 for data in uploads)


def test_a_file_that_is_too_large_for_the_server_is_split_until_it_fits(
    start: Callable[..., BatchJob], server: BatchServer
) -> None:
    server.max_bytes = 1000
    job = start(7)
    assert len(server.batches) == 4
    assert all(len(batch["input"]) <= 1000 for batch in server.batches.values())
    job.wait(every=0.001)
    assert texts(job) == {f"{number}.png": f"{8 + number} wide" for number in range(7)}
    assert max(server.paid().values()) == 1


def test_a_line_that_is_too_large_alone_is_a_failed_row(start: Callable[..., BatchJob], server: BatchServer) -> None:
    server.max_bytes = 10
    job = start(2)
    assert not server.batches
    assert [(row.state, "413" in row.error) for row in rows_of(job)] == [("failed", True)] * 2


# -- answers that are not as they should be --------------------------------------------------------------------


def test_errors_missing_doubled_and_unknown_lines_are_told_apart(
    start: Callable[..., BatchJob], server: BatchServer
) -> None:
    def answer(line: dict[str, Any]) -> dict[str, Any] | None:
        return {
            8: lambda: refused(line, "", "Rate limit reached.", 429),
            9: lambda: refused(line, "server_error", "It broke."),
            10: lambda: None,
            11: lambda: {"custom_id": line["custom_id"], "response": {"status_code": 0, "body": None}, "error": None},
        }.get(width_of(line), lambda: by_width(line))()

    server.answer = answer
    foreign = {"custom_id": "someone-else", "response": {"status_code": 200, "body": {}}}
    other_job = answered({"custom_id": "ffffffffffff-0"})
    server.finish = lambda lines: [foreign, *reversed(lines), *lines, other_job]
    job = start(6)
    job.wait(every=0.001)
    found = texts(job)
    assert "Rate limit reached." in found["0.png"]
    assert "It broke." in found["1.png"]
    assert "neither in the file of answers nor in that of errors" in found["2.png"]
    assert "no answer and no reason" in found["3.png"]
    assert (found["4.png"], found["5.png"]) == ("12 wide", "13 wide")
    assert [row.state for row in rows_of(job)] == ["failed"] * 4 + ["done"] * 2
    assert "2 lines with unknown ids" in job.error
    assert "2 lines answered a picture again" in job.error
    assert "completed 2 of 6, 4 failed" in repr(job)


def test_failed_rows_are_asked_again_by_the_next_call(start: Callable[..., BatchJob], server: BatchServer) -> None:
    server.answer = lambda line: None if width_of(line) == 9 else by_width(line)
    start(3).wait(every=0.001)
    server.answer = by_width
    job = start(3)
    assert len(server.lines()) == 1
    job.wait(every=0.001)
    assert [row.state for row in rows_of(job)] == ["done"] * 3


def test_an_expired_batch_keeps_what_was_answered(start: Callable[..., BatchJob], server: BatchServer) -> None:
    server.outcome = "expired"
    job = start(4)
    job.wait(every=0.001)
    assert [row.state for row in rows_of(job)] == ["done", "done", "failed", "failed"]
    assert rows_of(job)[3].error.startswith("The batch expired before this picture was answered. The same call again")
    assert "expired 2 of 4, 2 failed" in repr(job)
    assert server.deleted == ["file-1"]


def test_a_batch_that_fails_its_validation_gives_failed_rows_with_the_reason(
    start: Callable[..., BatchJob], server: BatchServer
) -> None:
    server.outcome = "failed"
    server.errors = [{"code": "invalid_json_line", "message": "This line is not parseable as valid JSON.", "line": 2}]
    job = start(2)
    job.wait(every=0.001)
    assert [row.state for row in rows_of(job)] == ["failed", "failed"]
    assert "refused the whole batch: This line is not parseable as valid JSON. (line 2)" in rows_of(job)[0].error
    assert "not parseable" in repr(job)


def test_a_batch_for_which_there_is_no_room_waits_and_is_created_again(
    start: Callable[..., BatchJob], server: BatchServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_LINES", 2)
    server.outcomes = ["completed", "failed"]
    server.errors = [{"code": "token_limit_exceeded", "message": "Enqueued token limit reached for model-1."}]
    job = start(4)
    job.refresh()
    assert [batch["status"] for batch in server.batches.values()] == ["completed", "failed", "validating"]
    job.wait(every=0.001)
    assert [row.state for row in rows_of(job)] == ["done"] * 4
    assert len(server.batches) == 3
    assert server.calls["upload"] == 2


def test_a_cancelled_batch_keeps_what_was_answered_and_the_rest_fails(
    start: Callable[..., BatchJob], server: BatchServer
) -> None:
    server.polls = 99
    job = start(4)
    job.cancel()
    job.wait(every=0.001)
    assert [row.state for row in rows_of(job)] == ["done", "done", "failed", "failed"]
    assert "cancelled 2 of 4" in repr(job)


def test_a_row_that_was_asked_live_meanwhile_is_kept(start: Callable[..., BatchJob], server: BatchServer) -> None:
    job = start(2)
    job.run.add(Row(key="0.png", state="done", text="live"))
    server.answer = lambda line: None if width_of(line) == 8 else by_width(line)
    job.wait(every=0.001)
    assert texts(job) == {"0.png": "live", "1.png": "9 wide"}


def test_a_batch_that_has_ended_before_its_files_are_there_is_asked_again(
    start: Callable[..., BatchJob], server: BatchServer
) -> None:
    held: dict[str, Any] = {}

    def hold(operation: str) -> None:
        for made in server.batches.values():
            if operation == "retrieve" and made["status"] == "completed" and held.get("times", 0) < 2:
                held["times"] = held.get("times", 0) + 1

    real = server._shown
    server._shown = lambda made: {  # type: ignore[method-assign]
        name: value for name, value in real(made).items() if name != "output_file_id" or held.get("times", 0) >= 2
    }
    server.hold = hold
    job = start(2)
    job.wait(every=0.001)
    assert [row.state for row in rows_of(job)] == ["done", "done"]
    assert server.calls["retrieve"] == 3


# -- answers that are lost -------------------------------------------------------------------------------------


def test_a_creation_whose_answer_is_lost_is_found_again_and_paid_once(
    start: Callable[..., BatchJob], server: BatchServer
) -> None:
    server.lost["create"] = 1
    start(3).wait(every=0.001)
    assert len(server.batches) == 1
    assert server.calls["list_batches"] == 1


def test_an_upload_whose_answer_is_lost_is_found_again(start: Callable[..., BatchJob], server: BatchServer) -> None:
    server.lost["upload"] = 1
    start(3).wait(every=0.001)
    assert server.calls["upload"] == 1
    assert server.deleted == ["file-1"]


def test_an_upload_that_was_repeated_leaves_no_file_at_the_server(
    start: Callable[..., BatchJob], server: BatchServer
) -> None:
    """The list may have a file only some time after its upload, so that it is sent again."""
    server.lost["upload"] = 1
    server.missing.add("list_files")
    job = start(3)
    server.missing.clear()
    job.wait(every=0.001)
    assert server.calls["upload"] == 2
    assert sorted(server.deleted) == ["file-1", "file-2"]


def test_a_creation_is_not_repeated_where_it_is_not_known_whether_it_happened(
    start: Callable[..., BatchJob], server: BatchServer
) -> None:
    server.lost["create"] = 1
    server.missing.add("list_batches")
    with pytest.raises(ServerError):
        start(3)
    with pytest.raises(ServerError):
        start(3)
    assert len(server.batches) == 1
    server.missing.clear()
    start(3).wait(every=0.001)
    assert max(server.paid().values()) == 1


@pytest.mark.parametrize("operation", ["upload", "create"])
def test_a_rate_limit_is_waited_for(operation: str, start: Callable[..., BatchJob], server: BatchServer) -> None:
    server.limited[operation] = 2
    start(3).wait(every=0.001)
    assert server.calls[operation] == 3
    assert len(server.batches) == 1


def test_a_wait_survives_a_server_that_is_down_for_a_while(start: Callable[..., BatchJob], server: BatchServer) -> None:
    job = start(2)
    server.lost["retrieve"] = 7
    job.wait(every=0.001)
    assert [row.state for row in rows_of(job)] == ["done", "done"]


def test_a_refresh_says_that_the_server_is_down(start: Callable[..., BatchJob], server: BatchServer) -> None:
    job = start(2)
    server.lost["retrieve"] = 99
    with pytest.raises(ConnectionFailed):
        job.refresh()


def test_a_wait_has_a_time_limit_and_can_be_interrupted(
    start: Callable[..., BatchJob], server: BatchServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.polls = 10**6
    job = start(2)
    assert len(job.wait(timeout=0)) == 0

    def interrupt(operation: str) -> None:
        raise KeyboardInterrupt

    server.hold = interrupt
    with pytest.raises(Interrupted, match="goes on at") as caught:
        job.wait(every=0.001)
    assert len(caught.value.partial) == 0


# -- settings --------------------------------------------------------------------------------------------------


def test_a_server_without_batches_is_said(start: Callable[..., BatchJob], server: BatchServer) -> None:
    server.missing.add("upload")
    with pytest.raises(ServerError, match=r"no Batch API.*write\('in.jsonl'\)"):
        start(2)
    server.missing.clear()
    assert len(rows_of(start(2).refresh())) == 2


def test_the_embedded_reader_is_told_to_ask_each() -> None:
    with pytest.raises(RequestError, match="ask_each"):
        batch("How wide?", pictures(1), profile="embedded", session=Session())


def test_a_missing_key_is_an_error_before_anything_is_made(start: Callable[..., BatchJob], server: BatchServer) -> None:
    with pytest.raises(SettingsError, match="NO_SUCH_KEY"):
        start(1, key_env="NO_SUCH_KEY")
    assert not server.calls


@pytest.mark.parametrize("discount", [0, 2, True, "half"])
def test_a_discount_is_a_share(discount: Any, start: Callable[..., BatchJob]) -> None:
    with pytest.raises(RequestError, match="discount got"):
        start(1, discount=discount)


def test_the_cap_of_the_session_stops_before_it_is_passed(start: Callable[..., BatchJob], server: BatchServer) -> None:
    with pytest.raises(SpendingCapReached, match="max_tokens_total is 50"):
        start(40, max_tokens_total=50)
    assert not server.batches


def test_the_estimate_and_the_cost_are_at_half_the_prices(start: Callable[..., BatchJob]) -> None:
    job = start(10, prices={"model-1": [1e6, 2e6]})
    assert "prompt tokens" in job.estimate
    assert "at 0.5 × your prices" in job.estimate
    job.wait(every=0.001)
    assert job.tokens == 10 * 105
    assert job.cost == pytest.approx(10 * (100 * 0.5 + 5 * 1.0))
    assert "at 0.5 × your prices" in job._repr_html_()


@pytest.mark.parametrize(
    ("base_url", "url"),
    [
        ("https://api.openai.com/v1", "/v1/chat/completions"),
        ("https://api.groq.com/openai/v1", "/v1/chat/completions"),
        ("https://x.openai.azure.com/openai/v1", "/v1/chat/completions"),
        ("https://x.openai.azure.com/openai", "/chat/completions"),
        ("https://x.openai.azure.com/openai/deployments/d", "/chat/completions"),
        ("http://127.0.0.1:4000/v1", "/v1/chat/completions"),
    ],
)
def test_the_path_of_a_request_is_the_one_that_the_server_expects(base_url: str, url: str) -> None:
    assert url_of(base_url) == url


def test_the_files_of_a_deployment_are_those_of_its_resource(
    start: Callable[..., BatchJob], server: BatchServer
) -> None:
    def route(request: httpx.Request) -> httpx.Response:
        assert request.url.path.startswith("/openai/")
        assert "deployments" not in request.url.path
        request.url = request.url.copy_with(path=request.url.path.replace("/openai/", "/v1/", 1))
        return server(request)

    options = {
        "base_url": "https://x.openai.azure.com/openai/deployments/moths",
        "query": {"api-version": "2024-10-21"},
        "transport": httpx.MockTransport(route),
    }
    start(2, **options).wait(every=0.001)
    assert {"api-version=2024-10-21" in url for url in server.urls} == {True}
    assert server.lines()[0]["url"] == "/chat/completions"


# -- files without a server ------------------------------------------------------------------------------------


def engine(path: Path, out: Path) -> None:
    """Answer a file of lines as vllm run-batch does, in another order and with one error."""
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    made = [by_width(line) for line in reversed(lines)]
    made[0] = refused(lines[-1], "", "The prompt is too long.", 400)
    out.write_text("".join(json.dumps(line) + "\n" for line in made))


def test_lines_are_written_and_answers_read_without_a_server(
    start: Callable[..., BatchJob], server: BatchServer, folder: Path
) -> None:
    job = start(4, send=False)
    assert job.write("in.jsonl") == folder / "in.jsonl"
    assert not server.calls
    assert "4 lines written to a file" in repr(job)
    engine(folder / "in.jsonl", folder / "out.jsonl")
    job.read("out.jsonl")
    assert [row.state for row in rows_of(job)] == ["done"] * 3 + ["failed"]
    assert "The prompt is too long." in rows_of(job)[3].error
    with pytest.raises(RequestError, match="no answer to a line of moths"):
        job.read("out.jsonl")


def test_answers_are_read_after_a_restart(start: Callable[..., BatchJob], folder: Path) -> None:
    start(4, send=False).write("in.jsonl")
    engine(folder / "in.jsonl", folder / "out.jsonl")
    [job] = jobs(".")
    job.read("out.jsonl")
    assert [row.state for row in rows_of(job)] == ["done"] * 3 + ["failed"]
    with pytest.raises(RequestError, match="has no pictures"):
        job.write("more.jsonl")
    job.close()


def test_only_what_is_missing_is_written_next(start: Callable[..., BatchJob], folder: Path) -> None:
    job = start(4, send=False)
    job.write("in.jsonl")
    engine(folder / "in.jsonl", folder / "out.jsonl")
    job.read("out.jsonl")
    job.write("rest.jsonl")
    assert len((folder / "rest.jsonl").read_text().splitlines()) == 1


def test_files_that_are_not_there_or_of_others_are_said(start: Callable[..., BatchJob], folder: Path) -> None:
    job = start(1, send=False)
    job.write("in.jsonl")
    (folder / "other.jsonl").write_text('{"custom_id": "ffffffffffff-0"}\n')
    with pytest.raises(RequestError, match="no answer to a line"):
        job.read("other.jsonl")
    with pytest.raises(RequestError, match="expected files of answers"):
        job.read("missing.jsonl")


# -- after a restart -------------------------------------------------------------------------------------------


def test_jobs_finds_and_polls_every_job_of_a_folder(
    start: Callable[..., BatchJob], server: BatchServer, folder: Path
) -> None:
    server.polls = 2
    start(2, run="a")
    start(3, run="b", schema=Species)
    (folder / "broken.vision.sqlite").write_text("not a database")
    sqlite3.connect(folder / "other.db").close()
    found = jobs(transport=server.transport)
    assert [job.name for job in found] == ["a", "b"]
    assert repr(found).count("in progress") == 2
    server.answer = lambda line: answered(line, '{"genus": "Sphinx", "wings": "four"}')
    again = jobs(folder, transport=server.transport)
    assert [row.state for row in rows_of(again[0])] == ["done"] * 2
    assert [row.state for row in rows_of(again[1])] == ["failed"] * 3
    assert "wings is 'four'; expected integer" in rows_of(again[1])[0].error
    for job in (*found, *again):
        job.close()


def test_jobs_says_why_a_server_cannot_be_asked(start: Callable[..., BatchJob], server: BatchServer) -> None:
    start(2)
    server.lost["retrieve"] = 99
    [job] = jobs(transport=server.transport)
    assert "closed the connection" in job.error
    assert "closed the connection" in repr(job)
    job.close()


def test_jobs_without_a_name_are_found_until_they_have_ended(
    start: Callable[..., BatchJob], server: BatchServer, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vision_magic.each.run_file.run_file.user_folder", lambda kind, error: folder / kind)
    server.polls = 3
    job = start(2, run=None)
    start(2, run="moths.db")
    found = jobs(transport=server.transport)
    assert [each.path for each in found] == [folder / "moths.db", job.path]
    assert len(jobs(folder / "data", transport=server.transport)) == 0
    job.wait(every=0.001)
    for each in (*found, *(again := jobs(transport=server.transport))):
        each.close()
    assert [each.name for each in again] == ["moths.db"]


def test_a_folder_without_jobs_says_how_to_make_one(folder: Path) -> None:
    assert repr(jobs(folder)).startswith("No batch jobs in")
    with pytest.raises(RequestError, match="expected a folder"):
        jobs(folder / "missing")


def test_nothing_that_a_server_says_becomes_html(start: Callable[..., BatchJob], server: BatchServer) -> None:
    server.outcome = "failed"
    server.errors = [{"code": "x", "message": "<img src=x onerror=alert(1)>"}]
    job = start(1)
    job.wait(every=0.001)
    assert "<img" not in job._repr_html_()
    assert "&lt;img" in job._repr_html_()


def test_no_key_is_in_the_file_of_a_run(
    start: Callable[..., BatchJob], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOTH_KEY", "sk-very-secret-0123456789")
    start(2, key_env="MOTH_KEY").wait(every=0.001)
    assert b"sk-very-secret" not in b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())


# -- with ask_each ---------------------------------------------------------------------------------------------


def test_ask_each_asks_what_a_batch_has_left_live(start: Callable[..., BatchJob], server: BatchServer) -> None:
    server.answer = lambda line: None if width_of(line) < 10 else by_width(line)
    start(5).wait(every=0.001)
    server.answer = by_width
    rows = ask_each("How wide?", pictures(5), run="moths", session=Session(), progress=False, **server.options)
    assert len(server.asked_live) == 2
    assert [row.text for row in rows] == [f"{8 + number} wide" for number in range(5)]
    assert [row.worker for row in rows] == ["", "", "batch_1", "batch_1", "batch_1"]


def test_a_batch_asks_what_ask_each_has_left(start: Callable[..., BatchJob], server: BatchServer) -> None:
    ask_each("How wide?", pictures(2), run="moths", session=Session(), progress=False, **server.options)
    job = start(5)
    assert len(server.lines()) == 3
    assert [row.worker for row in job.wait(every=0.001)] == ["", "", "batch_1", "batch_1", "batch_1"]


def test_the_keys_of_a_column_keep_their_name_and_type(start: Callable[..., BatchJob]) -> None:
    index = pandas.Index([3, 7], name="moth")
    job = start(pictures=pandas.Series([PILImage.new("RGB", (8 + number, 8)) for number in range(2)], index=index))
    frame = job.wait(every=0.001).to_pandas()
    assert frame.index.equals(index)
    assert frame.index.name == "moth"
    assert list(frame["text"]) == ["8 wide", "9 wide"]


def test_the_table_of_a_job_has_its_pictures_and_its_costs(start: Callable[..., BatchJob]) -> None:
    job = start(3, prices={"model-1-2026": [1e6, 2e6]})
    rows = job.wait(every=0.001)
    assert job.cost == rows.usage.cost == pytest.approx(3 * (100 * 0.5 + 5 * 1.0))
    assert rows.picture("1.png").width == 9
    assert rows.total == 3


# -- what seldom happens ---------------------------------------------------------------------------------------


def test_a_batch_for_which_there_is_never_room_is_given_up_with_the_reason(
    start: Callable[..., BatchJob], server: BatchServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vision_magic.each.batch.watching.wait_before", lambda attempts: 0.0)
    server.outcome = "failed"
    server.errors = [{"code": "token_limit_exceeded", "message": "Enqueued token limit reached. Limit: 90,000."}]
    job = start(2)
    job.wait(every=0.001)
    assert len(server.batches) == MAX_ATTEMPTS
    assert [row.state for row in rows_of(job)] == ["failed"] * 2
    assert "Limit: 90,000" in rows_of(job)[0].error


def test_a_batch_waits_longer_before_each_further_attempt() -> None:
    waits = [wait_before(attempts) for attempts in range(1, 9)]
    assert waits == [0, 30, 60, 120, 240, 480, 600, 600]


def test_answers_that_are_gone_give_failed_rows_after_some_polls(
    start: Callable[..., BatchJob], server: BatchServer
) -> None:
    server.missing.add("content")
    job = start(2)
    job.refresh()
    assert rows_of(job) == []
    assert "404" in job.error
    job.wait(every=0.001)
    assert [row.state for row in rows_of(job)] == ["failed"] * 2
    assert "cannot be downloaded" in job.error


def test_a_batch_that_may_have_been_created_can_be_given_up(
    start: Callable[..., BatchJob], server: BatchServer
) -> None:
    server.lost["create"] = 1
    server.missing.add("list_batches")
    with pytest.raises(ServerError, match=r"not known whether .* has started this batch"):
        start(2)
    [job] = jobs(transport=server.transport)
    assert "uploaded, perhaps started" in repr(job)
    job.cancel()
    assert job.finished
    job.close()
    start(2)
    assert len(server.batches) == 2


def test_a_batch_that_was_created_unseen_is_cancelled_at_the_server(
    start: Callable[..., BatchJob], server: BatchServer
) -> None:
    server.lost["create"] = 1
    server.missing.add("list_batches")
    with pytest.raises(ServerError):
        start(2)
    server.missing.clear()
    [job] = jobs(transport=server.transport)
    job.cancel()
    job.wait(every=0.001)
    assert server.batches["batch_1"]["status"] == "cancelled"
    assert len(rows_of(job)) == 2
    job.close()


def test_a_batch_that_the_server_does_not_know_is_an_error_until_it_is_given_up(
    start: Callable[..., BatchJob], server: BatchServer
) -> None:
    job = start(2)
    server.batches.clear()
    with pytest.raises(ServerError, match=r"does not know the batch batch_1 .*job\.cancel\(\) gives it up"):
        job.wait(every=0.001)
    server.missing.add("cancel")
    job.cancel()
    assert job.finished
    assert len(start(2).wait(every=0.001)) == 2


def test_nothing_is_sent_while_a_recording_is_replayed(
    start: Callable[..., BatchJob], server: BatchServer, folder: Path
) -> None:
    session = Session()
    with session.recording(folder / "a.cassette", "once"):
        session.ask("How wide?", pictures(1)["0.png"], **server.options)
    calls = server.calls.total()
    with session.recording(folder / "a.cassette", "replay"), pytest.raises(RecordingMiss, match="holds no batches"):
        start(2, session=session)
    assert server.calls.total() == calls


def test_a_run_that_is_finished_asks_no_server(start: Callable[..., BatchJob], server: BatchServer) -> None:
    start(3).wait(every=0.001)
    calls = server.calls.total()
    job = start(3)
    assert len(job.wait(every=0.001)) == 3
    assert server.calls.total() == calls


def test_another_kernel_that_sends_the_run_is_not_disturbed(
    start: Callable[..., BatchJob], server: BatchServer, folder: Path
) -> None:
    seen: list[str] = []

    def look(operation: str) -> None:
        if operation == "upload" and not seen:
            [job] = jobs(transport=server.transport)
            seen.append(repr(job.refresh()))
            job.close()

    server.hold = look
    start(2).wait(every=0.001)
    assert "is written by" in seen[0]
    assert len(server.batches) == 1


def test_a_key_that_belongs_to_another_server_is_not_sent_by_a_file(
    start: Callable[..., BatchJob], server: BatchServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file of a run names a server and the variable of a key; it may come from anybody."""
    start(2)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-very-secret-0123456789")
    database = sqlite3.connect("moths.vision.sqlite")
    changed = 'REPLACE(document, \'"base_url":\', \'"key_env":"OPENAI_API_KEY","base_url":\')'
    assert database.execute(f"UPDATE batches SET document = {changed} WHERE kind = 'part'").rowcount == 1
    database.commit()
    database.close()
    server.headers.clear()
    [job] = jobs(transport=server.transport)
    assert "OPENAI_API_KEY" in job.error
    assert not server.headers
    job.close()


@pytest.mark.parametrize("operation", ["upload", "create", "retrieve"])
def test_no_key_is_in_a_traceback_with_the_values_of_names(
    operation: str, start: Callable[..., BatchJob], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOTH_KEY", "sk-very-secret-0123456789")
    server = BatchServer()

    def echo(request: httpx.Request) -> httpx.Response:
        response = server(request)
        if server.calls[operation]:
            return httpx.Response(400, json={"error": {"message": f"Wrong: {request.headers['authorization']}"}})
        return response

    with pytest.raises(ServerError) as caught:
        start(1, key_env="MOTH_KEY", transport=httpx.MockTransport(echo)).refresh()
    shown = "".join(traceback.TracebackException.from_exception(caught.value, capture_locals=True).format())
    assert "Wrong:" in shown
    assert "sk-very-secret" not in shown
