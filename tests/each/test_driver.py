"""The driver: how many requests at once, how many pictures in memory, one pause for all, and a cap that holds."""

from __future__ import annotations

import asyncio
import gc
import threading
import time
import weakref
from collections.abc import Iterator, Sequence
from typing import Any

import httpx
import numpy as np
import pytest

from tests.each.answers import COMPLETION, PROMPT, Many, answered, pictures, refused, text_of
from vision_magic.each.budget import Cap
from vision_magic.each.driver import CAP_REACHED, COMPLETE, DriveEnd, Limits, drive
from vision_magic.each.pacing import Pacing
from vision_magic.each.pictures.task import Task
from vision_magic.each.pictures.tasks import tasks_of
from vision_magic.each.plan import plan_of
from vision_magic.each.progress.progress import Progress
from vision_magic.each.row import Row
from vision_magic.errors import RequestError, RunError, ServerError, SettingsError
from vision_magic.session.state import SessionState
from vision_magic.session.usage import estimate_tokens


class Driven:
    """A run of the driver, with its rows."""

    def __init__(self, server: Many, tasks: Any, state: SessionState | None = None, **options: Any) -> None:
        limits = {name: options.pop(name) for name in ("concurrency", "rate", "cap") if name in options}
        pacing = options.pop("pacing", None)
        given = {**server.options, **options}
        del given["progress"]
        self.state = state or SessionState()
        self.plan = plan_of("What is it?", options.pop("schema", None), given, {})
        self.progress = Progress(lambda: None, lambda row: None)
        self.rows: list[Row] = []
        self.end: DriveEnd = asyncio.run(
            drive(
                self.plan,
                tasks,
                limits=Limits(**limits),
                on_rows=self.rows.extend,
                progress=self.progress,
                state=self.state,
                pacing=pacing,
            )
        )

    @property
    def states(self) -> dict[str, int]:
        states = [row.state for row in self.rows]
        return {state: states.count(state) for state in dict.fromkeys(states)}


def quick(limit: float | None = None) -> Pacing:
    """Return a pacing whose pauses are a hundredth as long."""
    return Pacing(limit, clock=lambda: time.monotonic() * 100, sleep=lambda seconds: asyncio.sleep(seconds / 100))


def test_every_picture_has_a_row_with_what_became_of_it() -> None:
    server = Many()
    run = Driven(server, tasks_of(pictures(30)), image_format="jpeg")
    assert sorted(row.key for row in run.rows) == list(range(30))
    row = next(row for row in run.rows if row.key == 7)
    assert (row.state, row.text, row.model, row.system_fingerprint) == ("done", "A leaf.", "model-1-dated", "fp_1")
    assert (row.prompt_tokens, row.completion_tokens, row.estimated, row.tries) == (PROMPT, COMPLETION, False, 1)
    assert (row.width, row.height, row.note, len(row.picture)) == (15, 8, "JPEG quality 85", 64)
    assert run.end == DriveEnd(tokens=30 * (PROMPT + COMPLETION), spent=30.0 * (PROMPT + COMPLETION))
    assert run.state.ledger.total == 30 * (PROMPT + COMPLETION)
    assert not any(body["stream"] for body in server.bodies)


@pytest.mark.parametrize("concurrency", [1, 4, 16])
def test_no_more_requests_than_allowed_are_under_way(concurrency: int) -> None:
    server = Many(delay=0.02)
    Driven(server, tasks_of(pictures(40)), concurrency=concurrency)
    assert server.most_at_once == concurrency


def test_each_picture_is_let_go_when_it_is_sent() -> None:
    """A generator of large pictures needs the memory of a few, however many there are."""
    alive: weakref.WeakSet[Any] = weakref.WeakSet()
    most = 0

    class Picture:
        def __vision_image__(self) -> Any:
            return np.zeros((8, 8, 3), np.uint8)

    def generated() -> Iterator[Any]:
        nonlocal most
        for _ in range(60):
            picture = Picture()
            alive.add(picture)
            most = max(most, len(alive))
            yield picture
            del picture

    run = Driven(Many(delay=0.005), tasks_of(generated()), concurrency=4)
    assert run.states == {"done": 60}
    assert most <= 2 * 4 + 4
    gc.collect()
    assert not alive


def test_pictures_are_taken_as_they_are_needed() -> None:
    taken = 0
    server = Many(delay=0.01)
    ahead = []

    def generated() -> Iterator[Any]:
        nonlocal taken
        for picture in pictures(60):
            taken += 1
            ahead.append(taken - len(server.bodies))
            yield picture

    Driven(server, tasks_of(generated()), concurrency=4)
    assert max(ahead) <= 2 * 4 + 4


