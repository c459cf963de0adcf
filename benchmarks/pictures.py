"""From an object in memory to the bytes of a request: ours against what people use today.

    python benchmarks/pictures.py

Peers, read from their source (left out where they are not installed: ``pip install bia-bob chatlas openai``):

* bia-bob 0.36: ``bia_bob._utilities.numpy_to_bytestream`` (to RGBA, Pillow's PNG) and Base64, as in ``image_to_url``,
  whose own first step, ``stackview``'s stretching of grey pictures, leaves colour arrays as they are;
* Pillow's default PNG, Base64, and the body as the openai SDK writes it (``chat.completions.create``, from memory);
* chatlas 0.23: ``content_image_file(…, resize="high")`` of a PNG that was written first, which is what its
  ``content_image_plot`` does with a figure.

The floor is a copy of the pixels. CPU seconds, medians, tasks taking turns; each task's memory in a process of its own.
"""

from __future__ import annotations

import base64
import functools
import io
import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from timing import interleaved

QUESTION = "What is this?"


def photograph(width: int, height: int) -> Any:
    """Return an RGB array that encoders take for a photograph: slow waves with a little noise on them."""
    chance = np.random.default_rng(7)
    x, y = np.meshgrid(np.linspace(0, 6, width, dtype=np.float32), np.linspace(0, 4, height, dtype=np.float32))
    waves = np.stack([np.cos(x * a + y * b) for a, b in ((1.0, 2.0), (2.3, 0.7), (0.4, 3.1))], axis=-1)
    noise = chance.normal(0, 4, size=waves.shape).astype(np.float32)
    return np.clip(127 + 100 * waves + noise, 0, 255).astype(np.uint8)


def figure() -> Any:
    """Return a figure of 1200×800 pixels, drawn once."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    made = Figure(figsize=(12, 8), dpi=100)
    x = np.linspace(0, 10, 500)
    for number, axes in enumerate(made.subplots(2, 2).flat):
        for shift in range(4):
            axes.plot(x, np.sin(x * (number + 1) + shift), label=f"series {shift}")
        axes.set_title(f"Panel {number}")
        axes.legend()
    FigureCanvasAgg(made).draw()
    return made


def rgba() -> Any:
    """Return a picture of 1200×800 with transparency: a figure's own pixels."""
    return np.asarray(figure().canvas.buffer_rgba()).copy()


OBJECTS: dict[str, Callable[[], Any]] = {
    "photograph 640×480": functools.partial(photograph, 640, 480),
    "photograph 2000×1500": functools.partial(photograph, 2000, 1500),
    "photograph 4000×3000": functools.partial(photograph, 4000, 3000),
    "RGBA 1200×800": rgba,
    "figure 1200×800, drawn": figure,
}


def ours(obj: Any) -> bytes:
    """Return the body that `vision_magic.ask` would send."""
    import vision_magic as vm
    from vision_magic.wire.body import Body

    return b"".join(Body(vm.prepare(QUESTION, obj, model="gpt-4o", base_url="https://models.example/v1")))


def bia_bob(obj: Any) -> bytes:
    """Return bia-bob's data URI in a request."""
    from bia_bob._utilities import numpy_to_bytestream

    data = numpy_to_bytestream(pixels_of(obj))
    return request(f"data:image/png;base64,{base64.b64encode(data).decode('utf-8')}")


def pillow_and_sdk(obj: Any) -> bytes:
    """Return what the openai SDK sends of Pillow's PNG."""
    client, sent = sdk()
    sent.clear()
    url = f"data:image/png;base64,{base64.b64encode(png(obj)).decode()}"
    client.chat.completions.create(model="gpt-4o", messages=messages(url))
    return sent[0]


def chatlas(obj: Any) -> bytes:
    """Return chatlas' inline content of a PNG file in a request."""
    import chatlas as peer

    with tempfile.NamedTemporaryFile(suffix=".png") as file:
        file.write(png(obj))
        file.flush()
        content = peer.content_image_file(file.name, resize="high")
    return request(f"data:{content.image_content_type};base64,{content.data}")


