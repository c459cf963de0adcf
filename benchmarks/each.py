"""One question to many pictures: ours, the official SDK with Pillow, and the floor of raw httpx.

The server runs in a process of its own (`each_server.py`). The ways take turns within one run, and the medians of their
rounds are compared; costs are CPU time of this process. ``python each.py speed`` runs one part.
"""

from __future__ import annotations

import asyncio
import base64
import collections
import contextlib
import gc
import io
import json
import os
import resource
import ssl
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Awaitable, Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import openai
from PIL import Image as PILImage, ImageFilter

from vision_magic.each.ask_each import aask_each, ask_each

QUESTION = "Which species is it? Answer in one sentence."
ROUNDS = int(os.environ.get("ROUNDS", "5"))


@contextlib.contextmanager
def server(delay: float, rate: float = 0.0, factor: float = 1.0) -> Iterator[str]:
    """Run the server, and yield its address."""
    program = Path(__file__).with_name("each_server.py")
    arguments = [str(part) for part in (delay, rate, factor)]
    with subprocess.Popen([sys.executable, str(program), *arguments], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield f"http://127.0.0.1:{process.stdout.readline().strip()}/v1"
        finally:
            process.kill()


def counts(url: str) -> dict[str, int]:
    """Return what the server counted."""
    with urllib.request.urlopen(url) as response:
        found: dict[str, int] = json.load(response)
    return found


def crops(count: int, side: int = 256) -> list[Any]:
    """Return photographs as arrays: smooth noise, whose JPEG has the size of a real one's."""
    random = np.random.default_rng(1)
    large = PILImage.fromarray(random.integers(0, 256, (side + count, side + 64, 3), dtype=np.uint8))
    values = np.asarray(large.filter(ImageFilter.GaussianBlur(1.2)))
    return [np.ascontiguousarray(values[number : number + side, :side]) for number in range(count)]


def jpeg(picture: Any) -> str:
    """Return an array as the data URI of a JPEG, as most people write it."""
    buffer = io.BytesIO()
    PILImage.fromarray(picture).save(buffer, "JPEG", quality=85)
    return f"data:image/jpeg;base64,{base64.b64encode(buffer.getvalue()).decode()}"


def messages(uri: str) -> list[Any]:
    """Return the messages of a request."""
    parts = [{"type": "text", "text": QUESTION}, {"type": "image_url", "image_url": {"url": uri}}]
    return [{"role": "user", "content": parts}]


# -- the ways --------------------------------------------------------------------------------------------------


async def workers(count: int, pictures: Iterable[Any], ask: Callable[[Any], Awaitable[object]]) -> None:
    """Ask about each picture, so many at once."""
    waiting = iter(pictures)

    async def work() -> None:
        for picture in waiting:
            await ask(picture)

    await asyncio.gather(*(work() for _ in range(count)))


async def with_openai(url: str, pictures: list[Any], count: int) -> None:
    """Ask with the official SDK and Pillow."""
    async with openai.AsyncOpenAI(base_url=url, api_key="none", max_retries=0) as client:

        async def ask(picture: Any) -> object:
            return await client.chat.completions.create(model="model-1", messages=messages(jpeg(picture)))

        await workers(count, pictures, ask)


async def with_httpx(url: str, pictures: list[Any], count: int) -> None:
    """Send requests that are ready, one client a worker: the floor."""
    uri = jpeg(pictures[0])
    content = json.dumps({"model": "model-1", "messages": messages(uri)}).encode()
    waiting = iter(pictures)
    context = ssl.create_default_context()  # one for all, as it is with us: each takes 20 ms

    async def work() -> None:
        async with httpx.AsyncClient(verify=context) as client:
            for _ in waiting:
                headers = {"Content-Type": "application/json"}
                response = await client.post(f"{url}/chat/completions", content=content, headers=headers)
                response.json()

    await asyncio.gather(*(work() for _ in range(count)))


def ours(url: str, pictures: Any, count: int, **options: Any) -> Any:
    """Ask with `ask_each`."""
    with tempfile.TemporaryDirectory() as folder:
        rows = ask_each(
            QUESTION,
            pictures,
            run=Path(folder) / "run",
            concurrency=count,
            base_url=url,
            model="model-1",
            **{"image_format": "jpeg", "progress": False, **options},
        )
        return dict(collections.Counter(row.state for row in rows))


# -- the parts -------------------------------------------------------------------------------------------------


def speed(title: str, delay: float, number: int, count: int, rounds: int = ROUNDS) -> None:
    """Print requests a second and CPU time of each way."""
    pictures = crops(number)
    with server(delay) as url:
        ways: dict[str, Callable[[], object]] = {
            "AsyncOpenAI + Pillow JPEG": lambda: asyncio.run(with_openai(url, pictures, count)),
            "ask_each": lambda: ours(url, pictures, count),
            "raw httpx, one client a worker": lambda: asyncio.run(with_httpx(url, pictures, count)),
        }
        taken: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
        for _ in range(rounds + 1):
            for name, way in ways.items():
                gc.collect()
                wall, cpu = time.perf_counter(), time.process_time()
                way()
                taken[name].append((time.perf_counter() - wall, time.process_time() - cpu))
    print(f"\n{title}")
    medians = {
        name: [statistics.median(column) for column in zip(*pairs[1:], strict=True)] for name, pairs in taken.items()
    }
    base_wall, base_cpu = medians["AsyncOpenAI + Pillow JPEG"]
    for name, (wall, cpu) in medians.items():
        rate, each = number / wall, cpu / number * 1000
        print(f"  {name:<32}{rate:8.1f} req/s {base_wall / wall:6.2f} ×{each:8.2f} ms CPU {cpu / base_cpu:6.2f} ×")


async def stalls(url: str, pictures: Any) -> list[float]:
    """Return how late a timer of the event loop was while many pictures were asked about (seconds)."""
    late: list[float] = []
    done = False

    async def watch() -> None:
        while not done:
            begun = time.perf_counter()
            await asyncio.sleep(0.005)
            late.append(time.perf_counter() - begun - 0.005)

    watching = asyncio.create_task(watch())
    with tempfile.TemporaryDirectory() as folder:
        await aask_each(
            QUESTION, pictures, run=Path(folder) / "run", concurrency=16, progress=False, base_url=url, model="model-1"
        )
    done = True
    await watching
    return sorted(late)


def loop_stall() -> None:
    """Print how late the event loop is while 12 MP pictures are loaded and encoded."""
    random = np.random.default_rng(2)
    source = random.integers(0, 256, (3000, 4000, 3), dtype=np.uint8)
    with server(0.05) as url:
        late = asyncio.run(stalls(url, (np.roll(source, number) for number in range(60))))
    print("\nEvent loop, 60 pictures of 12 MP, 16 at once")
    quantiles = {f"p{share}": late[min(len(late) - 1, len(late) * share // 100)] for share in (50, 99, 100)}
    print("  late by " + ", ".join(f"{name} {value * 1000:.1f} ms" for name, value in quantiles.items()))


def memory(number: int = 10_000) -> None:
    """Print how much memory grows between row 1,000 and row 10,000 of a generator."""
    picture = crops(1)[0]
    seen: list[float] = []

    def generated() -> Iterator[Any]:
        for position in range(number):
            if position in (1000, number - 200):
                gc.collect()
                seen.append(int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6)
            yield picture + np.uint8(position % 7)

    with server(0.02) as url:
        found = ours(url, generated(), 32)
    print(f"\nMemory, {number:,} rows from a generator: {found}")
    print(f"  at row 1,000 {seen[0]:.1f} MB, at row {number:,} {seen[1]:.1f} MB: {seen[1] - seen[0]:+.1f} MB")


def limited() -> None:
    """Print what becomes of 240 rows at a server that takes 40 requests a second."""
    pictures = crops(240)
    print("\n40 requests a second, 240 rows, 64 at once")
    for name, options in {"no rate": {}, "rate=38": {"rate": 38}}.items():
        with server(0.2, rate=40) as url:
            begun = time.perf_counter()
            found = ours(url, pictures, 64, **options)
            seconds = time.perf_counter() - begun
            seen = counts(url)
        share = seen["refused"] / (seen["requests"] + seen["refused"])
        print(f"  {name:<8} {found}, {240 / seconds:.1f} req/s, 429s {share:.1%}")


def capped() -> None:
    """Print how much of a cap is used at a server that counts 20 % more than is estimated."""
    pictures = crops(200)
    print("\nCap of 12,000 tokens, a server that counts 20 % more")
    for count in (1, 16, 64):
        for options in ({"max_tokens": 20}, {}):
            with server(0.02, factor=float(os.environ.get("FACTOR", "1.2"))) as url:
                found = ours(url, pictures, count, cap=12_000, **options)
                spent = counts(url)["tokens"]
            print(
                f"  {count:>3} at once, {options or 'no max_tokens'}: {spent:,} spent ({spent / 12_000:.3f}), {found}"
            )


PARTS: dict[str, Callable[[], None]] = {
    "speed": lambda: speed("500 crops of 256×256, 64 at once, 50 ms", 0.05, 500, 64),
    "latency": lambda: speed("96 crops of 256×256, 16 at once, 1 s", 1.0, 96, 16),
    "stall": loop_stall,
    "memory": memory,
    "limited": limited,
    "capped": capped,
}


def main() -> None:
    """Print the parts that are named, or all."""
    for name in sys.argv[1:] or PARTS:
        PARTS[name]()


if __name__ == "__main__":
    main()