def test_figures_are_drawn_one_at_a_time() -> None:
    drawing = threading.Lock()

    class Figure:
        def _repr_png_(self) -> bytes:
            assert drawing.acquire(blocking=False), "two at once"
            time.sleep(0.005)
            drawing.release()
            return PNG

    run = Driven(Many(), tasks_of([Figure() for _ in range(12)]))
    assert run.states == {"done": 12}


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c63600000000200015e2d16de"
    "0000000049454e44ae426082"
)


def test_a_picture_that_cannot_be_read_is_a_failed_row_with_the_reason() -> None:
    def missing() -> Any:
        raise FileNotFoundError("no such file: moth_3.jpg")

    server = Many()
    run = Driven(server, tasks_of([*pictures(2), b"no picture", missing]))
    failed = {row.key: row.error for row in run.rows if row.state == "failed"}
    assert sorted(failed) == [2, 3]
    assert "no such file: moth_3.jpg" in failed[3]
    assert len(server.bodies) == 2


def test_a_generator_that_fails_ends_the_run_and_keeps_the_rows_before() -> None:
    def generated() -> Iterator[Any]:
        yield from pictures(5)
        raise ValueError("the disk was pulled out")

    run = Driven(Many(), tasks_of(generated()))
    assert len(run.rows) == 5
    assert "the disk was pulled out" in str(run.end.error)


# -- pauses ----------------------------------------------------------------------------------------------------


def test_one_refusal_pauses_all_and_no_row_fails() -> None:
    count = 0

    def limited(body: dict[str, Any]) -> httpx.Response:
        nonlocal count
        count += 1
        return refused(429, 3) if 10 <= count < 20 else answered()

    run = Driven(Many(limited), tasks_of(pictures(40)), concurrency=8, pacing=quick())
    assert run.states == {"done": 40}
    assert run.end.refused == 10
    assert max(row.tries for row in run.rows) <= 8
    assert run.state.ledger.total == 40 * (PROMPT + COMPLETION)


def test_a_pause_is_shown_with_its_reason() -> None:
    seen: list[str] = []
    answers = iter([refused(429, 7), refused(503), refused(529, message="Overloaded"), answered()])
    server = Many(lambda body: next(answers))
    plan = plan_of("What?", None, {name: value for name, value in server.options.items() if name != "progress"}, {})
    progress = Progress(lambda: None, lambda row: None)
    pause = progress.pause
    progress.pause = lambda seconds, reason: (seen.append(reason), pause(seconds, reason))[1]  # type: ignore[method-assign]
    asked = drive(
        plan,
        tasks_of(pictures(1)),
        limits=Limits(),
        on_rows=lambda rows: None,
        progress=progress,
        state=SessionState(),
        pacing=quick(),
    )
    assert asyncio.run(asked).reason == COMPLETE
    assert seen == ["the server asked for 7 s", "the server is overloaded (503)", "the server is overloaded (529)"]


def test_a_row_is_tried_eight_times_at_most() -> None:
    server = Many(lambda body: refused(429))
    run = Driven(server, tasks_of(pictures(1)), pacing=quick())
    assert [(row.state, row.tries) for row in run.rows] == [("failed", 8)]
    assert len(server.bodies) == 8


