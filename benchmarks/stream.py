"""The cost of a streamed chunk, from bytes to a finished reply: ours, the official SDK's ways, and the floor.

One server in a process of its own sends realistic chunks over loopback, one event per HTTP chunk. Costs are CPU
time of the client's process; the ways take turns, and the medians are compared.
"""

from __future__ import annotations

import json
import multiprocessing
import random
import socket
import statistics
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import vision_magic as vm
from vision_magic.chat.messages import user_message
from vision_magic.chat.request import ChatRequest
from vision_magic.images.image import Image
from vision_magic.session.default import session
from vision_magic.session.prepare import PreparedCall

REQUEST = ChatRequest(model="m", messages=(user_message("Hi"),))
WORDS = ["The", "quick", "brown", "fox", "jumps", "over", "the", "lazy", "dog", "and", "keeps", "on", "running"]


def chunk(number: int) -> bytes:
    """Return one event as OpenAI sends it: about 250 bytes."""
    body = {
        "id": "chatcmpl-9abcdefghijklmnopqrstuvwxyz012345",
        "object": "chat.completion.chunk",
        "created": 1700000000,
        "model": "gpt-test-2026-01-01",
        "service_tier": "default",
        "system_fingerprint": "fp_0123456789",
        "choices": [
            {
                "index": 0,
                "delta": {"content": WORDS[number % len(WORDS)] + " "},
                "logprobs": None,
                "finish_reason": None,
            }
        ],
    }
    return b"data: " + json.dumps(body).encode() + b"\n\n"


END = (
    b'data: {"id":"x","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{},'
    b'"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'
)


def serve(listening: socket.socket, count: int, first_only: bool) -> None:
    """Answer each connection with `count` chunks; the whole answer is made beforehand."""
    pieces = [chunk(number) for number in range(count)]
    if first_only:
        pieces = [b'data: {"choices":[{"index":0,"delta":{"content":"' + b"x" * 16_000_000 + b'"}}]}\n\n']
    framed = b"".join(f"{len(piece):x}\r\n".encode() + piece + b"\r\n" for piece in [*pieces, END]) + b"0\r\n\r\n"
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
    while True:
        connection, _ = listening.accept()
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with connection:
            try:
                while read_request(connection):
                    connection.sendall(head + framed)
            except OSError:
                continue


def read_request(connection: socket.socket) -> bool:
    """Read one request; return whether there was one."""
    data = b""
    while b"\r\n\r\n" not in data:
        more = connection.recv(65536)
        if not more:
            return False
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    length = next(int(line.split(b":")[1]) for line in head.lower().splitlines() if line.startswith(b"content-length"))
    while len(body) < length:
        body += connection.recv(65536)
    return True


@contextmanager
def server(count: int, *, first_only: bool = False) -> Iterator[int]:
    """Yield the port of a server in a process of its own."""
    listening = socket.create_server(("127.0.0.1", 0))
    process = multiprocessing.get_context("fork").Process(
        target=serve, args=(listening, count, first_only), daemon=True
    )
    process.start()
    try:
        yield listening.getsockname()[1]
    finally:
        process.terminate()
        process.join()
        listening.close()


def ours(port: int) -> str:
    """Read the answer with vision_magic."""
    with vm.stream("Hi", base_url=f"http://127.0.0.1:{port}/v1", model="m") as events:
        for _ in events:
            pass
        return events.reply.text


def floor(port: int) -> str:
    """Read the answer from a raw socket: split, parse, join, and nothing else."""
    body = json.dumps(REQUEST.to_wire()).encode()
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
        text: list[str] = []
        rest = b""
        while True:
            lines = (rest + connection.recv(262144)).split(b"\n")
            rest = lines.pop()
            for line in lines:
                if line.startswith(b"data: {"):
                    text.append(json.loads(line[6:])["choices"][0]["delta"].get("content", ""))
                elif line.startswith(b"data: [DONE]"):
                    return "".join(text)


def sdk(port: int) -> str:
    """Read the answer with the official SDK, ``stream=True``."""
    import openai

    client = openai.OpenAI(base_url=f"http://127.0.0.1:{port}/v1", api_key="x")
    stream = client.chat.completions.create(model="m", messages=[{"role": "user", "content": "Hi"}], stream=True)
    return "".join(chunk.choices[0].delta.content or "" for chunk in stream)


def sdk_helper(port: int) -> str:
    """Read the answer with the official SDK's ``.stream()`` helper."""
    import openai

    client = openai.OpenAI(base_url=f"http://127.0.0.1:{port}/v1", api_key="x")
    with client.chat.completions.stream(model="m", messages=[{"role": "user", "content": "Hi"}]) as stream:
        for _ in stream:
            pass
        return stream.get_final_completion().choices[0].message.content or ""


