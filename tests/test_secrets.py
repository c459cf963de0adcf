"""Secrets are never shown, and keys are redacted from other strings."""

from __future__ import annotations

import copy
import dataclasses
import gc
import html
import json
import pickle
import pprint
import re
import traceback
import urllib.parse
from collections.abc import Callable

import pytest
from hypothesis import given, strategies as st

from tests.threads import at_once
from vision_magic.secrets import HIDDEN, KeyFilter, KeyStore, Secret, key_from_environment, redact, without_keys

KEY = "sk-CANARY-0123456789"


@pytest.fixture
def secret() -> Secret:
    return Secret(KEY, source="test")


def test_it_gives_the_key_to_who_asks_for_it(secret: Secret) -> None:
    assert secret.reveal() == KEY


@dataclasses.dataclass
class Holder:
    key: Secret


@pytest.mark.parametrize(
    "show",
    [
        pytest.param(repr, id="repr"),
        pytest.param(str, id="str"),
        pytest.param(ascii, id="ascii"),
        pytest.param(format, id="format"),
        pytest.param(lambda secret: format(secret, ">40"), id="format with a width"),
        pytest.param(lambda secret: f"{secret}", id="f-string"),
        pytest.param(lambda secret: f"{secret!r:>30}", id="f-string of its repr"),
        pytest.param("{}".format, id="str.format"),
        pytest.param("{0.source} {0._reveal}".format, id="str.format of its attributes"),
        pytest.param("%s".__mod__, id="percent s"),
        pytest.param("%r".__mod__, id="percent r"),
        pytest.param(lambda secret: repr({"key": [secret]}), id="inside other values"),
        pytest.param(lambda secret: repr(Holder(secret)), id="inside a data class"),
        pytest.param(pprint.pformat, id="pprint"),
        pytest.param(lambda secret: json.dumps({"key": secret}, default=str), id="json by str"),
        pytest.param(lambda secret: repr([getattr(secret, name, "") for name in dir(secret)]), id="all attributes"),
    ],
)
def test_it_shows_itself_without_the_key(secret: Secret, show: Callable[[Secret], str]) -> None:
    shown = show(secret)
    assert shown
    assert KEY not in shown


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_it_is_pickled_by_no_protocol_also_inside_other_values(secret: Secret, protocol: int) -> None:
    with pytest.raises(TypeError, match="never pickled or copied") as caught:
        pickle.dumps({"key": [secret]}, protocol)
    assert KEY not in str(caught.value)


def test_it_is_not_copied_with_what_holds_it(secret: Secret) -> None:
    with pytest.raises(TypeError, match="never pickled or copied"):
        copy.deepcopy({"key": secret})
    with pytest.raises(TypeError, match="never pickled or copied"):
        dataclasses.asdict(Holder(secret))


def test_it_has_no_room_for_other_attributes(secret: Secret) -> None:
    assert not hasattr(secret, "__dict__")
    with pytest.raises(AttributeError):
        secret.value = KEY  # type: ignore[attr-defined]


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


def test_a_traceback_out_of_a_comparison_does_not_hold_it(secret: Secret) -> None:
    class Spiteful:
        def __eq__(self, other: object) -> bool:
            raise RuntimeError(f"compared with {other!r}")

        __hash__ = None  # type: ignore[assignment]

    with pytest.raises(RuntimeError) as caught:
        _ = secret == Spiteful()
    shown = "".join(traceback.TracebackException.from_exception(caught.value, capture_locals=True).format())
    assert KEY not in shown


def test_a_key_of_bytes_that_are_no_text_can_be_compared() -> None:
    """The environment returns such bytes as lone surrogates; an encoding error would include the key."""
    odd = Secret("k\udc80ey", source="test")
    assert odd == Secret("k\udc80ey", source="test")
    assert odd != Secret(KEY, source="test")
    assert not odd.fits_header


def test_two_are_equal_when_their_keys_are(secret: Secret) -> None:
    assert secret == Secret(KEY, source="elsewhere")
    assert secret != Secret("other-key", source="test")
    assert secret != KEY


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"Incorrect key {KEY}!", id="loaded"),
        pytest.param("key sk-proj-abcdefgh12345678", id="looks like OpenAI's"),
        pytest.param(f"{{'key':'{KEY}'}} x{KEY}y", id="loaded, twice and inside other text"),
        pytest.param("Authorization: Bearer abcdef123456", id="bearer"),
        pytest.param("authorization: bearer abcdef123456", id="bearer in small letters"),
        pytest.param("Authorization: Bearer\tabcdef123456", id="bearer and a tab"),
        pytest.param("Authorization: Bearer   abcdef123456", id="bearer and several spaces"),
        pytest.param("gsk_abcdefgh12345678", id="looks like Groq's"),
        pytest.param("?key=AIzaSyA-0123456789abcdefghijk&x=1", id="in an address"),
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


