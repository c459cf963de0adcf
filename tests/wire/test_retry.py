"""Whether a failed call is tried again, and after which pause."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, strategies as st

from vision_magic.wire.retry import limit_reset, may_retry, retry_after, retry_delay, stated_wait, wait_in_words

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
YEAR = 365 * 86400.0


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        pytest.param({}, None, id="nothing"),
        pytest.param({"retry-after": "12"}, 12.0, id="seconds"),
        pytest.param({"retry-after-ms": "250"}, 0.25, id="milliseconds"),
        pytest.param({"retry-after": "Mon, 23 Nov 2026 12:00:30 GMT"}, 30.0, id="date"),
        pytest.param({"retry-after": "Mon, 23 Nov 2026 11:00:00 GMT"}, 0.0, id="date in the past"),
        pytest.param({"retry-after": "Mon, 23 Nov 2026 12:00:30 -0000"}, 30.0, id="date without a zone"),
        pytest.param({"retry-after": "soon"}, None, id="words"),
        pytest.param({"retry-after": "-5"}, None, id="negative"),
        pytest.param({"retry-after": "inf"}, None, id="endless"),
        pytest.param({"retry-after": "nan"}, None, id="no number"),
        pytest.param({"retry-after": "Mon, 23 Nov 99999999999999999999 12:00:00 GMT"}, None, id="C8 an endless year"),
        pytest.param({"retry-after": "Mon, 99 Foo 2026"}, None, id="C8 half a date"),
        pytest.param({"retry-after": "Sat, 23 Nov 9999 12:00:30 GMT"}, 365 * 86400.0, id="C8 the year 9999"),
        pytest.param({"retry-after": "1e300"}, 365 * 86400.0, id="C8 more than a universe"),
        pytest.param({"retry-after": "9" * 400}, None, id="C8 400 digits"),
        pytest.param({"retry-after-ms": "1e308"}, 365 * 86400.0, id="C8 milliseconds without end"),
        pytest.param({"retry-after": "12.5"}, 12.5, id="C8 a fraction"),
        pytest.param({"retry-after-ms": "x", "retry-after": "3"}, 3.0, id="junk beside a number"),
        pytest.param({"retry-after": "34s"}, 34.0, id="D1 a duration"),
        pytest.param({"retry-after": "2m59.56s"}, 179.56, id="D1 minutes and seconds"),
        pytest.param({"retry-after": "2026-11-23T12:00:30Z"}, 30.0, id="D1 ISO date"),
        pytest.param({"retry-after": "1795435230"}, 30.0, id="D1 seconds since 1970"),
        pytest.param({"retry-after": "1795435230000"}, 30.0, id="D1 milliseconds since 1970"),
        pytest.param({"retry-after": "99999999"}, YEAR, id="D1 absurd"),
        pytest.param({"retry-after-ms": "1e300"}, YEAR, id="D1 absurd milliseconds"),
        pytest.param({"retry-after": "1e300"}, YEAR, id="D1 absurd date"),
    ],
)
def test_what_a_server_asks_to_wait(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(headers, NOON) == seconds


_DATES = st.tuples(
    st.text(max_size=5), st.integers(), st.sampled_from(["Nov", "Foo"]), st.integers(), st.text(max_size=9)
)


@given(st.text(max_size=30) | st.floats().map(str) | _DATES.map(lambda date: "{}, {} {} {} {} GMT".format(*date)))
def test_no_header_raises_anything(text: str) -> None:
    retry_after({"retry-after": text, "retry-after-ms": text})
    limit_reset({"x-ratelimit-reset-tokens": text, "x-ratelimit-remaining-tokens": text})


@pytest.mark.parametrize(
    ("words", "seconds"),
    [
        pytest.param("Please retry in 34.074824224s.", 34.074824224, id="Gemini"),
        pytest.param("Please try again in 9m38.016s. Need more tokens?", 578.016, id="Groq"),
        pytest.param("Please try again in 2m3.5s", 123.5, id="minutes"),
        pytest.param("try again in 1h2m", 3720.0, id="hours"),
        pytest.param("Please try again in 20s.", 20.0, id="OpenAI"),
        pytest.param("Please try again in 120ms.", 0.12, id="milliseconds"),
        pytest.param("Please retry after 20 seconds. Please contact us", 20.0, id="Azure"),
        pytest.param("Please wait 20 seconds", 20.0, id="wait"),
        pytest.param("Please wait for 3 minutes before trying again", 180.0, id="wait for"),
        pytest.param("Retry in about 5 minutes", 300.0, id="about"),
        pytest.param("Try again in 1 day, 2 hours and 3 minutes", 93780.0, id="three units"),
        pytest.param("Try again in 2 weeks", 1209600.0, id="weeks"),
        pytest.param("Your limit resets in 4 hours", 14400.0, id="resets"),
        pytest.param("Retry-After: 30", 30.0, id="header in the text"),
        pytest.param("{'retry_after': 12.5}", 12.5, id="field in the text"),
        pytest.param("You will regain access on 2026-12-01 at 00:00 UTC.", 648000.0, id="Anthropic"),
        pytest.param("retry in 2s, or try again in 5s", 5.0, id="the longest"),
        pytest.param("try again in 999999999999 days", YEAR, id="absurd"),
        pytest.param("Please try again later.", None, id="later"),
        pytest.param("We retry 3 times", None, id="no duration"),
        pytest.param("The request took 20 seconds", None, id="another duration"),
        pytest.param("Limit 30000, Used 20000, Requested 15000", None, id="numbers"),
        pytest.param("try again in 5 megabytes", None, id="no unit of time"),
        pytest.param("retry after 3 attempts", None, id="attempts"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_d1_a_pause_in_the_words_is_read(words: str, seconds: float | None) -> None:
    read = wait_in_words(words, NOON)
    assert read == (seconds if seconds is None else pytest.approx(seconds))


@given(st.text(max_size=60))
def test_d1_no_words_raise_anything_and_every_pause_is_bounded(text: str) -> None:
    for words in (text, f"retry in {text}", f"try again in 9{text}s", f"retry-after: {text}"):
        assert 0 <= (wait_in_words(words) or 0) <= YEAR
        assert 0 <= (stated_wait(words) or 0) <= YEAR


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        pytest.param({"x-ratelimit-reset-requests": "2m59.56s"}, 179.56, id="Groq"),
        pytest.param(
            {
                "x-ratelimit-remaining-requests": "0",
                "x-ratelimit-reset-requests": "7s",
                "x-ratelimit-remaining-tokens": "1799",
                "x-ratelimit-reset-tokens": "6m0s",
            },
            7.0,
            id="only the one that is used up",
        ),
        pytest.param(
            {"x-ratelimit-remaining-tokens": "5", "x-ratelimit-reset-tokens": "6m0s"}, None, id="something left"
        ),
        pytest.param({"x-ratelimit-reset": "1795435230000"}, 30.0, id="OpenRouter"),
        pytest.param({"anthropic-ratelimit-requests-reset": "2026-11-23T12:00:30Z"}, 30.0, id="Anthropic"),
        pytest.param({"x-ratelimit-reset-tokens": "soon"}, None, id="words"),
        pytest.param({"x-ratelimit-limit-tokens": "5"}, None, id="no reset"),
    ],
)
def test_d1_the_headers_of_a_limit_say_when_it_is_renewed(headers: dict[str, str], seconds: float | None) -> None:
    assert limit_reset(headers, NOON) == seconds


@given(st.integers(1, 2), st.none() | st.floats(0, 60), st.floats(0, 1))
def test_a_pause_grows_spreads_and_is_never_shorter_than_requested(
    attempt: int, requested: float | None, jitter: float
) -> None:
    pause = retry_delay(attempt, requested, jitter)
    assert pause >= (requested or 0)
    assert 0.375 * 2 ** (attempt - 1) <= pause <= max(requested or 0, 0.5 * 2 ** (attempt - 1))


def test_the_server_knows_best_whether_to_try_again() -> None:
    assert may_retry(400, {"x-should-retry": "true"}, None)
    assert not may_retry(503, {"x-should-retry": "false"}, None)
    assert may_retry(503, {"x-should-retry": "perhaps"}, None)
    assert may_retry(500, {"x-should-retry": "true"}, True)


def test_d7_the_message_decides_before_the_status() -> None:
    assert not may_retry(500, {}, True)
    assert may_retry(400, {}, False)
    assert may_retry(503, {}, None)
    assert not may_retry(400, {}, None)
