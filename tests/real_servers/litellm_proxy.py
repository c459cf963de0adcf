"""The litellm proxy, a gateway in wide use: large, so it has a target of its own, make test-servers."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as PILImage

import vision_magic as vm
from tests.real_servers.conftest import Start
from vision_magic.images.image import Image

PROGRAM = Path(__file__).parents[2] / "build" / "litellm" / "bin" / "litellm"
CONFIG = """
model_list:
  - model_name: good
    litellm_params: {model: openai/gpt-4o, api_key: none, mock_response: "The peak is in March."}
  - model_name: limited
    litellm_params: {model: openai/gpt-4o, api_key: none, mock_response: "litellm.RateLimitError"}
  - model_name: long
    litellm_params: {model: openai/gpt-4o, api_key: none, mock_response: "litellm.ContextWindowExceededError"}
router_settings: {num_retries: 0}
"""
KEY = f"sk-{secrets.token_hex(24)}"
PICTURE = PILImage.new("RGB", (8, 8), "navy")


@pytest.fixture(scope="module")
def url(start: Start, tmp_path_factory: pytest.TempPathFactory) -> str:
    config = tmp_path_factory.mktemp("litellm") / "config.yaml"
    config.write_text(CONFIG)
    os.environ.update(LITELLM_MASTER_KEY=KEY, LITELLM_LOCAL_MODEL_COST_MAP="True", LITELLM_TELEMETRY="False")
    command = [str(PROGRAM), "--config", str(config), "--host", "127.0.0.1", "--port", "{port}"]
    return start(command, "/health/liveliness")


@pytest.fixture
def ask(url: str, monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setenv("PROXY_KEY", KEY)

    def run(model: str, *pictures: object, **options: object) -> vm.Reply:
        return vm.ask(
            "When?", *(pictures or (PICTURE,)), base_url=f"{url}/v1", key_env="PROXY_KEY", model=model, **options
        )

    return run


@pytest.mark.parametrize("stream", [True, False])
def test_an_answer_comes_whole_with_its_usage(ask: object, stream: bool) -> None:
    """C10: the usage comes after the finish reason, with an empty delta."""
    assert callable(ask)
    options = {"stream_options": {"include_usage": True}} if stream else {}
    reply = ask("good", stream=stream, **options)
    assert reply.text == "The peak is in March."
    assert reply.usage is not None
    assert reply.usage.total_tokens


def test_an_unknown_model_names_those_that_there_are(ask: object) -> None:
    assert callable(ask)
    with pytest.raises(vm.ServerError) as caught:
        ask("goood")
    assert caught.value.status in (400, 404)
    assert "good" in str(caught.value)


def test_a_wrong_key_is_said_and_not_repeated(ask: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a database the proxy answers 400 and speaks of that."""
    assert callable(ask)
    monkeypatch.setenv("PROXY_KEY", "sk-wrong-0123456789")
    with pytest.raises(vm.ServerError, match="No connected db") as caught:
        ask("good")
    assert "wrong-0123456789" not in str(caught.value)


def test_a_limit_is_tried_again_and_then_said(ask: object) -> None:
    assert callable(ask)
    with pytest.raises(vm.ServerError) as caught:
        ask("limited")
    assert caught.value.status == 429


def test_a_context_that_is_too_small_says_how_to_send_less(ask: object) -> None:
    assert callable(ask)
    with pytest.raises(vm.ServerError, match="model's context"):
        ask("long")


def test_thirty_megabytes_are_sent(ask: object) -> None:
    assert callable(ask)
    noise = np.random.default_rng(0).bytes(23_000_000)
    large = Image(data=noise, media_type="image/jpeg", width=4000, height=3000)
    assert ask("good", large).text == "The peak is in March."