@pytest.mark.parametrize(
    ("uri", "shown"),
    [
        pytest.param(f"data:image/png;base64,{'A' * 400}==", "data:image/png;base64,… (424 characters)", id="PNG"),
        pytest.param(f"data:image/svg+xml;base64,{'Q' * 20}", "data:image/svg+xml;base64,… (46 characters)", id="SVG"),
        pytest.param(f"DATA:image/PNG;Base64,{'A' * 40}", "data:image/PNG;base64,… (62 characters)", id="capitals"),
        pytest.param(
            f"data:image/png;name=x.png;base64,{'A' * 40}", "data:image/png;base64,… (73 characters)", id="parameters"
        ),
        pytest.param("iVBORw0KGgo" * 20, "… (220 characters)", id="without its prefix"),
    ],
)
def test_a_picture_is_cut_to_its_size(uri: str, shown: str) -> None:
    assert redact(f'{{"url": "{uri}"}} end') == f'{{"url": "{shown}"}} end'


def test_several_pictures_are_cut_one_by_one() -> None:
    uri = f"data:image/png;base64,{'A' * 40}"
    assert redact(f"{uri} and {uri}") == " and ".join(["data:image/png;base64,… (62 characters)"] * 2)


def test_redacting_twice_is_redacting_once() -> None:
    once = redact(f"Bearer abcdef123456, data:image/png;base64,{'A' * 400} sk-abcdefgh12345678")
    assert redact(once) == once


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


def test_a_key_with_bearer_before_it_is_hidden_without_it_too() -> None:
    key = Secret("Bearer corp-CANARY-0123", source="test")
    assert key.reveal_token() == "corp-CANARY-0123"
    assert without_keys("corp-CANARY-0123 is wrong") == f"{HIDDEN} is wrong"


def test_of_two_keys_of_which_one_begins_like_the_other_nothing_stays() -> None:
    for number in range(20):  # the set of keys has no order: the longest may come first by chance
        short = Secret(f"hunter{number}x", source="test")
        long = Secret(f"{short.reveal()}-and-more", source="test")
        assert redact(f"it is {long.reveal()}, or {short.reveal()}.") == "it is ****, or ****."


def test_a_very_short_key_does_not_blacken_every_text() -> None:
    short = Secret("abc", source="test")
    assert redact("abcdef") == "abcdef"
    assert short.reveal() == "abc"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("A" * 400 + "==", "… (402 characters)", id="an image without its prefix"),
        pytest.param(f'{{"url":"{"iVBORw0K" * 50}"}}', '{"url":"… (400 characters)"}', id="in JSON"),
        pytest.param("f" * 128, "f" * 128, id="a long hash stays"),
        pytest.param("word " * 100, "word " * 100, id="words stay"),
    ],
)
def test_base64_is_cut_to_its_size_with_and_without_a_prefix(text: str, shown: str) -> None:
    assert redact(text) == shown


@pytest.mark.parametrize(
    ("key", "fits"), [(KEY, True), ("two words", True), ("a\nb", False), ("a\x00", False), ("schlüssel", False)]
)
def test_it_knows_whether_a_header_can_carry_it(key: str, fits: bool) -> None:
    assert Secret(key, source="test").fits_header is fits


def pieces(text: str, size: int) -> list[str]:
    return [text[start : start + size] for start in range(0, len(text), size)]


@pytest.mark.parametrize("size", range(1, 30))
def test_a_key_in_an_answer_is_hidden_however_it_is_cut(secret: Secret, size: int) -> None:
    keys, answer = KeyFilter(), f"It is {KEY}, and once more {KEY}: sk-C is none."
    told = [keys.feed(piece) for piece in pieces(answer, size)] + [keys.end()]
    shown = "".join(told)
    assert shown.endswith(": sk-C is none.")
    assert KEY not in shown
    assert KEY[4:] not in shown  # at most the first few characters, which do not identify it
    assert shown.count(HIDDEN) == 2
    assert keys.found


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
@pytest.mark.parametrize(
    "text", ["", "This is sand.", "sk-CANARY is the name of a bird", "skskskskssk-CAN", "ends in sk-CA"]
)
def test_what_is_no_key_comes_whole(secret: Secret, text: str, size: int) -> None:
    keys = KeyFilter()
    assert "".join([keys.feed(piece) for piece in pieces(text, size)] + [keys.end()]) == text
    assert not keys.found


