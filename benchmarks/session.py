"""What a session adds to many requests: usage, kept answers, the log, and 64 calls of `aask` at once.

A server in a process of its own answers after 50 ms over loopback. The clients take turns, send the same encoded
pictures, and their medians are compared.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import socket
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from timing import interleaved

import vision_magic as vm
from vision_magic.images.image import Image
from vision_magic.session.session import Session
from vision_magic.session.store.exchange import RecordedExchange
from vision_magic.session.store.json_lines import JsonLinesStore
from vision_magic.session.store.log import ExchangeLog
from vision_magic.session.store.sqlite import SqliteStore
from vision_magic.session.usage import Ledger, UsageReport

AT_ONCE = 64
REQUESTS = 512
LATENCY = 0.05  # seconds
ROUNDS = 5
QUESTION = "Which species is it?"
WORDS = ["A", " moth", " of", " the", " family", " Noctuidae", ",", " wings", " folded", "."]


# -- the server ------------------------------------------------------------------------------------------------


def _whole() -> bytes:
    message = {"role": "assistant", "content": "".join(WORDS)}
    body = json.dumps(
        {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "created": 1,
            "model": "m",
            "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
            "usage": {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110},
        }
    ).encode()
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body


def _streamed() -> bytes:
    def event(delta: dict[str, str], finish_reason: str | None = None) -> bytes:
        chunk = {
            "id": "chatcmpl-1",
            "object": "chat.completion.chunk",
            "created": 1,
            "model": "m",
            "choices": [{"index": 0, "delta": delta, "finish_reason": finish_reason}],
        }
        return b"data: " + json.dumps(chunk).encode() + b"\n\n"

    pieces = [*(event({"content": word}) for word in WORDS), event({}, "stop"), b"data: [DONE]\n\n"]
    framed = b"".join(b"%x\r\n" % len(piece) + piece + b"\r\n" for piece in pieces) + b"0\r\n\r\n"
    return b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n" + framed


class _Answering(asyncio.Protocol):
    """Answers each request of a connection after the latency, as a stream if its body asks for one."""

    answers = (_whole(), _streamed())

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._data = bytearray()

    def data_received(self, data: bytes) -> None:
        self._data += data
        head_ends = self._data.find(b"\r\n\r\n") + 4
        if head_ends < 4:
            return
        lines = bytes(self._data[:head_ends]).lower().splitlines()
        length = next(int(line.split(b":")[1]) for line in lines if line.startswith(b"content-length"))
        if len(self._data) < head_ends + length:
            return
        options = self._data[head_ends : head_ends + 200] + self._data[-200:]  # not in the picture
        asks_stream = b'"stream":true' in options.replace(b" ", b"")
        self._data.clear()
        asyncio.get_running_loop().call_later(LATENCY, self._answer, asks_stream)

    def _answer(self, streamed: bool) -> None:
        if not self._transport.is_closing():
            self._transport.write(self.answers[streamed])


def _serve(listening: socket.socket) -> None:
    async def main() -> None:
        server = await asyncio.get_running_loop().create_server(_Answering, sock=listening)
        await server.serve_forever()

    asyncio.run(main())


@contextmanager
def server() -> Iterator[str]:
    """Yield the address of a server in a process of its own."""
    listening = socket.create_server(("127.0.0.1", 0), backlog=512)
    process = multiprocessing.get_context("fork").Process(target=_serve, args=(listening,), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/v1"
    finally:
        process.terminate()
        process.join()
        listening.close()


# -- many calls at once ----------------------------------------------------------------------------------------

Ask = Callable[[Image], Awaitable[str]]
Way = Callable[[str], tuple[Ask, Callable[[], Awaitable[None]]]]


async def _nothing() -> None:
    pass


def ours(address: str, *, stream: bool) -> tuple[Ask, Callable[[], Awaitable[None]]]:
    """Ask with `vision_magic`."""
    session = Session(base_url=address, model="m")

    async def ask(picture: Image) -> str:
        return (await session.aask(QUESTION, picture, stream=stream)).text

    return ask, _nothing


def sdk(address: str, *, stream: bool) -> tuple[Ask, Callable[[], Awaitable[None]]]:
    """Ask with the official SDK: one client for all calls, which is its fastest use."""
    import openai

    client = openai.AsyncOpenAI(base_url=address, api_key="x", max_retries=0)

    async def ask(picture: Image) -> str:
        content = [{"type": "text", "text": QUESTION}, {"type": "image_url", "image_url": {"url": picture.data_uri}}]
        asked = client.chat.completions.create(
            model="m",
            messages=[{"role": "user", "content": content}],  # type: ignore[list-item]  # its typed dictionaries
            stream=stream,
        )
        answer = await asked
        if not stream:
            return answer.choices[0].message.content or ""
        return "".join([chunk.choices[0].delta.content or "" async for chunk in answer])

    return ask, client.close


def run(way: Way, address: str, pictures: list[Image]) -> tuple[float, float]:
    """Return the requests per second, and the CPU seconds of a request, with 64 requests at any time."""

    async def main() -> None:
        ask, close = way(address)
        waiting = iter(pictures)

        async def worker() -> None:
            for picture in waiting:
                answer = await ask(picture)
                assert answer == "".join(WORDS), answer

        await asyncio.gather(*(worker() for _ in range(AT_ONCE)))
        await close()

    wall, cpu = time.perf_counter(), time.process_time()
    asyncio.run(main())
    return len(pictures) / (time.perf_counter() - wall), (time.process_time() - cpu) / len(pictures)


def at_once() -> None:
    """Print the table of 64 calls at once."""
    crops = np.random.default_rng(0).integers(0, 256, (REQUESTS, 64, 64, 3), dtype=np.uint8)
    pictures = [vm.as_image(crop) for crop in crops]
    ways: dict[str, Way] = {
        "AsyncOpenAI, whole": lambda address: sdk(address, stream=False),
        "AsyncOpenAI, streamed": lambda address: sdk(address, stream=True),
        "vm.aask, whole": lambda address: ours(address, stream=False),
        "vm.aask, streamed": lambda address: ours(address, stream=True),
    }
    with server() as address:
        for way in ways.values():
            run(way, address, pictures[:AT_ONCE])
        found = {name: [] for name in ways}
        for _ in range(ROUNDS):
            for name, way in ways.items():
                found[name].append(run(way, address, pictures))
    print(f"\n{AT_ONCE} calls at once, {LATENCY * 1000:.0f} ms each, the same encoded pictures; medians of {ROUNDS}")
    medians = {name: [statistics.median(column) for column in zip(*runs, strict=True)] for name, runs in found.items()}
    for name, (rate, cpu) in medians.items():
        base_rate, base_cpu = medians["AsyncOpenAI, " + name.rpartition(" ")[2]]
        print(
            f"  {name:<24} {rate:6.0f} requests/s  {rate / base_rate:5.2f} ×  "
            f"{cpu * 1000:6.2f} ms CPU/request  {cpu / base_cpu:5.2f} ×"
        )


# -- what a session remembers ----------------------------------------------------------------------------------


def usage() -> None:
    """Print what it costs to reserve tokens and to count them, as the number of requests grows."""
    print(f"\nUsage with a cap and {AT_ONCE} questions under way, CPU")
    for count in (100, 100_000):
        found = _usage_after(count)
        print(
            f"  after {count:>7,} requests  a question {found['reserve'] * 1000:5.1f} µs  "
            f"a token {found['count'] * 1000:5.1f} µs  the report {found['report'] * 1000:5.1f} ms"
        )


def _usage_after(count: int) -> dict[str, float]:
    """Return the CPU seconds of a thousand questions, of a thousand tokens, and of one report."""
    request = vm.prepare("What is this?", model="m", base_url="http://127.0.0.1:9/v1", max_tokens=20)
    reply = vm.Reply(model="m", host="h", request=request, usage=vm.Usage(prompt_tokens=9, completion_tokens=9))
    ledger = Ledger()
    for number in range(count):
        ledger.add(reply, f"In [{number % 100}]")
    held = [ledger.reserve(request, 10**9) for _ in range(AT_ONCE)]
    return interleaved(
        {
            "reserve": lambda: [ledger.release(ledger.reserve(request, 10**9)) for _ in range(1000)],
            "count": lambda: [ledger.count(held[0], 1.5) for _ in range(1000)],
            "report": lambda: str(UsageReport(ledger.records)),
        }
    )


def stores() -> None:
    """Print what it costs to keep, record and log an answer, as the number of kept ones grows."""
    print("\nStoring an answer, medians of 100")
    for count in (10, 10_000):
        with tempfile.TemporaryDirectory() as folder:
            medians = _stores_with(count, Path(folder))
        shown = "  ".join(f"{name} {wall:5.2f} ms ({cpu:.2f} CPU)" for name, (wall, cpu) in medians.items())
        print(f"  with {count:>6,} kept  {shown}")


def _stores_with(count: int, folder: Path) -> dict[str, list[float]]:
    """Return the medians of the milliseconds of a store, wall and CPU."""
    kept = SqliteStore(folder / "answers.sqlite", 64 * 2**20)
    recorded = JsonLinesStore(folder / "lesson.jsonl")
    log = ExchangeLog(folder / "log.sqlite")
    log.use(True)
    _fill(kept, count)
    reply = vm.Reply(model="m", host="h", request=vm.prepare("?", model="m", base_url="http://127.0.0.1:9/v1"))
    ways: dict[str, Callable[[RecordedExchange], object]] = {
        "kept": kept.add,
        "recorded": recorded.add,
        "logged": lambda exchange: log.add(reply),
    }
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    for number in range(count, count + 100):
        exchange = _exchange(number)
        for name, store in ways.items():
            wall, cpu = time.perf_counter(), time.process_time()
            store(exchange)
            taken[name].append((time.perf_counter() - wall, time.process_time() - cpu))
    return {
        name: [statistics.median(column) * 1000 for column in zip(*pairs, strict=True)] for name, pairs in taken.items()
    }


def _exchange(number: int) -> RecordedExchange:
    chunk = {"model": "m", "choices": [{"index": 0, "delta": {"content": "".join(WORDS)}, "finish_reason": "stop"}]}
    request = {"model": "m", "messages": [{"role": "user", "content": f"{number}?"}], "options": {}, "images": []}
    return RecordedExchange(request=request, chunks=[(0.1, chunk)], host="h", date="2026-11-29")


def _fill(store: SqliteStore, count: int) -> None:
    """Keep many answers in one transaction."""
    store.add(_exchange(0))
    with sqlite3.connect(store.path) as database:
        rows = ((f"{number}", "", "", float(number), _exchange(number).to_line()) for number in range(1, count))
        database.executemany("INSERT INTO answers (question, images, cell, at, line) VALUES (?, ?, ?, ?, ?)", rows)
    database.close()


def main() -> None:
    """Print the tables."""
    usage()
    stores()
    at_once()


if __name__ == "__main__":
    main()
