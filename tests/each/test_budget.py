"""The budget of a run: caps as people write them, and what may be sent under one."""

from __future__ import annotations

import random

import pytest

from vision_magic import RequestError
from vision_magic.each.budget import Budget, Cap, Reservation, parse_cap

PRICES = {"model-1": (2.0, 10.0)}


@pytest.mark.parametrize(
    ("given", "amount", "unit"),
    [
        (200_000, 200_000, "tokens"),
        ("200_000 tokens", 200_000, "tokens"),
        ("1,500 tokens", 1500, "tokens"),
        ("2M tokens", 2_000_000, "tokens"),
        ("1.5k tokens", 1500, "tokens"),
        ("20 EUR", 20, "EUR"),
        ("€20", 20, "€"),
        ("0.5 USD", 0.5, "USD"),
        ("$1,000", 1000, "$"),
        ("20 kr", 20, "kr"),
        ("20 MXN", 20, "MXN"),
        ("20000", 20_000, "tokens"),
        ("2M", 2_000_000, "tokens"),
    ],
)
def test_a_cap_is_tokens_or_money(given: object, amount: float, unit: str) -> None:
    cap = parse_cap(given, PRICES, "model-1")
    assert cap is not None
    assert (cap.amount, cap.unit) == (amount, unit)
    assert (cap.prompt, cap.completion) == ((1, 1) if unit == "tokens" else (2e-6, 10e-6))


@pytest.mark.parametrize("given", [0, -5, True, 20.0, "", "a lot", "-5 EUR", "EUR", "20 EUR 30", "$20 EUR", "0 EUR"])
def test_anything_else_is_no_cap(given: object) -> None:
    with pytest.raises(RequestError, match="cap got"):
        parse_cap(given, PRICES, "model-1")


def test_money_needs_prices() -> None:
    with pytest.raises(RequestError, match="no prices for 'model-2'"):
        parse_cap("20 EUR", PRICES, "model-2")


def test_a_cap_says_itself_in_words() -> None:
    assert str(parse_cap(1_200_000, {}, "m")) == "1,200,000 tokens"
    assert str(parse_cap("20 EUR", PRICES, "model-1")) == "20.00 EUR"


def test_without_a_cap_everything_is_available() -> None:
    budget = Budget()
    reservation = budget.reserve(10**9)
    assert reservation is not None
    budget.settle(reservation, 70, 5)
    assert (budget.tokens, budget.spent, budget.in_flight, budget.is_limited) == (75, 75.0, 0, False)


def test_what_the_server_counts_corrects_the_estimates() -> None:
    budget = Budget(Cap(amount=100_000))
    first = budget.reserve(100)
    assert first is not None
    assert first.amount == 4000 + 1024  # nothing is known yet
    budget.settle(first, 120, 10)
    second = budget.reserve(100)
    assert second is not None
    assert second.amount == pytest.approx(100 * 1.2 + 10 * 1.5 + 16)
    assert (budget.factor, budget.longest) == (1.2, 10)
    third = budget.reserve(100, 50)
    assert third is not None
    assert third.amount == pytest.approx(100 * 1.2 + 50)


def test_under_a_small_cap_one_request_finds_out_what_the_others_take() -> None:
    """A server may count many times more than is estimated, such as a fixed number for every picture."""
    budget = Budget(Cap(amount=600))
    first = budget.reserve(4, 10)
    assert first is not None
    assert budget.reserve(4, 10) is None
    budget.settle(first, 100, 10)
    assert [budget.reserve(4, 10) is not None for _ in range(5)] == [True] * 4 + [False]


def test_estimated_answers_correct_nothing() -> None:
    budget = Budget(Cap(amount=100_000))
    first = budget.reserve(100)
    assert first is not None
    budget.settle(first, 300, 10, counted=False)
    assert (budget.factor, budget.longest, budget.spent) == (None, None, 310)


def test_a_repair_needs_room_too() -> None:
    budget = Budget(Cap(amount=400), factor=1.0, longest=10)
    first = budget.reserve(100, 20)
    assert first is not None
    assert budget.enlarge(first, 200, 20)
    assert not budget.enlarge(first, 200, 20)
    assert budget.available == pytest.approx(60)
    budget.settle(first, 290, 30, counted=False)
    assert budget.available == pytest.approx(80)


def test_another_limit_counts_as_well() -> None:
    left = [250]
    budget = Budget(None, elsewhere=lambda: left[0], factor=1.0, longest=0)
    assert budget.is_limited
    assert budget.reserve(100, 10) is not None
    assert budget.reserve(100, 10) is not None
    assert budget.reserve(100, 10) is None  # the two that are under way will be counted there


@pytest.mark.parametrize("at_once", [1, 16, 64])
@pytest.mark.parametrize("limit", [None, 20])
@pytest.mark.parametrize("seed", range(5))
def test_a_cap_is_never_passed_and_nearly_used(at_once: int, limit: int | None, seed: int) -> None:
    """A server counts 20 % more than is estimated, and its answers are of different lengths."""
    random_numbers = random.Random(seed)
    budget = Budget(Cap(amount=12_000))
    under_way: list[Reservation] = []
    while True:
        while len(under_way) < at_once and (reservation := budget.reserve(100, limit)) is not None:
            under_way.append(reservation)
        if not under_way:
            break
        ended = under_way.pop(random_numbers.randrange(len(under_way)))
        budget.settle(ended, 120, random_numbers.randint(8, 11))
    assert 0.9 * 12_000 <= budget.spent <= 12_000


def test_money_is_counted_by_the_prices() -> None:
    cap = parse_cap("1 EUR", {"m": (2.0, 10.0)}, "m")
    budget = Budget(cap, factor=1.0, longest=0)
    reservation = budget.reserve(100_000, 10_000)
    assert reservation is not None
    assert reservation.amount == pytest.approx(0.3)
    budget.settle(reservation, 100_000, 5_000)
    assert budget.spent == pytest.approx(0.25)
    assert budget.tokens == 105_000
