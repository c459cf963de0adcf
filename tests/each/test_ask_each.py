"""`ask_each` from end to end: what is asked again, what is kept, how it ends, and what is an error."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import httpx
import matplotlib.pyplot as plt
import numpy as np
import pandas
import pytest
from matplotlib.figure import Figure
from PIL import Image as PILImage
from pydantic import BaseModel

from tests.each.answers import COMPLETION, PROMPT, Many, answered, pictures, refused
from tests.servers import interrupt_main_thread
from vision_magic.each.ask_each import aask_each, ask_each
from vision_magic.each.table.table import Table
from vision_magic.errors import ImageError, Interrupted, RequestError, RunError, ServerError, SettingsError
from vision_magic.session.default import session as default
from vision_magic.session.prepare import Cell
from vision_magic.session.session import Session


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def states(rows: Table) -> dict[Any, str]:
    return {row.key: row.state for row in rows}


# -- rows ------------------------------------------------------------------------------------------------------


def test_rows_come_in_the_order_of_the_pictures_whenever_they_are_answered() -> None:
    def slower(body: dict[str, Any]) -> httpx.Response:
        time.sleep(0.02 if len(server.bodies) < 4 else 0)
        return answered(str(len(server.bodies)))

    server = Many(slower)
    rows = server.ask(dict(zip("cab", pictures(3), strict=True)))
    assert [row.key for row in rows] == ["c", "a", "b"]


def test_the_same_call_again_asks_only_about_what_is_missing() -> None:
    failing = True

    def answer(body: dict[str, Any]) -> httpx.Response:
        return refused(400, message="odd") if failing and len(server.bodies) % 2 else answered()

    server = Many(answer)
    first = server.ask(pictures(10), run="leaves", concurrency=1)
    assert first.counts == {"done": 5, "failed": 5}
    failing = False
    again = server.ask(pictures(12), run="leaves")
    assert again.counts == {"done": 12}
    assert len(server.bodies) == 10 + 5 + 2
    assert Path("leaves.vision.sqlite").is_file()


def test_another_question_under_the_same_run_says_what_differs() -> None:
    server = Many()
    server.ask(pictures(2), run="leaves")
    with pytest.raises(RunError, match=r"question: .*What is it\?.* → .*Which species\?"):
        server.ask(pictures(2), "Which species?", run="leaves")
    with pytest.raises(RunError, match="image_format"):
        server.ask(pictures(2), run="leaves", image_format="jpeg")
    assert len(server.bodies) == 2


def test_timeouts_prices_and_speed_are_no_other_question() -> None:
    server = Many()
    server.ask(pictures(2), run="leaves")
    server.ask(pictures(2), run="leaves", timeout=30, prices={"model-1": (1, 2)}, concurrency=2, rate=100, repair=False)
    assert len(server.bodies) == 2


def test_a_table_says_which_file_it_is_of() -> None:
    assert Many().ask(pictures(1), run="leaves").path == Path("leaves.vision.sqlite").absolute()


def test_without_a_name_each_run_has_a_file_of_its_own() -> None:
    server = Many()
    server.ask(pictures(1))
    server.ask(pictures(1))
    assert len(server.bodies) == 2


def test_pixels_can_be_what_counts() -> None:
    server = Many()
    server.ask(pictures(3), run="leaves", check="pixels")
    changed = pictures(3)
    changed[1] = changed[1] // 2
    rows = server.ask(changed, run="leaves", check="pixels")
    assert len(server.bodies) == 4
    assert rows.counts == {"done": 3}
    server.ask(pictures(3), run="leaves")
    assert len(server.bodies) == 4


def test_each_picture_can_be_asked_about_several_times() -> None:
    server = Many()
    rows = server.ask(pictures(3), repeat=4)
    assert [(row.key, row.repeat) for row in rows] == [(key, repeat) for key in range(3) for repeat in range(4)]
    assert len(server.bodies) == 12


def test_fixed_pictures_stand_before_the_picture_of_the_row() -> None:
    server = Many()
    server.ask(pictures(2), ["This is a leaf:", PILImage.new("RGB", (9, 9)), "And this?"])
    kinds = [[part["type"] for part in body["messages"][0]["content"]] for body in server.bodies]
    assert kinds == [["text", "image_url", "text", "image_url"]] * 2


@pytest.mark.parametrize("key", [["x", "y", "z"], "well", lambda position, picture: "xyz"[position]])
def test_key_names_the_rows_and_is_not_taken_for_the_key_of_a_server(key: Any) -> None:
    frame = pandas.DataFrame({"well": list("xyz"), "image": pictures(3)})
    server = Many()
    given = frame if key == "well" else pictures(3)
    assert [row.key for row in server.ask(given, key=key)] == ["x", "y", "z"]
    rows = asyncio.run(aask_each("What?", given, key=key, **server.options))
    assert [row.key for row in rows] == ["x", "y", "z"]


def test_the_usage_of_the_session_has_every_row_under_its_cell() -> None:
    server = Many()
    mine = Session()
    server.ask(pictures(5), session=mine, cell=Cell("In [3]", "id"))
    [record] = mine.state.ledger.records
    assert (record.cell, record.requests) == ("In [3]", 5)
    assert mine.state.ledger.total == 5 * (PROMPT + COMPLETION)


# -- typed answers ---------------------------------------------------------------------------------------------


class Leaf(BaseModel):
    stage: Literal["bud", "open"]
    spots: int


NOWHERE = "http://127.0.0.1:9/v1"
GOOD, WRONG = '{"stage": "open", "spots": 3}', '{"stage": "half open", "spots": 3}'


def test_a_typed_answer_is_a_plain_value() -> None:
    server = Many(lambda body: answered(GOOD))
    [row] = server.ask(pictures(1), schema=Leaf)
    assert (row.state, row.value, row.text, row.doubt) == ("done", {"stage": "open", "spots": 3}, GOOD, "")
    assert server.bodies[0]["response_format"]["json_schema"]["name"] == "Leaf"


def test_a_null_costs_no_other_field_of_its_row() -> None:
    server = Many(lambda body: answered('{"stage": "open", "spots": null}'))
    [row] = server.ask(pictures(1), schema=Leaf)
    assert (row.state, row.value) == ("done", {"stage": "open", "spots": None})
    assert (row.doubt, row.tries) == ("repaired once; no value for spots", 2)
    nothing = Many(lambda body: answered('{"stage": null}')).ask(pictures(1), schema=Leaf)
    assert nothing.counts == {"failed": 1}


def test_a_null_that_the_schema_allows_is_an_answer_and_nothing_but_nulls_is_doubtful() -> None:
    answers = iter(['{"title": null, "peak": 3}', '{"title": null, "peak": null}'])
    rows = Many(lambda body: answered(next(answers))).ask(
        pictures(2), schema="title: str | None, peak: float | None", concurrency=1
    )
    assert [(row.state, row.doubt) for row in rows] == [("done", ""), ("done", "no value for title, peak")]


def test_the_tokens_from_the_cache_of_the_server_are_in_the_row() -> None:
    usage = {"prompt_tokens": 100, "completion_tokens": 10, "prompt_tokens_details": {"cached_tokens": 64}}

    def answer(body: dict[str, Any]) -> httpx.Response:
        return httpx.Response(200, json=json.loads(answered().content) | {"usage": usage})

    rows = Many(answer).ask(pictures(2), prices={"model-1": (10.0, 10.0, 1.0)})
    assert [row.cached_tokens for row in rows] == [64, 64]
    assert rows.usage.cost == pytest.approx(2 * (36 * 10 + 64 + 100) / 1e6)


def test_an_answer_of_the_wrong_shape_is_sent_back_once_and_is_doubtful() -> None:
    answers = iter([WRONG, GOOD])
    server = Many(lambda body: answered(next(answers)))
    [row] = server.ask(pictures(1), schema=Leaf)
    assert (row.state, row.doubt, row.tries) == ("done", "repaired once", 2)
    assert row.prompt_tokens == 2 * PROMPT
    sent_back = server.bodies[1]["messages"][-2:]
    assert sent_back[0] == {"role": "assistant", "content": WRONG}
    assert "does not have the form Leaf" in sent_back[1]["content"]


@pytest.mark.parametrize(("repair", "tries", "words"), [(True, 2, "also after"), (False, 1, "repair=True")])
def test_an_answer_that_never_fits_is_a_failed_row(repair: bool, tries: int, words: str) -> None:
    server = Many(lambda body: answered(WRONG))
    [row] = server.ask(pictures(1), schema=Leaf, repair=repair)
    assert (row.state, row.value, row.text, row.tries) == ("failed", None, WRONG, tries)
    assert "does not have the form Leaf" in row.error
    assert words in row.error
    assert row.tokens == tries * (PROMPT + COMPLETION)


@pytest.mark.parametrize(
    ("answer", "state", "words"),
    [
        pytest.param({"message": {"content": None, "refusal": "I cannot."}}, "refused", "I cannot.", id="a refusal"),
        pytest.param({"text": "", "finish_reason": "content_filter"}, "refused", "content filter", id="a filter"),
        pytest.param({"text": ""}, "failed", "answered nothing", id="nothing"),
        pytest.param({"text": "", "finish_reason": "length"}, "failed", "max_tokens", id="cut before its first word"),
        pytest.param({"text": '{"stage": "op', "finish_reason": "length"}, "failed", "max_tokens", id="cut"),
    ],
)
def test_what_is_no_answer_says_why(answer: dict[str, Any], state: str, words: str) -> None:
    server = Many(lambda body: answered(**answer))
    [row] = server.ask(pictures(1), schema=Leaf, repair=False)
    assert row.state == state
    assert words in row.error


def test_a_text_that_was_cut_is_doubtful() -> None:
    server = Many(lambda body: answered("It is a", finish_reason="length"))
    [row] = server.ask(pictures(1))
    assert (row.state, row.doubt) == ("done", "cut by the token limit")


# -- samples, caps, ends ---------------------------------------------------------------------------------------


def test_a_sample_is_the_first_pictures_and_says_what_the_rest_takes() -> None:
    server = Many()
    rows = server.ask(pictures(20), sample=5, run="leaves", prices={"model-1": (10.0, 100.0)})
    assert list(states(rows)) == [0, 1, 2, 3, 4]
    assert rows.rest is not None
    assert (rows.rest.rows, rows.rest.tokens) == (15, 15 * (PROMPT + COMPLETION))
    assert rows.rest.cost == pytest.approx(15 * (PROMPT * 10 + COMPLETION * 100) / 1e6)
    whole = rows.go_on()
    assert len(whole) == len(server.bodies) == 20


def test_a_sample_of_a_generator_goes_on_where_it_stopped() -> None:
    server = Many()
    rows = server.ask(iter(pictures(12)), sample=5)
    assert len(rows) == len(server.bodies) == 5
    whole = rows.go_on()
    assert [row.key for row in whole] == list(range(12))


def test_a_cap_ends_the_run_and_a_higher_one_goes_on() -> None:
    server = Many()
    rows = server.ask(pictures(20), cap=5 * (PROMPT + COMPLETION), max_tokens=COMPLETION, run="leaves")
    assert 3 <= len(rows) <= 5
    more = rows.go_on(cap="1M tokens")
    assert more.counts == {"done": 20}
    with pytest.raises(RequestError, match="go_on got 'schema'"):
        rows.go_on(schema=Leaf)


def test_a_server_that_refuses_all_is_its_own_error() -> None:
    server = Many(lambda body: refused(401, message="Incorrect API key provided"))
    with pytest.raises(ServerError, match="Incorrect API key") as raised:
        server.ask(pictures(50))
    assert isinstance(raised.value.partial, Table)


def test_a_server_that_refuses_all_after_some_rows_keeps_them() -> None:
    server = Many(lambda body: answered() if len(server.bodies) <= 5 else refused(402, message="No credit left"))
    with pytest.raises(RunError, match=r"ended after 5 of 50 rows: .*No credit left.*\n?.*same call again") as raised:
        server.ask(pictures(50), concurrency=1, run="leaves")
    assert raised.value.partial.counts == {"done": 5}
    assert server.ask(pictures(5), run="leaves").counts == {"done": 5}


def test_a_generator_that_fails_says_at_which_picture() -> None:
    def generated() -> Iterator[Any]:
        yield from pictures(3)
        raise OSError("camera unplugged")

    with pytest.raises(RunError, match=r"picture 3 .*OSError: camera unplugged") as raised:
        Many().ask(generated())
    assert raised.value.partial.counts == {"done": 3}


def test_a_key_that_comes_twice_from_a_generator_is_an_error_that_names_it() -> None:
    server = Many()
    with pytest.raises(RunError, match="twice") as raised:
        server.ask(iter(pictures(6)), key=lambda position, picture: position % 4)
    assert raised.value.partial.counts == {"done": 4}


# -- errors before anything is sent ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "error", "words"),
    [
        ({"tools": [print]}, RequestError, "call no functions"),
        ({"model": ["a", "b"]}, RequestError, "expected one model"),
        ({"stream": True}, RequestError, "not streamed"),
        ({"n": 3}, RequestError, "repeat"),
        ({"temprature": 1}, RequestError, "temperature"),
        ({"temperature": 9}, RequestError, "temperature got 9"),
        ({"image_format": "webp"}, ImageError, "'jpeg' or 'png'"),
        ({"schema": print}, RequestError, "schema got"),
        ({"schema": Leaf, "response_format": "json_object"}, RequestError, "exclude"),
        ({"cap": "a lot"}, RequestError, "cap got"),
        ({"cap": "5 EUR"}, RequestError, "no prices"),
        ({"concurrency": 0}, RequestError, "concurrency got"),
        ({"rate": -1}, RequestError, "rate got"),
        ({"sample": 0}, RequestError, "sample got"),
        ({"repeat": 0}, RequestError, "repeat got"),
        ({"check": "names"}, RequestError, "check got"),
        ({"executor": 5}, RequestError, "executor got"),
        ({"api_key": "sk-" + "a" * 40}, RequestError, "key"),
        ({"key": [1, 1, 2]}, RunError, "twice"),
        ({"key": "sk-" + "a1" * 20}, RequestError, "key got a value that looks like the key of a server"),
        ({"key": ["a", "b", "sk-" + "a1" * 20]}, RequestError, "key got a value that looks like"),
        ({"concurency": 3}, RequestError, r"'concurency' \(did you mean 'concurrency'\?\)"),
        ({"max_workers": 3}, RequestError, r"'max_workers' \(did you mean 'concurrency'\?\)"),
        ({"ids": [1, 2, 3]}, RequestError, r"did you mean 'key'\?"),
        ({"run": "no/such/leaves"}, RunError, "there is no folder"),
        ({"question": ""}, RequestError, "empty"),
        ({"question": PILImage.new("RGB", (9, 9))}, RequestError, "as the question"),
    ],
)
def test_wrong_options_are_errors_before_anything_is_sent(wrong: dict[str, Any], error: type, words: str) -> None:
    server = Many()
    with pytest.raises(error, match=words):
        server.ask(pictures(3), **wrong)
    assert server.bodies == []
    assert list(Path.cwd().rglob("*.sqlite")) == []


def test_a_missing_key_is_an_error_before_anything_is_sent() -> None:
    with pytest.raises(SettingsError, match="OPENAI_API_KEY"):
        ask_each("What?", pictures(3), profile="openai", model="m", progress=False)
    assert list(Path.cwd().rglob("*.sqlite")) == []


# -- stopping --------------------------------------------------------------------------------------------------


def test_an_interrupt_raises_with_the_rows_so_far_and_the_same_call_goes_on() -> None:
    server = Many(delay=0.01)

    def generated() -> Iterator[Any]:
        for number, picture in enumerate(pictures(400)):
            if number == 60:
                interrupt_main_thread()
            yield picture

    begun = time.monotonic()
    with pytest.raises(Interrupted) as raised:
        server.ask(generated(), run="leaves", concurrency=4)
    assert time.monotonic() - begun < 60  # not the time of a waiting thread
    table = raised.value.partial
    assert 20 <= len(table) < 100
    assert set(states(table).values()) == {"done"}
    kept = len(table)
    before = len(server.bodies)
    rows = server.ask(pictures(100), run="leaves")
    assert rows.counts == {"done": 100}
    assert len(server.bodies) - before == 100 - kept


def test_an_interrupt_while_a_picture_takes_its_time_is_not_waited_for() -> None:
    release = threading.Event()

    def slow() -> Any:
        threading.Timer(0.1, interrupt_main_thread).start()
        release.wait(20)
        return pictures(1)[0]

    with pytest.raises(Interrupted):
        Many().ask([slow])
    release.set()


def test_stop_returns_the_table_so_far() -> None:
    mine = Session()
    seen: list[str] = []

    class Shown:
        def __init__(self, progress: Any) -> None:
            self.progress = progress

        def __enter__(self) -> None:
            threading.Timer(0.2, self.progress.stop).start()

        def __exit__(self, *error: object) -> None:
            seen.append(self.progress.counts().ended)

    mine.state.show_progress = Shown  # type: ignore[assignment]
    rows = Many(delay=0.02).ask(pictures(1) * 1000, session=mine, concurrency=2, progress=True)
    assert 0 < len(rows) < 1000
    assert seen == ["stopped"]


@pytest.mark.parametrize(
    ("options", "ended"),
    [({}, "complete"), ({"sample": 3}, "the first 3 were sampled"), ({"cap": 1}, "the cap is reached")],
)
def test_the_progress_says_how_the_run_ended(options: dict[str, Any], ended: str, capsys: Any) -> None:
    Many().ask(pictures(6), **options, progress=True)
    assert capsys.readouterr().out.startswith(ended)


# -- asynchronous code -----------------------------------------------------------------------------------------


def test_it_works_in_asynchronous_code() -> None:
    server = Many()
    rows = asyncio.run(aask_each("What is it?", pictures(5), **server.options))
    assert rows.counts == {"done": 5}


def test_it_works_where_an_event_loop_runs_already() -> None:
    server = Many()

    async def main() -> Table:
        return server.ask(pictures(5))

    assert asyncio.run(main()).counts == {"done": 5}


def test_cancelling_it_in_asynchronous_code_lets_the_file_go() -> None:
    server = Many(delay=0.02)

    async def main() -> None:
        task = asyncio.create_task(aask_each("What is it?", pictures(100), run="leaves", **server.options))
        while len(server.bodies) < 30:
            await asyncio.sleep(0.005)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(main())
    assert server.at_once == 0
    assert server.ask(pictures(100), run="leaves").counts == {"done": 100}


# -- recordings, the embedded reader ---------------------------------------------------------------------------


def test_a_recording_answers_without_a_server_and_always_alike(tmp_path: Path) -> None:
    server = Many(lambda body: answered(GOOD))
    with default.recording(tmp_path / "leaves.jsonl", "record"):
        recorded = server.ask(pictures(4), schema=Leaf)
    for _ in range(2):
        with default.recording(tmp_path / "leaves.jsonl", "replay", speed=0):
            replayed = ask_each(
                "What is it?",
                pictures(4),
                schema=Leaf,
                base_url="http://127.0.0.1:9/v1",
                model="model-1",
                progress=False,
            )
        assert [row.value for row in replayed] == [row.value for row in recorded]
        assert [row.tokens for row in replayed] == [row.tokens for row in recorded]
    assert len(server.bodies) == 4


def test_a_repaired_row_with_reasoning_is_replayed_as_it_was(tmp_path: Path) -> None:
    def answer(body: dict[str, Any]) -> httpx.Response:
        text = GOOD if len(body["messages"]) > 1 else WRONG
        return answered(text, message={"reasoning_content": "I count the spots."})

    server = Many(answer)
    file = tmp_path / "leaves.jsonl"
    with default.recording(file, "record"):
        server.ask(pictures(1), schema=Leaf)
    with default.recording(file, "replay", speed=0):
        [row] = server.ask(pictures(1), schema=Leaf)
    assert (row.value, row.doubt, row.tries) == (json.loads(GOOD), "repaired once", 2)
    assert len(server.bodies) == 2


def test_a_picture_that_a_recording_does_not_have_is_a_failed_row(tmp_path: Path) -> None:
    server = Many()
    with default.recording(tmp_path / "leaves.jsonl", "record"):
        server.ask(pictures(2))
    noise = np.random.default_rng(1).integers(0, 255, (40, 40, 3), dtype=np.uint8)
    with default.recording(tmp_path / "leaves.jsonl", "replay", speed=0):
        rows = server.ask([*pictures(2), noise])
    assert rows.counts == {"done": 2, "failed": 1}
    assert len(server.bodies) == 2


def test_every_row_is_logged_if_the_log_is_on(tmp_path: Path) -> None:
    import sqlite3

    mine = Session()
    mine.log(tmp_path / "log.sqlite")
    Many().ask(pictures(6), session=mine)
    with sqlite3.connect(tmp_path / "log.sqlite") as database:
        assert database.execute("SELECT COUNT(*) FROM exchanges").fetchone() == (6,)
    database.close()


def test_the_embedded_reader_reads_a_chart_of_each_figure() -> None:
    def figures() -> Iterator[Any]:
        for top in (3, 8):
            figure, axes = plt.subplots()
            axes.bar(["a", "b"], [1, top])
            axes.set_title(f"Up to {top}")
            yield figure
            plt.close(figure)

    rows = ask_each("What is the title?", figures(), profile="embedded", progress=False)
    assert ["Up to 3" in row.text for row in rows] == [True, False]
    assert "Up to 8" in rows[1].text
    assert rows.usage.tokens == 0


def bars(top: float, kind: str = "bars") -> Any:
    figure = Figure(figsize=(4, 3))
    axes = figure.add_subplot()
    axes.bar(["a", "b"], [1, top]) if kind == "bars" else axes.hist([*range(12), top], bins=10)
    axes.set_title(f"Up to {top}")
    return figure


def test_what_the_embedded_reader_does_not_know_costs_no_other_field_and_says_why() -> None:
    """A mean that a histogram does not show made a failed row, and eight of them ended the run."""
    figures = dict.fromkeys([f"h{n}" for n in range(9)], bars(5, "histogram")) | {"b": bars(3)}
    rows = ask_each("?", figures, schema="title, mean: float", profile="embedded", progress=False)
    assert rows.counts == {"done": 10}
    assert rows["b"].value == {"title": "Up to 3", "mean": 2.0}
    assert rows["h8"].value == {"title": "Up to 5", "mean": None}
    assert rows["h8"].doubt.startswith("mean: the bars of a histogram are counts")
    assert (rows["h8"].tries, rows["b"].doubt) == (1, "")
    assert repr(rows).startswith("10 rows · 9 doubtful -> rows.doubtful\n")


def test_nothing_that_the_embedded_reader_knows_is_a_failed_row_that_is_not_asked_again() -> None:
    rows = ask_each("?", {"b": bars(3)}, schema="mood", profile="embedded", progress=False)
    assert "such as title" in rows["b"].error
    assert repr(rows).splitlines()[0] == "1 row · 1 failed; why they failed -> rows.failed"
    assert rows["b"].error in repr(rows)


def test_a_row_whose_fields_are_all_null_has_failed_if_the_embedded_reader_answers() -> None:
    noise = np.random.default_rng(0).integers(0, 255, (120, 160, 3), dtype=np.uint8)
    fields = "highest: float | None, highest_at: str | None"
    rows = ask_each("?", {"b": bars(3), "n": noise}, schema=fields, profile="embedded", progress=False)
    assert states(rows) == {"b": "done", "n": "failed"}
    assert rows["n"].error == "No value for highest, highest_at was found in the picture."
    assert [row.key for row in rows.failed] == [row.key for row in rows.doubtful] == ["n"]


def test_no_key_is_in_the_file_of_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    key = "sk-" + "k" * 40
    monkeypatch.setenv("MY_KEY", key)
    server = Many(lambda body: refused(400, message=f"The key {key} is odd") if len(server.bodies) == 2 else answered())
    server.ask(pictures(3), run="leaves", key_env="MY_KEY", concurrency=1, base_url="https://example.org/v1")
    assert key.encode() not in Path("leaves.vision.sqlite").read_bytes()
    assert json.dumps(server.bodies).count(key) == 0
