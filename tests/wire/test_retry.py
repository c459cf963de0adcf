"""Whether a failed call is tried again, and after which pause."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, strategies as st

from vision_magic.wire.retry import may_retry, retry_after, retry_delay

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


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
        pytest.param({"retry-after": "Sat, 23 Nov 9999 12:00:30 GMT"}, 366 * 86400.0, id="C8 the year 9999"),
        pytest.param({"retry-after": "1e300"}, 366 * 86400.0, id="C8 more than a universe"),
        pytest.param({"retry-after": "9" * 400}, None, id="C8 400 digits"),
        pytest.param({"retry-after-ms": "1e308"}, 366 * 86400.0, id="C8 milliseconds without end"),
        pytest.param({"retry-after": "12.5"}, 12.5, id="C8 a fraction"),
        pytest.param({"retry-after-ms": "x", "retry-after": "3"}, 3.0, id="junk beside a number"),
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
    assert not may_retry(429, {}, "insufficient_quota")
