"""What rows cost, and what the rest of a run will take."""

from __future__ import annotations

from dataclasses import replace

import pytest

from vision_magic.each.cost import cost_of, estimate_rest
from vision_magic.each.progress.progress import Counts
from vision_magic.each.row import Row
from vision_magic.each.table.usage import usage_of_rows


def row(model: str = "model-1", prompt: int = 1000, completion: int = 100) -> Row:
    return Row(key=0, state="done", model=model, prompt_tokens=prompt, completion_tokens=completion)


def test_a_row_costs_what_its_tokens_cost() -> None:
    assert cost_of(row(), {"model-1": (2.0, 10.0)}, "model-1") == pytest.approx(0.003)


def test_tokens_from_the_cache_have_the_third_price() -> None:
    """The price of a kept row was that of a fresh prompt, though the server counts its cached tokens."""
    cached = replace(row(), cached_tokens=800)
    prices = {"model-1": (2.0, 10.0, 0.5), "other": (2.0, 10.0)}
    assert cost_of(cached, prices, "model-1") == pytest.approx((200 * 2 + 800 * 0.5 + 100 * 10) / 1e6)
    assert usage_of_rows([cached, cached], prices, "").cost == pytest.approx(2 * 0.0018)
    assert usage_of_rows([cached], prices, "").cached_tokens == 800
    assert cost_of(replace(cached, model="other"), prices, "") == pytest.approx(0.003)


def test_a_model_that_the_server_names_with_a_date_has_the_prices_of_the_model_that_was_asked() -> None:
    assert cost_of(row("model-1-2026-01-01"), {"model-1": (2.0, 10.0)}, "model-1") == pytest.approx(0.003)


def test_a_model_without_prices_has_no_cost() -> None:
    assert cost_of(row(), {}, "model-1") is None


def test_the_rest_takes_as_much_as_the_rows_so_far() -> None:
    rows = Counts(total=1000, kept=100, done=45, failed=3, refused=2)
    counts = replace(rows, prompt_tokens=5000, completion_tokens=500, seconds=10, cost=0.5)
    rest = estimate_rest(counts)
    assert rest is not None
    assert (rest.rows, rest.tokens, rest.seconds) == (850, 93_500, pytest.approx(170))
    assert rest.cost == pytest.approx(8.5)


def test_nothing_is_known_before_the_first_answer() -> None:
    assert estimate_rest(Counts(total=10, failed=3, seconds=1)) is None


def test_of_a_complete_run_there_is_no_rest() -> None:
    assert estimate_rest(Counts(total=10, kept=4, done=5, failed=1, seconds=1)) is None


def test_the_rest_of_a_generator_is_not_known() -> None:
    rest = estimate_rest(Counts(done=5, seconds=1, prompt_tokens=10))
    assert rest is not None
    assert (rest.rows, rest.tokens, rest.seconds, rest.cost) == (None, None, None, None)
