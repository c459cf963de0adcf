"""The spending cap: simultaneous questions are counted together, and free ones are never refused."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

import vision_magic as vm
from tests.chat.receipts import XAI
from tests.servers import END, chunk
from tests.session.scripted import PICTURE, Scripted, says
from tests.threads import at_once
from vision_magic.chat.usage import usage_of
from vision_magic.session.default import session
from vision_magic.session.store.cache import Cache
from vision_magic.session.usage import Ledger, UsageReport

WORDS = "twenty tokens of words " * 4  # 92 letters: reckoned as 23 tokens


class Slow(httpx.AsyncByteStream):
    """A slow answer, which begins when every question was either sent or refused."""

    def __init__(self, all_asked: Callable[[], bool] = lambda: True) -> None:
        self._all_asked = all_asked

    async def __aiter__(self) -> Any:
        while not self._all_asked():
            await asyncio.sleep(0.001)
        for _ in range(10):
            yield chunk(WORDS)
            await asyncio.sleep(0)
        yield END


def slow(request: httpx.Request) -> httpx.Response:
    return httpx.Response(200, stream=Slow())


OPTIONS: dict[str, Any] = {"base_url": "http://127.0.0.1:9/v1", "model": "model-1"}


def together(cap: int, **options: Any) -> list[vm.Reply | BaseException]:
    sent: list[httpx.Request] = []
    ended: list[asyncio.Task[vm.Reply]] = []

    def send(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(200, stream=Slow(lambda: len(sent) + len(ended) >= 20))

    async def main() -> list[vm.Reply | BaseException]:
        asked = [
            asyncio.create_task(
                vm.aask("What?", max_tokens_total=cap, transport=httpx.MockTransport(send), **OPTIONS, **options)
            )
            for _ in range(20)
        ]
        for task in asked:
            task.add_done_callback(ended.append)
        return await asyncio.gather(*asked, return_exceptions=True)

    return asyncio.run(main())


def test_twenty_questions_at_once_stay_below_the_cap_together() -> None:
    ended = together(1000)
    assert session.state.ledger.total <= 1000 + 23 * 20  # the piece that passes it has come; each answer may have one
    stopped = [one for one in ended if isinstance(one, vm.SpendingCapReached)]
    assert stopped
    assert all(isinstance(one, vm.SpendingCapReached | vm.Reply) for one in ended)
    assert any(one.partial is not None and one.partial.text for one in stopped)


def test_what_an_answer_may_take_is_set_aside_before_others_are_sent() -> None:
    """With up to 250 tokens each, three answers fit into 1000 tokens, and none of them is stopped."""
    ended = together(1000, max_completion_tokens=250)
    whole = [one for one in ended if isinstance(one, vm.Reply)]
    assert len(whole) == 3
    assert {one.state for one in whole} == {"complete"}
    assert session.state.ledger.total <= 1000


def test_columns_stay_below_the_cap_together() -> None:
    """With up to 250 tokens each, two of four models fit; the choices of the others contain the error."""
    several = {**OPTIONS, "model": ["a", "b", "c", "d"], "max_completion_tokens": 250}
    reply = vm.ask("What?", **several, transport=httpx.MockTransport(slow), max_tokens_total=600)
    errors = [choice.error for choice in reply.choices if choice.error]
    assert len(errors) == 2
    assert all("max_tokens_total is 600" in error for error in errors)
    assert session.state.ledger.total <= 600


@pytest.mark.parametrize("limit", [None, 20])
@pytest.mark.parametrize("stream", [False, True])
def test_a_server_that_counts_more_than_estimated_does_not_pass_the_cap(stream: bool, limit: int | None) -> None:
    """The first answer shows that it counts a fifth more, and how long an answer is."""
    question = "What is in this picture? " * 16  # 400 letters: estimated as 100 tokens
    answered: list[int] = []

    async def send(request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(0.002)  # so that many are in flight
        answered.append(1)
        usage = {"prompt_tokens": 120, "completion_tokens": 20, "total_tokens": 140}
        if stream:
            return httpx.Response(200, content=says(WORDS[:60], (120, 20)))
        message = {"role": "assistant", "content": WORDS[:60]}
        whole = {"choices": [{"index": 0, "message": message, "finish_reason": "stop"}], "usage": usage}
        return httpx.Response(200, json=whole)

    cap = 140 * 100 + 60
    options = {**OPTIONS, "max_tokens": limit, "stream": stream, "max_tokens_total": cap}
    options["transport"] = httpx.MockTransport(send)

    async def main() -> list[vm.Reply | BaseException]:
        first = await vm.aask(question, **options)
        numbers = iter(range(130))
        ended: list[vm.Reply | BaseException] = [first]

        async def worker() -> None:
            for _ in numbers:
                try:
                    ended.append(await vm.aask(question, **options))
                except vm.SpendingCapReached as error:
                    ended.append(error)

        await asyncio.gather(*(worker() for _ in range(64)))
        return ended

    ended = asyncio.run(main())
    assert 0.9 * cap <= session.state.ledger.total <= cap
    assert session.state.ledger.total == 140 * len(answered)
    assert [one.partial for one in ended if isinstance(one, vm.SpendingCapReached)] == [None] * (131 - len(answered))


def test_what_arrived_before_the_cap_is_kept() -> None:
    server = Scripted(b"".join(chunk(WORDS) for _ in range(10)) + END)
    with pytest.raises(vm.SpendingCapReached, match="was stopped, since max_tokens_total is 120") as caught:
        vm.ask("What?", max_tokens_total=120, **server.options)
    partial = caught.value.partial
    assert partial is not None
    assert WORDS in partial.text
    assert session.state.ledger.total > 100  # it was spent


def test_an_answer_that_is_over_sets_nothing_aside_any_more() -> None:
    server = Scripted(says("Yes.", usage=(10, 2)))
    for _ in range(5):
        vm.ask("What?", max_tokens_total=300, max_completion_tokens=200, **server.options)
    assert session.state.ledger.total == 60


def test_a_question_that_was_never_answered_sets_nothing_aside_any_more() -> None:
    def refused(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("nobody there", request=request)

    for _ in range(3):
        with pytest.raises(vm.ConnectionFailed):
            vm.ask(
                "What?",
                **OPTIONS,
                transport=httpx.MockTransport(refused),
                max_tokens_total=300,
                max_completion_tokens=200,
            )
    assert vm.ask("What?", max_tokens_total=300, max_completion_tokens=200, **Scripted(says("Yes.")).options).text


@pytest.fixture
def spent() -> int:
    """Set a cap of one token, which is already used."""
    vm.ask("What?", **Scripted(says("Yes.", usage=(10, 2))).options)
    return 1


def test_the_embedded_reader_is_free(spent: int) -> None:
    assert vm.ask("What size is it?", PICTURE, profile="embedded", max_tokens_total=spent).state == "complete"


def test_a_recording_is_free(spent: int, tmp_path: Path) -> None:
    server = Scripted(says("Recorded."))
    with vm.recording(tmp_path / "tape.jsonl", "record"):
        vm.ask("What?", **server.options)
    with vm.recording(tmp_path / "tape.jsonl", "replay"):
        assert vm.ask("What?", max_tokens_total=spent, **server.options).text == "Recorded."
    assert len(server.bodies) == 1


def test_a_kept_answer_is_free(spent: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session.state, "cache", Cache(tmp_path / "answers.sqlite"))
    server = Scripted(says("Kept."))
    vm.keep(True)
    try:
        vm.ask("What?", **server.options)
        assert vm.ask("What?", max_tokens_total=spent, **server.options).text == "Kept."
        with pytest.raises(vm.SpendingCapReached, match="was not sent"):
            vm.ask("What else?", max_tokens_total=spent, **server.options)
    finally:
        vm.keep(None)
    assert len(server.bodies) == 1


def test_e9_the_ledger_counts_what_several_threads_spend() -> None:
    ledger = Ledger()
    request = vm.prepare("What?", model="m", base_url="http://127.0.0.1:9/v1", max_tokens=5)
    usage = vm.Usage(prompt_tokens=2, completion_tokens=3, total_tokens=5)
    reply = vm.Reply(model="m", host="h", request=request, usage=usage)
    counts = [0, 0, 0]

    def spend(place: int) -> Callable[[int], None]:
        def once(number: int) -> None:
            reservation = ledger.reserve(request, 10**9)
            assert reservation is not None
            ledger.count(reservation, 7)
            ledger.add(reply, f"In [{place}]")
            ledger.release(reservation)
            counts[place] += 1
            assert sum(record.requests for record in ledger.records) <= ledger.total

        return once

    at_once(*(spend(place) for place in range(3)))
    assert ledger.total == 5 * sum(counts)
    assert sorted(record.requests for record in ledger.records) == sorted(counts)
    assert ledger.reserve(request, ledger.total + 100) is not None  # nothing is reserved any more


def test_a_session_of_many_requests_is_as_small_as_one_of_few() -> None:
    """The time and the memory of the ledger do not depend on the number of requests."""
    ledger = Ledger()
    request = vm.prepare("What?", model="m", base_url="http://127.0.0.1:9/v1")
    reply = vm.Reply(model="m", host="h", request=request, usage=vm.Usage(prompt_tokens=2, completion_tokens=3))
    for number in range(3000):
        ledger.add(reply, f"In [{number % 3}]")
    assert [(one.cell, one.requests, one.prompt_tokens, one.completion_tokens) for one in ledger.records] == [
        ("In [0]", 1000, 2000, 3000),
        ("In [1]", 1000, 2000, 3000),
        ("In [2]", 1000, 2000, 3000),
    ]
    report = UsageReport(ledger.records, {"m": (1, 1)})
    assert [row.requests for row in report.models] == [3000]
    assert report.total.cost == pytest.approx(15000 / 1e6)


def test_what_is_reserved_is_exact_after_answers_of_odd_lengths() -> None:
    ledger = Ledger()
    request = vm.prepare("What?", model="m", base_url="http://127.0.0.1:9/v1", max_tokens=1)
    kept = ledger.reserve(request, 10**9)
    for length in range(1, 500):
        reservation = ledger.reserve(request, 10**9)
        assert reservation is not None
        for _ in range(3):
            ledger.count(reservation, length / 7)
        ledger.release(reservation)
        ledger.release(reservation)  # twice, as after an error
    assert kept is not None
    ledger.release(kept)
    left = ledger.reserve(request, kept.tokens)
    assert left is not None
    with pytest.raises(vm.SpendingCapReached):
        ledger.reserve(request, kept.tokens)


@pytest.mark.parametrize(
    ("price", "cost"),
    [
        pytest.param((2, 10), "0.0138", id="all prompt tokens alike"),  # 2640 * 2 + (182 + 672) * 10
        pytest.param((2, 10, 0.1), "0.0129", id="cached ones cheaper"),  # (2640 - 473) * 2 + 473 * 0.1 + …
    ],
)
def test_cached_and_reasoning_tokens_are_shown_and_priced(price: tuple[float, ...], cost: str) -> None:
    ledger = Ledger()
    request = vm.prepare("What?", model="m", base_url="http://127.0.0.1:9/v1")
    ledger.add(vm.Reply(model="m", host="h", request=request, usage=usage_of(XAI)))
    report = UsageReport(ledger.records, {"m": price})
    heading, row, _ = str(report).splitlines()
    assert heading.split() == ["requests", "prompt", "cached", "completion", "reasoning", "cost"]
    assert row.split() == ["m", "·", "h", "1", "2,640", "473", "854", "672", cost]
    assert ledger.total == 3494
