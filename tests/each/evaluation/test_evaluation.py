"""Rows against labels, against another table and against themselves; scikit-learn and SciPy judge the figures."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from enum import IntEnum
from typing import Any, Literal

import numpy as np
import pandas as pd  # type: ignore[import-untyped]
import pytest
import scipy  # type: ignore[import-untyped]

from tests.each.run_files import close_runs, run_of
from vision_magic.each.evaluation.classes import Comparison
from vision_magic.each.evaluation.numbers import NumericComparison
from vision_magic.each.row import Row
from vision_magic.each.table.table import Table
from vision_magic.errors import RunError

Stage = Literal["pro", "meta", "ana"]


class Grade(IntEnum):
    GOOD = 1
    FAIR = 2
    POOR = 3


def answered(key: Any, value: Any, **changes: Any) -> Row:
    return Row(key=key, state="done", value=value, **changes)


def failed(key: Any) -> Row:
    return Row(key=key, state="failed", error="The server is busy.")


def table(rows: list[Row], kind: Any = Stage) -> Table:
    return Table(run_of(rows, kind))


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    close_runs()


def of_values(values: list[Any], kind: Any = Stage) -> Table:
    return table([answered(key, value) for key, value in enumerate(values)], kind)


@pytest.fixture
def drawn() -> tuple[list[str], list[str]]:
    """Labels and answers of 200 pictures."""
    chance = random.Random(1)
    labels = chance.choices(["pro", "meta", "ana"], [5, 3, 1], k=200)
    return labels, [label if chance.random() < 0.8 else chance.choice(["pro", "meta", "ana"]) for label in labels]


@pytest.fixture
def metrics() -> Any:
    """The judge, which takes long to load: a worker that has no test of this file does not."""
    from sklearn import metrics  # type: ignore[import-untyped]

    return metrics


# -- classes ---------------------------------------------------------------------------------------------------


def test_all_figures_of_classes_are_those_of_scikit_learn(drawn: tuple[list[str], list[str]], metrics: Any) -> None:
    labels, answers = drawn
    found = of_values(answers).against(dict(enumerate(labels)))
    assert isinstance(found, Comparison)
    order = list(found.classes)
    assert order == ["pro", "meta", "ana"]  # as in the schema
    assert found.accuracy == metrics.accuracy_score(labels, answers)
    assert found.kappa == pytest.approx(metrics.cohen_kappa_score(labels, answers), abs=1e-12)
    assert np.array_equal(found.matrix, metrics.confusion_matrix(labels, answers, labels=order))
    expected = metrics.precision_recall_fscore_support(labels, answers, labels=order)
    scores = [(one.precision, one.recall, one.f1, one.support) for one in found.per_class]
    assert scores == [pytest.approx(one) for one in zip(*expected, strict=True)]
    low, high = found.kappa_interval
    assert low < found.kappa < high
    assert math.isnan(found.weighted_kappa)  # the stages have no order


def test_a_picture_without_an_answer_is_counted_apart_and_as_wrong() -> None:
    rows = table([answered("a", "pro"), failed("b"), answered("c", "ana"), answered("d", "pro")])
    found = rows.against({"a": "pro", "b": "pro", "c": "meta", "x": "pro"})
    assert isinstance(found, Comparison)
    assert (found.n, found.equal, found.accuracy) == (2, 1, 0.5)
    assert found.accuracy_with_unanswered == pytest.approx(1 / 3)
    assert (found.missing.unanswered, found.missing.no_row, found.missing.no_reference) == (1, 1, 1)
    assert repr(found).splitlines()[:4] == [
        "value: 1 of 2 labelled pictures right, accuracy 50.0 % (95 % interval 9.5 to 90.5 %).",
        "1 more without an answer; counted as wrong, accuracy 33.3 % (95 % interval 6.1 to 79.2 %).",
        "1 label without a row.",
        "1 picture without a label.",
    ]


def test_classes_in_an_order_have_a_weighted_kappa(metrics: Any) -> None:
    chance = random.Random(2)
    labels = [chance.randint(1, 3) for _ in range(80)]
    answers = [min(3, label + (chance.random() < 0.3)) for label in labels]
    for weights in ("linear", "quadratic"):
        found = of_values(answers, Grade).against(dict(enumerate(labels)), weights=weights)
        assert isinstance(found, Comparison)
        expected = metrics.cohen_kappa_score(labels, answers, weights=weights)
        assert found.weighted_kappa == pytest.approx(expected, abs=1e-12)
    named = of_values(["meta", "pro", "ana"]).against({0: "pro", 1: "pro", 2: "ana"}, order=["pro", "meta", "ana"])
    assert isinstance(named, Comparison)
    assert named.weighted_kappa == metrics.cohen_kappa_score([0, 0, 2], [1, 0, 2], weights="linear")


def test_kappa_of_a_single_class_is_said_to_be_undefined() -> None:
    found = of_values(["pro", "pro"]).against({0: "pro", 1: "pro"})
    assert isinstance(found, Comparison)
    assert math.isnan(found.kappa)
    assert "κ is not defined: there is only one class" in repr(found)


def test_the_wrong_answers_that_the_model_is_surest_of_come_first() -> None:
    kind = "stage: str, sure: float"
    rows = table(
        [
            answered("a", {"stage": "pro", "sure": 0.6}),
            answered("b", {"stage": "pro", "sure": 0.9}),
            answered("c", {"stage": "pro", "sure": 1.0}),
        ],
        kind,
    )
    labels = {"a": "ana", "b": "ana", "c": "pro"}
    assert [pair.key for pair in rows.against(labels, "stage", confidence="sure").worst] == ["b", "a"]
    doubtful = table([answered("a", "pro"), answered("b", "pro", doubt="repaired once")])
    assert [pair.key for pair in doubtful.against({"a": "ana", "b": "ana"}).worst] == ["b", "a"]


def test_labels_of_a_series_may_be_of_numpy_and_may_be_missing() -> None:
    labels = pd.Series(["pro", None, "ana"], index=pd.Index([0, 1, 2]), dtype="category")
    found = of_values(["pro", "meta", "ana"]).against(labels)
    assert (found.n, found.missing.no_reference) == (2, 1)
    yes = of_values([True, False, True], bool).against(pd.Series(np.array([1.0, 0.0, np.nan])))
    assert isinstance(yes, Comparison)
    assert (yes.n, yes.classes, yes.accuracy) == (2, (False, True), 1.0)


def test_a_few_labels_among_many_rows_are_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = of_values([True, False] * 60, bool)
    monkeypatch.setattr(Table, "__iter__", lambda _: pytest.fail("all rows were read"))
    found = rows.against({7: False, 4: True, 5: True, 500: True})
    assert isinstance(found, Comparison)
    assert (found.n, found.equal, found.missing.no_row, found.missing.no_reference) == (3, 2, 1, 117)


def test_without_a_schema_the_text_is_compared() -> None:
    rows = table([Row(key="a", state="done", text=" cat\n"), Row(key="b", state="done", text="dog")], None)
    assert rows.against({"a": "cat", "b": "cat"}).n == 2
    assert [pair.key for pair in rows.against({"a": "cat", "b": "cat"}).worst] == ["b"]


def test_labels_that_differ_only_in_case_or_blanks_are_pointed_out() -> None:
    """They were simply wrong, and an accuracy of 0 % looked like a bad model."""
    rows = table([Row(key=n, state="done", text=text) for n, text in enumerate(("bar chart", "line", "pie"))], None)
    found = rows.against({0: "Bar-Chart ", 1: "Line", 2: "box"})
    assert "2 differ only in case, blanks or punctuation, such as 'Bar-Chart ' and 'bar chart'." in repr(found)
    assert "only in case" not in repr(rows.against({0: "bar chart", 2: "box"}))


def test_labels_of_rows_without_a_value_say_that_these_cannot_be_compared() -> None:
    rows = table([answered("a", {"stage": None, "count": None})], "stage: str | None, count: int | None")
    for field, label in {"stage": "pro", "count": 5}.items():
        words = repr(rows.against({"a": label}, field))
        assert words.startswith(f"{field}: no picture could be compared.")
        assert "1 labelled picture has no answer in this field" in words
        assert " more without" not in words


def test_labels_by_field_are_compared_with_their_field() -> None:
    rows = table([answered("a", {"stage": "pro", "count": 3})], "stage: str, count: int")
    rows.set_label("a", {"count": 5}, by="Ada")
    found = rows.against()
    assert isinstance(found, NumericComparison)
    assert (found.field, found.bias) == ("count", -2.0)


@pytest.mark.parametrize(
    ("labels", "field", "words"),
    [
        pytest.param({0: "pro"}, "stge", "'stge' is not among the fields", id="no such field"),
        pytest.param({"x": "pro"}, None, "keys such as 'x', the rows 0", id="keys of another kind"),
        pytest.param(
            {0: "Pro", 1: "Ana"}, None, "they differ in case, blanks or punctuation", id="classes in another case"
        ),
        pytest.param({0: "P", 1: "A"}, None, "labels are 'P', 'A', and the answers", id="other classes"),
        pytest.param({}, None, "There are no labels", id="none"),
        pytest.param(["pro"], None, "labels is a list; expected a dict or a pandas Series", id="a list"),
        pytest.param(pd.DataFrame({"label": ["pro"]}), None, "expected one column for each call", id="a frame"),
        pytest.param(
            pd.Series(["pro", "ana"], index=[1, 1]), None, "key 1 has two labels, 'pro' and 'ana'", id="twice"
        ),
    ],
)
def test_labels_that_cannot_be_compared(labels: Any, field: Any, words: str) -> None:
    with pytest.raises(RunError, match=words):
        of_values(["pro", "meta", "ana"]).against(labels, field)


def test_several_fields_must_be_named() -> None:
    with pytest.raises(RunError, match=r"fields 'stage', 'count'; say which one: field='stage'"):
        table([answered(0, {"stage": "pro", "count": 1})], "stage: str, count: int").against({0: "pro"})


# -- numbers ---------------------------------------------------------------------------------------------------


def test_all_figures_of_numbers_are_those_of_scipy_and_scikit_learn(metrics: Any) -> None:
    chance = np.random.default_rng(3)
    labels = chance.normal(50, 10, 60)
    answers = labels + chance.normal(1.5, 3, 60)
    found = of_values(answers.tolist(), float).against(dict(enumerate(labels.tolist())))
    assert isinstance(found, NumericComparison)
    differences = answers - labels
    assert found.bias == pytest.approx(differences.mean())
    interval = scipy.stats.t.interval(0.95, 59, differences.mean(), scipy.stats.sem(differences))
    assert found.bias_interval == pytest.approx(interval)
    assert found.mae == pytest.approx(metrics.mean_absolute_error(labels, answers))
    assert found.rmse == pytest.approx(metrics.root_mean_squared_error(labels, answers))
    spread = scipy.stats.norm.ppf(0.975) * differences.std(ddof=1)
    assert found.limits == pytest.approx((differences.mean() - spread, differences.mean() + spread))
    expected = scipy.stats.pearsonr(labels, answers)
    assert found.correlation == pytest.approx(expected.statistic)
    assert found.correlation_interval == pytest.approx(tuple(expected.confidence_interval(0.95)))
    both = np.cov(labels, answers, ddof=0)
    apart = (labels.mean() - answers.mean()) ** 2
    assert found.concordance == pytest.approx(2 * both[0, 1] / (both[0, 0] + both[1, 1] + apart))
    worst = max(range(60), key=lambda at: abs(differences[at]))
    assert found.worst[0].key == worst
    for low, high in (found.mae_interval, found.rmse_interval, *found.limits_intervals):
        assert low < high


def test_integers_are_numbers_unless_they_are_said_to_be_classes() -> None:
    rows = of_values([1, 2, 4], int)
    assert isinstance(rows.against({0: 1, 1: 2, 2: 3}), NumericComparison)
    assert isinstance(rows.against({0: 1, 1: 2, 2: 3}, kind="classes"), Comparison)
    with pytest.raises(RunError, match="A label is 'two'; expected numbers"):
        rows.against({0: 1, 1: "two"})
    with pytest.raises(RunError, match="kind is 'numeric'; expected 'classes' or 'numbers'"):
        rows.against({0: 1}, kind="numeric")  # type: ignore[arg-type]


@pytest.mark.parametrize("values", [[3], [2, 2], [2, 2, 2, 2]])
def test_few_or_constant_numbers_have_no_correlation(values: list[int]) -> None:
    found = of_values(values, int).against(dict(enumerate(values)))
    assert isinstance(found, NumericComparison)
    assert (found.bias, found.mae, found.rmse) == (0, 0, 0)
    assert math.isnan(found.correlation)
    assert "correlation" in repr(found)
    html = found._repr_mimebundle_()["text/html"]
    assert "data:image/svg+xml" in html
    assert "<td" in html.partition("limits of agreement")[2]  # also as a table, below the drawing


def test_numbers_that_no_figure_can_hold_are_no_answers() -> None:
    values = [1.0, math.inf, -math.inf, math.nan, 1e300, 10**400, 2.0]
    found = of_values([value if value == value and abs(value) < 1e308 else None for value in values], float)
    compared = found.against(dict.fromkeys(range(len(values)), 1.0), kind="numbers")
    assert isinstance(compared, NumericComparison)
    assert (compared.n, compared.missing.unanswered) == (2, 5)
    assert compared.rmse == pytest.approx(math.sqrt(0.5))
    with pytest.raises(RunError, match="A label is inf; expected numbers"):
        found.against({0: math.inf})


# -- two tables ------------------------------------------------------------------------------------------------


def test_two_tables_agree_on_the_pictures_that_both_answered() -> None:
    one = table([answered("a", "pro"), answered("b", "meta"), failed("c"), answered("d", "ana")])
    other = table([answered("e", "pro"), answered("a", "pro"), answered("b", "ana"), answered("c", "pro")])
    found = one.agree(other)
    assert isinstance(found, Comparison)
    assert (found.n, found.equal) == (2, 1)
    assert [(pair.key, pair.answer, pair.reference) for pair in found.different] == [("b", "meta", "ana")]
    missing = found.missing
    assert (missing.unanswered, missing.no_row, missing.no_reference) == (1, 1, 1)
    assert repr(found).startswith("value: 1 of 2 pictures answered alike, agreement 50.0 %")


def test_two_tables_of_numbers_are_compared_by_their_distances() -> None:
    other = Table(run_of([answered(key, 1.0) for key in range(3)], float, {"model": "other-2"}))
    found = of_values([1.0, 2.0, 4.0], float).agree(other)
    assert isinstance(found, NumericComparison)
    assert found.bias == pytest.approx(4 / 3)
    assert found.names == ("other-2", "m")
    assert "m − other-2" in found.to_svg()


# -- repeats ---------------------------------------------------------------------------------------------------


def asked_often(answers: dict[Any, list[Any]], kind: Any = Stage) -> Table:
    return table(
        [answered(key, value, repeat=at) for key, values in answers.items() for at, value in enumerate(values)], kind
    )


def test_the_consistency_of_repeated_answers() -> None:
    rows = asked_often({"a": ["pro"] * 5, "b": ["pro", "meta", "meta", "pro", "meta"], "c": ["ana"] * 5, "d": ["pro"]})
    found = rows.consistency()
    assert (found.n, found.repeats, found.equal, found.left_out) == (3, 5, 2, 1)
    assert [(one.key, one.value, one.share) for one in found.different] == [("b", "meta", 0.6)]
    assert found.alpha == pytest.approx(found.fleiss + (1 - found.fleiss) / 15)
    assert repr(found).splitlines()[-2:] == [
        "1 with fewer than two answers, left out.",
        "b: meta 3 of 5, pro 2 of 5",
    ]
    assert [row.key for row in rows.doubtful] == ["b"] * 5


def test_the_most_frequent_answer_is_compared_with_the_label() -> None:
    rows = asked_often({"a": ["pro", "meta", "meta"], "b": ["ana", "ana", "ana"]})
    found = rows.against({"a": "meta", "b": "pro"})
    assert isinstance(found, Comparison)
    assert found.matrix == ((0, 0, 1), (0, 1, 0), (0, 0, 0))
    mean = asked_often({"a": [1, 2, 6]}, int).against({"a": 3})
    assert isinstance(mean, NumericComparison)
    assert mean.bias == 0


def test_the_consistency_of_numbers_is_a_deviation_within_pictures() -> None:
    chance = np.random.default_rng(4)
    true = chance.normal(0, 5, 40)
    answers = true[:, None] + chance.normal(0, 2, (40, 3))
    found = asked_often(dict(enumerate(answers.tolist())), float).consistency()
    assert found.within_deviation == pytest.approx(math.sqrt(answers.var(axis=1, ddof=1).mean()))
    assert found.repeatability == pytest.approx(scipy.stats.norm.ppf(0.975) * math.sqrt(2) * found.within_deviation)
    assert math.isnan(found.fleiss)
    spreads = np.ptp(answers, axis=1)
    assert [one.key for one in found.different] == sorted(range(40), key=lambda at: -spreads[at])


def test_pictures_that_were_asked_about_once_have_no_consistency() -> None:
    assert repr(of_values(["pro"]).consistency()) == (
        "value: no picture has two answers; ask several times with ask_each(…, repeat=5)."
    )
    assert "nothing varies" in repr(asked_often({"a": ["pro", "pro"]}).consistency())


# -- display ---------------------------------------------------------------------------------------------------


def test_the_text_has_the_confusion_matrix_and_each_class() -> None:
    found = of_values(["pro", "meta", "meta", "ana"]).against({0: "pro", 1: "pro", 2: "meta", 3: "ana"})
    assert repr(found).splitlines()[1:] == [
        "Cohen's κ 0.64 (95 % interval 0.00 to 1.00).",
        "",
        r"label \ answer  pro  meta  ana",
        "pro               1     1    0",
        "meta              0     1    0",
        "ana               0     0    1",
        "",
        "class  precision  recall    F1  labels",
        "pro         1.00    0.50  0.67       2",
        "meta        0.50    1.00  0.67       1",
        "ana         1.00    1.00  1.00       1",
    ]


def test_what_others_wrote_is_escaped_in_every_picture_and_table() -> None:
    hostile = "</text><script>alert(1)</script>\u202e"
    rows = table([answered(hostile, hostile), answered("b", "b")], str)
    for found in (rows.against({hostile: "b", "b": "b"}), rows.agree(rows), rows.consistency()):
        html = found._repr_mimebundle_()["text/html"]
        assert "<script" not in html
        assert "\u202e" not in html
    svg = rows.against({hostile: "b", "b": "b"}).to_svg()
    assert "<script" not in svg
    assert "&lt;script&gt;" in svg