def test_the_greater_part_of_a_key_at_the_end_is_hidden_too(secret: Secret) -> None:
    keys = KeyFilter()
    assert keys.feed(f"It is {KEY[:-1]}") + keys.end() == f"It is {HIDDEN}"


STYLES = {
    "plain": lambda character: character,
    "JSON": lambda character: f"\\u{ord(character):04X}",
    "JSON in JSON": lambda character: f"\\\\u{ord(character):04x}",
    "hexadecimal": lambda character: f"\\x{ord(character):02x}",
    "URL": lambda character: f"%{ord(character):02X}",
    "HTML": lambda character: f"&#{ord(character)};",
    "HTML hexadecimal": lambda character: f"&#x{ord(character):x};",
    "Markdown": lambda character: character if character.isalnum() else f"\\{character}",
}


def read(text: str) -> str:
    """Return text as a reader of any of the notations reads it, with the decoders of the standard library."""
    text = re.sub(r"(?i)\\+(?:u00|x)([0-9a-f]{2})", lambda match: chr(int(match[1], 16)), text)
    return re.sub(r"\\(?=[\W_])", "", html.unescape(urllib.parse.unquote(text)))


@given(
    st.text("abcXYZ019-_.", min_size=8, max_size=40),
    st.lists(st.sampled_from(sorted(STYLES)), min_size=40, max_size=40),
    st.lists(st.integers(1, 12), min_size=1, max_size=8),
)
def test_a5_a_key_is_hidden_however_it_is_written_and_cut(key: str, styles: list[str], sizes: list[int]) -> None:
    held = Secret(key, source="test")
    written = "".join(STYLES[style](character) for character, style in zip(key, styles, strict=False))
    answer = f"It is {written} I think."
    keys, shown, at = KeyFilter(), "", 0
    for number in range(len(answer)):
        size = sizes[number % len(sizes)]
        shown += keys.feed(answer[at : at + size])
        at += size
    shown += keys.end()
    assert held.reveal() not in read(shown)
    before, hidden, after = read(shown).removeprefix("It is ").partition(HIDDEN)
    # The first characters do not identify a key; a part of an escape may follow.
    assert len(re.sub(r"(\\+(u\w{0,3}|x\w?)?|%\w?|&#?\w*)$", "", before)) <= 4
    assert (hidden, after) == (HIDDEN, " I think.")
    assert held.reveal() not in read(without_keys(answer))


@given(st.text(), st.lists(st.integers(1, 9), min_size=1))
def test_text_without_a_key_passes_unchanged(text: str, sizes: list[int]) -> None:
    keys, shown, at, number = KeyFilter(), "", 0, 0
    while at < len(text):
        size = sizes[number % len(sizes)]
        shown += keys.feed(text[at : at + size])
        at, number = at + size, number + 1
    assert shown + keys.end() == text
    assert without_keys(text) == text


def test_e9_a_key_may_appear_and_go_while_another_thread_redacts() -> None:
    held: list[Secret] = []

    def make(number: int) -> None:
        held.append(Secret(f"secret-{number}", source="test"))
        if number % 1000 == 999:
            held.clear()

    def hide(number: int) -> None:
        redact("What is secret-3?")
        KeyFilter().feed("What is secret-3?")

    at_once(make, hide, hide)


def test_e9_a_key_may_be_forgotten_while_another_thread_looks_for_it() -> None:
    store, origin = KeyStore(), ("https", "example.org", 443)

    def type_and_forget(number: int) -> None:
        store.remember(origin, "typed-key")
        store.forget()

    at_once(type_and_forget, lambda number: store.find("", origin))


def test_e9_a_key_that_is_no_longer_held_is_no_longer_hidden() -> None:
    held = Secret("a-short-lived-key", source="test")
    assert redact("a-short-lived-key") == "****"
    del held
    assert redact("a-short-lived-key") == "a-short-lived-key"
