"""How often intervals hold what is true: of a share, and of agreement beyond chance."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from vision_magic.each.evaluation import agreement
from vision_magic.each.evaluation.agreement import cohen_kappa, kappa_interval
from vision_magic.each.evaluation.statistics import bootstrap

SAMPLES = 1000
TRUE = {("pro", "pro"): 0.4, ("pro", "meta"): 0.1, ("meta", "pro"): 0.08, ("meta", "meta"): 0.27, ("ana", "ana"): 0.15}


def test_the_interval_of_kappa_covers_what_it_promises(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agreement, "bootstrap", lambda *given, **options: bootstrap(*given, **options, replicates=200))
    true = cohen_kappa({pair: round(1000 * share) for pair, share in TRUE.items()})
    chance = random.Random(7)
    covered = 0
    for number in range(SAMPLES):
        drawn = Counter(chance.choices(list(TRUE), list(TRUE.values()), k=100))
        low, high = kappa_interval(drawn, seed=number)
        covered += low <= true <= high
    assert 0.93 <= covered / SAMPLES <= 0.97


def test_the_bootstrap_interval_covers_what_it_promises() -> None:
    chance = random.Random(7)
    covered = 0
    for number in range(SAMPLES):
        seen = Counter(chance.random() < 0.6 for _ in range(60))
        low, high = bootstrap(seen, lambda drawn: drawn.get(True, 0) / 60, replicates=200, seed=number)
        covered += low <= 0.6 <= high
    assert 0.93 <= covered / SAMPLES <= 0.97