def floor(obj: Any) -> bytes:
    """Return a copy of the pixels."""
    return bytes(pixels_of(obj).data)


TASKS: dict[str, Callable[[Any], bytes]] = {
    "bia-bob": bia_bob,
    "Pillow PNG + openai SDK": pillow_and_sdk,
    "chatlas": chatlas,
    "ours": ours,
    "floor: a copy of the pixels": floor,
}


def pixels_of(obj: Any) -> Any:
    """Return an array; of a figure what its canvas holds."""
    return obj if isinstance(obj, np.ndarray) else np.asarray(obj.canvas.buffer_rgba())


def png(obj: Any) -> bytes:
    """Return Pillow's own PNG."""
    from PIL import Image

    buffer = io.BytesIO()
    Image.fromarray(pixels_of(obj)).save(buffer, "PNG")
    return buffer.getvalue()


def messages(url: str) -> Any:
    """Return one user message with a picture."""
    parts = [{"type": "text", "text": QUESTION}, {"type": "image_url", "image_url": {"url": url}}]
    return [{"role": "user", "content": parts}]


def request(url: str) -> bytes:
    """Return a body as the standard library writes it."""
    return json.dumps({"model": "gpt-4o", "messages": messages(url)}).encode()


@functools.cache
def sdk() -> tuple[Any, list[bytes]]:
    """Return a client of the SDK, answered from memory, and the bodies that it has sent."""
    import httpx2
    import openai

    sent: list[bytes] = []
    answer = {"id": "1", "object": "chat.completion", "created": 0, "model": "m", "choices": []}

    def reply(asked: Any) -> Any:
        sent.append(asked.read())
        return httpx2.Response(200, json=answer)

    client = httpx2.Client(transport=httpx2.MockTransport(reply))
    return openai.OpenAI(api_key="none", base_url="http://127.0.0.1:9/v1", http_client=client), sent


def available(obj: Any) -> dict[str, Callable[[Any], bytes]]:
    """Return the tasks whose libraries are here."""
    found = {}
    for name, task in TASKS.items():
        try:
            task(obj)
        except ImportError as error:
            print(f"  {name} is left out ({error}); pip install bia-bob chatlas openai")
        else:
            found[name] = task
    return found


def peak(name: str, task: str) -> float:
    """Return how much memory a task takes beyond its object (bytes), in a process of its own."""
    program = f"import pictures; pictures.measure_memory({name!r}, {task!r})"
    said = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=Path(__file__).parent
    )
    return float(said.stdout or "nan")


def measure_memory(name: str, task: str) -> None:
    """Print the memory that a task adds to what the process has already held at its most (bytes)."""
    TASKS[task](photograph(64, 64))  # imports and tables are no memory of the picture's
    obj = OBJECTS[name]()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    now = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize()
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak starts again from what is held now
    TASKS[task](obj)
    status = Path("/proc/self/status").read_text(encoding="ascii")
    high = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) * 1024
    print(max(0, high - now) if before else 0)


def main() -> None:
    """Print a table per object."""
    for name, make in OBJECTS.items():
        obj = make()
        pixels = pixels_of(obj).nbytes
        tasks = available(obj)
        seconds = interleaved({task: functools.partial(run, obj) for task, run in tasks.items()}, rounds=5)
        print(f"\n{name}: {pixels / 1e6:.1f} MB of pixels")
        print(f"  {'':<28} {'CPU':>10} {'× bia-bob':>10} {'× Pillow':>9} {'body':>9} {'memory':>17}")
        for task, value in seconds.items():
            against = [value / seconds[peer] if peer in seconds else float("nan") for peer in list(TASKS)[:2]]
            size = len(tasks[task](obj)) / 1e6
            memory = peak(name, task) / pixels
            print(
                f"  {task:<28} {value * 1000:7.1f} ms {against[0]:9.3f}× {against[1]:8.3f}× {size:6.2f} MB "
                f"{memory:5.1f} × the pixels"
            )


if __name__ == "__main__":
    main()
