"""A server for recording lesson 05: a small language model that continues the text of the last message.

It needs llama-cpp-python and the weights, as `make test-servers` installs them::

    build/llamacpp/bin/python tools/lesson_server.py build/llamacpp/model.gguf 8791

It streams chat completions with ``n``, ``temperature``, ``top_p``, ``seed``, ``stop``, ``max_tokens`` and
``top_logprobs``. The model is not trained to answer questions: no template is put around the text.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

from llama_cpp import Llama  # type: ignore[import-not-found]

LENGTH = 24


def chunks(llama: Llama, asked: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the chunks of the answer to a request, one choice after another."""
    content = asked["messages"][-1]["content"]
    prompt = content if isinstance(content, str) else "".join(part.get("text", "") for part in content)
    for index in range(asked.get("n", 1)):
        options: dict[str, Any] = {name: asked[name] for name in ("temperature", "top_p", "stop") if name in asked}
        options["seed"] = asked.get("seed", 0) + index
        options["max_tokens"] = asked.get("max_tokens", LENGTH)
        if asked.get("logprobs"):
            options["logprobs"] = asked.get("top_logprobs", 1)
        for piece in llama.create_completion(prompt, stream=True, top_k=0, min_p=0.0, repeat_penalty=1.0, **options):
            choice = piece["choices"][0]
            yield {
                "model": asked["model"],
                "choices": [
                    {
                        "index": index,
                        "delta": {"content": choice["text"]},
                        "logprobs": {"content": list(tokens(choice["logprobs"]))} if choice["logprobs"] else None,
                        "finish_reason": choice["finish_reason"],
                    }
                ],
            }


def tokens(found: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the tokens of a piece of text in the format of chat completions."""
    for token, value, top in zip(found["tokens"], found["token_logprobs"], found["top_logprobs"], strict=True):
        best = [{"token": other, "logprob": round(float(one), 4)} for other, one in top.items()]
        yield {"token": token, "logprob": round(float(value), 4), "top_logprobs": best}


class Handler(BaseHTTPRequestHandler):
    """Answers every POST as a chat completion."""

    def do_POST(self) -> None:
        """Stream the answer."""
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        for chunk in chunks(self.server.llama, asked):  # type: ignore[attr-defined]
            self.wfile.write(b"data: " + json.dumps(chunk).encode() + b"\n\n")
        self.wfile.write(b"data: [DONE]\n\n")


if __name__ == "__main__":
    server = HTTPServer(("127.0.0.1", int(sys.argv[2])), Handler)
    server.llama = Llama(sys.argv[1], n_ctx=512, logits_all=True, verbose=False)  # type: ignore[attr-defined]
    server.serve_forever()