def test_a_server_that_is_down_is_given_up() -> None:
    server = Many(lambda body: refused(500, message="It is broken"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("vision_magic.each.one_row.retry_delay", lambda failed, wait: 0.0)
        run = Driven(server, tasks_of(pictures(200)), concurrency=4)
    assert isinstance(run.end.error, RunError)
    assert "rows one after another failed alike" in run.end.reason
    assert len(run.rows) < 20


@pytest.mark.parametrize(
    "refusal",
    [
        pytest.param(refused(401, message="Incorrect API key provided"), id="a wrong key"),
        pytest.param(refused(404, message="The model `model-1` does not exist"), id="an unknown model"),
        pytest.param(
            httpx.Response(429, json={"error": {"message": "You exceeded your quota", "code": "insufficient_quota"}}),
            id="no money left",
        ),
        pytest.param(refused(429, 90_000), id="a pause of a day"),
    ],
)
def test_what_no_other_row_would_get_past_ends_the_run_at_once(refusal: httpx.Response) -> None:
    server = Many(lambda body: httpx.Response(refusal.status_code, content=refusal.content, headers=refusal.headers))
    run = Driven(server, tasks_of(pictures(100)), concurrency=2)
    assert isinstance(run.end.error, ServerError)
    assert run.rows == []
    assert len([body for body in server.bodies if body]) <= 4


def test_a_refused_field_is_learnt_once_for_all_rows() -> None:
    def no_penalty(body: dict[str, Any]) -> httpx.Response:
        if "max_tokens" in body:
            words = "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."
            return refused(400, message=words)
        return answered()

    server = Many(no_penalty)
    run = Driven(server, tasks_of(pictures(20)), concurrency=2, max_tokens=50)
    assert run.states == {"done": 20}
    assert sum("max_tokens" in body for body in server.bodies) <= 2


# -- caps ------------------------------------------------------------------------------------------------------


def counting(factor: float) -> Many:
    """Return a server that counts more than is estimated here."""

    def answer(body: dict[str, Any]) -> httpx.Response:
        made = answered().json()
        made["usage"] = {"prompt_tokens": round(ESTIMATE * factor), "completion_tokens": COMPLETION}
        return httpx.Response(200, json=made)

    return Many(answer, delay=0.001)


OPTIONS = {name: value for name, value in Many().options.items() if name != "progress"}
ESTIMATE = estimate_tokens(plan_of("What is it?", None, OPTIONS, {}).call(pictures(1)[0]).request)


@pytest.mark.parametrize("concurrency", [1, 16, 64])
@pytest.mark.parametrize("options", [{}, {"max_tokens": 20}])
def test_a_cap_is_never_passed_and_nearly_used(concurrency: int, options: dict[str, Any]) -> None:
    """The acceptance criterion of the design: at 1, 16 and 64 requests at once."""
    most = 60 * (ESTIMATE * 1.2 + COMPLETION)
    server = counting(1.2)
    run = Driven(server, tasks_of([pictures(1)[0]] * 150), concurrency=concurrency, cap=Cap(amount=most), **options)
    assert run.end.reason == CAP_REACHED
    spent = len(server.bodies) * (round(ESTIMATE * 1.2) + COMPLETION)
    assert 0.9 * most <= spent <= most
    assert run.end.tokens == spent
    assert len(run.rows) == len(server.bodies)


def test_the_cap_of_the_settings_counts_too() -> None:
    server = counting(1.2)
    most = 30 * round(ESTIMATE * 1.2 + COMPLETION)
    run = Driven(server, tasks_of([pictures(1)[0]] * 100), max_tokens_total=most, max_tokens=20)
    assert run.end.reason == CAP_REACHED
    assert 0.85 * most <= run.state.ledger.total <= most


def test_a_cap_that_is_too_small_for_one_row_asks_nothing() -> None:
    server = Many()
    run = Driven(server, tasks_of(pictures(3)), cap=Cap(amount=5), max_tokens=20)
    assert (run.end.reason, run.rows, server.bodies) == (CAP_REACHED, [], [])


# -- limits and ends -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [{"concurrency": 0}, {"concurrency": 2000}, {"concurrency": True}, {"rate": 0}, {"rate": -1}, {"rate": "fast"}],
)
def test_wrong_limits_are_errors(wrong: dict[str, Any]) -> None:
    with pytest.raises(RequestError, match=f"{next(iter(wrong))} got"):
        Limits(**wrong)


def test_a_missing_key_is_one_error_before_a_picture_is_loaded() -> None:
    loaded = []
    tasks = [Task(0, lambda: loaded.append(0))]
    with pytest.raises(SettingsError, match="OPENAI_API_KEY"):
        Driven(Many(), tasks, profile="openai", base_url="https://api.openai.com/v1")
    assert loaded == []


def test_cancelling_closes_everything_and_keeps_the_rows_so_far() -> None:
    server = Many(delay=0.02)
    rows: list[Row] = []

    async def main() -> None:
        asked = drive(
            plan_of("What?", None, OPTIONS | {"transport": httpx.MockTransport(server)}, {}),
            tasks_of(pictures(100)),
            limits=Limits(concurrency=4),
            on_rows=rows.extend,
            progress=Progress(lambda: None, lambda row: None),
            state=SessionState(),
        )
        task = asyncio.create_task(asked)
        while len(rows) < 8:
            await asyncio.sleep(0.005)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(main())
    assert 8 <= len(rows) <= 16
    assert server.at_once == 0


def test_a_row_that_cannot_be_written_ends_the_run() -> None:
    def full(rows: Sequence[Row]) -> None:
        raise RunError("The disk is full.")

    plan = plan_of("What?", None, OPTIONS | {"transport": httpx.MockTransport(Many())}, {})
    asked = drive(
        plan,
        tasks_of(pictures(10)),
        limits=Limits(concurrency=2),
        on_rows=full,
        progress=Progress(lambda: None, lambda row: None),
        state=SessionState(),
    )
    with pytest.raises(RunError, match="full"):
        asyncio.run(asked)


def test_the_question_is_sent_before_the_picture() -> None:
    server = Many()
    Driven(server, tasks_of(pictures(1)))
    assert text_of(server.bodies[0]) == "What is it?"
    assert [part["type"] for part in server.bodies[0]["messages"][0]["content"]] == ["text", "image_url"]
