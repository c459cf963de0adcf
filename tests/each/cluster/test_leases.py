"""Leases of a cap, and the size of chunks."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, strategies as st

from vision_magic.each.cluster.chunks import ChunkSize
from vision_magic.each.cluster.leases import Grant, Leases


def test_without_a_cap_a_chunk_may_spend_whatever_it_takes() -> None:
    leases = Leases(None)
    grant = leases.grant(50)
    assert grant == Grant(50, None)
    leases.settle(grant, 5000, 50)
    assert leases.available is None
    assert leases.spent == 5000


def test_chunks_that_leave_at_the_same_time_share_what_is_available() -> None:
    leases = Leases(1200)
    assert [leases.grant(1, free_slots=free) for free in (3, 2, 1)] == [Grant(1, 400)] * 3
    assert leases.available == 0
    assert leases.grant(1) is None


def test_what_a_chunk_did_not_spend_comes_back() -> None:
    leases = Leases(1200)
    grant = leases.grant(1)
    assert grant is not None
    leases.settle(grant, 100, 1)
    assert leases.available == 1100


def test_a_chunk_has_as_many_rows_as_its_lease_pays_for() -> None:
    leases = Leases(1000)
    first = leases.grant(1)
    assert first is not None
    leases.settle(first, 100, 1)
    grant = leases.grant(500)
    assert grant == Grant(9, 900)


def test_a_chunk_sets_aside_half_as_much_again_as_it_is_expected_to_spend() -> None:
    leases = Leases(100_000)
    first = leases.grant(1)
    assert first is not None
    leases.settle(first, 100, 1, needed=150)
    assert leases.grant(10, concurrency=4) == Grant(10, 1.5 * 10 * 100 + 4 * 150)


def test_too_little_for_each_goes_to_one_of_them() -> None:
    leases = Leases(500)
    first = leases.grant(1)
    assert first is not None
    leases.settle(first, 100, 1, needed=150)
    assert leases.grant(1, free_slots=4) == Grant(1, 400)  # a quarter of it would not do for a row
    assert leases.grant(1, free_slots=3) is None


def test_the_lease_of_a_lost_chunk_counts_as_spent() -> None:
    leases = Leases(1000)
    lost, never_begun = leases.grant(1, free_slots=2), leases.grant(1)
    assert lost is not None
    assert never_begun is not None
    leases.lose(lost)
    leases.give_back(never_begun)
    assert (leases.spent, leases.available) == (500, 500)


@given(st.integers(0, 2**32), st.sampled_from([1, 2, 4, 16]), st.floats(500, 50_000))
def test_all_chunks_together_never_spend_more_than_the_cap_and_use_nine_tenths_of_it(
    seed: int, slots: int, cap: float
) -> None:
    """Each worker stops before its own lease is spent; the longest answer of the rows is 20 tokens above the mean."""
    chance = random.Random(seed)
    leases = Leases(cap)
    in_flight: list[Grant] = []
    needed, spent = 30.0, 0.0
    while True:
        free = slots - len(in_flight)
        grant = leases.grant(chance.randint(1, 60), free) if free else None
        if grant is not None:
            in_flight.append(grant)
            continue
        if not in_flight:
            break
        back = in_flight.pop(chance.randrange(len(in_flight)))
        assert back.amount is not None
        rows, amount = 0, 0.0
        while rows < back.rows and amount + needed <= back.amount:
            amount += chance.uniform(10, 30)
            rows += 1
        spent += amount
        assert spent <= cap
        leases.settle(back, amount, rows, needed)
    assert spent >= cap - needed - 1e-6
    assert spent >= 0.9 * cap


# --- Chunks


def test_the_first_chunks_have_one_row_whatever_was_asked_for() -> None:
    assert ChunkSize().rows(16) == 1
    assert ChunkSize(64).rows(16) == 1


def test_a_chunk_grows_eightfold_at_most_until_it_holds_five_seconds_of_work() -> None:
    size = ChunkSize()
    sizes = []
    for _ in range(5):
        sizes.append(size.rows(8))
        waves = -(-sizes[-1] // 8)
        size.learn(sizes[-1], 0.1 * waves, 8)
    assert sizes == [1, 8, 64, 400, 400]


def test_slow_rows_go_one_at_a_time() -> None:
    size = ChunkSize()
    size.learn(1, 20.0, 1)
    assert size.rows(1) == 1


def test_a_chunk_that_asked_nothing_teaches_nothing() -> None:
    size = ChunkSize()
    size.learn(0, 3.0, 8)
    assert size.rows(8) == 1


def test_the_last_rows_are_shared_out() -> None:
    size = ChunkSize()
    for _ in range(4):
        size.learn(512, 1.0, 8)
    assert size.rows(5, remaining=100, slots=4) == 25
    assert size.rows(8, remaining=100, slots=4) == 32  # full waves
    assert size.rows(8, remaining=3, slots=4) == 8


def test_a_pace_limits_a_chunk_to_five_seconds_of_it() -> None:
    size = ChunkSize()
    for _ in range(4):
        size.learn(512, 1.0, 8)
    assert size.rows(8, pace=3.0) == 15
    assert size.rows(8, remaining=20, slots=2, pace=3.0) == 10
    assert size.rows(8, pace=0.01) == 1


@pytest.mark.parametrize("fixed", [1, 64])
def test_a_fixed_size_is_kept_after_the_first_chunk(fixed: int) -> None:
    size = ChunkSize(fixed)
    size.learn(1, 1.0, 4)
    assert size.rows(4, remaining=10, slots=4) == fixed