def costs(ways: dict[str, Callable[[int], str]], port: int, rounds: int) -> dict[str, float]:
    """Return each way's median of CPU seconds; all must read the same text."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    texts = {way(port) for way in ways.values()}  # warm, and checked
    assert len(texts) == 1
    for _ in range(rounds):
        for name, way in ways.items():
            started = time.process_time()
            way(port)
            taken[name].append(time.process_time() - started)
    return {name: statistics.median(values) for name, values in taken.items()}


def first_token(way: Callable[[int], float], port: int, rounds: int = 15) -> float:
    """Return the median of wall milliseconds until the first text."""
    return statistics.median(way(port) for _ in range(rounds)) * 1000


def ours_first(port: int) -> float:
    """Return the seconds until our first event."""
    started = time.perf_counter()
    with vm.stream("Hi", base_url=f"http://127.0.0.1:{port}/v1", model="m") as events:
        next(events)
        return time.perf_counter() - started


def floor_first(port: int) -> float:
    """Return the seconds until the first bytes on a raw socket."""
    body = json.dumps(REQUEST.to_wire()).encode()
    started = time.perf_counter()
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
        while b"data: {" not in connection.recv(65536):
            pass
        return time.perf_counter() - started


def sdk_first(port: int) -> float:
    """Return the seconds until the SDK's first chunk, with a client per call."""
    import openai

    started = time.perf_counter()
    client = openai.OpenAI(base_url=f"http://127.0.0.1:{port}/v1", api_key="x")
    stream = client.chat.completions.create(model="m", messages=[{"role": "user", "content": "Hi"}], stream=True)
    next(iter(stream))
    taken = time.perf_counter() - started
    stream.close()
    return taken


def peaks(port: int) -> dict[str, float]:
    """Return the peak of Python's memory while a picture of 20 MB is sent, as multiples of the picture."""
    import openai

    settings = session.settings(base_url=f"http://127.0.0.1:{port}/v1", model="m")
    picture = Image(data=random.Random(0).randbytes(20_000_000), media_type="image/png", width=1, height=1)

    def by_us() -> None:
        call = PreparedCall(settings=settings, request=ChatRequest(model="m", messages=(user_message("Hi", picture),)))
        with session.run([call]) as events:
            list(events)

    def by_the_sdk() -> None:
        client = openai.OpenAI(base_url=f"http://127.0.0.1:{port}/v1", api_key="x")
        content = [{"type": "image_url", "image_url": {"url": picture.data_uri}}]
        list(client.chat.completions.create(model="m", messages=[{"role": "user", "content": content}], stream=True))

    def by_json() -> None:
        json.dumps(ChatRequest(model="m", messages=(user_message("Hi", picture),)).to_wire()).encode()

    found = {}
    for name, send in {"openai SDK": by_the_sdk, "json.dumps, not even sent": by_json, "vision_magic": by_us}.items():
        send()
        tracemalloc.start()
        send()
        found[name] = tracemalloc.get_traced_memory()[1] / len(picture.data)
        tracemalloc.stop()
    return found


def main() -> None:
    """Print the tables."""
    ways = {
        "openai SDK, stream=True": sdk,
        "openai SDK, .stream()": sdk_helper,
        "vision_magic": ours,
        "raw socket": floor,
    }
    print("\nCPU per chunk, 20,000 chunks over loopback")
    with server(20_000) as port:
        found = costs(ways, port, rounds=5)
        for name, seconds in found.items():
            print(f"  {name:<28} {seconds / 20_000 * 1e6:7.1f} µs  {seconds / found['openai SDK, stream=True']:6.3f} ×")
    print("\nCPU per chunk as the answer grows")
    for count in (1_000, 10_000, 100_000):
        with server(count) as port:
            found = costs({"vision_magic": ours, "raw socket": floor}, port, rounds=5)
            shown = "  ".join(f"{name} {seconds / count * 1e6:6.1f} µs" for name, seconds in found.items())
            print(f"  {count:>7} chunks  {shown}")
    print("\nOne event of 16 MB, CPU")
    with server(1, first_only=True) as port:
        found = costs({"openai SDK, stream=True": sdk, "vision_magic": ours, "raw socket": floor}, port, rounds=5)
        for name, seconds in found.items():
            print(f"  {name:<28} {seconds * 1000:7.0f} ms")
    print("\nFirst token over loopback, a call of its own each, wall")
    with server(50) as port:
        for name, way in {"openai SDK": sdk_first, "vision_magic": ours_first, "raw socket": floor_first}.items():
            way(port)
            print(f"  {name:<28} {first_token(way, port):7.2f} ms")
    print("\nPeak memory while a picture of 20 MB is sent, beyond the picture itself")
    with server(1) as port:
        for name, times in peaks(port).items():
            print(f"  {name:<28} {times:7.2f} × the picture")


if __name__ == "__main__":
    main()
