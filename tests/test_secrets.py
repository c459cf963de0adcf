"""A key shows itself nowhere."""

from __future__ import annotations

import copy
import gc
import json
import pickle
import traceback

import pytest

from vision_magic.secrets import Secret, key_from_environment, redact

KEY = "sk-CANARY-0123456789"


@pytest.fixture
def secret() -> Secret:
    return Secret(KEY, source="test")


def test_it_gives_the_key_to_who_asks_for_it(secret: Secret) -> None:
    assert secret.reveal() == KEY


@pytest.mark.parametrize("show", [repr, str, format, "{}".format, lambda secret: f"{secret!r:>30}", ascii])
def test_it_shows_itself_without_the_key(secret: Secret, show: object) -> None:
    assert callable(show)
    assert KEY not in show(secret)


@pytest.mark.parametrize(
    "take", [pickle.dumps, copy.copy, copy.deepcopy, json.dumps, vars], ids=lambda take: take.__name__
)
def test_it_cannot_be_taken_apart_or_away(secret: Secret, take: object) -> None:
    assert callable(take)
    with pytest.raises(TypeError):
        take(secret)


def test_a_traceback_with_the_values_of_names_does_not_hold_it() -> None:
    def fail(secret: Secret) -> None:
        raise RuntimeError(secret)

    held = Secret(KEY, source="test")
    with pytest.raises(RuntimeError) as caught:
        fail(held)
    shown = "".join(traceback.TracebackException.from_exception(caught.value, capture_locals=True).format())
    assert "<Secret from test>" in shown
    assert KEY not in shown


def test_two_are_equal_when_their_keys_are(secret: Secret) -> None:
    assert secret == Secret(KEY, source="elsewhere")
    assert secret != Secret("other-key", source="test")
    assert secret != KEY


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"Incorrect key {KEY}!", id="loaded"),
        pytest.param("key sk-proj-abcdefgh12345678", id="looks like OpenAI's"),
        pytest.param("Authorization: Bearer abcdef123456", id="bearer"),
        pytest.param("AIzaSyA-0123456789abcdefghijk", id="looks like Google's"),
    ],
)
def test_a_foreign_text_loses_its_keys(secret: Secret, text: str) -> None:
    shown = redact(text)
    assert "****" in shown
    for part in (KEY, "abcdefgh12345678", "abcdef123456", "0123456789abcdefghijk"):
        assert part not in shown


def test_a_loaded_key_of_any_form_is_taken_out_and_a_forgotten_one_is_not_kept() -> None:
    plain = Secret("correct horse", source="test")
    assert redact("it is correct horse.") == "it is ****."
    del plain
    gc.collect()
    assert redact("it is correct horse.") == "it is correct horse."


def test_a_picture_is_cut_to_its_size() -> None:
    assert redact(f"url data:image/png;base64,{'A' * 400}== end") == (
        "url data:image/png;base64,… (424 characters) end"
    )


def test_ordinary_words_stay_as_they_are() -> None:
    words = "The risk-free rate of task-12 is 5 %, ask-ed skeptically: sk-8."
    assert redact(words) == words


@pytest.mark.parametrize("environ", [{}, {"K": ""}, {"K": "  "}])
def test_an_unset_or_empty_variable_is_no_key(environ: dict[str, str]) -> None:
    assert key_from_environment("K", environ) is None


def test_a_variable_is_a_key_that_knows_where_it_came_from() -> None:
    key = key_from_environment("K", {"K": f" {KEY}\n"})
    assert key is not None
    assert key.reveal() == KEY
    assert key.source == "environment variable K"
